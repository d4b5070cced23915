import HTTPTypes
import Hummingbird
import Logging
import POS

/// Makes a listener's routes from its table of operations.
struct OperationRouter {
  let operations: [Operation]
  let authenticate: Authenticate
  let refusals: Refusals
  let admission: AdmissionMiddleware
  let metrics: Metrics

  /// The routes behind the checks every request has to pass.
  ///
  /// Two operations with one id, or one method and path, are a bug and stop the process.
  func router() -> Router<APIContext> {
    let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
    router.add(
      middleware: RefusalMiddleware(
        refusals: refusals, metrics: metrics, allowed: AllowedMethods(operations)))
    router.add(middleware: admission)
    precondition(
      Set(operations.map(\.id)).count == operations.count, "two operations have one id")
    for operation in operations {
      router.on(
        RouterPath(operation.path), method: operation.method,
        responder: OperationResponder(
          operation: operation, authenticate: authenticate, refusals: refusals,
          metrics: metrics.series(for: operation)))
    }
    return router
  }
}

/// Which methods a path has, for the header `Allow`.
struct AllowedMethods: Sendable {
  private let entries: [(template: PathTemplate, method: HTTPRequest.Method)]

  init(_ operations: [Operation]) {
    entries = operations.flatMap { operation in
      let template = operation.pathTemplate
      let methods: [HTTPRequest.Method] =
        operation.method == .get ? [.get, .head] : [operation.method]
      return methods.map { (template, $0) }
    }
  }

  /// The methods of a path, empty if there is no such path.
  func methods(of path: String) -> [HTTPRequest.Method] {
    var found: [HTTPRequest.Method] = []
    for entry in entries where entry.template.matches(path) && !found.contains(entry.method) {
      found.append(entry.method)
    }
    return found
  }
}
