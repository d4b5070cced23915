import FoundationEssentials
import GRDB
public import POS

/// What a manager does to a voucher.
public enum VoucherAct: String, CaseIterable, Sendable {
  case block
  case unblock
}

/// A slip that is asked for.
public enum VoucherSlip: String, CaseIterable, Sendable {
  /// The voucher with its code.
  case voucher
  /// What is left on it.
  case balance
  /// The code on a manager's screen, to be sent; not printed.
  case eCode

  var document: PrintDocument? {
    switch self {
    case .voucher: .voucher
    case .balance: .voucherBalance
    case .eCode: nil
    }
  }
}

extension Store {
  /// The voucher that a code is of; `nil` if there is none.
  public func voucher(code: VoucherCode) async throws -> StoredVoucher? {
    try await read { unit in try unit.voucher(code: code).map { try unit.stored($0) } }
  }

  /// A voucher that a station issued; `nil` if there is none.
  public func voucher(id: VoucherID, at stationID: StationID) async throws -> StoredVoucher? {
    try await read { unit in
      guard let row = try unit.voucher(id: id), row.stationID == stationID else { return nil }
      return try unit.stored(row)
    }
  }

  /// The code of a voucher, made again; it stands nowhere.
  public func code(of id: VoucherID) async throws -> VoucherCode {
    try await read { unit in unit.personalKeys.code(of: id) }
  }

  /// The vouchers of a programme in the order they were made, after one of them.
  public func vouchers(
    of programmeID: ProgrammeID, at stationID: StationID, issueID: VoucherIssueID? = nil,
    after cursor: (key: Int64, place: Int)?, limit: Int
  ) async throws -> [StoredVoucher] {
    try await read { unit in
      let rows = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM voucher WHERE stationID = ?1
            AND programmeKey IN (SELECT journalKey FROM programme WHERE id = ?2)
            AND (?5 IS NULL OR journalKey = (SELECT journalKey FROM voucherIssue WHERE id = ?5))
            AND (journalKey, place) > (?3, ?4) ORDER BY journalKey, place LIMIT \(limit)
          """,
        arguments: [
          stationID.data, programmeID.data, cursor?.key ?? 0, cursor?.place ?? -1, issueID?.data,
        ]
      ).map { try VoucherRow($0) }
      var programmes: [Int64: Programme] = [:]
      return try rows.map { row in
        let programme = try programmes[row.programmeKey] ?? unit.programme(key: row.programmeKey)
        programmes[row.programmeKey] = programme
        return unit.stored(row, programme: programme)
      }
    }
  }

  /// The vouchers of an issue of a station, in their order.
  public func vouchers(
    ofIssue issueID: VoucherIssueID, at stationID: StationID
  ) async throws -> [StoredVoucher] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT voucher.* FROM voucher JOIN voucherIssue USING (journalKey)
          WHERE voucherIssue.id = ? AND voucher.stationID = ? ORDER BY place
          """, arguments: [issueID.data, stationID.data]
      ).map { try unit.stored(try VoucherRow($0)) }
    }
  }

  /// Blocks a voucher, or takes the block back; journalled.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `ReliefRefusal.voucherState`.
  public func perform(
    _ act: VoucherAct, on id: VoucherID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    let (kind, from, to): (JournalKind, StoredVoucherState, StoredVoucherState) =
      switch act {
      case .block: (.voucherBlocked, .active, .blocked)
      case .unblock: (.voucherUnblocked, .blocked, .active)
      }
    return try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, kind, at: user.stationID) {
        return (done, true)
      }
      var row = try unit.voucher(id, at: user.stationID)
      guard row.state == from else { throw ReliefRefusal.voucherState(row.state) }
      row.state = to
      try unit.update(row)
      let body = JSON.members([
        "id": .string(asked.subjectID), "voucherID": .string(id.text),
      ]).adding(by: user)
      return (try unit.recordRelief(kind, body, asked), false)
    }
  }

  /// Puts a new voucher in the place of a lost one: what is left moves, the old code is dead.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `ReliefRefusal.voucherState`
  ///   (replaced before), `.nothingLeft`.
  public func replace(
    _ id: VoucherID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .voucherReplaced, at: user.stationID) {
        return (done, true)
      }
      var old = try unit.voucher(id, at: user.stationID)
      guard old.state != .replaced else { throw ReliefRefusal.voucherState(.replaced) }
      guard old.left > .zero else { throw ReliefRefusal.nothingLeft }
      let newID = VoucherID(UUID())
      let hash = unit.personalKeys.hash(of: unit.personalKeys.code(of: newID))
      let event = try unit.recordRelief(
        .voucherReplaced,
        JSON.members([
          "id": .string(asked.subjectID), "voucherID": .string(id.text),
          "newVoucherID": .string(newID.text), "leftFen": .integer(old.left.fen),
          "codesHash": .string(UnitOfWork.hash(ofCodes: [hash])),
        ]).adding(by: user), asked)
      try unit.insert(VoucherRow(id: newID, codeHash: hash, of: event, inPlaceOf: old))
      old.state = .replaced
      old.left = .zero
      try unit.update(old)
      return (event, false)
    }
  }

  /// Queues the slip of a voucher at a till, or lets its code be seen; journalled. A replaced voucher
  /// has none.
  ///
  /// - Parameter tillID: where a slip prints; `nil` for a code on the screen.
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such voucher or till here),
  ///   `ReliefRefusal.voucherState`.
  public func show(
    _ slip: VoucherSlip, of id: VoucherID, at tillID: TillID?, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .voucherPrinted, at: user.stationID) {
        return (done, true)
      }
      let row = try unit.voucher(id, at: user.stationID)
      if let tillID { try unit.requireTill(tillID, at: user.stationID) }
      guard row.state != .replaced else { throw ReliefRefusal.voucherState(.replaced) }
      return (try unit.show(slip, of: row, at: tillID, by: user, asked), false)
    }
  }

  /// Puts on record that somebody tried codes that no voucher has: how many since the last such
  /// record, and how many tries were made to wait.
  public func noteVoucherGuesses(
    _ count: Int, slowed: Int, since sinceMs: Int64, by userID: UserID, at stationID: StationID,
    atMs: Int64
  ) async throws {
    try await write { unit in
      _ = try unit.append(
        .voucherGuesses,
        .members([
          "stationID": .string(stationID.text), "userID": .string(userID.text),
          "count": .integer(Int64(count)), "slowed": .integer(Int64(slowed)),
          "sinceMs": .integer(sinceMs),
        ]), atMs: atMs)
    }
  }

  /// A record of relief by its place in the journal, of a station; `nil` if there is none.
  public func reliefEvent(
    epoch: Int64, sequence: Int64, at stationID: StationID
  ) async throws -> StoredEvent? {
    try await read { unit in
      let found = try unit.storedEvents(
        "SELECT * FROM journal WHERE key = ?", [epoch << 40 | sequence])
      return found.first { $0.body["stationID"]?.stringValue == stationID.text }
    }
  }
}
