import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// People who leave, come back, or have forgotten their password.
extension StaffAPI {
  var userChangeOperations: [Operation] {
    [
      Operation(
        id: "changeUser", method: .post, path: "/api/v1/users/{id}/changes",
        summary:
          "let a person log in again or not any more, or give new secrets; ends their log-ins",
        access: .roles(.managers), body: .json(UserChangeFields.schema),
        answers: [.nothing], errors: [.notFound, .idReused, .lastManager, .diskFull],
        handler: changeUser)
    ]
  }

  private func changeUser(_ request: APIRequest) async throws -> APIResponse {
    let userID: UserID = try request.id("id")
    let (id, fields) = try request.body { fields in
      (try fields.id("id", of: UserID.self).uuid, try UserChangeFields(&fields))
    }
    let content = fields.content.adding("of", .string(userID.text))
    let isReplay = try await store.change(
      userID, try await fields.change(hashedBy: logIns.hasher), by: try user(request),
      request: ClientRequest(id: id, contentHash: content.contentHash), atMs: clock.nowMs)
    identities.forget(userID)
    return .nothing.replayed(if: isReplay)
  }
}

/// A change of a person as requests write one: `isActive`, or `password` with `pin`.
struct UserChangeFields {
  private enum Asked {
    case active(Bool)
    case secrets(NewSecrets)
  }

  private let asked: Asked

  static let schema = Schema.object(
    ["id": Schema.id],
    optional: [
      "isActive": Schema.flag, "password": Schema.text(count: 8...256),
      "pin": Schema.text(count: 6...12),
    ])

  init(_ fields: inout Fields) throws {
    asked =
      fields.has("isActive")
      ? .active(try fields.flag("isActive", standard: true)) : .secrets(try NewSecrets(&fields))
  }

  /// What is kept of the request; secrets could be guessed against.
  var content: JSON {
    switch asked {
    case .active(let isActive): .members(["isActive": .bool(isActive)])
    case .secrets: .members(["hasNewSecrets": true])
    }
  }

  func change(hashedBy hasher: PasswordHasher) async throws -> UserChange {
    switch asked {
    case .active(let isActive): .active(isActive)
    case .secrets(let secrets):
      .secrets(
        passwordHash: try await hasher.hash(of: secrets.password),
        pinHash: try await hasher.hash(of: secrets.pin))
    }
  }
}

/// A password of 8 characters or more, and a PIN of 6…12 digits.
struct NewSecrets {
  let password: String
  let pin: String

  init(_ fields: inout Fields) throws {
    password = try fields.secret("password")
    pin = try fields.secret("pin")
    guard password.count >= 8 else {
      throw fields.refusal(of: "password", expected: "8 characters or more")
    }
    guard (6...12).contains(pin.utf8.count), pin.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { throw fields.refusal(of: "pin", expected: "6…12 digits") }
  }
}
