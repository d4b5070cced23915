/// What happened in a till session so far: an X report shows it, a Z report freezes it.
///
/// It is made of the same records in two ways, by the store from its rows and by the verifier from
/// the journal, and both must come to the same.
public struct TillFigures: Equatable, Sendable {
  /// Where a posting comes from.
  public enum Source: CaseIterable, Sendable {
    case sales
    case returns
    /// Corrections of a wrong tender.
    case corrections
    /// Money for meal accounts.
    case meals
    /// Float and movements of cash.
    case drawer
  }

  /// How many and how much.
  public struct Total: Equatable, Sendable {
    public var count: Int64 = 0
    public var amount = Money.zero

    /// None.
    public init() {}

    /// One more. Wraps around, as sums of forged records may.
    public mutating func add(_ fen: Int64, count more: Int64 = 1) {
      count &+= more
      amount = Money(fen: amount.fen &+ fen)
    }
  }

  public var sales = Total()
  /// What was paid back, above zero.
  public var returns = Total()
  /// Baskets cancelled before payment.
  public var voids = Total()
  public var movements: [CashMovement.Kind: Total] = [:]
  public var drawerOpeningCount: Int64 = 0
  private var sums: [Source: LedgerSums] = [:]

  /// Nothing yet.
  public init() {}

  /// Adds to an account.
  public mutating func add(_ source: Source, account: String, microYuan: Int64) {
    sums[source, default: LedgerSums()].add(account, microYuan)
  }

  /// Adds the entry of a record.
  public mutating func add(_ source: Source, entry: JSON?) throws(RecordProblem) {
    try sums[source, default: LedgerSums()].add(entry: entry)
  }

  /// The postings of one source.
  public subscript(source: Source) -> LedgerSums { sums[source] ?? LedgerSums() }

  /// The sum of all postings by account.
  public var ledger: LedgerSums {
    sums.values.reduce(into: LedgerSums()) { $0.add($1) }
  }

  /// The cash that should be in the drawer (RULES 7): float + taken − change − refunds ± movements.
  public var expectedCash: Money {
    Money(fen: ledger[.cash].value / MicroYuan.perFen)
  }

  /// What a kind of tender took, paid back, and gained by corrections.
  public struct TenderFigures: Equatable, Sendable {
    public let kind: TenderKind
    public let taken: Money
    public let refunded: Money
    public let corrected: Money

    /// What stays.
    public var net: Money { taken - refunded + corrected }
  }

  /// The tenders that were used, cash always.
  public var tenders: [TenderFigures] {
    TenderKind.allCases.compactMap { kind in
      let figures = TenderFigures(
        kind: kind, taken: fen(.sales, kind) + fen(.meals, kind), refunded: -fen(.returns, kind),
        corrected: fen(.corrections, kind))
      let isUsed =
        figures
        != TenderFigures(
          kind: kind, taken: .zero, refunded: .zero, corrected: .zero)
      return isUsed || kind == .cash ? figures : nil
    }
  }

  private func fen(_ source: Source, _ kind: TenderKind) -> Money {
    Money(fen: self[source][Account.received(by: kind)].value / MicroYuan.perFen)
  }
}

extension Account {
  /// Where what a tender pays is kept or owed.
  public static func received(by kind: TenderKind) -> Account {
    kind == .cash ? .cash : .codePayments(kind)
  }
}

extension TillFigures {
  /// The members that X and Z reports share.
  public var members: JSON {
    .members([
      "sales": Self.json(sales), "returns": Self.json(returns), "voids": Self.json(voids),
      "tenders": .array(
        tenders.map {
          .members([
            "kind": .string($0.kind.rawValue), "takenFen": .integer($0.taken.fen),
            "refundedFen": .integer($0.refunded.fen), "correctedFen": .integer($0.corrected.fen),
            "netFen": .integer($0.net.fen),
          ])
        }),
      "movements": .array(
        CashMovement.Kind.allCases.map { kind in
          let total = movements[kind] ?? Total()
          return .members([
            "kind": .string(kind.rawValue), "count": .integer(total.count),
            "amountFen": .integer(total.amount.fen),
          ])
        }),
      "drawerOpenings": .integer(drawerOpeningCount), "expectedFen": .integer(expectedCash.fen),
      "ledger": ledger.json,
    ])
  }

  private static func json(_ total: Total) -> JSON {
    .members(["count": .integer(total.count), "totalFen": .integer(total.amount.fen)])
  }
}
