/// A way of paying.
public enum TenderKind: String, CaseIterable, Sendable {
  case cash
  case wechat
  case alipay
  case bankCard

  /// The name in Chinese, as pages and receipts show it.
  public var name: String {
    switch self {
    case .cash: "现金"
    case .wechat: "微信支付"
    case .alipay: "支付宝"
    case .bankCard: "银行卡"
    }
  }

  /// The name in English.
  public var nameEn: String {
    switch self {
    case .cash: "Cash"
    case .wechat: "WeChat Pay"
    case .alipay: "Alipay"
    case .bankCard: "Bank card"
    }
  }
}

/// A payment that is not cash, recorded with the reference its network gave.
public struct CodePayment: Equatable, Sendable {
  public let kind: TenderKind
  public let amount: Money
  public let reference: String

  /// A payment above zero; cash is a bug of the caller, it has no reference.
  public init(kind: TenderKind, amount: Money, reference: String) {
    precondition(kind != .cash, "cash has no reference")
    precondition(amount > .zero, "a payment is above zero")
    self.kind = kind
    self.amount = amount
    self.reference = reference
  }
}

/// What the shopper offers: vouchers as placed, code payments in the order given, then cash if any.
public struct Tendering: Equatable, Sendable {
  /// In the order of their placement; a quote says them.
  public let vouchers: [PlacedVoucher]
  public let codePayments: [CodePayment]
  /// The cash handed over; `nil` if none was, which is not the same as zero for rounding.
  public let cashGiven: Money?

  public init(
    vouchers: [PlacedVoucher] = [], codePayments: [CodePayment] = [], cashGiven: Money? = nil
  ) {
    self.vouchers = vouchers
    self.codePayments = codePayments
    self.cashGiven = cashGiven
  }

  /// What the vouchers pay.
  public var voucherTotal: Money { vouchers.lazy.map(\.paid).total }

  /// What the code payments come to.
  public var codeTotal: Money { codePayments.lazy.map(\.amount).total }

  /// The same offer with the vouchers of a quote.
  func with(vouchers: [PlacedVoucher]) -> Tendering {
    Tendering(vouchers: vouchers, codePayments: codePayments, cashGiven: cashGiven)
  }
}
