/// Cash put into or taken out of a drawer without a sale.
public struct CashMovement: Equatable, Sendable {
  /// Which way the cash goes.
  public enum Kind: String, CaseIterable, Sendable {
    case paidIn
    case paidOut
    /// Taken out for keeping: into the safe.
    case pickup

    /// Whether a cashier needs a manager's word for it: money leaves the drawer.
    public var needsApproval: Bool { self != .paidIn }
  }

  public let id: CashMovementID
  public let tillSessionID: TillSessionID
  public let kind: Kind
  public let amount: Money
  public let reason: CashReason
  /// The movement that this one takes back; there if and only if the reason is `.correction`.
  public let corrected: CorrectedMovement?

  public init(
    id: CashMovementID, tillSessionID: TillSessionID, kind: Kind, amount: Money,
    reason: CashReason
  ) {
    self.id = id
    self.tillSessionID = tillSessionID
    self.kind = kind
    self.amount = amount
    self.reason = reason
    corrected = nil
  }

  /// The movement that takes back another one, whole.
  ///
  /// - Throws: `.notOpposite` if kind or amount are not those of the opposite.
  public init(
    id: CashMovementID, of other: CashMovement, kind: Kind, amount: Money
  ) throws(TillRefusal) {
    let isOpposite = (kind == .paidIn) != (other.kind == .paidIn)
    guard isOpposite, amount == other.amount else { throw .notOpposite }
    self.id = id
    tillSessionID = other.tillSessionID
    self.kind = kind
    self.amount = amount
    reason = .correction
    corrected = CorrectedMovement(id: other.id, account: other.account)
  }

  init(
    id: CashMovementID, tillSessionID: TillSessionID, kind: Kind, amount: Money,
    reason: CashReason, corrected: CorrectedMovement?
  ) {
    self.id = id
    self.tillSessionID = tillSessionID
    self.kind = kind
    self.amount = amount
    self.reason = reason
    self.corrected = corrected
  }

  /// Where the cash comes from or goes to.
  public var account: Account {
    if let corrected { return corrected.account }
    return kind == .pickup ? .safe : reason.account
  }

  /// The entry: the drawer against the other account.
  public var entry: Entry {
    let into = kind == .paidIn ? amount : -amount
    return Entry([Posting(.cash, into.microYuan), Posting(account, -into.microYuan)])
  }
}

/// The movement that a correction names, with the account it went to.
public struct CorrectedMovement: Equatable, Sendable {
  public let id: CashMovementID
  public let account: Account
}

/// What a `CashMovementID` names.
public typealias CashMovementID = Identifier<CashMovement>

/// Why cash is moved or a drawer opened without a sale: a code, never free text.
public enum CashReason: String, CaseIterable, Sendable {
  case changeMoney
  case purchase
  case delivery
  case deposit
  case correction
  case other

  /// Where the cash of a paid-in or paid-out comes from or goes to.
  var account: Account {
    switch self {
    case .changeMoney: .safe
    case .purchase: .pettyCash
    case .delivery: .delivery
    case .deposit: .bank
    case .correction, .other: .otherExpenses
    }
  }

  /// The reason in Chinese, as pages and reports show it.
  public var name: String {
    switch self {
    case .changeMoney: "换零钱"
    case .purchase: "零星采购"
    case .delivery: "运费"
    case .deposit: "缴存"
    case .correction: "更正"
    case .other: "其他"
    }
  }

  /// The reason in English.
  public var nameEn: String {
    switch self {
    case .changeMoney: "change money"
    case .purchase: "small purchase"
    case .delivery: "delivery"
    case .deposit: "deposit"
    case .correction: "correction"
    case .other: "other"
    }
  }
}

/// Why a drawer's count is over the tolerance: a code, never free text.
public enum OverShortReason: String, CaseIterable, Sendable {
  case wrongChange
  case notRecorded
  case counterfeit
  case unknown
  case other

  /// The reason in Chinese, as pages and reports show it.
  public var name: String {
    switch self {
    case .wrongChange: "找错零"
    case .notRecorded: "漏记收支"
    case .counterfeit: "收到假币"
    case .unknown: "原因不明"
    case .other: "其他"
    }
  }

  /// The reason in English.
  public var nameEn: String {
    switch self {
    case .wrongChange: "wrong change"
    case .notRecorded: "not recorded"
    case .counterfeit: "counterfeit money"
    case .unknown: "unknown"
    case .other: "other"
    }
  }
}
