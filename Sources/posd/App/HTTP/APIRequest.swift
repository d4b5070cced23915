import HTTPTypes
import POS

/// A request that passed every check an operation's table entry asks for.
struct APIRequest: Sendable {
  /// The variable parts of the path, percent-decoded.
  let pathParameters: [String: String]
  let query: QueryValues
  /// The parsed body; `.null` where the operation takes none or takes bytes.
  let json: JSON
  /// The body as it came, for operations that take bytes.
  let bytes: [UInt8]
  let headers: HTTPFields
  /// The user whose token was sent; `nil` only where `Operation.Access` lets anyone ask.
  let identity: Identity?
  let remoteAddress: RemoteAddress

  /// The user, where the operation asks for a role.
  ///
  /// Throws `not_logged_in` if there is none.
  func user() throws -> Identity {
    guard let identity else { throw Problem(.notLoggedIn) }
    return identity
  }

  /// A variable part of the path as an id.
  ///
  /// Throws `not_found` if it is none: nothing has such an id.
  func id<Subject>(_ name: String, of: Identifier<Subject>.Type = Identifier<Subject>.self) throws
    -> Identifier<Subject>
  {
    guard let id = Identifier<Subject>(pathParameters[name] ?? "") else {
      throw Problem(.notFound)
    }
    return id
  }

  /// A variable part of the path as text.
  func pathText(_ name: String) -> String { pathParameters[name] ?? "" }

  /// Reads the body's members by `read`, then refuses any it did not ask for.
  func body<Value>(_ read: (inout Fields) throws -> Value) throws -> Value {
    try Fields.reading(json, read)
  }
}
