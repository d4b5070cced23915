extension Migrations {
  /// Step 9: programmes, vouchers, coupons, hand-outs.
  ///
  /// A programme is a row for each version of its rules; a voucher keeps the version it was issued
  /// under. What a voucher is never changes; what is left of it, and its state, do. Each use is a
  /// row: `businessDate` is the day whose cap it counts for, `amountFen` what the programme's funder
  /// owes for it (below zero when goods come back), `changeFen` what it did to `leftFen`.
  static let vouchers = """
    CREATE TABLE programme (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      id BLOB NOT NULL CHECK (length(id) = 16),
      version INTEGER NOT NULL CHECK (version > 0),
      stationID BLOB NOT NULL REFERENCES station (id),
      content TEXT NOT NULL CHECK (content <> ''),
      UNIQUE (id, version)
    ) STRICT;
    CREATE INDEX programmeByStation ON programme (stationID);
    CREATE TABLE voucherIssue (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      programmeKey INTEGER NOT NULL REFERENCES programme (journalKey),
      firstID BLOB NOT NULL CHECK (length(firstID) = 16),
      month TEXT NOT NULL CHECK (length(month) = 7),
      UNIQUE (firstID, month)
    ) STRICT;
    CREATE INDEX voucherIssueByProgramme ON voucherIssue (programmeKey);
    CREATE TABLE voucherRepeat (
      issueID BLOB PRIMARY KEY REFERENCES voucherIssue (id),
      lastMonth TEXT NOT NULL CHECK (length(lastMonth) = 7),
      untilMonth TEXT NOT NULL CHECK (length(untilMonth) = 7),
      endedKey INTEGER REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE voucher (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      codeHash BLOB NOT NULL UNIQUE CHECK (length(codeHash) = 32),
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      place INTEGER NOT NULL CHECK (place >= 0),
      stationID BLOB NOT NULL REFERENCES station (id),
      programmeKey INTEGER NOT NULL REFERENCES programme (journalKey),
      personID BLOB CHECK (length(personID) = 16),
      replaces BLOB UNIQUE REFERENCES voucher (id),
      worthFen INTEGER NOT NULL CHECK (worthFen > 0),
      validFrom TEXT NOT NULL CHECK (length(validFrom) = 10),
      validUntil TEXT NOT NULL CHECK (validUntil >= validFrom),
      leftFen INTEGER NOT NULL CHECK (leftFen BETWEEN 0 AND worthFen),
      state TEXT NOT NULL CHECK (state IN ('active', 'blocked', 'replaced')),
      UNIQUE (journalKey, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX voucherByProgramme ON voucher (programmeKey, journalKey, place);
    CREATE INDEX voucherByPerson ON voucher (personID) WHERE personID IS NOT NULL;
    CREATE TRIGGER voucherRefusesUpdate BEFORE UPDATE OF id, codeHash, journalKey, place, stationID,
      programmeKey, personID, replaces, worthFen, validFrom, validUntil ON voucher
    BEGIN SELECT RAISE(ABORT, 'what a voucher is does not change'); END;
    CREATE TRIGGER voucherRefusesDelete BEFORE DELETE ON voucher
    BEGIN SELECT RAISE(ABORT, 'a voucher stays on record'); END;
    CREATE TABLE voucherUse (
      journalKey INTEGER NOT NULL REFERENCES sale (journalKey),
      voucherID BLOB NOT NULL REFERENCES voucher (id),
      businessDate TEXT NOT NULL CHECK (length(businessDate) = 10),
      amountFen INTEGER NOT NULL,
      forfeitedFen INTEGER NOT NULL,
      changeFen INTEGER NOT NULL,
      PRIMARY KEY (journalKey, voucherID)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX voucherUseByVoucher ON voucherUse (voucherID, businessDate);
    CREATE TABLE coupon (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      journalKey INTEGER NOT NULL UNIQUE REFERENCES journal (key),
      stationID BLOB NOT NULL REFERENCES station (id),
      code TEXT NOT NULL CHECK (code <> ''),
      content TEXT NOT NULL CHECK (content <> ''),
      useCount INTEGER NOT NULL CHECK (useCount >= 0),
      endedKey INTEGER REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX couponByCode ON coupon (stationID, code) WHERE endedKey IS NULL;
    CREATE TABLE couponUse (
      journalKey INTEGER NOT NULL REFERENCES sale (journalKey),
      couponID BLOB NOT NULL REFERENCES coupon (id),
      memberID BLOB CHECK (length(memberID) = 16),
      count INTEGER NOT NULL CHECK (count IN (1, -1)),
      PRIMARY KEY (journalKey, couponID)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX couponUseByMember ON couponUse (couponID, memberID) WHERE memberID IS NOT NULL;
    CREATE TABLE handOut (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      epoch INTEGER NOT NULL,
      number INTEGER NOT NULL CHECK (number > 0),
      programmeID BLOB NOT NULL CHECK (length(programmeID) = 16),
      personID BLOB NOT NULL CHECK (length(personID) = 16),
      UNIQUE (stationID, epoch, number),
      UNIQUE (programmeID, personID)
    ) STRICT;
    """

  /// Its tables whose rows are never changed or deleted.
  static let appendOnlyVoucherTables = [
    "programme", "voucherIssue", "voucherUse", "couponUse", "handOut",
  ]
}
