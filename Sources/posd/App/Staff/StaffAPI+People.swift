import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// Managers' approvals, and the people of a station.
extension StaffAPI {
  var approvalOperations: [Operation] {
    [
      Operation(
        id: "approve", method: .post, path: "/api/v1/approvals",
        summary: "a manager's PIN for one act of a cashier", access: .roles(.sellers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "manager": Schema.text(count: 1...40), "pin": Schema.text,
              "act": Schema.choice(of: ManagedAct.self), "subjectID": Schema.id,
            ], optional: ["amountFen": Schema.fen])),
        answers: [.json(Schema.ref("Approval"), status: 201)],
        errors: [.loginFailed, .tooManyAttempts, .idReused, .diskFull], handler: approve)
    ]
  }

  private func approve(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let nowMs = clock.nowMs
    let (id, name, pin, act, subjectID, amount) = try request.body { fields in
      let act = try fields.choice("act", of: ManagedAct.self)
      return (
        try fields.id("id", of: ApprovalID.self), try fields.text("manager", count: 1...40),
        try fields.secret("pin"), act, try fields.id("subjectID", of: SaleID.self),
        act.hasAmount ? Money(fen: try fields.integer("amountFen", in: 0...Limits.tenderFen)) : nil
      )
    }
    let credentials = try await store.credentials(name: name)
    let isManagerHere =
      credentials?.user.role == .manager && credentials?.user.stationID == user.stationID
    try await check(
      name, pin, isManagerHere ? credentials?.pinHash : nil, credentials?.user,
      request.remoteAddress)
    guard let manager = credentials?.user else { throw Problem(.loginFailed) }
    let approval = Approval(
      id: id, act: act, subjectID: subjectID.text, amount: amount, managerID: manager.id,
      expiresAtMs: nowMs + Approval.lifetimeMs)
    // The PIN stays out of the hash: it is no content, and a hash of it could be guessed.
    let content = JSON.members([
      "act": .string(act.rawValue), "subjectID": .string(subjectID.text),
      "manager": .string(name), "amountFen": amount.map { .integer($0.fen) },
    ])
    let (expiresAtMs, isReplay) = try await store.approve(
      approval, at: user.stationID, requestedBy: user,
      request: ClientRequest(id: id.uuid, contentHash: content.contentHash), atMs: nowMs)
    let answer = APIResponse.json(
      .members([
        "id": .string(id.text), "act": .string(act.rawValue),
        "subjectID": .string(subjectID.text), "expiresAtMs": .integer(expiresAtMs),
      ]), status: .created)
    return answer.replayed(if: isReplay)
  }
}

extension StaffAPI {
  var userOperations: [Operation] {
    [
      Operation(
        id: "listUsers", method: .get, path: "/api/v1/users",
        summary: "the people of the station", access: .roles(.supervisors),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("User"))]))],
        handler: listUsers),
      Operation(
        id: "createUser", method: .post, path: "/api/v1/users",
        summary: "add a person to the station", access: .roles(.managers),
        body: .json(NewUserFields.schema),
        answers: [.json(Schema.ref("User"), status: 201)],
        errors: [.idReused, .userNameTaken, .notFound, .diskFull], handler: createUser),
    ]
  }

  private func listUsers(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let people = try await store.users(of: stationID)
    return .json(
      .members([
        "items": .array(people.map { $0.user.view.adding("isActive", .bool($0.isActive)) })
      ]))
  }

  private func createUser(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let fields = try request.body { fields in try NewUserFields(&fields) }
    let user = fields.user(at: stationID)
    // Secrets stay out of the hash: it is kept, and could be guessed against.
    let request = ClientRequest(id: user.id.uuid, contentHash: user.view.contentHash)
    let isReplay = try await store.add(
      NewUser(
        user: user, passwordHash: try await logIns.hasher.hash(of: fields.secrets.password),
        pinHash: try await logIns.hasher.hash(of: fields.secrets.pin)), request: request,
      atMs: clock.nowMs)
    let answer = APIResponse.json(user.view, status: .created)
    return answer.replayed(if: isReplay)
  }
}

/// A new user as requests write one.
struct NewUserFields {
  let id: UserID
  let name: String
  let displayName: String
  let role: Role
  let secrets: NewSecrets
  /// The centre of a person with the role `centre`.
  let centreID: CentreID?

  static let schema = Schema.object(
    [
      "name": Schema.text(count: 2...40), "displayName": Schema.text(count: 1...20),
      "role": Schema.choice(of: Role.self), "password": Schema.text(count: 8...256),
      "pin": Schema.text(count: 6...12),
    ], optional: ["id": Schema.id, "centreID": Schema.id])

  /// Reads and checks: name of `a-z 0-9 - _`, password of 8 characters or more, PIN of 6…12
  /// digits.
  init(_ fields: inout Fields) throws {
    id = try fields.optionalID("id") ?? UserID(UUID())
    name = try fields.text("name", count: 2...40)
    displayName = try fields.text("displayName", count: 1...20)
    role = try fields.choice("role")
    secrets = try NewSecrets(&fields)
    // Only who works at a centre has one; of anybody else it is refused as unknown.
    centreID = role == .centre ? try fields.optionalID("centreID") : nil
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789-_"
    guard name.allSatisfy(letters.contains) else {
      throw fields.refusal(of: "name", expected: "lower-case letters, digits, - and _")
    }
  }

  func user(at stationID: StationID) -> User {
    User(
      id: id, name: name, displayName: displayName, role: role, stationID: stationID,
      centreID: centreID)
  }
}
