/// Which column of a statement is what, by the names that the networks give them.
///
/// WeChat Pay's trade bill, Alipay's business and account bills and the exports of card terminals
/// all name their columns; their order changes. What follows a bracket is left out: `订单金额（元）`.
struct StatementColumns {
  /// All columns that may hold the number of a payment.
  let references: [Int]
  private let places: [Role: Int]
  let count: Int

  enum Role: CaseIterable {
    case refundID, amount, amountOut, refundAmount, date, time, state, refundState, type, tradeType

    /// The names, the best first.
    var names: [String] {
      switch self {
      case .refundID:
        ["微信退款单号", "商户退款单号", "退款批次号/请求号", "退款单号", "退款流水号"]
      case .amount:
        [
          "订单金额", "交易金额", "金额", "总金额", "应结订单金额", "商家实收", "收入金额", "支付金额",
          "收款金额", "实收金额",
        ]
      case .amountOut: ["支出金额"]
      case .refundAmount: ["申请退款金额", "退款金额"]
      case .date: ["交易日期", "日期"]
      case .time:
        ["交易时间", "支付时间", "完成时间", "交易完成时间", "发生时间", "入账时间", "创建时间", "时间"]
      case .state: ["交易状态", "状态", "交易结果", "支付状态", "当前状态"]
      case .refundState: ["退款状态"]
      case .type: ["业务类型", "类型"]
      case .tradeType: ["交易类型", "收支类型"]
      }
    }
  }

  private static let referenceNames: [String] = [
    "微信订单号", "微信支付订单号", "支付宝交易号", "业务流水号", "交易单号", "交易订单号", "平台订单号",
    "交易平台单号", "渠道交易单号", "商户订单号", "商户单号", "业务系统订单号", "支付单号", "订单号",
    "参考号", "检索参考号", "系统参考号", "交易参考号", "原参考号", "原交易参考号", "原交易单号", "原订单号",
    "交易流水号", "流水号",
  ]

  /// The columns of a header; `nil` if the row is none: it names a reference and an amount.
  init?(_ header: [String]) {
    var indices: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      let plain = Self.plain(name)
      if indices[plain] == nil { indices[plain] = index }
    }
    references = Self.referenceNames.compactMap { indices[$0] }
    var places: [Role: Int] = [:]
    for role in Role.allCases {
      places[role] = role.names.lazy.compactMap { indices[$0] }.first
    }
    guard !references.isEmpty, places[.amount] != nil else { return nil }
    self.places = places
    count = header.count
  }

  /// The text of a column, without the spaces around it; empty if there is no such column.
  func text(_ role: Role, of fields: [String]) -> String {
    guard let place = places[role], place < fields.count else { return "" }
    return statementText(fields[place])
  }

  private static func plain(_ name: String) -> String {
    let name = name.prefix { $0 != "(" && $0 != "（" }
    return statementText(String(name.filter { $0 != " " }))
  }
}

/// Text without the spaces and back-ticks around it.
func statementText(_ text: String) -> String {
  let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\u{3000}" || $0 == "`" }
  return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
}
