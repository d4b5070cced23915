extension Migrations {
  /// Tills from opening to Z, day closes, corrections, statements.
  ///
  /// What happens at a till beside sales is a row of `tillEvent`, so that the postings of a session
  /// or a day are found without reading history: `sale` and `tillEvent` together hold the key of
  /// every record that posts.
  static let tillsAndDays = """
    ALTER TABLE tillSession ADD COLUMN businessDate TEXT NOT NULL DEFAULT '';
    ALTER TABLE tillSession ADD COLUMN responsible BLOB REFERENCES user (id);
    ALTER TABLE tillSession ADD COLUMN endedKey INTEGER REFERENCES journal (key);
    ALTER TABLE tillSession ADD COLUMN endedAtMs INTEGER;
    ALTER TABLE tillSession ADD COLUMN endedDate TEXT;
    DROP INDEX tillSessionOpen;
    CREATE UNIQUE INDEX tillSessionOpen ON tillSession (tillID) WHERE endedKey IS NULL;
    CREATE INDEX tillSessionNotClosed ON tillSession (stationID, businessDate)
      WHERE closedKey IS NULL;
    CREATE INDEX tillSessionByKey ON tillSession (stationID, openedKey);
    CREATE TABLE tillEvent (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      kind TEXT NOT NULL,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      tillSessionID BLOB REFERENCES tillSession (id),
      subjectID BLOB CHECK (length(subjectID) = 16),
      businessDate TEXT NOT NULL
    ) STRICT;
    CREATE INDEX tillEventBySession ON tillEvent (tillSessionID, kind);
    CREATE INDEX tillEventByDate ON tillEvent (stationID, businessDate, kind);
    CREATE INDEX tillEventBySubject ON tillEvent (subjectID) WHERE subjectID IS NOT NULL;
    CREATE TABLE closing (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      kind TEXT NOT NULL CHECK (kind IN ('till', 'day', 'month')),
      stationID BLOB NOT NULL REFERENCES station (id),
      epoch INTEGER NOT NULL,
      number INTEGER NOT NULL CHECK (number > 0),
      subject TEXT NOT NULL CHECK (subject <> ''),
      UNIQUE (kind, stationID, epoch, number),
      UNIQUE (kind, stationID, subject)
    ) STRICT;
    CREATE TRIGGER tillEventRefusesUpdate BEFORE UPDATE ON tillEvent
    BEGIN SELECT RAISE(ABORT, 'tillEvent is append-only'); END;
    CREATE TRIGGER tillEventRefusesDelete BEFORE DELETE ON tillEvent
    BEGIN SELECT RAISE(ABORT, 'tillEvent is append-only'); END;
    CREATE TRIGGER closingRefusesUpdate BEFORE UPDATE ON closing
    BEGIN SELECT RAISE(ABORT, 'closing is append-only'); END;
    CREATE TRIGGER closingRefusesDelete BEFORE DELETE ON closing
    BEGIN SELECT RAISE(ABORT, 'closing is append-only'); END;
    -- Sessions opened before this step are open still: nothing could close them. Their day is the
    -- local date less the cut of the one policy there was.
    UPDATE tillSession SET responsible = openedBy, businessDate = date(
      openedAtMs / 1000 + 28800
        - COALESCE((SELECT json_extract(content, '$.dayCutMinutes') FROM policy
                    ORDER BY effectiveFrom DESC LIMIT 1), 0) * 60, 'unixepoch');
    INSERT INTO tillEvent (journalKey, kind, id, stationID, tillSessionID, businessDate)
      SELECT openedKey, 'tillOpened', id, stationID, id, businessDate FROM tillSession;
    """
}
