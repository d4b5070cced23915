import POS
import ServiceLifecycle

/// Everything a running daemon is made of; tests build the same from other parts.
struct App: Sendable {
  /// The operations of the staff listener under `/api/v1`, without the built-in ones.
  var staff: [Operation] = []
  /// The operations of the public listener.
  var publicPages: [Operation] = []
  /// Answers meal terminals; `nil` where there is no listener for them.
  var terminals: TerminalDesk?
  /// Told the port of the listener for terminals, once it listens.
  var onTerminalPort: @Sendable (Int?) -> Void = { _ in }
  /// What the staff and public listeners encrypt with; `nil` serves unencrypted.
  var certificate: ServerCertificate?
  /// The operations of the command line's socket.
  var admin: [Operation] = []
  /// Schemas that operations name by `Schema.ref`.
  var components: [JSON.Member] = []
  /// Finds the user of a token.
  var authenticate: Authenticate = { _ in nil }
  /// Throws what `/healthz` shall answer when the daemon cannot do its work.
  var checkHealth: @Sendable () async throws -> Void = {}
  /// The problem behind an error of the store; `nil` is answered as `internal`.
  var problem: @Sendable (any Error) -> Problem? = { _ in nil }
  /// Figures for `/metrics` besides those of the operations, without the prefix `posd_`.
  var gauges: @Sendable () -> [(name: String, value: Int64)] = { [] }
  /// What runs besides the listeners, each after what it needs; stopped after the listeners, in
  /// reverse.
  var services: [any Service] = []
}
