import HTTPTypes
import POS

/// One thing a client can ask of a listener; a listener's table of them is all it answers.
///
/// Routes, the role check, `/openapi.json` and the figures of `/metrics` are made from the table,
/// so that no route can miss one of them. The order of checks for every operation: host, request
/// rate, route, log-in, role, query parameters, media type, length, body, JSON, `Idempotency-Key`;
/// then the handler.
struct Operation: Sendable {
  typealias Handler = @Sendable (APIRequest) async throws -> APIResponse

  /// A name unique in its table: `createSale`.
  let id: String
  let method: HTTPRequest.Method
  /// The path, its variable parts in braces: `/api/v1/sales/{id}`.
  let path: String
  /// What it does, one fragment.
  let summary: String
  let access: Access
  var query: [QueryParameter] = []
  var body: RequestBodyRule = .none
  /// What it answers when all is well, the usual one first.
  let answers: [Answer]
  /// The codes only this operation has; those every operation can give are added by `allErrors`.
  var errors: [ProblemCode] = []
  var listing: Listing = .api
  let handler: Handler

  /// Who may ask.
  enum Access: Sendable {
    /// Anyone; a token is not looked at.
    case anyone
    /// Anyone; who sends a valid token is known to the handler.
    case anyoneOrUser
    /// Users with one of these roles.
    case roles(Set<Role>)
  }

  /// Whether `/openapi.json` names it: the files of the page are not part of the API.
  enum Listing: Sendable {
    case api
    case page
  }
}

/// A query parameter an operation knows; any other is refused.
struct QueryParameter: Sendable {
  let name: String
  let schema: JSON
  var need = Need.optional

  enum Need: Sendable {
    case optional
    case required
  }
}

/// What body an operation takes.
enum RequestBodyRule: Sendable {
  /// 256 KiB: ten times the largest basket.
  static let usualLimit = 256 * 1024

  case none
  case json(JSON, limitBytes: Int = usualLimit)
  /// Any other type, handed to the handler as bytes.
  case bytes(mediaType: String, limitBytes: Int)

  /// The most bytes it may have.
  var limitBytes: Int {
    switch self {
    case .none: 0
    case .json(_, let limitBytes), .bytes(_, let limitBytes): limitBytes
    }
  }

  /// The one media type it may have; `nil` for no body.
  var mediaType: String? {
    switch self {
    case .none: nil
    case .json: "application/json"
    case .bytes(let mediaType, _): mediaType
    }
  }
}

/// An answer an operation gives when all is well.
struct Answer: Sendable {
  let status: Int
  let mediaType: String?
  let schema: JSON?

  /// A JSON document.
  static func json(_ schema: JSON, status: Int = 200) -> Answer {
    Answer(status: status, mediaType: "application/json", schema: schema)
  }

  /// Something else than JSON.
  static func bytes(mediaType: String, status: Int = 200) -> Answer {
    Answer(status: status, mediaType: mediaType, schema: nil)
  }

  /// Status 204.
  static var nothing: Answer { Answer(status: 204, mediaType: nil, schema: nil) }
}

extension Operation {
  /// Every code it can answer with, its own first.
  var allErrors: [ProblemCode] {
    var codes = errors
    if case .roles = access { codes += [.notLoggedIn, .wrongRole] }
    codes += [.unknownParameter]
    if !query.isEmpty { codes += [.badParameter] }
    switch body {
    case .none: codes += [.unexpectedBody]
    case .json:
      codes += [
        .badJSON, .notUTF8, .duplicateMember, .unknownMember, .missingMember, .badValue,
        .keyMismatch, .unsupportedMediaType, .bodyTooLarge, .requestTimeout,
      ]
    case .bytes: codes += [.unsupportedMediaType, .bodyTooLarge, .requestTimeout]
    }
    codes += [.badRequest, .badHost, .headerTooLarge, .tooManyRequests]
    codes += [.busy, .storageFailed, .shuttingDown, .internalError]
    var seen = Set<ProblemCode>()
    return codes.filter { seen.insert($0).inserted }
  }
}
