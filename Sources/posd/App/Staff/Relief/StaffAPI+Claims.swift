import HTTPTypes
import POS
import POSStore
import Receipt

// What funders and sponsors owe for a day, line by line.
extension StaffAPI {
  var claimOperations: [Operation] {
    [
      Operation(
        id: "listClaims", method: .get, path: "/api/v1/claims",
        summary: "what funders and sponsors owe for a day", access: .roles(.supervisors),
        query: [QueryParameter(name: "date", schema: Schema.date)],
        answers: [.json(Components.anything)], handler: listClaims),
      Operation(
        id: "getClaim", method: .get, path: "/api/v1/claims/{date}/{party}",
        summary: "one claim, each line with its sale", access: .roles(.supervisors),
        answers: [.json(Schema.ref("Claim"))], errors: [.notFound], handler: getClaim),
    ]
      + documentOperations(
        "claim", at: "/api/v1/claims/{date}/{party}/report", "a claim", for: .supervisors
      ) { request in
        let (claim, claims, named) = try await claim(request)
        return try await receipts.document(
          of: claim, in: claims, named: named, at: try user(request).stationID,
          atMs: clock.nowMs)
      }
  }

  private func listClaims(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let today = try await store.openDay(at: stationID, atMs: clock.nowMs)
    let claims = try await store.claims(
      on: try request.query.date("date") ?? today, at: stationID)
    let programmes = try await store.programmeNames(claims.programmeIDs)
    return .json(
      .members([
        "date": .string(claims.businessDate.description), "isClosed": .bool(claims.isClosed),
        "items": .array(claims.claims.map { $0.view(programmes) }),
      ]))
  }

  private func getClaim(_ request: APIRequest) async throws -> APIResponse {
    let (claim, claims, programme) = try await claim(request)
    return .json(
      claim.view(programme.map { [$0.id: $0] } ?? [:])
        .adding("date", .string(claims.businessDate.description))
        .adding("isClosed", .bool(claims.isClosed))
        .adding("lines", .array(claim.lines.map(\.view))))
  }

  private func claim(
    _ request: APIRequest
  ) async throws -> (claim: Claim, all: DayClaims, programme: Programme?) {
    let claims = try await store.claims(
      on: try request.date(), at: try user(request).stationID)
    let party = request.pathText("party")
    guard let claim = claims.claims.first(where: { $0.party.text == party }) else {
      throw Problem(.notFound)
    }
    let programmes = try await store.programmeNames(claims.programmeIDs)
    guard case .programme(let id) = claim.party else { return (claim, claims, nil) }
    return (claim, claims, programmes[id])
  }
}

extension DayClaims {
  /// The programmes among the parties.
  var programmeIDs: Set<ProgrammeID> {
    Set(
      claims.compactMap { claim in
        if case .programme(let id) = claim.party { id } else { nil }
      })
  }
}

extension Claim {
  fileprivate func view(_ programmes: [ProgrammeID: Programme]) -> JSON {
    let (kind, programme): (String, Programme?) =
      switch party {
      case .programme(let id): ("programme", programmes[id])
      case .sponsor: ("sponsor", nil)
      }
    return .members([
      "kind": .string(kind), "id": .string(party.text),
      "name": .string(programme?.name ?? party.text),
      "funder": .string(programme?.funder ?? party.text),
      "amountFen": .integer(amount.fen), "forfeitedFen": .integer(forfeited.fen),
      "lineCount": .integer(Int64(lines.count)),
      "checks": .array(
        checks.map {
          .members(["check": .string($0.kind.rawValue), "isGood": .bool($0.isGood)])
        }),
    ])
  }
}

extension ClaimLine {
  fileprivate var view: JSON {
    .members([
      "number": .integer(number), "epoch": .integer(epoch), "isReturn": .bool(isReturn),
      "line": line.map { .integer(Int64($0)) } ?? .null, "name": .string(goods),
      "category": .string(category), "subjectID": .string(subject),
      "amountFen": .integer(amount.fen), "forfeitedFen": .integer(forfeited.fen),
    ])
  }
}
