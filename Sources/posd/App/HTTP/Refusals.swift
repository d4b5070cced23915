import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import POS

/// Turns whatever was thrown into an answer, and logs what a person must look at, once.
struct Refusals: Sendable {
  /// Bodies up to this size are read to their end after a refusal, so that the connection stays
  /// usable; a longer rest costs the connection.
  private static let drainedBytes = 64 * 1024

  let logger: Logger
  /// The problem behind an error of a layer below; `nil` if it is none that a client can know.
  let problem: @Sendable (any Error) -> Problem?

  /// The answer to a request whose handling threw `error`.
  func answer(to error: any Error, request: Request, operation: String) -> APIResponse {
    var problem = known(error) ?? problem(error) ?? Problem(.internalError)
    if problem.code.status >= 500 {
      logger.error(
        "request failed",
        metadata: [
          "operation": "\(operation)", "code": "\(problem.code.rawValue)", "error": "\(error)",
        ])
    }
    problem.closesConnection = problem.closesConnection || leavesMuch(unread: request)
    return problem.answer
  }

  private func known(_ error: any Error) -> Problem? {
    switch error {
    case let problem as Problem: return problem
    case is BodyDeadlineError: return closing(.requestTimeout)
    case is HTTPParserError: return closing(.badRequest)
    case is NIOTooManyBytesError: return Problem(.bodyTooLarge)
    case is ChannelError, is IOError: return closing(.badRequest)
    case is CancellationError: return closing(.shuttingDown)
    case let error as HTTPError where error.status == .notFound: return Problem(.notFound)
    case let error as HTTPError where error.status.kind == .clientError:
      return Problem(.badRequest)
    default: return nil
    }
  }

  private func closing(_ code: ProblemCode) -> Problem {
    var problem = Problem(code)
    problem.closesConnection = true
    return problem
  }

  private func leavesMuch(unread request: Request) -> Bool {
    if request.headers[.transferEncoding] != nil { return true }
    return request.headers[.contentLength].flatMap(Int.init).map { $0 > Self.drainedBytes } ?? false
  }
}

/// Answers what never reached an operation: no such path, no such method, not admitted.
struct RefusalMiddleware: RouterMiddleware {
  let refusals: Refusals
  let metrics: Metrics
  let allowed: AllowedMethods

  func handle(
    _ request: Request, context: APIContext,
    next: @concurrent (Request, APIContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let answer = refusals.answer(
        to: methodProblem(request, error: error) ?? error, request: request, operation: "none")
      metrics.recordUnrouted(status: answer.status.code)
      let response = answer.response()
      return request.method == .head ? response.createHeadResponse() : response
    }
  }

  private func methodProblem(_ request: Request, error: any Error) -> Problem? {
    guard let error = error as? HTTPError, error.status == .notFound else { return nil }
    let methods = allowed.methods(of: request.uri.path)
    guard !methods.isEmpty else { return nil }
    let list = methods.map(\.rawValue).joined(separator: ", ")
    return Problem(.methodNotAllowed, ["allow": .string(list)], headers: [.allow: list])
  }
}
