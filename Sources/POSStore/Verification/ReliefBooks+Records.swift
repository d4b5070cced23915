import FoundationEssentials
import GRDB
import POS

// What each kind of record of relief says, against the records before it and its rows.
extension ReliefBooks {
  /// - Throws: a `Finding`, `RecordProblem`.
  mutating func take(_ rows: RowsOfRecord) throws {
    switch rows.record.kind {
    case .programmeAdded, .programmeChanged: try takeProgramme(rows)
    case .vouchersIssued: try takeIssue(rows)
    case .voucherRepeatEnded: try endRepeat(rows)
    case .voucherBlocked: try move(rows, from: .active, to: .blocked)
    case .voucherUnblocked: try move(rows, from: .blocked, to: .active)
    case .voucherReplaced: try takeReplacement(rows)
    case .voucherPrinted:
      guard vouchers[try rows.record.id("voucherID")] != nil else {
        throw rows.wrong("prints a voucher that was never issued")
      }
    case .couponAdded: try takeCoupon(rows)
    case .couponEnded: try endCoupon(rows)
    case .handedOut: try takeHandOut(rows)
    default: preconditionFailure("not a record of relief")
    }
  }

  private mutating func takeProgramme(_ rows: RowsOfRecord) throws {
    let record = rows.record
    let stationID: StationID = try record.id("stationID")
    let version = try record.integer("version")
    let programme = try Programme(version: version, json: rows.body["programme"])
    let known = newest[programme.id]
    guard version == (known?.version ?? 0) + 1, known.map({ $0.stationID == stationID }) ?? true,
      (record.kind == .programmeAdded) == (known == nil),
      try record.id("programmeID") == programme.id
    else { throw record.wrong("its version is not the next of its programme") }
    guard programme.json == rows.body["programme"] else {
      throw record.wrong("its programme has members that no programme has")
    }
    newest[programme.id] = (rows.key.value, stationID, version)
    programmes[rows.key.value] = programme
    try rows.checkRow(
      "programme",
      [
        "id": programme.id.data, "version": version, "stationID": stationID.data,
        "content": String(decoding: programme.json.canonicalBytes(), as: UTF8.self),
      ])
  }

  private mutating func takeIssue(_ rows: RowsOfRecord) throws {
    let record = rows.record
    let issue = try VoucherIssue(body: rows.body)
    let stationID: StationID = try record.id("stationID")
    guard let programme = newest[issue.programmeID], programme.stationID == stationID,
      programme.version == rows.body["version"]?.integerValue,
      programmes[programme.key]?.isEnded == false
    else { throw record.wrong("issues vouchers of a programme that is not in force") }
    var firstID = issue.id
    if rows.body["repeats"] != nil {
      firstID = try record.id("repeats")
      try takeRepeat(of: firstID, issue, rows)
    } else if let until = issue.repeatUntil {
      repeats[issue.id] = Repeat(issue: issue, until: until, last: issue.month, key: rows.key)
    }
    try rows.checkRow(
      "voucherIssue",
      [
        "id": issue.id.data, "stationID": stationID.data, "programmeKey": programme.key,
        "firstID": firstID.data, "month": issue.month.description,
      ])
    guard rows.body["month"]?.stringValue == issue.month.description else {
      throw record.wrong("its month is not that of its first day")
    }
    for (id, _) in try VoucherIssue.vouchers(of: rows.body) {
      guard vouchers[id] == nil else { throw record.wrong("issues a voucher twice") }
      vouchers[id] = Voucher(
        stationID: stationID, programmeKey: programme.key, validity: issue.validity,
        worth: issue.worth, left: issue.worth, key: rows.key)
    }
    try rows.checkVouchers(of: issue, at: stationID, programmeKey: programme.key)
  }

  private mutating func takeRepeat(
    of firstID: VoucherIssueID, _ issue: VoucherIssue, _ rows: RowsOfRecord
  ) throws {
    guard let known = repeats[firstID], known.endedKey == nil, issue.month <= known.until,
      known.last < issue.month, issue.worth == known.issue.worth,
      issue.validity == known.issue.validity(in: issue.month),
      issue.programmeID == known.issue.programmeID
    else { throw rows.wrong("repeats an issue that does not say so") }
    let named = try VoucherIssue.vouchers(of: rows.body)
    let isSame =
      switch known.issue.recipients {
      case .bearers(let count): named.count == count && named.allSatisfy { $0.personID == nil }
      case .people(let people): Set(people).isSuperset(of: named.compactMap(\.personID))
      }
    guard isSame else { throw rows.wrong("repeats an issue for others") }
    repeats[firstID]?.last = issue.month
    repeats[firstID]?.key = rows.key
  }

  private mutating func endRepeat(_ rows: RowsOfRecord) throws {
    let issueID: VoucherIssueID = try rows.record.id("issueID")
    guard let known = repeats[issueID], known.endedKey == nil else {
      throw rows.wrong("ends a repeat that there is not")
    }
    repeats[issueID]?.endedKey = rows.key.value
    repeats[issueID]?.key = rows.key
  }

  private mutating func move(
    _ rows: RowsOfRecord, from: StoredVoucherState, to: StoredVoucherState
  ) throws {
    let id: VoucherID = try rows.record.id("voucherID")
    guard let voucher = vouchers[id], voucher.state == from,
      try rows.record.id("stationID") == voucher.stationID
    else { throw rows.wrong("its voucher was not \(from.rawValue)") }
    vouchers[id]?.state = to
    vouchers[id]?.key = rows.key
  }

  private mutating func takeReplacement(_ rows: RowsOfRecord) throws {
    let id: VoucherID = try rows.record.id("voucherID")
    let newID: VoucherID = try rows.record.id("newVoucherID")
    guard let old = vouchers[id], old.state != .replaced, old.left > .zero, vouchers[newID] == nil,
      rows.body["leftFen"]?.integerValue == old.left.fen,
      try rows.record.id("stationID") == old.stationID
    else { throw rows.wrong("replaces a voucher that could not be replaced") }
    vouchers[newID] = Voucher(
      stationID: old.stationID, programmeKey: old.programmeKey, validity: old.validity,
      worth: old.worth, left: old.left, key: rows.key)
    vouchers[id]?.state = .replaced
    vouchers[id]?.left = .zero
    vouchers[id]?.replacedBy = newID
    vouchers[id]?.key = rows.key
    try rows.checkReplacement(newID, of: old, id)
  }

  private mutating func takeCoupon(_ rows: RowsOfRecord) throws {
    let terms = try CouponTerms(json: rows.body["coupon"] ?? .null)
    guard terms.json == rows.body["coupon"], try rows.record.id("id") == terms.id,
      coupons[terms.id] == nil
    else { throw rows.wrong("its coupon has members that no coupon has") }
    let stationID: StationID = try rows.record.id("stationID")
    coupons[terms.id] = Coupon(terms: terms, stationID: stationID, key: rows.key)
    try rows.checkRow(
      "coupon",
      [
        "id": terms.id.data, "stationID": stationID.data, "code": terms.code,
        "content": String(decoding: terms.json.canonicalBytes(), as: UTF8.self),
      ])
  }

  private mutating func endCoupon(_ rows: RowsOfRecord) throws {
    let id: CouponID = try rows.record.id("couponID")
    guard let coupon = coupons[id], coupon.endedKey == nil else {
      throw rows.wrong("ends a coupon that is not in use")
    }
    coupons[id]?.endedKey = rows.key.value
    coupons[id]?.key = rows.key
  }

  private mutating func takeHandOut(_ rows: RowsOfRecord) throws {
    let handOut = try HandOut(body: rows.body)
    guard let programme = newest[handOut.programmeID], programme.stationID == handOut.stationID
    else { throw rows.wrong("hands out goods of no programme") }
    let series = "\(rows.key.epoch) \(handOut.stationID.text)"
    let number = handOutNumbers[series, default: 0] + 1
    guard rows.body["number"]?.integerValue == number else {
      throw rows.wrong("its number is not \(number): gap in numbers")
    }
    handOutNumbers[series] = number
    try rows.checkRow(
      "handOut",
      [
        "id": handOut.id.data, "stationID": handOut.stationID.data, "epoch": rows.key.epoch,
        "number": number, "programmeID": handOut.programmeID.data,
        "personID": handOut.personID.data,
      ])
    try rows.checkMovements(handOut.lines.map { ($0.productID, -$0.quantity.count) })
  }
}

extension Month {
  static func < (a: Month, b: Month) -> Bool { a.firstDay < b.firstDay }
  static func <= (a: Month, b: Month) -> Bool { a.firstDay <= b.firstDay }
}

extension RowsOfRecord {
  /// The one row of a table that names the record.
  func checkRow(
    _ table: String, _ expected: [String: (any DatabaseValueConvertible)?]
  ) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM \(table) WHERE journalKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its row of \(table) is missing") }
    try check(row, table, expected)
  }

  /// The vouchers of an issue, in what does not change of them.
  func checkVouchers(
    of issue: VoucherIssue, at stationID: StationID, programmeKey: Int64
  ) throws {
    let named = try VoucherIssue.vouchers(of: body)
    let rows = try voucherRows()
    guard rows.count == named.count else { throw wrong("its vouchers differ from the journal") }
    for (place, (row, voucher)) in zip(rows, named).enumerated() {
      try check(
        row, "voucher",
        [
          "id": voucher.id.data, "place": place, "stationID": stationID.data,
          "programmeKey": programmeKey, "personID": voucher.personID?.data,
          "replaces": Data?.none, "worthFen": issue.worth.fen,
          "validFrom": issue.validity.lowerBound.description,
          "validUntil": issue.validity.upperBound.description,
        ])
    }
  }

  /// What took the place of a lost voucher.
  func checkReplacement(
    _ newID: VoucherID, of old: ReliefBooks.Voucher, _ oldID: VoucherID
  ) throws {
    let rows = try voucherRows()
    guard let row = rows.first, rows.count == 1 else {
      throw wrong("its vouchers differ from the journal")
    }
    let person = try Data?.fetchOne(
      db, sql: "SELECT personID FROM voucher WHERE id = ?", arguments: [oldID.data])
    try check(
      row, "voucher",
      [
        "id": newID.data, "place": 0, "stationID": old.stationID.data,
        "programmeKey": old.programmeKey, "personID": person ?? nil, "replaces": oldID.data,
        "worthFen": old.worth.fen, "validFrom": old.validity.lowerBound.description,
        "validUntil": old.validity.upperBound.description,
      ])
  }

  /// The rows of the vouchers a record made, whose hashes of codes it knows.
  private func voucherRows() throws -> [Row] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM voucher WHERE journalKey = ? ORDER BY place", arguments: [key.value])
    let hashes = rows.map { ($0["codeHash"] as Data?).map { Array($0) } ?? [] }
    guard body["codesHash"]?.stringValue == UnitOfWork.hash(ofCodes: hashes) else {
      throw wrong("codeHash of its voucher differs from the journal")
    }
    return rows
  }

  /// The rows of what a sale or return did to vouchers and coupons.
  static func uses(_ db: Database, of key: JournalKey) -> ReliefUses {
    ReliefUses(db: db, key: key)
  }
}

/// The rows of what a sale or return did to vouchers and coupons.
struct ReliefUses {
  let db: Database
  let key: JournalKey

  /// - Returns: how many there are.
  func check(_ expected: [VoucherUse], on day: BusinessDate) throws -> Int64 {
    let rows = try rows(of: "voucherUse", count: expected.count)
    for use in expected {
      let row = rows.first { ($0["voucherID"] as Data?) == use.id.data }
      guard let row else { throw key.wrong("voucherID of its voucherUse differs from the journal") }
      try RowsOfRecord.check(
        row, "voucherUse", of: key,
        [
          "businessDate": day.description, "amountFen": use.amount.fen,
          "forfeitedFen": use.forfeited.fen, "changeFen": use.change.fen,
        ])
    }
    return Int64(rows.count)
  }

  /// - Returns: how many there are.
  func check(_ coupons: [CouponID], by member: MemberID?, count: Int) throws -> Int64 {
    let rows = try rows(of: "couponUse", count: coupons.count)
    for id in coupons {
      let row = rows.first { ($0["couponID"] as Data?) == id.data }
      guard let row else { throw key.wrong("couponID of its couponUse differs from the journal") }
      try RowsOfRecord.check(
        row, "couponUse", of: key, ["memberID": member?.data, "count": count])
    }
    return Int64(rows.count)
  }

  private func rows(of table: String, count: Int) throws -> [Row] {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM \(table) WHERE journalKey = ?"),
      arguments: [key.value])
    guard rows.count == count else { throw key.wrong("its rows of \(table) differ") }
    return rows
  }
}
