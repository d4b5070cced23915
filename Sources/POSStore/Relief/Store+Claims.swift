import FoundationEssentials
import GRDB
public import POS

/// What a funder or sponsor owes for a business day, line by line.
public struct DayClaims: Equatable, Sendable {
  public let businessDate: BusinessDate
  /// Whether the day is closed: nothing enters it any more.
  public let isClosed: Bool
  public let claims: [Claim]
}

extension Store {
  /// The claims of a day of a station, made from its sales and returns.
  public func claims(
    on date: BusinessDate, at stationID: StationID
  ) async throws -> DayClaims {
    try await read { unit in try unit.claims(on: date, at: stationID) }
  }
}

extension UnitOfWork {
  fileprivate func claims(
    on date: BusinessDate, at stationID: StationID
  ) throws -> DayClaims {
    var book = ClaimBook()
    for stored in try stored(
      where: """
        sale.stationID = ? AND businessDate = ? AND EXISTS (
          SELECT 1 FROM posting WHERE posting.journalKey = sale.journalKey AND (
            account LIKE 'assets:voucher-claims:%' OR account LIKE 'assets:coupon-claims:%'
            OR account LIKE 'memo:forfeited:%'))
        ORDER BY sale.journalKey
        """, [stationID.data, date.description])
    {
      switch stored {
      case .sale(let sale): book.add(sale.value, number: sale.number, epoch: sale.head.epoch)
      case .saleReturn(let made):
        guard
          case .sale(let original)? = try self.stored(id: made.value.originalID, at: stationID)
        else { throw StoreProblem.badRecord("return") }
        book.add(
          made.value, of: original.value, number: made.number, epoch: made.head.epoch)
      }
    }
    let closed = try lastClosedDay(at: stationID)
    return DayClaims(
      businessDate: date, isClosed: closed.map { date <= $0 } ?? false,
      claims: book.claims(ledger: try ledger(of: date, at: stationID)))
  }

  /// The postings of a day, summed by account.
  private func ledger(of date: BusinessDate, at stationID: StationID) throws -> LedgerSums {
    var sums = LedgerSums()
    let rows = try Row.fetchAll(
      db, sql: Self.daySums(of: "sale"), arguments: [stationID.data, date.description])
    for row in rows { sums.add(row["account"], row["amount"]) }
    return sums
  }
}
