import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// The address of meal terminals: its own limits, no operations, no rules of staff.
struct TerminalListener {
  let desk: TerminalDesk
  let address: ListenAddress
  let limits: ListenerLimits
  let onListening: @Sendable (Int?) -> Void

  func service(logger: Logger) -> any Service {
    var logger = logger
    logger[metadataKey: "listener"] = "terminals"
    let onListening = onListening
    let place = Listener.Place.tcp(address)
    let responder = TerminalResponder(
      desk: desk,
      rate: RequestRate(
        requestsPerSecond: limits.requestsPerSecond, burst: limits.requestBurst))
    let application = Application(
      responder: responder,
      server: limits.server,
      configuration: ApplicationConfiguration(
        address: place.bindAddress,
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: { channel in onListening(channel.localAddress?.port) },
      logger: logger)
    return ListenerService(name: "terminals", place: "\(place)", application: application)
  }
}
