import Foundation
import POS
import Testing

/// The frozen record format against the vectors that other verifiers are written from.
@Suite struct JournalVectorTests {
  private struct Vector: Decodable {
    let bytes: String
    let sha256: String
  }

  private func vectors() throws -> [Vector] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "docs/journal-vectors.json")
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
  }

  @Test func everyVectorIsMadeAgainByteByByte() throws {
    var head = JournalHead.empty
    let vectors = try vectors()
    #expect(vectors.count >= 3)

    for vector in vectors {
      let json = try JSON(parsing: Array(vector.bytes.utf8))
      let kind = try #require(json["kind"]?.stringValue.flatMap(JournalKind.init(rawValue:)))
      let sequence = try #require(json["seq"]?.integerValue)
      if head.sequence != sequence - 1 {
        // The vectors may leave out records; they name the hash before them.
        head = JournalHead(
          epoch: 1, sequence: sequence - 1,
          hash: try bytes(try #require(json["prev"]?.stringValue)))
      }
      let record = JournalRecord(
        kind: kind, body: try #require(json["body"]), atMs: try #require(json["at"]?.integerValue),
        origin: try #require(json["origin"]?.stringValue), after: head)

      #expect(String(decoding: record.bytes, as: UTF8.self) == vector.bytes)
      #expect(record.head.hashText == vector.sha256)
      head = record.head
    }
  }

  private func bytes(_ hex: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = hex[...]
    while !rest.isEmpty {
      bytes.append(try #require(UInt8(rest.prefix(2), radix: 16)))
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
