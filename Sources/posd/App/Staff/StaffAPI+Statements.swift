import Crypto
import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// What payment networks report, against our books (对账).
extension StaffAPI {
  /// A file of the largest size in base64, with room for the rest.
  private static let statementBodyBytes = 6 * 1024 * 1024

  var statementOperations: [Operation] {
    [
      Operation(
        id: "importStatement", method: .post, path: "/api/v1/statements",
        summary: "compare a payment network's statement with the books of a day",
        access: .roles(.managers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "kind": Schema.choice(of: TenderKind.self),
              "businessDate": Schema.date,
            ], optional: ["csv": Schema.text, "csvBase64": Schema.text]),
          limitBytes: Self.statementBodyBytes),
        answers: [.json(Schema.ref("Statement"), status: 201)],
        errors: [.idReused, .badStatement, .diskFull], handler: importStatement),
      Operation(
        id: "listStatements", method: .get, path: "/api/v1/statements",
        summary: "the newest statement of each kind for a day", access: .roles(.supervisors),
        query: [QueryParameter(name: "businessDate", schema: Schema.date, need: .required)],
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Statement"))]))],
        handler: listStatements),
    ]
  }

  private func importStatement(_ request: APIRequest) async throws -> APIResponse {
    let nowMs = clock.nowMs
    let (id, kind, date, bytes) = try request.body { fields in
      (
        try fields.id("id", of: StatementID.self).uuid, try fields.statementKind(),
        try fields.pastDate("businessDate", nowMs), try fields.statementFile()
      )
    }
    guard bytes.count <= StatementFile.maximumBytes else {
      throw Problem(
        .bodyTooLarge, ["limitBytes": .integer(Int64(StatementFile.maximumBytes))])
    }
    let file = try Self.file(bytes)
    let asked = StatementRequest(
      kind: kind, businessDate: date, file: file, fileHash: Array(SHA256.hash(data: bytes)))
    let (statement, isReplay) = try await store.importStatement(
      asked, by: try user(request),
      TillRequest(
        request: ClientRequest(id: id, contentHash: request.contentHash), atMs: nowMs))
    return .json(try await view(statement), status: .created).replayed(if: isReplay)
  }

  private static func file(_ bytes: [UInt8]) throws -> StatementFile {
    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    let text = isUTF8 ? bytes : Array(GB18030.text(decoding: bytes).utf8)
    do throws(StatementProblem) {
      return try StatementFile(csv: text)
    } catch {
      throw Problem(
        .badStatement,
        [
          "problem": .string(error.word),
          "line": error.line.map { .integer(Int64($0)) } ?? .null,
        ])
    }
  }

  private func listStatements(_ request: APIRequest) async throws -> APIResponse {
    guard let text = try request.query.text("businessDate", count: 10...10),
      let date = BusinessDate(text)
    else {
      throw QueryValues.refusal(of: "businessDate", expected: "a date: 2026-11-21")
    }
    var views: [JSON] = []
    for one in try await store.statements(on: date, at: try user(request).stationID) {
      views.append(try await view(one))
    }
    return .json(.members(["items": .array(views)]))
  }

  private func view(_ statement: ComparedStatement) async throws -> JSON {
    let (event, found) = (statement.event, statement.comparison)
    return JSON.members([
      "id": event.body["id"], "kind": event.body["kind"],
      "businessDate": event.body["businessDate"], "atMs": .integer(event.atMs),
      "by": try await person(event.body["userID"]), "rowCount": event.body["rowCount"],
      "skippedCount": event.body["skippedCount"], "otherDayCount": event.body["otherDayCount"],
      "bookedFen": .integer(found.booked.fen), "statementFen": .integer(found.stated.fen),
      "isMatched": .bool(found.isMatched),
      "matched": .array(found.matched.map(\.view)),
      "amountDiffers": .array(found.amountDiffers.map(\.view)),
      "onlyOurs": .array(found.onlyOurs.map(\.view)),
      "onlyTheirs": .array(found.onlyTheirs.map(\.view)),
      "duplicates": .members([
        "ours": .array(found.oursTwice.map(\.view)),
        "theirs": .array(found.theirsTwice.map(\.view)),
      ]), "journal": event.head.view,
    ])
  }
}

extension Fields {
  fileprivate mutating func statementKind() throws -> TenderKind {
    let kind: TenderKind = try choice("kind")
    guard kind != .cash else { throw refusal(of: "kind", expected: "wechat, alipay or bankCard") }
    return kind
  }

  /// A day that has begun.
  fileprivate mutating func pastDate(_ name: String, _ nowMs: Int64) throws -> BusinessDate {
    guard let date = BusinessDate(try text(name, count: 10...10)),
      date <= BusinessDate(atMs: nowMs)
    else { throw refusal(of: name, expected: "a date, today or before: 2026-11-21") }
    return date
  }

  /// The file as text, or its bytes in base64.
  fileprivate mutating func statementFile() throws -> [UInt8] {
    guard has("csvBase64") else {
      guard let text = try need("csv").stringValue else {
        throw refusal(of: "csv", expected: "the text of a file")
      }
      return Array(text.utf8)
    }
    guard let data = try need("csvBase64").stringValue.flatMap({ Data(base64Encoded: $0) }) else {
      throw refusal(of: "csvBase64", expected: "the bytes of a file in base64")
    }
    return Array(data)
  }
}

extension StatementComparison.Pair {
  fileprivate var view: JSON { .members(["ours": ours.view, "theirs": theirs.view]) }
}

extension BookedPayment {
  fileprivate var view: JSON {
    .members([
      "saleID": .string(saleID.text), "number": .integer(number),
      "reference": .string(reference), "amountFen": .integer(amount.fen),
      "atMs": .integer(atMs),
    ])
  }
}

extension StatementRow {
  fileprivate var view: JSON {
    .members([
      "line": .integer(Int64(lineNumber)), "references": .array(references.map(JSON.string)),
      "refundID": refundID.map { .string($0) } ?? .null, "amountFen": .integer(amount.fen),
      "atMs": atMs.map { .integer($0) } ?? .null,
    ])
  }
}
