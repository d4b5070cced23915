extension Migrations {
  /// Who brings goods, what came and went otherwise than over the counter, when it goes bad, and
  /// when to order.
  static let stock = """
    CREATE TABLE partner (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      kind TEXT NOT NULL CHECK (kind IN ('supplier', 'donor')),
      name TEXT NOT NULL CHECK (name <> ''),
      journalKey INTEGER NOT NULL UNIQUE REFERENCES journal (key),
      UNIQUE (stationID, kind, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stockEvent (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      stationID BLOB NOT NULL REFERENCES station (id)
    ) STRICT;
    CREATE TABLE stockBatch (
      journalKey INTEGER NOT NULL REFERENCES stockEvent (journalKey),
      line INTEGER NOT NULL,
      stationID BLOB NOT NULL REFERENCES station (id),
      productID BLOB NOT NULL REFERENCES product (id),
      count INTEGER NOT NULL CHECK (count > 0),
      bestBefore TEXT NOT NULL,
      PRIMARY KEY (journalKey, line)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stockBatchByDate ON stockBatch (stationID, bestBefore);
    CREATE TABLE reorderLevel (
      stationID BLOB NOT NULL REFERENCES station (id),
      productID BLOB NOT NULL REFERENCES product (id),
      orderAt INTEGER NOT NULL CHECK (orderAt >= 0),
      orderUpTo INTEGER NOT NULL CHECK (orderUpTo > orderAt),
      PRIMARY KEY (stationID, productID)
    ) STRICT, WITHOUT ROWID;
    """

  /// Its tables whose rows are never changed or deleted.
  static let appendOnlyStockTables = ["partner", "stockEvent", "stockBatch"]
}
