/// An act of a cashier that needs a manager's word.
public enum ManagedAct: String, CaseIterable, Sendable {
  case priceOverride
  case voidBasket
  case refund
  case giftRefund
  /// Cash taken out of a drawer: paid out, picked up.
  case cashMovement
  /// A drawer opened without a sale.
  case openDrawer
  /// A till closed although its count is over the tolerance.
  case closeOverTolerance
  /// A till opened although the clock is behind the last record, or days ahead; a manager's own
  /// opening needs it too.
  case clockStep

  /// Whether an amount is approved with it: what is due, or what is handed out.
  public var hasAmount: Bool {
    switch self {
    case .priceOverride, .refund, .giftRefund, .cashMovement: true
    case .voidBasket, .openDrawer, .closeOverTolerance, .clockStep: false
    }
  }
}

/// A manager's word for one act on one subject over one amount; good once and for a short time.
public struct Approval: Equatable, Sendable {
  /// How long an approval is good: the time it takes to finish the act at the till.
  public static let lifetimeMs: Int64 = 5 * 60 * 1000

  public let id: ApprovalID
  public let act: ManagedAct
  /// The id of what it is for, the `id` of the request, lower case.
  public let subjectID: String
  /// What the manager saw; `nil` for acts without an amount.
  public let amount: Money?
  public let managerID: UserID
  public let expiresAtMs: Int64

  public init(
    id: ApprovalID, act: ManagedAct, subjectID: String, amount: Money?, managerID: UserID,
    expiresAtMs: Int64
  ) {
    self.id = id
    self.act = act
    self.subjectID = subjectID
    self.amount = amount
    self.managerID = managerID
    self.expiresAtMs = expiresAtMs
  }
}

/// Why a price was changed, a basket voided or goods brought back: a code, never free text, so
/// that nothing about a person enters the journal.
public enum Reason: String, CaseIterable, Sendable {
  case nearExpiry
  case damaged
  case wrongLabel
  case quality
  case wrongItem
  case changedMind
  case cashierMistake
  case other

  /// The reason in Chinese, as pages and receipts show it.
  public var name: String {
    switch self {
    case .nearExpiry: "临期"
    case .damaged: "破损"
    case .wrongLabel: "标价有误"
    case .quality: "质量问题"
    case .wrongItem: "拿错商品"
    case .changedMind: "顾客不要了"
    case .cashierMistake: "收银误操作"
    case .other: "其他"
    }
  }

  /// The reason in English.
  public var nameEn: String {
    switch self {
    case .nearExpiry: "near expiry"
    case .damaged: "damaged"
    case .wrongLabel: "wrong label"
    case .quality: "quality"
    case .wrongItem: "wrong item"
    case .changedMind: "changed mind"
    case .cashierMistake: "cashier's mistake"
    case .other: "other"
    }
  }
}
