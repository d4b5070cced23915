import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Puts right a payment that was rung under the wrong tender, before the Z of its session.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such sale here),
  ///   `TillRefusal.sessionClosed`, `TenderCorrectionRefusal`.
  public func correct(
    _ change: TenderChange, of saleID: SaleID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    let policies = policies
    return try await write { unit in
      if let done = try unit.replay(of: asked.request, .tenderCorrected, at: user.stationID) {
        return (done, true)
      }
      guard let balance = try unit.balance(of: saleID, at: user.stationID, policies: policies)
      else { throw StoreRefusal.notFound }
      let sale = balance.original.value
      let till = try unit.unclosedTill(sale.context.tillSessionID, at: user.stationID)
      let paid = PaidTenders(sale, corrections: try balance.madeCorrections)
      let made = try paid.correction(
        change, id: TenderCorrectionID(asked.request.id), hasReturns: !balance.returns.isEmpty)
      let event = try unit.record(
        try unit.event(.tenderCorrected, in: till, asked, subject: saleID.uuid),
        made.members.adding("tillSessionID", .string(till.session.id.text)).adding(by: user),
        made.entry)
      return (event, false)
    }
  }
}

extension SaleBalance {
  /// The corrections as the rules know them.
  var madeCorrections: [TenderCorrection] {
    get throws { try corrections.map { try TenderCorrection(body: $0.body) } }
  }
}

extension UnitOfWork {
  /// The corrections of a sale, in order.
  func corrections(of saleID: SaleID) throws -> [StoredEvent] {
    try events(
      """
      tillEvent.subjectID = ? AND tillEvent.kind = 'tenderCorrected' ORDER BY journalKey
      """, [saleID.data])
  }
}
