public import POS

/// What a day or a month came to, stream by stream, as the ledger has it.
public struct CloseTotals: Equatable, Sendable {
  public var saleCount: Int64
  /// Paid for goods, after concession and coupons, zero or above.
  public var sales: Money
  public var returnCount: Int64
  /// Paid back for goods, zero or above.
  public var returns: Money
  /// Every stream with its account, in the order of the chart.
  public var streams: [LedgerStream]
  /// What coupons took off, by who pays for them.
  public var coupons: [NamedAmount]
  /// The pledge on its way to the charity fund.
  public var fundTransfer: FundTransfer
  /// Shoppers' own gifts to transfer, by campaign.
  public var gifts: [NamedAmount]
  /// The concession to transfer to the relief fund, where policy sends it there.
  public var reliefFund: Money
  /// Over (above zero) or short of all counts.
  public var overShort: Money
  /// Vouchers to be paid back by their programmes.
  public var vouchers: [VoucherClaim]
  /// Meals and their subsidy; `nil` where no meals are served.
  public var meals: MealTotals?

  /// The totals; without more those of a station that sells goods only.
  public init(
    saleCount: Int64, sales: Money, returnCount: Int64, returns: Money, streams: [LedgerStream],
    coupons: [NamedAmount] = [], fundTransfer: FundTransfer, gifts: [NamedAmount] = [],
    reliefFund: Money = .zero,
    overShort: Money = .zero, vouchers: [VoucherClaim] = [], meals: MealTotals? = nil
  ) {
    self.saleCount = saleCount
    self.sales = sales
    self.returnCount = returnCount
    self.returns = returns
    self.streams = streams
    self.coupons = coupons
    self.fundTransfer = fundTransfer
    self.gifts = gifts
    self.reliefFund = reliefFund
    self.overShort = overShort
    self.vouchers = vouchers
    self.meals = meals
  }
}

/// One stream of a close with the total of its ledger account.
public struct LedgerStream: Equatable, Sendable {
  /// What it is called.
  public var name: SlipName
  /// The account of the ledger: `income:sales`.
  public var account: String
  /// As posted: debits above zero, credits below.
  public var posted: MicroYuan

  /// A stream, its account and what was posted to it.
  public init(name: SlipName, account: String, posted: MicroYuan) {
    self.name = name
    self.account = account
    self.posted = posted
  }
}

/// An amount for someone or something: a payer, a campaign.
public struct NamedAmount: Equatable, Sendable {
  public var name: SlipName
  public var amount: Money

  /// An amount and whose it is.
  public init(name: SlipName, amount: Money) {
    self.name = name
    self.amount = amount
  }
}

/// From micro-yuan to whole fen: what is carried in, pledged, transferred and carried out.
public struct FundTransfer: Equatable, Sendable {
  public var carriedIn: MicroYuan
  public var pledge: MicroYuan
  /// Whole fen, never below zero.
  public var transfer: Money
  /// May be below zero after returns.
  public var carriedOut: MicroYuan

  /// A transfer; carried in + pledge = transfer + carried out.
  public init(
    carriedIn: MicroYuan, pledge: MicroYuan, transfer: Money, carriedOut: MicroYuan
  ) {
    self.carriedIn = carriedIn
    self.pledge = pledge
    self.transfer = transfer
    self.carriedOut = carriedOut
  }
}

/// What a programme pays back for vouchers, and what of them was forfeited.
public struct VoucherClaim: Equatable, Sendable {
  public var programme: SlipName
  /// How many vouchers paid; `nil` where it is not known.
  public var count: Int64?
  /// What they paid.
  public var amount: Money
  /// Worth that was lost with single-use vouchers; nobody pays it.
  public var forfeited: Money

  /// A claim on a programme.
  public init(programme: SlipName, count: Int64? = nil, amount: Money, forfeited: Money = .zero) {
    self.programme = programme
    self.count = count
    self.amount = amount
    self.forfeited = forfeited
  }
}

/// Meals served and who pays for them.
public struct MealTotals: Equatable, Sendable {
  public var count: Int64
  /// At full price.
  public var amount: Money
  /// Meals with a subsidy.
  public var subsidyCount: Int64
  /// The subsidy to claim.
  public var subsidy: Money

  /// Meals and their subsidy.
  public init(count: Int64, amount: Money, subsidyCount: Int64, subsidy: Money) {
    self.count = count
    self.amount = amount
    self.subsidyCount = subsidyCount
    self.subsidy = subsidy
  }
}

/// A way of paying against what its network reports.
public struct TenderMatch: Equatable, Sendable {
  public var kind: TenderKind
  /// Taken less given back, by our books.
  public var net: Money
  /// The same by the network's statement; `nil` as long as there is none. Cash: the counts.
  public var statement: Money?

  /// What we have, and what they say.
  public init(kind: TenderKind, net: Money, statement: Money? = nil) {
    self.kind = kind
    self.net = net
    self.statement = statement
  }
}
