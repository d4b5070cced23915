import FoundationEssentials
import GRDB
public import POS

/// What the shopping of a member has come to.
public struct MemberHistory: Equatable, Sendable {
  /// The newest sales at one station.
  public let sales: [Stored<Sale>]
  /// Sales at all stations.
  public let saleCount: Int64
  /// What was paid for goods and gifts, less what was paid back.
  public let paid: Money
  /// What the stations gave to the fund for it, less the pledges of goods that came back.
  public let pledged: MicroYuan
  /// The concession on it, less that of goods that came back.
  public let concession: MicroYuan
  /// The member's own gifts, less those given back.
  public let gifts: MicroYuan
}

extension Store {
  /// Sales of a member shown at once.
  public static let memberSalesShown = 20

  /// What a member bought, and what their shopping has given; all zero for nobody.
  public func history(of id: MemberID, at stationID: StationID) async throws -> MemberHistory {
    try await read { unit in try unit.history(of: id, at: stationID) }
  }
}

extension UnitOfWork {
  /// Notes whose a sale is.
  func noteMember(of sale: Sale, _ head: JournalHead) throws {
    guard let memberID = sale.memberID else { return }
    try db.cachedStatement(sql: "INSERT INTO memberSale (journalKey, memberID) VALUES (?, ?)")
      .execute(arguments: [JournalKey(head).value, memberID.data])
  }

  /// The sales of a member with the returns of them, as keys of records.
  private static let records = """
    WITH bought AS (SELECT journalKey FROM memberSale WHERE memberID = ?1),
    record AS (
      SELECT journalKey FROM bought UNION ALL
      SELECT journalKey FROM sale WHERE originalKey IN (SELECT journalKey FROM bought))
    """

  fileprivate func history(of id: MemberID, at stationID: StationID) throws -> MemberHistory {
    let sales = try stored(
      where: """
        sale.journalKey IN (SELECT journalKey FROM memberSale WHERE memberID = ?)
        AND sale.stationID = ? ORDER BY sale.journalKey DESC LIMIT \(Store.memberSalesShown)
        """, [id.data, stationID.data])
    let totals = try Row.fetchOne(
      db,
      sql: """
        \(Self.records)
        SELECT COALESCE(SUM(kind = 'sale'), 0) AS saleCount, COALESCE(SUM(totalFen), 0) AS paidFen
        FROM record JOIN sale USING (journalKey)
        """, arguments: [id.data])
    let gifts = Account.gifts(campaign: "").name
    return MemberHistory(
      sales: sales.compactMap { stored in
        if case .sale(let sale) = stored { sale } else { nil }
      }, saleCount: totals?["saleCount"] ?? 0, paid: Money(fen: totals?["paidFen"] ?? 0),
      pledged: -(try posted(of: id, to: Account.charityFund.name)),
      concession: try posted(of: id, to: Account.concession.name),
      gifts: -(try posted(of: id, to: gifts)))
  }

  /// The sum of a member's postings to the accounts whose names begin so.
  private func posted(of id: MemberID, to start: String) throws -> MicroYuan {
    let sum = try Int64.fetchOne(
      db,
      sql: """
        \(Self.records)
        SELECT COALESCE(SUM(amountMicroYuan), 0) FROM record JOIN posting USING (journalKey)
        WHERE substr(account, 1, length(?2)) = ?2
        """, arguments: [id.data, start])
    return MicroYuan(sum ?? 0)
  }
}
