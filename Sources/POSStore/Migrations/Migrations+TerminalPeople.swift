extension Migrations {
  /// Step 16: which enrolment's end a command to a terminal carries out.
  static let terminalPeople = """
    ALTER TABLE terminalCommand ADD COLUMN endedID BLOB REFERENCES enrolment (id);
    CREATE INDEX terminalCommandByEnd ON terminalCommand (terminalID, endedID)
      WHERE endedID IS NOT NULL;
    """
}
