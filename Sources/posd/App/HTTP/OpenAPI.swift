import HTTPTypes
import POS

/// The document at `/openapi.json`, made from a listener's table of operations.
///
/// Each operation has `x-roles` (`null` where no log-in is needed) and `x-error-codes`.
struct OpenAPI {
  let title: String
  let version: String
  let operations: [Operation]
  /// Named schemas that operations refer to by `Schema.ref`.
  let components: [JSON.Member]

  /// The document; version 3.1.0 of the specification.
  var document: JSON {
    .members([
      "openapi": "3.1.0",
      "info": .members(["title": .string(title), "version": .string(version)]),
      "paths": .object(paths),
      "components": .members([
        "schemas": .object(components + [JSON.Member("Problem", Self.problem)]),
        "securitySchemes": .members([
          "token": .members(["type": "http", "scheme": "bearer"])
        ]),
      ]),
    ])
  }

  private var paths: [JSON.Member] {
    var order: [String] = []
    var byPath: [String: [JSON.Member]] = [:]
    for operation in operations where operation.listing == .api {
      if byPath[operation.path] == nil { order.append(operation.path) }
      let method = operation.method.rawValue.lowercased()
      byPath[operation.path, default: []].append(JSON.Member(method, entry(operation)))
    }
    return order.map { JSON.Member($0, .object(byPath[$0] ?? [])) }
  }

  private func entry(_ operation: Operation) -> JSON {
    let parameters = pathParameters(operation) + queryParameters(operation)
    let roles = Self.roles(operation.access)
    return .members([
      "operationId": .string(operation.id),
      "summary": .string(operation.summary),
      "security": roles.map { _ in [.members(["token": []])] },
      "x-roles": roles ?? .null,
      "x-error-codes": .array(operation.allErrors.map { .string($0.rawValue) }),
      "parameters": parameters.isEmpty ? nil : .array(parameters),
      "requestBody": requestBody(operation),
      "responses": responses(operation),
    ])
  }

  private static func roles(_ access: Operation.Access) -> JSON? {
    guard case .roles(let roles) = access else { return nil }
    return .array(roles.map(\.rawValue).sorted().map(JSON.string))
  }

  private func pathParameters(_ operation: Operation) -> [JSON] {
    operation.pathTemplate.names.map { name in
      .members([
        "name": .string(name), "in": "path", "required": true, "schema": Schema.text,
      ])
    }
  }

  private func queryParameters(_ operation: Operation) -> [JSON] {
    operation.query.map { parameter in
      .members([
        "name": .string(parameter.name), "in": "query",
        "required": .bool(parameter.need == .required), "schema": parameter.schema,
      ])
    }
  }

  private func requestBody(_ operation: Operation) -> JSON? {
    switch operation.body {
    case .none: nil
    case .json(let schema, _): Self.body(mediaType: "application/json", schema: schema)
    case .bytes(let mediaType, _): Self.body(mediaType: mediaType, schema: Schema.text)
    }
  }

  private static func body(mediaType: String, schema: JSON) -> JSON {
    .members(["required": true, "content": content(mediaType, schema)])
  }

  private static func content(_ mediaType: String, _ schema: JSON?) -> JSON {
    .object([JSON.Member(mediaType, .members(["schema": schema]))])
  }

  private func responses(_ operation: Operation) -> JSON {
    var list = operation.answers.map { answer in
      JSON.Member(
        String(answer.status),
        .members([
          "description": "done",
          "content": answer.mediaType.map { Self.content($0, answer.schema) },
        ]))
    }
    list.append(
      JSON.Member(
        "default",
        .members([
          "description": "refused",
          "content": Self.content("application/problem+json", Schema.ref("Problem")),
        ])))
    return .object(list)
  }

  private static var problem: JSON {
    Schema.object([
      "type": Schema.text, "title": Schema.text, "status": Schema.integer(),
      "code": Schema.choice(of: ProblemCode.self), "detail": Schema.text,
      "detailEn": Schema.text, "values": .members(["type": "object"]),
    ])
  }
}
