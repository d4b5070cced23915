import HTTPTypes
import POS
import POSStore

// Log-in, log-out and what a page needs to know first.
extension StaffAPI {
  /// How long a log-in lasts: one long day.
  private static let logInMs: Int64 = 14 * 3600 * 1000

  var logInOperations: [Operation] {
    [
      Operation(
        id: "logIn", method: .post, path: "/api/v1/sessions", summary: "log in",
        access: .anyoneOrUser,
        body: .json(
          Schema.object(
            ["user": Schema.text(count: 1...40)],
            optional: ["password": Schema.text, "pin": Schema.text])),
        answers: [.json(Schema.ref("Session"), status: 201)],
        errors: [.loginFailed, .tooManyAttempts, .notLoggedIn, .diskFull], handler: logIn),
      Operation(
        id: "logOut", method: .delete, path: "/api/v1/sessions/current", summary: "log out",
        access: .roles(.everyone), answers: [.nothing], handler: logOut),
    ]
  }

  private enum Secret {
    case password(String)
    case pin(String)
  }

  private func logIn(_ request: APIRequest) async throws -> APIResponse {
    let (name, secret) = try request.body { fields in
      let name = try fields.text("user", count: 1...40)
      if fields.has("pin"), !fields.has("password") {
        return (name, Secret.pin(try fields.secret("pin")))
      }
      return (name, .password(try fields.secret("password")))
    }
    let credentials = try await store.credentials(name: name)
    switch secret {
    case .password(let password):
      try await check(
        name, password, credentials?.passwordHash, credentials?.user, request.remoteAddress)
    case .pin(let pin):
      // A PIN alone only changes the user of a till where somebody who sells is logged in.
      guard let colleague = request.identity, Set.sellers.contains(colleague.role) else {
        throw Problem(.notLoggedIn)
      }
      let isHere = credentials?.user.stationID == colleague.stationID
      try await check(
        name, pin, isHere ? credentials?.pinHash : nil, credentials?.user, request.remoteAddress)
    }
    guard let user = credentials?.user else { throw Problem(.loginFailed) }
    let token = SessionToken()
    let nowMs = clock.nowMs
    let expiresAtMs = nowMs + Self.logInMs
    try await store.logIn(
      user, tokenHash: token.hash.bytes, expiresAtMs: expiresAtMs, atMs: nowMs)
    return .json(
      .members([
        "token": .string(token.text), "expiresAtMs": .integer(expiresAtMs),
        "user": user.view,
      ]), status: .created)
  }

  /// Checks a password or PIN, and journals a refusal.
  func check(
    _ name: String, _ secret: String, _ kept: String?, _ user: User?, _ address: RemoteAddress
  ) async throws {
    do {
      try await logIns.check(user: name, secret: secret, kept: kept, from: address)
    } catch let problem as Problem where problem.code == .loginFailed {
      try await store.logInRefused(user, atMs: clock.nowMs)
      throw problem
    }
  }

  private func logOut(_ request: APIRequest) async throws -> APIResponse {
    guard let header = request.headers[.authorization],
      let token = SessionToken.hash(authorization: header)
    else { throw Problem(.notLoggedIn) }
    identities.forget(token)
    try await store.logOut(try user(request), tokenHash: token.bytes, atMs: clock.nowMs)
    return .nothing
  }
}

extension StaffAPI {
  var contextOperations: [Operation] {
    [
      Operation(
        id: "context", method: .get, path: "/api/v1/context",
        summary: "who and where the user is, and what a page shows choices from",
        access: .roles(.everyone), answers: [.json(Schema.ref("Context"))], handler: context)
    ]
  }

  private func context(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let nowMs = clock.nowMs
    let policy = store.policies.policy(atMs: nowMs)
    let date = try await store.openDay(at: user.stationID, atMs: nowMs)
    guard let station = try await store.stations().first(where: { $0.id == user.stationID })
    else { throw Problem(.notFound) }
    let tills = try await store.tills(of: station.id).map {
      JSON.members(["id": .string($0.id.text), "name": .string($0.name)])
    }
    let campaigns = try await store.campaigns().map {
      JSON.members([
        "id": .string($0.id), "name": .string($0.name), "nameEn": .string($0.nameEn),
      ])
    }
    return .json(
      .members([
        "user": user.view,
        "station": .members([
          "id": .string(station.id.text), "name": .string(station.name),
          "nameEn": .string(station.nameEn),
        ]),
        "tills": .array(tills), "businessDate": .string(date.description),
        "policy": policy.json, "refundLimitFen": .integer(policy.refundLimit.fen),
        "categories": .array(try await store.categories().map(JSON.string)),
        "campaigns": .array(campaigns),
        "reasons": .array(Reason.allCases.map { code($0.rawValue, $0.name, $0.nameEn) }),
        "cashReasons": .array(CashReason.allCases.map { code($0.rawValue, $0.name, $0.nameEn) }),
        "overShortReasons": .array(
          OverShortReason.allCases.map { code($0.rawValue, $0.name, $0.nameEn) }),
        "tenderCorrectionReasons": .array(
          TenderCorrectionReason.allCases.map { code($0.rawValue, $0.name, $0.nameEn) }),
      ]))
  }

  private func code(_ code: String, _ name: String, _ nameEn: String) -> JSON {
    .members(["code": .string(code), "name": .string(name), "nameEn": .string(nameEn)])
  }
}

extension User {
  /// The user as colleagues see them.
  var view: JSON {
    .members([
      "id": .string(id.text), "name": .string(name), "displayName": .string(displayName),
      "role": .string(role.rawValue), "stationID": .string(stationID.text),
      "centreID": centreID.map { .string($0.text) },
    ])
  }
}
