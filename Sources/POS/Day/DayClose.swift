/// A business day of a station, closed once over all its tills (日结).
///
/// Invariants:
/// 1. Its streams are the sums of the postings that count for the day, and sum to zero.
/// 2. What is transferred leaves the liability it was owed in; after the close that account holds
///    what is carried out, so that printed pledges, ledger and transfers agree to the micro-yuan.
/// 3. `balances` are those of the close before, the day, and this entry: nothing older need be read.
public struct DayClose: Equatable, Sendable {
  public let businessDate: BusinessDate
  /// The numbers of the Z reports that count for the day.
  public let zNumbers: [Int64]
  public let figures: TillFigures
  /// The balance of every account at the close before.
  public let opening: LedgerSums
  /// By kind of code payment, what its network says of the day.
  public let statements: [TenderKind: StatementSum]

  public init(
    businessDate: BusinessDate, zNumbers: [Int64], figures: TillFigures, opening: LedgerSums,
    statements: [TenderKind: StatementSum]
  ) {
    self.businessDate = businessDate
    self.zNumbers = zNumbers
    self.figures = figures
    self.opening = opening
    self.statements = statements
  }

  /// The pledge on its way to the charity fund.
  public var fundTransfer: PledgeTransfer { transfer(of: Account.charityFund.name) }

  /// The concession on its way to the relief fund.
  public var reliefTransfer: PledgeTransfer { transfer(of: Account.reliefFund.name) }

  /// Shoppers' gifts on their way, by campaign.
  public var giftTransfers: [(campaign: String, transfer: PledgeTransfer)] {
    let accounts = Set((opening.rows + figures.ledger.rows).map(\.account))
    return accounts.filter { $0.hasPrefix(Account.giftsPrefix) }.sorted().map {
      (String($0.dropFirst(Account.giftsPrefix.count)), transfer(of: $0))
    }
  }

  private func transfer(of account: String) -> PledgeTransfer {
    PledgeTransfer(carriedIn: -opening[account], accrued: -figures.ledger[account])
  }

  /// From what is owed to what is ordered to be transferred.
  public var entry: Entry {
    let transfers =
      [
        (Account.charityFund, Account.transfers(.charityFund), fundTransfer.transfer),
        (.reliefFund, .transfers(.reliefFund), reliefTransfer.transfer),
      ]
      + giftTransfers.map {
        (
          .gifts(campaign: $0.campaign), .transfers(.gifts(campaign: $0.campaign)),
          $0.transfer.transfer
        )
      }
    return Entry(
      transfers.flatMap { owed, ordered, amount in
        [Posting(owed, amount.microYuan), Posting(ordered, -amount.microYuan)]
      })
  }

  /// The balance of every account after this close.
  public var balances: LedgerSums {
    var balances = opening
    balances.add(figures.ledger)
    for posting in entry.postings { balances.add(posting.account.name, posting.amount.value) }
    return balances
  }

  /// What each account of the day came to; the usual ones at zero too.
  public var streams: [(stream: Stream, account: String, amount: MicroYuan)] {
    let ledger = figures.ledger
    let accounts = Set(ledger.rows.map(\.account)).union(Stream.always.map(\.name))
    let order = Dictionary(
      uniqueKeysWithValues: Stream.allCases.enumerated().map { ($0.element, $0.offset) })
    return accounts.map { (Stream(account: $0), $0, ledger[$0]) }
      .sorted { (order[$0.0] ?? 0, $0.1) < (order[$1.0] ?? 0, $1.1) }
  }
}

/// What a payment network says of a day.
public struct StatementSum: Equatable, Sendable {
  public let net: Money
  /// Whether every line agrees with our books, and every payment in them with a line.
  public let isMatched: Bool

  public init(net: Money, isMatched: Bool) {
    self.net = net
    self.isMatched = isMatched
  }
}

/// Why a day or month is not closed. The checks are made in the order of the cases.
public enum DayRefusal: Error, Equatable, Sendable {
  /// A later day is closed already: nothing can be added to this one.
  case past(lastClosed: BusinessDate)
  /// The day has not begun: today is this date.
  case notBegun(today: BusinessDate)
  /// An earlier day has entries and is open.
  case earlierDayOpen(BusinessDate)
  /// These sessions of the day wait for their count.
  case tillsNotClosed([TillSessionID])
  /// The month is not over.
  case monthNotOver(today: BusinessDate)
}
