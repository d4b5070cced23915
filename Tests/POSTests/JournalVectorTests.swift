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
      let epoch = try #require(json["epoch"]?.integerValue)
      if epoch == head.epoch, head.sequence != sequence - 1 {
        // The vectors may leave out records; they name the hash before them.
        head = JournalHead(
          epoch: epoch, sequence: sequence - 1,
          hash: try #require(json["prev"]?.stringValue.flatMap { hexBytes($0) }))
      }
      let record = JournalRecord(
        kind: kind, body: try #require(json["body"]), atMs: try #require(json["at"]?.integerValue),
        origin: try #require(json["origin"]?.stringValue), after: head,
        opening: epoch > head.epoch ? epoch : nil)

      #expect(String(decoding: record.bytes, as: UTF8.self) == vector.bytes)
      #expect(record.head.hashText == vector.sha256)
      head = record.head
    }
  }

  /// The vectors are signed with the first key of RFC 8032, section 7.1.
  @Test func everySignatureIsMadeAgainByteByByte() throws {
    let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    let signer = try #require(hexBytes(secret).flatMap { JournalSigner(secret: $0) })
    var head = JournalHead.empty
    var signatures = 0

    for vector in try vectors() {
      let json = try JSON(parsing: Array(vector.bytes.utf8))
      let body = try #require(json["body"])
      let origin = try #require(json["origin"]?.stringValue)
      switch json["kind"]?.stringValue {
      case "keyAdded":
        #expect(KeyAdded(signer.publicKey, replaces: nil).body == body)
        #expect(try KeyAdded(body: body).key == signer.publicKey)
      case "signature":
        #expect(JournalSeal(head, origin: origin, signer: signer).body == body)
        let seal = try JournalSeal(body: body)
        #expect(seal.isMade(by: signer.publicKey, origin: origin))
        #expect(!seal.isMade(by: signer.publicKey, origin: "another"))
        signatures += 1
      case "restored": #expect(try SeriesOpened(body: body).head == head)
      default: break
      }
      head = JournalHead(
        epoch: try #require(json["epoch"]?.integerValue),
        sequence: try #require(json["seq"]?.integerValue),
        hash: try #require(hexBytes(vector.sha256)))
    }

    #expect(signatures == 2)
    #expect(head.place == "2-2")
  }
}
