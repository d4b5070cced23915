import HTTPTypes
import POS

// The operations of the command line on policies.
extension AdminOperations {
  static let policiesPath = "/admin/v1/policies"

  /// `GET` and `POST /admin/v1/policies`.
  static func policies(_ desk: StationDesk) -> [Operation] {
    let open = JSON.members(["type": "object"])
    return [
      Operation(
        id: "adminListPolicies", method: .get, path: policiesPath, summary: "the policies",
        access: .anyone, answers: [.json(open)]
      ) { _ in .json(desk.listPolicies()) },
      Operation(
        id: "adminAddPolicy", method: .post, path: policiesPath, summary: "take in a policy",
        access: .anyone, body: .json(open), answers: [.json(open, status: 201)],
        errors: [.diskFull]
      ) { request in
        .json(try await desk.addPolicy(request.json), status: .created)
      },
    ]
  }
}
