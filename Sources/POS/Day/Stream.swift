/// What kind of thing an account of a day close is about.
public enum Stream: String, CaseIterable, Sendable {
  case sales
  case concession
  case discounts
  case coupons
  case vouchers
  /// What holders of vouchers did not use: for the report only.
  case forfeited
  /// The other side of what was forfeited.
  case memo
  /// The pledge as the station's cost.
  case pledge
  /// The pledge as owed to the charity fund.
  case fundPledge
  case gifts
  case reliefFund
  /// Meals at their price, the other way what people owe and have paid in for them.
  case meals
  /// What is claimed for the subsidy of meals.
  case mealSubsidy
  case rounding
  case overShort
  case cash
  case codePayments
  case safe
  case bank
  case expenses
  case purchases
  case other

  /// Those that every close shows, at zero too.
  static let always: [Account] = [
    .sales, .concession, .pledge, .charityFund, .rounding, .overShort,
  ]

  /// The stream of an account.
  public init(account: String) {
    let exact: [Account: Stream] = [
      .sales: .sales, .concession: .concession, .discounts: .discounts, .pledge: .pledge,
      .charityFund: .fundPledge, .reliefFund: .reliefFund, .rounding: .rounding,
      .overShort: .overShort, .cash: .cash, .safe: .safe, .bank: .bank, .pettyCash: .expenses,
      .delivery: .expenses, .otherExpenses: .expenses, .purchases: .purchases,
      .suppliers: .purchases, .mealIncome: .meals, .mealAccounts: .meals,
      .mealsOnAccount: .meals,
      .forfeitedContra: .memo,
    ]
    if let stream = exact.first(where: { $0.key.name == account })?.value {
      self = stream
    } else if account.hasPrefix("assets:coupon-claims:") {
      self = .coupons
    } else if account.hasPrefix("assets:voucher-claims:") {
      self = .vouchers
    } else if account.hasPrefix("memo:forfeited:") {
      self = .forfeited
    } else if account.hasPrefix("assets:code-payments:") {
      self = .codePayments
    } else if account.hasPrefix(Account.mealSubsidyPrefix) {
      self = .mealSubsidy
    } else if account.hasPrefix(Account.giftsPrefix) {
      self = .gifts
    } else {
      self = .other
    }
  }

  /// The name in Chinese, as pages and reports show it.
  public var name: String {
    switch self {
    case .sales: "销售"
    case .concession: "让利"
    case .discounts: "改价优惠"
    case .coupons: "优惠券"
    case .vouchers: "代金券应收"
    case .forfeited: "代金券作废余额"
    case .memo: "备查对方科目"
    case .pledge: "本站捐出"
    case .fundPledge: "应转慈善基金"
    case .gifts: "顾客捐赠"
    case .reliefFund: "应转救助基金"
    case .meals: "助餐"
    case .mealSubsidy: "助餐补贴应收"
    case .rounding: "抹零"
    case .overShort: "长短款"
    case .cash: "钱箱现金"
    case .codePayments: "扫码刷卡"
    case .safe: "保险柜"
    case .bank: "银行"
    case .expenses: "日常支出"
    case .purchases: "进货"
    case .other: "其他"
    }
  }

  /// The name in English.
  public var nameEn: String {
    switch self {
    case .sales: "Sales"
    case .concession: "Concession"
    case .discounts: "Price changes"
    case .coupons: "Coupons"
    case .vouchers: "Vouchers to be reimbursed"
    case .forfeited: "Forfeited on vouchers"
    case .memo: "Memo, other side"
    case .pledge: "Pledge, our cost"
    case .fundPledge: "Owed to the charity fund"
    case .gifts: "Shoppers' gifts"
    case .reliefFund: "Owed to the relief fund"
    case .meals: "Meals"
    case .mealSubsidy: "Meal subsidy claim"
    case .rounding: "Cash rounding"
    case .overShort: "Over/short"
    case .cash: "Cash in drawers"
    case .codePayments: "Code payments"
    case .safe: "Safe"
    case .bank: "Bank"
    case .expenses: "Small expenses"
    case .purchases: "Purchases"
    case .other: "Other"
    }
  }
}

extension Account {
  static let giftsPrefix = "liabilities:gifts:"
  /// What the accounts of meal subsidies begin with.
  static let mealSubsidyPrefix = "assets:meal-subsidy:"
}
