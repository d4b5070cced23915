import Crypto
import FoundationEssentials
import GRDB
public import POS

/// A voucher as it stands.
public struct StoredVoucher: Equatable, Sendable {
  public let id: VoucherID
  public let stationID: StationID
  /// The rules it was issued under.
  public let programme: Programme
  /// `nil` for whoever holds it.
  public let personID: PersonID?
  public let worth: Money
  /// The first and the last day it is good for.
  public let validity: ClosedRange<BusinessDate>
  /// What is left on it.
  public let left: Money
  public let state: StoredVoucherState
  /// Where it stands among all: the record that made it, and its place in that.
  public let key: Int64
  public let place: Int
}

/// A row of `voucher`.
struct VoucherRow {
  let id: VoucherID
  let codeHash: [UInt8]
  let key: Int64
  let place: Int
  let stationID: StationID
  let programmeKey: Int64
  let personID: PersonID?
  /// The lost one whose place it took.
  let replaces: VoucherID?
  let worth: Money
  let validity: ClosedRange<BusinessDate>
  var left: Money
  var state: StoredVoucherState

  init(_ row: Row) throws {
    guard let from = BusinessDate(row["validFrom"] as String),
      let until = BusinessDate(row["validUntil"] as String), from <= until,
      let state = StoredVoucherState(rawValue: row["state"])
    else { throw StoreProblem.badRecord("voucher") }
    id = Identifier(row["id"] as Data)
    codeHash = Array(row["codeHash"] as Data)
    key = row["journalKey"]
    place = row["place"]
    stationID = Identifier(row["stationID"] as Data)
    programmeKey = row["programmeKey"]
    personID = (row["personID"] as Data?).map { Identifier($0) }
    replaces = (row["replaces"] as Data?).map { Identifier($0) }
    worth = Money(fen: row["worthFen"])
    validity = from...until
    left = Money(fen: row["leftFen"])
    self.state = state
  }

  /// A voucher of an issue: all of its worth is left.
  init(
    id: VoucherID, codeHash: [UInt8], place: Int, of event: StoredEvent, programmeKey: Int64,
    stationID: StationID, personID: PersonID?, worth: Money, validity: ClosedRange<BusinessDate>
  ) {
    self.id = id
    self.codeHash = codeHash
    key = event.key
    self.place = place
    self.stationID = stationID
    self.programmeKey = programmeKey
    self.personID = personID
    replaces = nil
    self.worth = worth
    self.validity = validity
    left = worth
    state = .active
  }

  /// What takes the place of a lost voucher, with what is left of it.
  init(id: VoucherID, codeHash: [UInt8], of event: StoredEvent, inPlaceOf old: VoucherRow) {
    self.id = id
    self.codeHash = codeHash
    key = event.key
    place = 0
    stationID = old.stationID
    programmeKey = old.programmeKey
    personID = old.personID
    replaces = old.id
    worth = old.worth
    validity = old.validity
    left = old.left
    state = .active
  }
}

extension UnitOfWork {
  func insert(_ voucher: VoucherRow) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO voucher (id, codeHash, journalKey, place, stationID, programmeKey, personID,
          replaces, worthFen, validFrom, validUntil, leftFen, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      voucher.id.data, Data(voucher.codeHash), voucher.key, voucher.place, voucher.stationID.data,
      voucher.programmeKey, voucher.personID?.data, voucher.replaces?.data, voucher.worth.fen,
      voucher.validity.lowerBound.description, voucher.validity.upperBound.description,
      voucher.left.fen, voucher.state.rawValue,
    ])
  }

  /// Changes what is left of a voucher, and its state.
  func update(_ voucher: VoucherRow) throws {
    try db.cachedStatement(sql: "UPDATE voucher SET leftFen = ?, state = ? WHERE id = ?")
      .execute(arguments: [voucher.left.fen, voucher.state.rawValue, voucher.id.data])
  }

  /// The voucher that a code is of, wherever this `posd` issued it; `nil` if there is none.
  func voucher(code: VoucherCode) throws -> VoucherRow? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM voucher WHERE codeHash = ?"),
      arguments: [Data(personalKeys.hash(of: code))])
    return try row.map { try VoucherRow($0) }
  }

  /// A voucher of this `posd`.
  func voucher(id: VoucherID) throws -> VoucherRow? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM voucher WHERE id = ?"), arguments: [id.data])
    return try row.map { try VoucherRow($0) }
  }

  /// The voucher that stands for another now: itself, or what took its place.
  func currentVoucher(inPlaceOf id: VoucherID) throws -> VoucherRow? {
    guard var current = try voucher(id: id) else { return nil }
    while let next = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM voucher WHERE replaces = ?"),
      arguments: [current.id.data])
    {
      current = try VoucherRow(next)
    }
    return current
  }

  /// A voucher that a station issued.
  ///
  /// - Throws: `StoreRefusal.notFound`.
  func voucher(_ id: VoucherID, at stationID: StationID) throws -> VoucherRow {
    guard let row = try voucher(id: id), row.stationID == stationID else {
      throw StoreRefusal.notFound
    }
    return row
  }

  func stored(_ row: VoucherRow) throws -> StoredVoucher {
    try stored(row, programme: programme(key: row.programmeKey))
  }

  func stored(_ row: VoucherRow, programme: Programme) -> StoredVoucher {
    StoredVoucher(
      id: row.id, stationID: row.stationID, programme: programme, personID: row.personID,
      worth: row.worth, validity: row.validity, left: row.left, state: row.state, key: row.key,
      place: row.place)
  }

  /// Hashes of codes in their order, as a record keeps them: SHA-256 of all, one behind the other.
  static func hash(ofCodes hashes: [[UInt8]]) -> String {
    hexText(SHA256.hash(data: hashes.flatMap(\.self)))
  }
}
