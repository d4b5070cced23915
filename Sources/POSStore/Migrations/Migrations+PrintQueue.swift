extension Migrations {
  /// Step 4: print jobs of any document at a till; printer and drawer of a till.
  ///
  /// A job names the journal record it is of. What a person decided about it is in the record
  /// that `decidedKey` names.
  static let printQueue = """
    ALTER TABLE till ADD COLUMN printer TEXT CHECK (printer <> '');
    ALTER TABLE till ADD COLUMN drawer TEXT CHECK (drawer IN ('none', 'pin2', 'pin5'));
    CREATE TABLE newPrintJob (
      key INTEGER PRIMARY KEY,
      document TEXT NOT NULL CHECK (document <> ''),
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      stationID BLOB NOT NULL REFERENCES station (id),
      tillID BLOB NOT NULL REFERENCES till (id),
      copy INTEGER NOT NULL CHECK (copy >= 0),
      state TEXT NOT NULL CHECK (
        state IN ('queued', 'sending', 'printed', 'accepted', 'possiblyPrinted', 'failed')),
      reason TEXT,
      decision TEXT CHECK (decision IN ('cameOut', 'printAgain', 'giveUp')),
      decidedKey INTEGER REFERENCES journal (key),
      createdAtMs INTEGER NOT NULL,
      CHECK ((decision IS NULL) = (decidedKey IS NULL)),
      UNIQUE (document, journalKey, copy)
    ) STRICT;
    INSERT INTO newPrintJob (key, document, journalKey, stationID, tillID, copy, state, reason,
      createdAtMs)
    SELECT printJob.key, sale.kind, saleKey, sale.stationID, tillSession.tillID, copy, state,
      reason, createdAtMs
    FROM printJob JOIN sale ON sale.journalKey = saleKey
    JOIN tillSession ON tillSession.id = sale.tillSessionID;
    DROP TABLE printJob;
    ALTER TABLE newPrintJob RENAME TO printJob;
    CREATE INDEX printJobWaiting ON printJob (key) WHERE state IN ('queued', 'sending');
    CREATE INDEX printJobByStation ON printJob (stationID, key);
    """
}
