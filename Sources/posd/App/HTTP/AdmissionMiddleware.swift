import Hummingbird

/// The checks before any route is looked for: the name the client called us by, and its rate.
struct AdmissionMiddleware: RouterMiddleware {
  let hosts: HostPolicy
  /// `nil` is no limit.
  let rate: RequestRate?

  func handle(
    _ request: Request, context: APIContext,
    next: @concurrent (Request, APIContext) async throws -> Response
  ) async throws -> Response {
    guard hosts.allows(request.head.authority) else { throw Problem(.badHost) }
    if let rate, let seconds = rate.secondsToWait(context.remoteAddress, now: .now) {
      throw Problem.wait(.tooManyRequests, seconds: seconds)
    }
    return try await next(request, context)
  }
}
