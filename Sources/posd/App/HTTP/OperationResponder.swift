import HTTPTypes
import Hummingbird
import NIOCore
import POS

/// Answers the requests of one operation: makes the checks its table entry asks for, in the order
/// `Operation` names, calls its handler and counts the answer.
struct OperationResponder: HTTPResponder {
  typealias Context = APIContext

  let operation: Operation
  let authenticate: Authenticate
  let refusals: Refusals
  let metrics: Metrics.Series

  func respond(to request: Request, context: APIContext) async throws -> Response {
    let start = ContinuousClock.now
    let answer: APIResponse
    do {
      answer = try await operation.handler(apiRequest(request, context: context))
    } catch {
      answer = refusals.answer(to: error, request: request, operation: operation.id)
    }
    metrics.record(status: answer.status.code, duration: ContinuousClock.now - start)
    return answer.response()
  }

  private func apiRequest(_ request: Request, context: APIContext) async throws -> APIRequest {
    let identity = try await identity(of: request)
    let query = try QueryValues(request.uri.query, known: operation.query)
    let bytes = try await RequestBodyReader(rule: operation.body).read(request)
    let json = try json(bytes)
    let pathParameters = try pathParameters(context)
    try checkIdempotencyKey(
      request.headers, against: json["id"]?.stringValue ?? pathParameters["id"])
    return APIRequest(
      pathParameters: pathParameters, query: query, json: json, bytes: bytes,
      headers: request.headers, identity: identity, remoteAddress: context.remoteAddress)
  }

  private func identity(of request: Request) async throws -> Identity? {
    if case .anyone = operation.access { return nil }
    let hash = request.headers[.authorization].flatMap(SessionToken.hash(authorization:))
    var identity: Identity?
    if let hash { identity = try await authenticate(hash) }
    guard case .roles(let roles) = operation.access else { return identity }
    guard let identity else { throw Problem(.notLoggedIn) }
    guard roles.contains(identity.role) else {
      throw Problem(.wrongRole, ["role": .string(identity.role.rawValue)])
    }
    return identity
  }

  private func json(_ bytes: [UInt8]) throws -> JSON {
    guard case .json = operation.body else { return .null }
    do throws(JSONProblem) {
      return try JSON(parsing: bytes)
    } catch {
      throw Problem(json: error)
    }
  }

  /// A key, if sent, is the id of what is written: the body's, else the path's.
  private func checkIdempotencyKey(_ headers: HTTPFields, against id: String?) throws {
    guard case .json = operation.body, let name = HTTPField.Name("Idempotency-Key"),
      let key = headers[name], let id
    else { return }
    guard key == id else { throw Problem(.keyMismatch) }
  }

  private func pathParameters(_ context: APIContext) throws -> [String: String] {
    var values: [String: String] = [:]
    for (name, value) in context.parameters {
      guard let text = PercentCoding.decoded(value, plus: .plus) else {
        throw Problem(.notFound)
      }
      values[String(name)] = text
    }
    return values
  }
}

extension Problem {
  /// What is wrong with a body that is not JSON of our dialect.
  init(json problem: JSONProblem) {
    switch problem {
    case .notUTF8, .byteOrderMark: self.init(.notUTF8)
    case .repeatedMember(let name): self.init(.duplicateMember, ["member": .string(name)])
    case .unexpectedEnd: self.init(.badJSON, ["fault": "unexpected end"])
    case .unexpectedByte(let at): self.init(.badJSON, fault: "unexpected byte", at: at)
    case .notAWholeNumber(let at): self.init(.badJSON, fault: "not a whole number", at: at)
    case .numberTooLarge(let at): self.init(.badJSON, fault: "number too large", at: at)
    case .badString(let at): self.init(.badJSON, fault: "bad string", at: at)
    case .tooDeep(let at): self.init(.badJSON, fault: "nested too deep", at: at)
    case .textAfterValue(let at): self.init(.badJSON, fault: "text after the value", at: at)
    }
  }

  private init(_ code: ProblemCode, fault: JSON, at offset: Int) {
    self.init(code, ["fault": fault, "offset": .integer(Int64(offset))])
  }
}
