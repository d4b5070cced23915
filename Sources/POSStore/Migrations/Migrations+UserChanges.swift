extension Migrations {
  /// Step 13: people who may not log in any more.
  static let userChanges = """
    ALTER TABLE user ADD COLUMN isActive INTEGER NOT NULL DEFAULT 1 CHECK (isActive IN (0, 1));
    """
}
