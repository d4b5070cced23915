import HTTPTypes
import POS

/// The operations every listener has besides its own.
enum BuiltInOperations {
  /// `GET /healthz`: 200 while the daemon can do its work, else the problem `check` throws.
  static func health(_ check: @escaping @Sendable () async throws -> Void) -> Operation {
    Operation(
      id: "health", method: .get, path: "/healthz", summary: "whether the daemon can work",
      access: .anyone, answers: [.json(Schema.object(["status": Schema.text]))]
    ) { _ in
      try await check()
      return .json(.members(["status": "ok"]))
    }
  }

  /// `GET /metrics`: figures for Prometheus.
  static func metrics(_ metrics: Metrics) -> Operation {
    Operation(
      id: "metrics", method: .get, path: "/metrics", summary: "figures for Prometheus",
      access: .anyone, answers: [.bytes(mediaType: "text/plain")]
    ) { _ in
      .bytes(Array(metrics.text().utf8), mediaType: "text/plain; version=0.0.4; charset=utf-8")
    }
  }

  /// `GET /openapi.json`: the description of `operations` and of itself.
  static func openAPI(title: String, of operations: [Operation], components: [JSON.Member])
    -> Operation
  {
    func operation(answering bytes: [UInt8]) -> Operation {
      Operation(
        id: "openapi", method: .get, path: "/openapi.json", summary: "this document",
        access: .anyone, answers: [.json(.members(["type": "object"]))]
      ) { _ in .json(bytes: bytes) }
    }
    let document = OpenAPI(
      title: title, version: Version.text, operations: operations + [operation(answering: [])],
      components: components
    ).document
    return operation(answering: document.bytes())
  }
}
