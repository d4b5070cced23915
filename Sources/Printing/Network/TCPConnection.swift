import Glibc

/// A raw TCP connection to a network printer; one thread uses it.
///
/// A byte counts as taken when the printer's network stack has acknowledged it, not when this
/// machine has stored it.
final class TCPConnection: PrinterLink {
  /// Small, so that little of a slip waits in this machine.
  private static let sendBuffer: Int32 = 8_192

  private let descriptor: Int32
  private var heard: [UInt8] = []
  private var isGone = false
  /// The printer has closed its side: it says nothing more, but may still take bytes.
  private var isInputOver = false

  /// Connects, trying again until `limits.openMs` is over: a printer that serves another host
  /// refuses for a while.
  init(host: String, port: UInt16, _ limits: PrintingLimits) throws(TransportProblem) {
    let endMs = MonotonicClock.nowMs + limits.openMs
    while true {
      switch Self.connected(host, port, endMs) {
      case .success(let opened):
        descriptor = opened
        return
      case .failure(let reason):
        guard MonotonicClock.nowMs + 200 < endMs else {
          let detail = "connect to \(host):\(port): \(reason.text)"
          throw .notStarted(PrinterTrouble(.unreachable, detail: detail))
        }
        MonotonicClock.sleep(ms: 200)
      }
    }
  }

  private struct Reason: Error { let text: String }

  private static func connected(
    _ host: String, _ port: UInt16, _ endMs: Int64
  ) -> Result<Int32, Reason> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0, let list else {
      return .failure(Reason(text: String(cString: gai_strerror(code))))
    }
    defer { freeaddrinfo(list) }
    var reason = Reason(text: "no address")
    var next: UnsafeMutablePointer<addrinfo>? = list
    while let address = next {
      switch connected(address.pointee, endMs) {
      case .success(let descriptor): return .success(descriptor)
      case .failure(let last): reason = last
      }
      next = address.pointee.ai_next
    }
    return .failure(reason)
  }

  private static func connected(_ address: addrinfo, _ endMs: Int64) -> Result<Int32, Reason> {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.ai_family, kind, 0)
    guard descriptor >= 0 else { return .failure(Reason(text: errorText(errno))) }
    var size = sendBuffer
    let length = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, length)
    var code = connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno
    if code == EINPROGRESS {
      let isReady = wait(descriptor, POLLOUT, limitMs: endMs - MonotonicClock.nowMs) != 0
      code = ETIMEDOUT
      var codeLength = length
      if isReady { getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &codeLength) }
    }
    guard code == 0 else {
      Glibc.close(descriptor)
      return .failure(Reason(text: errorText(code)))
    }
    return .success(descriptor)
  }

  private static func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// What became ready of `events`; 0 when the time is over.
  private static func wait(_ descriptor: Int32, _ events: Int32, limitMs: Int64) -> Int32 {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    let count = poll(&entry, 1, Int32(clamping: max(0, limitMs)))
    return count > 0 ? Int32(entry.revents) : 0
  }

  /// Says that no more comes, and reads what the printer still says: closing over unread bytes
  /// would make it drop what it has not printed.
  func close() {
    shutdown(descriptor, Int32(SHUT_WR))
    let endMs = nowMs + 500
    while !isGone, !isInputOver, nowMs < endMs { _ = listen(limitMs: endMs - nowMs) }
    Glibc.close(descriptor)
  }
}

// MARK: - PrinterLink

extension TCPConnection {
  var nowMs: Int64 { MonotonicClock.nowMs }
  var hasInput: Bool { true }

  var untakenBytes: Int {
    var count: Int32 = 0
    // SIOCOUTQ, the bytes not acknowledged; the C macro has this name for it.
    return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
  }

  func write(_ block: ArraySlice<UInt8>, limitMs: Int64) -> (count: Int, trouble: LinkTrouble?) {
    let endMs = nowMs + limitMs
    var rest = block
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        rest = rest.dropFirst(count)
        continue
      }
      let code = errno
      guard code == EAGAIN || code == EINTR else {
        isGone = true
        return (block.count - rest.count, .gone)
      }
      guard nowMs < endMs else { break }
      let events = POLLOUT | (isInputOver ? 0 : POLLIN)
      if Self.wait(descriptor, events, limitMs: endMs - nowMs) & POLLIN != 0 { receive() }
      if isGone { return (block.count - rest.count, .gone) }
    }
    return (block.count - rest.count, nil)
  }

  func listen(limitMs: Int64) -> LinkTrouble? {
    if isGone { return .gone }
    if isInputOver {
      let events = Self.wait(descriptor, 0, limitMs: min(limitMs, 50))
      isGone = events & (POLLERR | POLLHUP) != 0
    } else if Self.wait(descriptor, POLLIN, limitMs: limitMs) != 0 {
      receive()
    }
    return isGone ? .gone : nil
  }

  func takeInput() -> [UInt8] {
    defer { heard = [] }
    return heard
  }

  func portStatus() -> PortStatus? { nil }

  func clearStall() {}

  private func receive() {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    if count > 0 { heard += bytes.prefix(count) }
    if count == 0 { isInputOver = true }
    if count < 0, errno != EAGAIN, errno != EINTR { isGone = true }
  }
}
