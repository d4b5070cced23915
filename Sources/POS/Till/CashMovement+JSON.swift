extension CashMovement {
  /// The members of its journal record that are its own.
  public var members: JSON {
    .members([
      "id": .string(id.text), "tillSessionID": .string(tillSessionID.text),
      "kind": .string(kind.rawValue), "amountFen": .integer(amount.fen),
      "reason": .string(reason.rawValue), "corrects": corrected.map { .string($0.id.text) },
      "account": .string(account.name), "entry": entry.json,
    ])
  }

  /// Reads a record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    let reason: CashReason = try reader.choice("reason")
    var corrected: CorrectedMovement?
    if body["corrects"] != nil {
      guard let account = Account.ofMovement(named: try reader.string("account")) else {
        throw RecordProblem(member: "account")
      }
      corrected = CorrectedMovement(id: try reader.identifier("corrects"), account: account)
    }
    guard (corrected != nil) == (reason == .correction) else {
      throw RecordProblem(member: "corrects")
    }
    self.init(
      id: try reader.identifier("id"), tillSessionID: try reader.identifier("tillSessionID"),
      kind: try reader.choice("kind"), amount: try reader.money("amountFen"), reason: reason,
      corrected: corrected)
  }
}

extension Account {
  /// The account of a movement by its name.
  static func ofMovement(named name: String) -> Account? {
    [.safe, .bank, .pettyCash, .delivery, .otherExpenses].first { $0.name == name }
  }
}
