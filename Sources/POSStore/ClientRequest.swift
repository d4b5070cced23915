public import FoundationEssentials
import GRDB
import POS

/// A client-made id and the hash of the content it came with, so that a repeated request is known.
public struct ClientRequest: Equatable, Sendable {
  /// The id, as the 16 bytes of a UUID.
  public let id: UUID
  /// SHA-256 of the request's canonical content.
  public let contentHash: [UInt8]

  public init(id: UUID, contentHash: [UInt8]) {
    precondition(contentHash.count == 32, "a SHA-256 hash has 32 bytes")
    self.id = id
    self.contentHash = contentHash
  }

  var idData: Data { withUnsafeBytes(of: id.uuid) { Data($0) } }
}

extension UnitOfWork {
  /// Whether a request has not been done yet.
  ///
  /// - Throws: `StoreRefusal.idReused` if its id was used with other content.
  func isNew(_ request: ClientRequest) throws -> Bool {
    let known = try Data.fetchOne(
      db, sql: "SELECT requestHash FROM clientRequest WHERE id = ?", arguments: [request.idData])
    guard let known else {
      let isSale = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM sale WHERE id = ?)", arguments: [request.idData])
      guard isSale == false else { throw StoreRefusal.idReused }
      return true
    }
    guard known == Data(request.contentHash) else { throw StoreRefusal.idReused }
    return false
  }

  /// Notes that a request was done by a record.
  func note(_ request: ClientRequest, _ head: JournalHead) throws {
    try db.execute(
      sql: "INSERT INTO clientRequest (id, requestHash, journalKey) VALUES (?, ?, ?)",
      arguments: [request.idData, Data(request.contentHash), JournalKey(head).value])
  }
}

extension JSON {
  /// This record body with the hash of the request that caused it.
  func adding(_ contentHash: [UInt8]) -> JSON {
    adding("request", .string(hexText(contentHash)))
  }
}
