extension Migrations {
  /// Step 18: what a manager approved an amount of.
  static let approvedAmounts = """
    ALTER TABLE approval ADD COLUMN amountFen INTEGER CHECK (amountFen >= 0);
    """
}
