import NIOCore

/// What one client, or all of them together, may take of a listener.
struct ListenerLimits: Sendable {
  /// One header line, and all of them: a browser sends under 2 KiB.
  var headerBytes = 16 * 1024
  var headerCount = 64
  /// From the connection to the end of the first request's header.
  var firstHeader = TimeAmount.seconds(10)
  /// From a request's header to the end of its body.
  var wholeBody = TimeAmount.seconds(10)
  /// Between two requests of a connection; also bounds a slow header of a later request.
  var idle = TimeAmount.seconds(30)
  /// Connections at once; more wait in the backlog. Each costs a few KiB and one descriptor.
  var connections = 1000
  /// Requests a second of one address, and how many it may save up; 0 is no limit.
  var requestsPerSecond = 200
  var requestBurst = 400

  /// For citizens: a page and its picture for each receipt they look at.
  static let publicPages = ListenerLimits(requestsPerSecond: 20, requestBurst: 100)

  /// For meal terminals: thirty may come through one address, and a body may come over a mobile
  /// network.
  static let terminals = ListenerLimits(
    wholeBody: .seconds(60), idle: .seconds(60), connections: 200, requestsPerSecond: 500,
    requestBurst: 1000)

  /// For the socket of the command line: large imports, one client, no need to hold it back.
  static let admin = ListenerLimits(wholeBody: .seconds(120), connections: 16, requestsPerSecond: 0)
}
