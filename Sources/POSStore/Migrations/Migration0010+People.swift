extension Migrations {
  /// Step 10: people in need and members. What is said of a person is sealed under the person's
  /// own key, which lies wrapped beside it; forgetting empties the row and leaves its id.
  static let people = """
    CREATE TABLE needCategory (
      code TEXT PRIMARY KEY CHECK (code <> ''),
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      nameEn TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO needCategory (code, name, nameEn) VALUES
      ('minimumLiving', '低保', 'minimum living allowance'),
      ('lowIncome', '低收入', 'low income'),
      ('destitute', '特困', 'destitute'),
      ('veterans', '优抚', 'veterans and their families'),
      ('elderly', '老人', 'elderly'),
      ('disabled', '残疾', 'disabled'),
      ('women', '困难妇女', 'women in need'),
      ('workers', '困难职工', 'workers in need'),
      ('children', '困难儿童', 'children in need'),
      ('illness', '大病', 'serious illness'),
      ('bereaved', '失独', 'parents who lost their only child');
    CREATE TABLE community (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      name TEXT NOT NULL UNIQUE CHECK (name <> '')
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE department (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      kind TEXT NOT NULL CHECK (kind IN ('department', 'staff')),
      name TEXT NOT NULL CHECK (name <> ''),
      UNIQUE (kind, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE person (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      identityHash BLOB UNIQUE CHECK (length(identityHash) = 32),
      lastFourHash BLOB CHECK (length(lastFourHash) = 32),
      wrappedKey BLOB CHECK (length(wrappedKey) = 60),
      sealed BLOB CHECK (length(sealed) > 28),
      communityID BLOB REFERENCES community (id),
      forgottenKey INTEGER REFERENCES journal (key),
      CHECK ((forgottenKey IS NULL) = (identityHash IS NOT NULL)),
      CHECK ((forgottenKey IS NULL) = (lastFourHash IS NOT NULL)),
      CHECK ((forgottenKey IS NULL) = (wrappedKey IS NOT NULL)),
      CHECK ((forgottenKey IS NULL) = (sealed IS NOT NULL)),
      CHECK (forgottenKey IS NULL OR communityID IS NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX personByLastFour ON person (lastFourHash) WHERE lastFourHash IS NOT NULL;
    CREATE INDEX personByCommunity ON person (communityID) WHERE communityID IS NOT NULL;
    CREATE TABLE personSource (
      personID BLOB NOT NULL REFERENCES person (id),
      departmentID BLOB NOT NULL REFERENCES department (id),
      sealed BLOB NOT NULL CHECK (length(sealed) > 28),
      PRIMARY KEY (personID, departmentID)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE personCategory (
      personID BLOB NOT NULL REFERENCES person (id),
      code TEXT NOT NULL REFERENCES needCategory (code),
      PRIMARY KEY (personID, code)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX personCategoryByCode ON personCategory (code);
    CREATE TABLE member (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      number TEXT NOT NULL UNIQUE CHECK (length(number) = 8),
      phoneHash BLOB UNIQUE CHECK (length(phoneHash) = 32),
      wrappedKey BLOB CHECK (length(wrappedKey) = 60),
      sealed BLOB CHECK (length(sealed) > 28),
      joinedAtMs INTEGER NOT NULL,
      forgottenKey INTEGER REFERENCES journal (key),
      CHECK ((forgottenKey IS NULL) = (phoneHash IS NOT NULL)),
      CHECK ((forgottenKey IS NULL) = (wrappedKey IS NOT NULL)),
      CHECK ((forgottenKey IS NULL) = (sealed IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE memberSale (
      journalKey INTEGER PRIMARY KEY REFERENCES sale (journalKey),
      memberID BLOB NOT NULL REFERENCES member (id)
    ) STRICT;
    CREATE INDEX memberSaleByMember ON memberSale (memberID, journalKey);
    """

  /// Its tables whose rows are never changed or deleted.
  static let appendOnlyPeopleTables = ["memberSale"]
}
