import Glibc
import POS

/// Asks the running daemon over its Unix socket: one request, one answer, then closed.
///
/// Blocking, for command lines and the demonstration's terminal only.
struct AdminClient: Sendable {
  private let place: Place

  /// Where the daemon is.
  private enum Place: Sendable {
    case socket(String)
    /// A port of this machine.
    case port(UInt16)
  }

  /// What the daemon answered.
  struct Answer: Sendable {
    let status: Int
    let body: [UInt8]

    /// The body as JSON, `nil` if it is none.
    var json: JSON? { try? JSON(parsing: body) }
  }

  enum Failure: Error, CustomStringConvertible {
    case system(act: String, errno: Int32)
    case notHTTP
    case refused(status: Int, detail: String)

    var description: String {
      switch self {
      case .system(let act, let errno):
        "cannot \(act) the daemon: \(String(cString: strerror(errno)))"
      case .notHTTP: "the daemon's answer broke off"
      case .refused(let status, let detail): "the daemon refused (\(status)): \(detail)"
      }
    }
  }

  init(folder: String) throws(FolderProblem) {
    place = .socket(try AdminSocket.path(in: folder))
  }

  /// Of a listener on a port of this machine.
  init(port: UInt16) { place = .port(port) }

  /// Whether a daemon listens.
  var isAnswered: Bool {
    guard let descriptor = try? connected() else { return false }
    close(descriptor)
    return true
  }

  /// Sends a document and gives back the daemon's; throws `refused` for a problem.
  func post(_ path: String, mediaType: String = "application/json", body: [UInt8]) throws -> JSON {
    try document(try request("POST", path, mediaType: mediaType, body: body))
  }

  /// The daemon's document; throws `refused` for a problem.
  func get(_ path: String) throws -> JSON { try document(try request("GET", path)) }

  private func document(_ answer: Answer) throws -> JSON {
    guard (200..<300).contains(answer.status) else {
      let detail = answer.json?["detailEn"]?.stringValue ?? "no reason given"
      let values = answer.json?["values"].map { String(decoding: $0.bytes(), as: UTF8.self) }
      throw Failure.refused(status: answer.status, detail: "\(detail) \(values ?? "")")
    }
    return answer.json ?? .null
  }

  /// Sends one request and reads the whole answer.
  func request(
    _ method: String, _ path: String, mediaType: String = "application/json", body: [UInt8] = []
  ) throws -> Answer {
    let descriptor = try connected()
    defer { close(descriptor) }
    let type = body.isEmpty ? "" : "Content-Type: \(mediaType)\r\n"
    let header =
      "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(type)"
      + "Content-Length: \(body.count)\r\n\r\n"
    // A refusal may come before all is sent; then the answer, not the broken pipe, is the news.
    let sent = Result { try send(Array(header.utf8) + body, to: descriptor) }
    guard let answer = Self.answer(from: try received(from: descriptor)) else {
      try sent.get()
      throw Failure.notHTTP
    }
    return answer
  }

  private func connected() throws -> Int32 {
    switch place {
    case .socket(let path): return try connected(toSocket: path)
    case .port(let port): return try connected(toPort: port)
    }
  }

  private func connected(toSocket path: String) throws -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try connected(AF_UNIX, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private func connected(toPort port: UInt16) throws -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try connected(AF_INET, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private func connected(
    _ family: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
  ) throws -> Int32 {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw Failure.system(act: "reach", errno: errno) }
    guard connect(descriptor, address, length) == 0 else {
      let fault = errno
      close(descriptor)
      throw Failure.system(act: "reach", errno: fault)
    }
    return descriptor
  }

  private func send(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure.system(act: "send to", errno: errno) }
      rest = rest.dropFirst(count)
    }
  }

  private func received(from descriptor: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A reset after the answer came still leaves the answer.
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Reads an HTTP answer with a `Content-Length`, as the daemon sends them; `nil` if it is cut.
  private static func answer(from bytes: [UInt8]) -> Answer? {
    let mark = Array("\r\n\r\n".utf8)
    guard
      let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }),
      let header = String(validating: bytes[..<end], as: UTF8.self)
    else { return nil }
    let lines = header.split(whereSeparator: \.isNewline)
    let status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }
    let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
    let count = length.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
    let body = bytes[(end + mark.count)...]
    guard let status = status.flatMap({ Int($0) }), body.count >= count else { return nil }
    return Answer(status: status, body: Array(body.prefix(count)))
  }
}
