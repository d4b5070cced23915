import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A terminal's request as the desks see it: the line and headers, and the body when asked for.
struct TerminalRequest: Sendable {
  let method: String
  let path: String
  let query: String
  let address: String
  let headers: HTTPFields
  private let request: Request
  private let budget: BodyBudget

  /// Why there is no body.
  enum BodyProblem: Error, Equatable, Sendable {
    case noLength
    case tooLarge
    /// Too many large bodies are under way.
    case busy
  }

  init(_ request: Request, from address: RemoteAddress, budget: BodyBudget) {
    method = request.method.rawValue
    path = request.uri.path
    query = request.uri.query ?? ""
    headers = request.headers
    self.address = address.description
    self.request = request
    self.budget = budget
  }

  /// The whole body, held to a limit before and while it is read. It is given to `use` and let go,
  /// so that what many terminals send at once stays bounded.
  func withBody<Value: Sendable>(
    limitBytes: Int, _ use: ([UInt8]) async throws -> Value
  ) async throws -> Value {
    let announced = headers[.contentLength].flatMap(Int.init)
    guard announced != nil || headers[.transferEncoding] != nil else {
      throw BodyProblem.noLength
    }
    guard (announced ?? 0) <= limitBytes else { throw BodyProblem.tooLarge }
    let reserved = announced ?? limitBytes
    guard budget.take(reserved) else { throw BodyProblem.busy }
    defer { budget.give(reserved) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(announced ?? 0)
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= limitBytes else { throw BodyProblem.tooLarge }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return try await use(bytes)
  }
}

/// How many bytes of bodies may be in memory at once.
final class BodyBudget: Sendable {
  /// Thirty terminals with a full upload each.
  static let largest = 64 << 20

  private let used = Mutex(0)

  /// Takes so many bytes; whether there was room.
  func take(_ bytes: Int) -> Bool {
    used.withLock { used in
      guard used + bytes <= Self.largest else { return false }
      used += bytes
      return true
    }
  }

  func give(_ bytes: Int) { used.withLock { $0 -= bytes } }
}
