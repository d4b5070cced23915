import GRDB

/// The schema, as steps that are never changed after release: plain table and column names in
/// strings, no application types.
///
/// Ids are 16-byte blobs. `journalKey` is the key of a journal record: epoch × 2⁴⁰ + sequence, so
/// that one integer orders all records and finds each.
enum Migrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("0001 station, people, catalogue") { db in
      try db.execute(sql: stationAndPeople)
      try db.execute(sql: catalogue)
    }
    migrator.registerMigration("0002 journal, sales, ledger") { db in
      try db.execute(sql: journalAndSales)
      for table in firstAppendOnlyTables { try db.execute(sql: appendOnlyTriggers(for: table)) }
    }
    migrator.registerMigration("0003 baskets, approvals, print jobs") { db in
      try db.execute(sql: workInProgress)
    }
    migrator.registerMigration("0004 print queue, printers of tills") { db in
      try db.execute(sql: printQueue)
    }
    migrator.registerMigration("0005 tills and days") { db in
      try db.execute(sql: tillsAndDays)
    }
    migrator.registerMigration("0006 stock") { db in
      try db.execute(sql: stock)
      for table in appendOnlyStockTables {
        try db.execute(sql: appendOnlyTriggers(for: table))
      }
    }
    migrator.registerMigration("0008 statements") { db in
      try db.execute(sql: statements)
      for table in appendOnlyStatementTables {
        try db.execute(sql: appendOnlyTriggers(for: table))
      }
    }
    migrator.registerMigration("0009 vouchers and coupons") { db in
      try db.execute(sql: vouchers)
      for table in appendOnlyVoucherTables {
        try db.execute(sql: appendOnlyTriggers(for: table))
      }
    }
    migrator.registerMigration("0010 people") { db in
      try db.execute(sql: people)
      for table in appendOnlyPeopleTables {
        try db.execute(sql: appendOnlyTriggers(for: table))
      }
    }
    migrator.registerMigration("0011 meals") { db in
      try db.execute(sql: meals)
      for table in appendOnlyMealTables {
        try db.execute(sql: appendOnlyTriggers(for: table))
      }
    }
    migrator.registerMigration("0012 terminals") { db in
      try db.execute(sql: terminals)
      for table in appendOnlyTerminalTables {
        try db.execute(sql: appendOnlyTriggers(for: table))
      }
    }
    migrator.registerMigration("0013 changes of people") { db in
      try db.execute(sql: userChanges)
    }
    migrator.registerMigration("0015 meal money undone") { db in
      try db.execute(sql: mealMoneyUndone)
    }
    migrator.registerMigration("0016 people on terminals") { db in
      try db.execute(sql: terminalPeople)
    }
    migrator.registerMigration("0018 amounts of approvals") { db in
      try db.execute(sql: approvedAmounts)
    }
    return migrator
  }

  /// Those of step 0002.
  private static let firstAppendOnlyTables = [
    "journal", "sale", "posting", "stockMovement", "policy", "clientRequest",
  ]

  /// Tables whose rows are never changed or deleted.
  static let appendOnlyTables = [
    "journal", "sale", "posting", "stockMovement", "policy", "clientRequest", "tillEvent",
    "closing",
  ]

  private static func appendOnlyTriggers(for table: String) -> String {
    """
    CREATE TRIGGER \(table)RefusesUpdate BEFORE UPDATE ON \(table)
    BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
    CREATE TRIGGER \(table)RefusesDelete BEFORE DELETE ON \(table)
    BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
    """
  }

  private static let stationAndPeople = """
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE station (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      name TEXT NOT NULL CHECK (name <> ''),
      nameEn TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE till (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      name TEXT NOT NULL CHECK (name <> '')
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE user (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      displayName TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('cashier', 'centre', 'manager', 'auditor')),
      stationID BLOB NOT NULL REFERENCES station (id),
      passwordHash TEXT NOT NULL,
      pinHash TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE logIn (
      tokenHash BLOB PRIMARY KEY CHECK (length(tokenHash) = 32),
      userID BLOB NOT NULL REFERENCES user (id),
      expiresAtMs INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE campaign (
      id TEXT PRIMARY KEY CHECK (id <> ''),
      name TEXT NOT NULL,
      nameEn TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE policy (
      id TEXT PRIMARY KEY,
      effectiveFrom TEXT NOT NULL UNIQUE,
      content TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static let catalogue = """
    CREATE TABLE product (
      key INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      barcode TEXT UNIQUE CHECK (length(barcode) IN (8, 13)),
      itemCode TEXT UNIQUE CHECK (length(itemCode) = 5),
      name TEXT NOT NULL CHECK (name <> ''),
      category TEXT NOT NULL CHECK (category <> ''),
      unit TEXT NOT NULL CHECK (unit <> ''),
      pricing TEXT NOT NULL CHECK (pricing IN ('counted', 'weighed')),
      listPriceFen INTEGER NOT NULL CHECK (listPriceFen BETWEEN 1 AND 10000000),
      origin TEXT NOT NULL,
      pinyin TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE VIRTUAL TABLE productSearch USING fts5(
      terms, tokenize = 'ascii', prefix = '1 2 3 4 5', detail = none, columnsize = 0
    );
    CREATE TABLE inStoreLayout (
      prefix TEXT PRIMARY KEY CHECK (prefix BETWEEN '20' AND '29'),
      content TEXT NOT NULL CHECK (content IN ('grams', 'priceFen'))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stockLevel (
      stationID BLOB NOT NULL REFERENCES station (id),
      productID BLOB NOT NULL REFERENCES product (id),
      count INTEGER NOT NULL,
      PRIMARY KEY (stationID, productID)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE unlistedGoods (
      stationID BLOB NOT NULL REFERENCES station (id),
      barcode TEXT NOT NULL,
      name TEXT NOT NULL,
      category TEXT NOT NULL,
      lastPriceFen INTEGER NOT NULL,
      saleCount INTEGER NOT NULL,
      lastSoldAtMs INTEGER NOT NULL,
      PRIMARY KEY (stationID, barcode, name)
    ) STRICT, WITHOUT ROWID;
    """

  private static let journalAndSales = """
    CREATE TABLE journal (
      key INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      content BLOB NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TABLE tillSession (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      tillID BLOB NOT NULL REFERENCES till (id),
      stationID BLOB NOT NULL REFERENCES station (id),
      openedBy BLOB NOT NULL REFERENCES user (id),
      openedAtMs INTEGER NOT NULL,
      floatFen INTEGER NOT NULL CHECK (floatFen >= 0),
      openedKey INTEGER NOT NULL REFERENCES journal (key),
      closedKey INTEGER REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX tillSessionOpen ON tillSession (tillID) WHERE closedKey IS NULL;
    CREATE TABLE sale (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      requestHash BLOB NOT NULL CHECK (length(requestHash) = 32),
      kind TEXT NOT NULL CHECK (kind IN ('sale', 'return')),
      stationID BLOB NOT NULL REFERENCES station (id),
      epoch INTEGER NOT NULL,
      number INTEGER NOT NULL CHECK (number > 0),
      tillSessionID BLOB NOT NULL REFERENCES tillSession (id),
      businessDate TEXT NOT NULL,
      totalFen INTEGER NOT NULL,
      originalKey INTEGER REFERENCES sale (journalKey),
      CHECK ((kind = 'return') = (originalKey IS NOT NULL)),
      UNIQUE (stationID, epoch, number)
    ) STRICT;
    CREATE INDEX saleByDate ON sale (stationID, businessDate);
    CREATE INDEX saleByTillSession ON sale (tillSessionID);
    CREATE INDEX saleByOriginal ON sale (originalKey) WHERE originalKey IS NOT NULL;
    CREATE TABLE posting (
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      account TEXT NOT NULL CHECK (account <> ''),
      amountMicroYuan INTEGER NOT NULL CHECK (amountMicroYuan <> 0),
      PRIMARY KEY (journalKey, account)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stockMovement (
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      line INTEGER NOT NULL,
      productID BLOB NOT NULL REFERENCES product (id),
      count INTEGER NOT NULL,
      PRIMARY KEY (journalKey, line)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE clientRequest (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      requestHash BLOB NOT NULL CHECK (length(requestHash) = 32),
      journalKey INTEGER NOT NULL REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    """

  private static let workInProgress = """
    CREATE TABLE heldBasket (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      label TEXT NOT NULL,
      content TEXT NOT NULL,
      heldAtMs INTEGER NOT NULL,
      isTaken INTEGER NOT NULL DEFAULT 0 CHECK (isTaken IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE approval (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      act TEXT NOT NULL,
      subjectID TEXT NOT NULL,
      managerID BLOB NOT NULL REFERENCES user (id),
      expiresAtMs INTEGER NOT NULL,
      usedKey INTEGER REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE printJob (
      key INTEGER PRIMARY KEY,
      saleKey INTEGER NOT NULL REFERENCES sale (journalKey),
      document TEXT NOT NULL,
      copy INTEGER NOT NULL CHECK (copy >= 0),
      state TEXT NOT NULL CHECK (
        state IN ('queued', 'sending', 'printed', 'accepted', 'possiblyPrinted', 'failed')),
      reason TEXT,
      createdAtMs INTEGER NOT NULL,
      UNIQUE (saleKey, copy)
    ) STRICT;
    CREATE INDEX printJobWaiting ON printJob (key) WHERE state IN ('queued', 'sending');
    """
}
