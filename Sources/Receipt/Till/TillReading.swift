public import POS

/// What a till has done since its float was put in; an X report shows it at any time, a Z report
/// at the end, and both are the same for the same moment.
public struct TillReading: Equatable, Sendable {
  /// The till and its people.
  public var session: TillSessionFacts
  /// How often what happened.
  public var counts: TillCounts
  /// What came by code, card and other ways that are not cash, in the order of their kinds.
  public var tenders: [TenderReading]
  /// Sums and cash; `nil` for a reader who has not counted yet and must not know what to find.
  public var money: TillMoney?

  /// A reading; without `money` a blind one.
  public init(
    session: TillSessionFacts, counts: TillCounts, tenders: [TenderReading], money: TillMoney?
  ) {
    self.session = session
    self.counts = counts
    self.tenders = tenders
    self.money = money
  }
}

/// A till session: where, when and whose.
public struct TillSessionFacts: Equatable, Sendable {
  /// The name of the till.
  public var tillName: String
  /// The business day the session belongs to.
  public var businessDate: BusinessDate
  /// The wall clock of its opening.
  public var openedAt: String
  /// The wall clock of its last sale; `nil` while it is open.
  public var endedAt: String?
  /// Who answered for the drawer, in order; the first opened it.
  public var responsible: [ResponsiblePerson]

  /// A session that has at least one responsible person.
  public init(
    tillName: String, businessDate: BusinessDate, openedAt: String, endedAt: String? = nil,
    responsible: [ResponsiblePerson]
  ) {
    self.tillName = tillName
    self.businessDate = businessDate
    self.openedAt = openedAt
    self.endedAt = endedAt
    self.responsible = responsible
  }
}

/// Who answered for the drawer, and from when.
public struct ResponsiblePerson: Equatable, Sendable {
  /// The display name of a member of staff.
  public var name: String
  /// The wall clock of the opening or the handover (交班).
  public var since: String

  /// A person from a moment on.
  public init(name: String, since: String) {
    self.name = name
    self.since = since
  }
}

/// How often things happened in a session.
public struct TillCounts: Equatable, Sendable {
  public var sales: Int
  public var returns: Int
  /// Baskets cancelled before payment.
  public var voids: Int
  /// Drawer openings without a sale.
  public var drawerOpenings: Int
  /// Receipts printed again; `nil` where nobody counts them.
  public var reprints: Int?
  /// The first and the last number given to a sale or return; `nil` if there was none.
  public var numbers: ClosedRange<Int64>?

  /// Counts of zero or above.
  public init(
    sales: Int, returns: Int, voids: Int, drawerOpenings: Int, reprints: Int? = 0,
    numbers: ClosedRange<Int64>? = nil
  ) {
    self.sales = sales
    self.returns = returns
    self.voids = voids
    self.drawerOpenings = drawerOpenings
    self.reprints = reprints
    self.numbers = numbers
  }
}

/// What one way of paying brought and gave back; not cash.
public struct TenderReading: Equatable, Sendable {
  public var kind: TenderKind
  /// Taken in sales, zero or above.
  public var taken: Money
  /// Given back in returns, zero or above.
  public var refunded: Money

  /// What a way of paying brought, and gave back.
  public init(kind: TenderKind, taken: Money, refunded: Money = .zero) {
    self.kind = kind
    self.taken = taken
    self.refunded = refunded
  }
}

/// The sums of a session.
public struct TillMoney: Equatable, Sendable {
  /// Paid for goods, after concession and coupons, zero or above.
  public var sales: Money
  /// Paid back for goods, zero or above.
  public var returns: Money
  /// Shoppers' own gifts, less those handed back.
  public var gifts: Money
  /// The concession given, less that taken back.
  public var concession: Money
  /// The pledge, less that taken back.
  public var pledge: MicroYuan
  /// What rounding added to the cash taken (below zero: it took away).
  public var cashRounding: Money
  /// What vouchers paid, less what was given back on them, by programme.
  public var vouchers: [NamedAmount]
  /// What coupons took off and others pay for, by who pays.
  public var coupons: [NamedAmount]
  /// Paid into meal accounts, less what was undone.
  public var mealTopUps: Money
  /// Paid for meals that were owed, less what was undone.
  public var mealPayments: Money
  /// The drawer.
  public var cash: CashReading

  /// The sums of a session; sales + gifts + rounding − returns + money for meals is what all
  /// tenders, vouchers among them, come to.
  public init(
    sales: Money, returns: Money, gifts: Money, concession: Money, pledge: MicroYuan,
    cashRounding: Money, vouchers: [NamedAmount] = [], coupons: [NamedAmount] = [],
    mealTopUps: Money = .zero, mealPayments: Money = .zero, cash: CashReading
  ) {
    self.sales = sales
    self.returns = returns
    self.gifts = gifts
    self.concession = concession
    self.pledge = pledge
    self.cashRounding = cashRounding
    self.vouchers = vouchers
    self.coupons = coupons
    self.mealTopUps = mealTopUps
    self.mealPayments = mealPayments
    self.cash = cash
  }
}

/// The drawer from its float to what has to be in it.
public struct CashReading: Equatable, Sendable {
  /// Put in at opening.
  public var float: Money
  /// Handed over by shoppers, before change; what stayed where the change is not known.
  public var taken: Money
  /// Given back as change, zero or above; `nil` where it is taken off already.
  public var change: Money?
  /// Cash refunds, zero or above.
  public var refunds: Money
  /// Cash moved without a sale, in order.
  public var movements: [CashMovement]

  /// A drawer's story.
  public init(
    float: Money, taken: Money, change: Money?, refunds: Money, movements: [CashMovement] = []
  ) {
    self.float = float
    self.taken = taken
    self.change = change
    self.refunds = refunds
    self.movements = movements
  }

  /// float + cash taken − change − cash refunds ± movements (RULES 7).
  public var expected: Money {
    float + kept - refunds + movements.lazy.map(\.signedAmount).total
  }

  /// What stayed of the cash taken.
  var kept: Money { taken - (change ?? .zero) }
}

/// Cash put into the drawer or taken out of it without a sale.
public struct CashMovement: Equatable, Sendable {
  /// Which way, and what for.
  public enum Kind: String, CaseIterable, Sendable {
    /// Into the drawer.
    case paidIn
    /// Out of the drawer, for an expense.
    case paidOut
    /// Out of the drawer, to a safer place.
    case pickup

    /// The name in both languages.
    var slipName: SlipName {
      switch self {
      case .paidIn: SlipName("存入", en: "Paid in")
      case .paidOut: SlipName("支出", en: "Paid out")
      case .pickup: SlipName("提款", en: "Pickup")
      }
    }
  }

  public var kind: Kind
  /// Above zero, whichever way it went.
  public var amount: Money
  /// The reason's name.
  public var reason: SlipName
  /// The wall clock.
  public var localTime: String

  /// A movement of an amount above zero.
  public init(kind: Kind, amount: Money, reason: SlipName, localTime: String) {
    self.kind = kind
    self.amount = amount
    self.reason = reason
    self.localTime = localTime
  }

  /// What it adds to the drawer.
  public var signedAmount: Money { kind == .paidIn ? amount : -amount }
}
