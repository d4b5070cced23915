extension Migrations {
  /// Step 8: statements of payment networks, and the rows of them that are kept: numbers of
  /// payments, amounts and times.
  static let statements = """
    CREATE TABLE statement (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      kind TEXT NOT NULL CHECK (kind <> ''),
      businessDate TEXT NOT NULL
    ) STRICT;
    CREATE INDEX statementByDate ON statement (stationID, businessDate, kind);
    CREATE TABLE statementRow (
      journalKey INTEGER NOT NULL REFERENCES statement (journalKey),
      place INTEGER NOT NULL CHECK (place >= 0),
      content TEXT NOT NULL CHECK (content <> ''),
      PRIMARY KEY (journalKey, place)
    ) STRICT, WITHOUT ROWID;
    """

  /// Its tables whose rows are never changed or deleted.
  static let appendOnlyStatementTables = ["statement", "statementRow"]
}
