import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// One address with its own table of operations and its own limits.
struct Listener {
  let name: String
  let place: Place
  let operations: [Operation]
  let limits: ListenerLimits
  let hosts: HostPolicy
  /// What it encrypts with; `nil` does not.
  let certificate: ServerCertificate?
  /// Called with the port, `nil` for a Unix socket.
  let onListening: @Sendable (Int?) -> Void

  enum Place: CustomStringConvertible {
    case tcp(ListenAddress)
    case socket(String)

    var bindAddress: BindAddress {
      switch self {
      case .tcp(let address): .hostname(address.host, port: address.port)
      case .socket(let path): .unixDomainSocket(path: path)
      }
    }

    var description: String {
      switch self {
      case .tcp(let address): "\(address.host):\(address.port)"
      case .socket(let path): path
      }
    }
  }

  func service(app: App, metrics: Metrics, logger: Logger) throws -> any Service {
    var logger = logger
    logger[metadataKey: "listener"] = "\(name)"
    let routes = OperationRouter(
      operations: operations, authenticate: app.authenticate,
      refusals: Refusals(logger: logger, problem: app.problem),
      admission: AdmissionMiddleware(
        hosts: hosts,
        rate: RequestRate(
          requestsPerSecond: limits.requestsPerSecond, burst: limits.requestBurst)),
      metrics: metrics)
    let onListening = onListening
    let application = Application(
      router: routes.router(),
      server: try certificate?.encrypting(limits.server) ?? limits.server,
      configuration: ApplicationConfiguration(
        address: place.bindAddress,
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: { channel in onListening(channel.localAddress?.port) },
      logger: logger)
    return ListenerService(name: name, place: "\(place)", application: application)
  }
}

extension ListenerLimits {
  /// A server of HTTP/1.1 that keeps to these limits.
  var server: HTTPServerBuilder {
    let limits = self
    return .http1(
      configuration: .init(
        additionalChannelHandlers: [ConnectionGuard(limits: limits)],
        idleTimeout: idle,
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: headerBytes, maxHeaderListSize: headerBytes,
          maxHeaderFieldCount: headerCount)))
  }
}

/// Runs a listener and says which address could not be had.
struct ListenerService<Application: Service>: Service {
  let name: String
  let place: String
  let application: Application

  func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      throw ListenProblem(name: name, place: place, errno: error.errnoCode)
    }
  }
}

/// An address a listener cannot have.
struct ListenProblem: Error, CustomStringConvertible {
  let name: String
  let place: String
  let errno: Int32

  var description: String {
    "the \(name) listener cannot have \(place): \(String(cString: strerror(errno)))"
  }
}
