import FoundationEssentials
import GRDB
public import POS

/// A coupon as it stands.
public struct StoredCoupon: Equatable, Sendable {
  public let terms: CouponTerms
  public let stationID: StationID
  public let useCount: Int
  public let isEnded: Bool
  /// The key of the record that made it.
  public let key: Int64
}

extension Store {
  /// Adds a coupon; journalled. The same request again is answered from the record.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `ReliefRefusal.unknownMember`,
  ///   `.couponCodeTaken`.
  public func add(
    _ terms: CouponTerms, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .couponAdded, at: user.stationID) {
        return (done, true)
      }
      if case .member(let id) = terms.holder { try unit.requireMember(id) }
      guard try unit.coupon(code: terms.code, at: user.stationID) == nil else {
        throw ReliefRefusal.couponCodeTaken
      }
      let event = try unit.recordRelief(
        .couponAdded,
        JSON.members(["id": .string(terms.id.text), "coupon": terms.json]).adding(by: user), asked)
      try unit.db.execute(
        sql: """
          INSERT INTO coupon (id, journalKey, stationID, code, content, useCount)
          VALUES (?, ?, ?, ?, ?, 0)
          """,
        arguments: [
          terms.id.data, event.key, user.stationID.data, terms.code,
          String(decoding: terms.json.canonicalBytes(), as: UTF8.self),
        ])
      return (event, false)
    }
  }

  /// Ends a coupon before its time; journalled. Its code may be given again.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `ReliefRefusal.couponEnded`.
  public func endCoupon(
    _ id: CouponID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .couponEnded, at: user.stationID) {
        return (done, true)
      }
      guard let coupon = try unit.coupon(id: id), coupon.stationID == user.stationID else {
        throw StoreRefusal.notFound
      }
      guard !coupon.isEnded else { throw ReliefRefusal.couponEnded }
      let event = try unit.recordRelief(
        .couponEnded,
        JSON.members(["id": .string(asked.subjectID), "couponID": .string(id.text)])
          .adding(by: user), asked)
      try unit.db.execute(
        sql: "UPDATE coupon SET endedKey = ? WHERE id = ?", arguments: [event.key, id.data])
      return (event, false)
    }
  }

  /// The coupons of a station, newest first.
  ///
  /// - Parameter beforeKey: only those older than this key of an earlier page.
  public func coupons(
    at stationID: StationID, beforeKey: Int64?, limit: Int
  ) async throws -> [StoredCoupon] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM coupon WHERE stationID = ? AND journalKey < ?
          ORDER BY journalKey DESC LIMIT \(limit)
          """, arguments: [stationID.data, beforeKey ?? Int64.max]
      ).map(UnitOfWork.coupon)
    }
  }

  /// A coupon of a station; `nil` if there is none.
  public func coupon(id: CouponID, at stationID: StationID) async throws -> StoredCoupon? {
    try await read { unit in
      guard let coupon = try unit.coupon(id: id), coupon.stationID == stationID else { return nil }
      return coupon
    }
  }

  /// The coupons that are for one member.
  public func coupons(ofMember id: MemberID, at stationID: StationID) async throws -> [StoredCoupon]
  {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM coupon WHERE stationID = ? AND endedKey IS NULL
          AND json_extract(content, '$.holder') = ? ORDER BY journalKey DESC LIMIT 200
          """, arguments: [stationID.data, id.text]
      ).map(UnitOfWork.coupon)
    }
  }
}

extension UnitOfWork {
  /// A row of `coupon`.
  static func coupon(_ row: Row) throws -> StoredCoupon {
    guard let json = try? JSON(parsing: Array((row["content"] as String).utf8)) else {
      throw StoreProblem.badRecord("coupon")
    }
    return StoredCoupon(
      terms: try CouponTerms(json: json),
      stationID: Identifier(row["stationID"] as Data), useCount: row["useCount"],
      isEnded: (row["endedKey"] as Int64?) != nil, key: row["journalKey"])
  }

  func coupon(id: CouponID) throws -> StoredCoupon? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM coupon WHERE id = ?"), arguments: [id.data]
    ).map(Self.coupon)
  }

  /// The coupon in use that a code is of; `nil` if there is none.
  func coupon(code: String, at stationID: StationID) throws -> StoredCoupon? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT * FROM coupon WHERE stationID = ? AND code = ? AND endedKey IS NULL
          """), arguments: [stationID.data, code]
    ).map(Self.coupon)
  }

  /// The newest coupon that a code is or was of.
  private func anyCoupon(code: String, at stationID: StationID) throws -> StoredCoupon? {
    try coupon(code: code, at: stationID)
      ?? Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT * FROM coupon WHERE stationID = ? AND code = ? AND endedKey IS NOT NULL
            ORDER BY journalKey DESC LIMIT 1
            """), arguments: [stationID.data, code]
      ).map(Self.coupon)
  }

  /// The coupons of codes, each once, with how often they were used.
  ///
  /// - Throws: `ReliefRefusal.unknownCoupon`.
  func couponOffers(
    _ codes: [String], member: MemberID?, at stationID: StationID
  ) throws -> [CouponOffer] {
    var offers: [CouponOffer] = []
    for (index, code) in codes.enumerated() {
      guard let coupon = try anyCoupon(code: code, at: stationID) else {
        throw ReliefRefusal.unknownCoupon(index: index)
      }
      guard !offers.contains(where: { $0.terms.id == coupon.terms.id }) else { continue }
      offers.append(
        CouponOffer(
          terms: coupon.terms, usesInAll: coupon.useCount,
          usesByMember: try uses(of: coupon.terms.id, by: member), isEnded: coupon.isEnded))
    }
    return offers
  }

  private func uses(of id: CouponID, by member: MemberID?) throws -> Int {
    guard let member else { return 0 }
    return try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT COALESCE(SUM(count), 0) FROM couponUse WHERE couponID = ? AND memberID = ?
          """), arguments: [id.data, member.data]) ?? 0
  }

  /// Counts a use, or takes one back.
  func countUse(
    of id: CouponID, by member: MemberID?, _ count: Int, _ head: JournalHead
  ) throws {
    try db.cachedStatement(
      sql: "INSERT INTO couponUse (journalKey, couponID, memberID, count) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [JournalKey(head).value, id.data, member?.data, count])
    try db.cachedStatement(sql: "UPDATE coupon SET useCount = useCount + ? WHERE id = ?")
      .execute(arguments: [count, id.data])
  }
}
