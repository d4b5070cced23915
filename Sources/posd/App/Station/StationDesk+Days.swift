import FoundationEssentials
import POS
import POSStore
import Receipt

extension StationDesk {
  /// Closes a business day for a manager who says their password: `user`, `password`, and `date`
  /// (today if left out). Answers `slip`, the close as text; the same for a day that is closed.
  ///
  /// Throws `login_failed`, `wrong_role`, and what keeps a day from being closed.
  func closeDay(_ json: JSON, drawnBy receipts: ReceiptRoom) async throws -> JSON {
    let (name, password, date) = try Fields.reading(json) { fields in
      (
        try fields.text("user", count: 1...40), try fields.secret("password"),
        try fields.optionalText("date", count: 10...10)
      )
    }
    let credentials = try await store.credentials(name: name)
    guard try await hasher.verify(password, against: credentials?.passwordHash),
      let user = credentials?.user
    else { throw Problem(.loginFailed) }
    guard user.role == .manager else { throw Problem(.wrongRole) }
    let nowMs = clock.nowMs
    let today = store.policies.date(atMs: nowMs)
    guard let day = date.map({ BusinessDate($0) }) ?? today else {
      throw Problem(.badValue, ["member": "date", "expected": "a date as 2026-11-21"])
    }
    let request = ClientRequest(id: UUID(), contentHash: json.contentHash)
    let (event, _) = try await store.closeDay(
      day, by: user, TillRequest(request: request, atMs: nowMs))
    guard let document = try await receipts.document(of: event, copy: 0) else {
      throw Problem(.internalError)
    }
    let slip = ReceiptLayout(document, paper: .columns48).text
    return .members(["date": .string(day.description), "slip": .string(slip)])
  }
}
