import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOSSL
import POS

/// The body of a request did not come to its end in time.
struct BodyDeadlineError: Error {}

/// Watches one connection between the HTTP codec and the server.
///
/// 1. A first header that is not complete in time costs the connection.
/// 2. A body that is not complete in time ends with `BodyDeadlineError`.
/// 3. An answer the server makes itself (to bytes that are not HTTP) becomes a problem document.
/// 4. What is wrong with TLS, plain HTTP among it, costs the connection: nobody could be answered.
/// 5. After an answer with `Connection: close` nothing more is read; the client gets a second to
///    read the answer before the connection goes, or a reset would lose it.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private static let linger = TimeAmount.seconds(1)

  private let limits: ListenerLimits
  private var hasSeenHeader = false
  private var isReadingBody = false
  private var fault: ProblemCode = .badRequest
  private var closing = Closing.no
  private var deadline: Scheduled<Void>?

  private enum Closing {
    case no
    case afterThisAnswer
    case lingering
  }

  init(limits: ListenerLimits) { self.limits = limits }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { awaitFirstHeader(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    awaitFirstHeader(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stopClock()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stopClock() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .lingering = closing { return }
    switch unwrapInboundIn(data) {
    case .head:
      if !hasSeenHeader { stopClock() }
      hasSeenHeader = true
      isReadingBody = true
    case .body: break
    case .end:
      isReadingBody = false
      stopClock()
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if isReadingBody, deadline == nil {
      startClock(limits.wholeBody, context) { $0.fireErrorCaught(BodyDeadlineError()) }
    }
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is NIOSSLError || error is BoringSSLError {
      context.close(promise: nil)
      return
    }
    if error as? HTTPParserError == .headerOverflow { fault = .headerTooLarge }
    let isKnown =
      error is HTTPParserError || error is BodyDeadlineError || error is ChannelError
      || error is IOError
    // The server answers parser errors only; others would close the connection without a word.
    context.fireErrorCaught(isKnown ? error : HTTPParserError.unknown)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      let isOurs = head.headerFields[SecurityHeaders.mark] != nil
      if head.headerFields[.connection] == "close" { closing = .afterThisAnswer }
      if isOurs || head.status.kind == .informational {
        context.write(data, promise: promise)
      } else {
        writeProblem(context, promise: promise)
      }
    case .body: context.write(data, promise: promise)
    case .end: writeEnd(context, data, promise: promise)
    }
  }

  private func writeProblem(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
    closing = .afterThisAnswer
    var problem = Problem(fault)
    problem.closesConnection = true
    let response = problem.answer.response()
    context.write(wrapOutboundOut(.head(response.head)), promise: promise)
    context.write(
      wrapOutboundOut(.body(ByteBuffer(bytes: problem.answer.body))), promise: nil)
  }

  private func writeEnd(
    _ context: ChannelHandlerContext, _ data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    guard case .afterThisAnswer = closing else {
      context.write(data, promise: promise)
      return
    }
    closing = .lingering
    context.writeAndFlush(data, promise: promise)
    context.close(mode: .output, promise: nil)
    stopClock()
    startClock(Self.linger, context) { $0.close(promise: nil) }
  }

  private func awaitFirstHeader(_ context: ChannelHandlerContext) {
    guard !hasSeenHeader, deadline == nil else { return }
    startClock(limits.firstHeader, context) { $0.close(promise: nil) }
  }

  private func startClock(
    _ time: TimeAmount, _ context: ChannelHandlerContext,
    _ act: @escaping (ChannelHandlerContext) -> Void
  ) {
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { act(context) }
  }

  private func stopClock() {
    deadline?.cancel()
    deadline = nil
  }
}
