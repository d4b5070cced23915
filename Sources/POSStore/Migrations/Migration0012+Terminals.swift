extension Migrations {
  /// Step 12: terminals of meal centres, what they send, what is asked of them.
  ///
  /// A batch is one upload, push or file; its passes and events are in tables of their own, by
  /// their place in it. `id` of a pass or event is made of its identity key: unique, so that each
  /// is stored once. `terminalDay` holds totals of `terminalPass`; quarantine, commands and counts
  /// are lists to work through.
  static let terminals = """
    CREATE TABLE terminal (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      serial TEXT NOT NULL CHECK (serial <> ''),
      family TEXT NOT NULL CHECK (
        family IN ('zktecoAttendance', 'zktecoIdentityCard', 'zktecoSecurity', 'hikvision')),
      centreID BLOB NOT NULL REFERENCES centre (id),
      model TEXT NOT NULL,
      zoneMinutes INTEGER NOT NULL CHECK (zoneMinutes BETWEEN -720 AND 840),
      secretHash BLOB CHECK (length(secretHash) = 32),
      trustedAddress TEXT,
      hasChineseNames INTEGER NOT NULL DEFAULT 1 CHECK (hasChineseNames IN (0, 1)),
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      closedKey INTEGER REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX terminalInUse ON terminal (serial) WHERE closedKey IS NULL;
    CREATE TABLE terminalNumber (
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      place INTEGER NOT NULL CHECK (place >= 0),
      terminalID BLOB NOT NULL REFERENCES terminal (id),
      wireNumber TEXT NOT NULL,
      number TEXT NOT NULL,
      PRIMARY KEY (journalKey, place),
      UNIQUE (terminalID, wireNumber)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE terminalBatch (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      terminalID BLOB NOT NULL REFERENCES terminal (id)
    ) STRICT;
    CREATE INDEX terminalBatchByTerminal ON terminalBatch (terminalID);
    CREATE TABLE terminalPass (
      journalKey INTEGER NOT NULL
        REFERENCES terminalBatch (journalKey) DEFERRABLE INITIALLY DEFERRED,
      place INTEGER NOT NULL CHECK (place >= 0),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      number TEXT NOT NULL CHECK (number <> ''),
      wireTime TEXT NOT NULL,
      atMs INTEGER NOT NULL,
      method TEXT NOT NULL CHECK (method <> ''),
      recordNumber INTEGER,
      isLive INTEGER NOT NULL CHECK (isLive IN (0, 1)),
      PRIMARY KEY (journalKey, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE terminalEvidence (
      journalKey INTEGER NOT NULL
        REFERENCES terminalBatch (journalKey) DEFERRABLE INITIALLY DEFERRED,
      place INTEGER NOT NULL CHECK (place >= 0),
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      meaning TEXT NOT NULL CHECK (meaning <> ''),
      detail TEXT NOT NULL,
      operatorNumber TEXT,
      subjectNumber TEXT,
      wireTime TEXT,
      atMs INTEGER,
      PRIMARY KEY (journalKey, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE terminalDay (
      terminalID BLOB NOT NULL REFERENCES terminal (id),
      date TEXT NOT NULL,
      passCount INTEGER NOT NULL CHECK (passCount >= 0),
      PRIMARY KEY (terminalID, date)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarantine (
      key INTEGER PRIMARY KEY,
      terminalID BLOB NOT NULL REFERENCES terminal (id),
      kind TEXT NOT NULL,
      reason TEXT NOT NULL,
      redacted TEXT NOT NULL,
      rowCount INTEGER NOT NULL CHECK (rowCount > 0),
      seenCount INTEGER NOT NULL CHECK (seenCount > 0),
      firstAtMs INTEGER NOT NULL,
      lastAtMs INTEGER NOT NULL,
      UNIQUE (terminalID, kind, reason, redacted)
    ) STRICT;
    CREATE TABLE terminalCommand (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      terminalID BLOB NOT NULL REFERENCES terminal (id),
      requestID BLOB UNIQUE CHECK (length(requestID) = 16),
      content TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'done', 'failed')),
      createdAtMs INTEGER NOT NULL,
      sentAtMs INTEGER,
      sentCount INTEGER NOT NULL DEFAULT 0,
      result TEXT
    ) STRICT;
    CREATE INDEX terminalCommandByTerminal ON terminalCommand (terminalID, key);
    CREATE INDEX terminalCommandOpen ON terminalCommand (terminalID, key)
      WHERE state IN ('waiting', 'sent');
    CREATE TABLE terminalCount (
      terminalID BLOB NOT NULL REFERENCES terminal (id),
      fromDate TEXT NOT NULL,
      throughDate TEXT NOT NULL,
      theirCount INTEGER NOT NULL,
      ourCount INTEGER NOT NULL,
      isFetched INTEGER NOT NULL CHECK (isFetched IN (0, 1)),
      atMs INTEGER NOT NULL,
      PRIMARY KEY (terminalID, fromDate, throughDate)
    ) STRICT, WITHOUT ROWID;
    """

  /// Its tables whose rows are never changed or deleted.
  static let appendOnlyTerminalTables = [
    "terminalNumber", "terminalBatch", "terminalPass", "terminalEvidence",
  ]
}
