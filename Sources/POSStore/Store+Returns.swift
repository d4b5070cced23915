import FoundationEssentials
import GRDB
public import POS

/// What came of asking for a return, before it is made.
public struct ReturnQuote: Equatable, Sendable {
  public let original: Stored<Sale>
  public let saleReturn: SaleReturn
  public let managedActs: Set<ManagedAct>
}

/// A sale and what is left of it to return.
public struct SaleBalance: Sendable {
  public let original: Stored<Sale>
  public let book: ReturnBook
  /// The returns so far, in order.
  public let returns: [Stored<SaleReturn>]
  /// The corrections of its tenders so far, in order.
  public let corrections: [StoredEvent]
}

extension Store {
  /// What is left of a sale to return; `nil` if there is no such sale.
  public func balance(of saleID: SaleID, at stationID: StationID) async throws -> SaleBalance? {
    let policies = policies
    return try await read { unit in
      try unit.balance(of: saleID, at: stationID, policies: policies)
    }
  }

  /// What a return would pay; no effect.
  ///
  /// - Throws: `StoreRefusal.notFound`, `ReturnRefusal`.
  public func quote(
    _ request: ReturnRequest, of saleID: SaleID, by user: User, atMs: Int64
  ) async throws -> ReturnQuote {
    guard let balance = try await balance(of: saleID, at: user.stationID) else {
      throw StoreRefusal.notFound
    }
    let context = TillContext(
      stationID: user.stationID, tillSessionID: balance.original.value.context.tillSessionID,
      userID: user.id, atMs: atMs)
    let quoted = try balance.book.quote(request, id: saleID, at: context)
    return ReturnQuote(
      original: balance.original, saleReturn: quoted,
      managedActs: balance.book.managedActs(in: quoted))
  }

  /// Makes and writes a return in one unit; the same request again is answered from the record.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.noOpenTillSession`, `.notFound`,
  ///   `.approvalNotValid`, `ReturnRefusal`.
  public func complete(
    _ request: SaleReturnRequest, by user: User, atMs: Int64
  ) async throws -> (original: Stored<Sale>, saleReturn: Stored<SaleReturn>, isReplay: Bool) {
    let policies = policies
    return try await write { unit in
      let known = try unit.known(request.id, contentHash: request.contentHash, at: user)
      if let known {
        guard case .saleReturn(let stored) = known,
          case .sale(let original)? = try unit.stored(
            id: stored.value.originalID, at: user.stationID)
        else { throw StoreRefusal.idReused }
        return (original, stored, true)
      }
      try unit.requireOpen(request.tillSessionID, at: user.stationID)
      guard
        let balance = try unit.balance(
          of: request.originalID, at: user.stationID, policies: policies),
        let policy = policies.policy(id: balance.original.value.policyID)
      else { throw StoreRefusal.notFound }
      let stored = try unit.complete(request, of: balance, policy: policy, by: user, atMs: atMs)
      return (balance.original, stored, false)
    }
  }
}

extension UnitOfWork {
  func balance(
    of saleID: SaleID, at stationID: StationID, policies: PolicyTimeline
  ) throws -> SaleBalance? {
    guard case .sale(let original)? = try stored(id: saleID, at: stationID) else { return nil }
    guard let policy = policies.policy(id: original.value.policyID) else {
      throw StoreProblem.badRecord("policy")
    }
    let earlier = try stored(
      where: "sale.originalKey = ? ORDER BY sale.journalKey", [JournalKey(original.head).value])
    let returns: [Stored<SaleReturn>] = try earlier.map {
      guard case .saleReturn(let stored) = $0 else { throw StoreProblem.badRecord("return") }
      return stored
    }
    let corrections = try corrections(of: saleID)
    return SaleBalance(
      original: original,
      book: ReturnBook(
        original.value, policy: policy,
        corrections: try corrections.map { try TenderCorrection(body: $0.body) },
        earlier: returns.map(\.value)),
      returns: returns, corrections: corrections)
  }

  fileprivate func complete(
    _ request: SaleReturnRequest, of balance: SaleBalance, policy: CharityPolicy, by user: User,
    atMs: Int64
  ) throws -> Stored<SaleReturn> {
    let allowed = try allowedActs(
      of: user, approvalID: request.approvalID, subjectID: request.id.text,
      amount: request.seenRefund, atMs: atMs)
    let context = TillContext(
      stationID: user.stationID, tillSessionID: request.tillSessionID, userID: user.id,
      atMs: atMs)
    let made = try balance.book.quote(
      request.request, id: request.id, at: context,
      lastClosed: try lastClosedDay(at: user.stationID))
    try balance.book.check(made, seenRefund: request.seenRefund, allowedActs: allowed)
    let original = balance.original.value
    let entry = made.entry(of: original, policy: policy)
    let number = try nextSaleNumber(at: user.stationID)
    let body = made.body(number: number, entry: entry)
    let head = try append(.saleReturn, body.adding(request.contentHash), atMs: atMs)
    try insert(
      SaleRow(
        kind: "return", id: made.id, requestHash: request.contentHash, number: number,
        context: context, businessDate: made.businessDate, total: -made.refund,
        originalKey: JournalKey(balance.original.head).value), head)
    try post(entry, head)
    try giveBack(made, of: original, head)
    try move(
      made.lines.map { (original.lines[$0.line].goods.productID, $0.quantity.count) },
      at: context.stationID, head)
    try use(request.approvalID, of: user, by: head)
    try queuePrint(
      document: .saleReturn, of: head, at: try tillID(of: request.tillSessionID), copy: 0,
      atMs: atMs)
    return Stored(value: made, number: number, head: head)
  }
}
