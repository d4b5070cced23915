extension Migrations {
  /// Step 11: centres, who is enrolled there, meals as they are decided now, what they charged, and
  /// the money of meal accounts.
  ///
  /// A row of `meal` is a pass with the last that was decided about it, and may change; what it
  /// charged and took back are rows of `mealCharge`, which only grow. `decidedDate` is the day in
  /// whose books the verdict counts: it stays once that day is closed.
  static let meals = """
    CREATE TABLE centre (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      name TEXT NOT NULL CHECK (name <> ''),
      nameEn TEXT NOT NULL,
      journalKey INTEGER NOT NULL UNIQUE REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE user ADD COLUMN centreID BLOB REFERENCES centre (id);
    CREATE TABLE enrolment (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      centreID BLOB NOT NULL REFERENCES centre (id),
      number TEXT NOT NULL CHECK (number <> ''),
      personID BLOB NOT NULL CHECK (length(personID) = 16),
      fromDate TEXT NOT NULL,
      untilDate TEXT CHECK (untilDate >= fromDate),
      journalKey INTEGER NOT NULL UNIQUE REFERENCES journal (key),
      closedKey INTEGER REFERENCES journal (key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX enrolmentByNumber ON enrolment (centreID, number, fromDate);
    CREATE INDEX enrolmentByPerson ON enrolment (personID);
    CREATE TABLE meal (
      id BLOB PRIMARY KEY CHECK (length(id) = 16),
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      stationID BLOB NOT NULL REFERENCES station (id),
      centreID BLOB NOT NULL REFERENCES centre (id),
      terminalID BLOB,
      number TEXT NOT NULL,
      atMs INTEGER NOT NULL,
      receivedAtMs INTEGER NOT NULL,
      way TEXT NOT NULL,
      isLive INTEGER NOT NULL CHECK (isLive IN (0, 1)),
      isClockDoubtful INTEGER NOT NULL CHECK (isClockDoubtful IN (0, 1)),
      userID BLOB REFERENCES user (id),
      witnessID BLOB REFERENCES user (id),
      personID BLOB,
      isEnrolled INTEGER NOT NULL CHECK (isEnrolled IN (0, 1)),
      date TEXT NOT NULL,
      decidedDate TEXT NOT NULL,
      verdict TEXT NOT NULL,
      reason TEXT,
      otherID BLOB,
      period TEXT,
      ruling TEXT,
      priceFen INTEGER,
      subsidyFen INTEGER,
      subsidyRule TEXT,
      funder TEXT,
      payment TEXT,
      said TEXT,
      saidKey INTEGER REFERENCES journal (key),
      CHECK ((priceFen IS NULL) = (payment IS NULL)),
      CHECK ((said IS NULL) = (saidKey IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mealByPerson ON meal (personID, date);
    CREATE INDEX mealLate ON meal (personID, decidedDate) WHERE decidedDate > date;
    CREATE INDEX mealByCentre ON meal (centreID, date, atMs);
    CREATE INDEX mealByRecord ON meal (journalKey);
    CREATE INDEX mealWaiting ON meal (centreID, date)
      WHERE ruling IS NULL AND priceFen IS NULL AND verdict IN ('second', 'conflict', 'exception');
    CREATE TABLE mealCharge (
      journalKey INTEGER NOT NULL REFERENCES journal (key),
      place INTEGER NOT NULL CHECK (place >= 0),
      mealID BLOB NOT NULL REFERENCES meal (id),
      personID BLOB NOT NULL,
      stationID BLOB NOT NULL REFERENCES station (id),
      centreID BLOB NOT NULL REFERENCES centre (id),
      date TEXT NOT NULL,
      bookedDate TEXT NOT NULL,
      isBack INTEGER NOT NULL CHECK (isBack IN (0, 1)),
      priceFen INTEGER NOT NULL CHECK (priceFen > 0),
      subsidyFen INTEGER CHECK (subsidyFen > 0),
      subsidyRule TEXT,
      funder TEXT,
      payment TEXT NOT NULL,
      PRIMARY KEY (journalKey, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mealChargeByPerson ON mealCharge (personID, bookedDate);
    CREATE INDEX mealChargeByDay ON mealCharge (stationID, bookedDate);
    CREATE TABLE mealMoney (
      journalKey INTEGER PRIMARY KEY REFERENCES journal (key),
      personID BLOB NOT NULL CHECK (length(personID) = 16),
      stationID BLOB NOT NULL REFERENCES station (id),
      businessDate TEXT NOT NULL,
      atMs INTEGER NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose IN ('topUp', 'payment')),
      amountFen INTEGER NOT NULL CHECK (amountFen > 0)
    ) STRICT;
    CREATE INDEX mealMoneyByPerson ON mealMoney (personID, businessDate);
    CREATE TABLE mealAccount (
      personID BLOB PRIMARY KEY CHECK (length(personID) = 16),
      balanceFen INTEGER NOT NULL,
      owedFen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// Money that was taken by mistake: a row that names the first, of the same amount.
  static let mealMoneyUndone = """
    ALTER TABLE mealMoney ADD COLUMN undoesKey INTEGER REFERENCES mealMoney (journalKey);
    CREATE UNIQUE INDEX mealMoneyUndone ON mealMoney (undoesKey) WHERE undoesKey IS NOT NULL;
    """

  /// Its tables whose rows are never changed or deleted.
  static let appendOnlyMealTables = ["centre", "mealCharge", "mealMoney"]
}
