import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

extension App {
  /// The longest a stopping daemon waits for requests under way; a body may take ten seconds.
  private static let longestDrain = Duration.seconds(15)

  /// Puts listeners and services together; running the group serves until SIGTERM or SIGINT.
  ///
  /// The folder's lock must be held. Throws `FolderProblem` if the folder cannot have a socket.
  func build(_ config: Config, logger: Logger) throws -> ServiceGroup {
    let optional = [config.publicListen, config.terminalListen].compactMap { $0 }
    let readiness = Readiness(listeners: 2 + optional.count)
    var listeners: [any Service] = [try adminListener(config, readiness, logger)]
    if let address = config.publicListen {
      listeners.append(try publicListener(config, address, readiness, logger))
    }
    if let address = config.terminalListen, let terminals {
      listeners.append(terminalListener(terminals, address, readiness, logger))
    }
    listeners.append(try staffListener(config, readiness, logger))
    if let certificate {
      certificate.report(logger)
    } else if !config.listen.isLoopback {
      logger.warning(
        "serving beyond this machine WITHOUT ENCRYPTION: passwords cross the network in the clear",
        metadata: ["address": "\(Listener.Place.tcp(config.listen))"])
    }
    var configuration = ServiceGroupConfiguration(
      services: (services + listeners).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = Self.longestDrain
    return ServiceGroup(configuration: configuration)
  }

  private func staffListener(_ config: Config, _ readiness: Readiness, _ logger: Logger) throws
    -> any Service
  {
    let metrics = Metrics(gauges: { [gauges, certificate] in
      gauges() + (certificate.map { [$0.gauge] } ?? [])
    })
    let api = staff + [BuiltInOperations.health(checkHealth), BuiltInOperations.metrics(metrics)]
    let description = BuiltInOperations.openAPI(
      title: "posd", of: api, components: components)
    let limits = limits(config)
    let names = config.allowedHosts
    return try Listener(
      name: "staff", place: .tcp(config.listen),
      operations: api + [description] + Pages.operations(), limits: limits,
      hosts: config.listen.isLoopback ? .loopback(names: names) : .addresses(names: names),
      certificate: certificate,
      onListening: { [isEncrypted = certificate != nil] port in
        let url = config.listen.url(port: port ?? 0, isEncrypted: isEncrypted)
        readiness.listening("ready \(url)")
      }
    ).service(app: self, metrics: metrics, logger: logger)
  }

  private func publicListener(
    _ config: Config, _ address: ListenAddress, _ readiness: Readiness, _ logger: Logger
  ) throws -> any Service {
    try Listener(
      name: "public", place: .tcp(address),
      operations: publicPages, limits: .publicPages,
      hosts: .any, certificate: certificate,
      onListening: { [isEncrypted = certificate != nil] port in
        let url = address.url(port: port ?? 0, isEncrypted: isEncrypted)
        readiness.listening("public \(url)")
      }
    ).service(app: self, metrics: Metrics(), logger: logger)
  }

  private func terminalListener(
    _ desk: TerminalDesk, _ address: ListenAddress, _ readiness: Readiness, _ logger: Logger
  ) -> any Service {
    TerminalListener(
      desk: desk, address: address, limits: .terminals,
      onListening: { [onTerminalPort] port in
        onTerminalPort(port)
        readiness.listening("terminals \(address.url(port: port ?? 0))")
      }
    ).service(logger: logger)
  }

  private func adminListener(_ config: Config, _ readiness: Readiness, _ logger: Logger) throws
    -> any Service
  {
    let path = try AdminSocket.path(in: config.data)
    return try Listener(
      name: "admin", place: .socket(path),
      operations: admin + [BuiltInOperations.health(checkHealth)], limits: .admin,
      hosts: .loopback(names: []), certificate: nil,
      onListening: { _ in
        // The umask keeps others out from the first moment; this takes off the needless rest.
        chmod(path, 0o600)
        readiness.listening()
      }
    ).service(app: self, metrics: Metrics(), logger: logger)
  }

  private func limits(_ config: Config) -> ListenerLimits {
    ListenerLimits(requestsPerSecond: config.requestsPerSecond, requestBurst: config.requestBurst)
  }
}
