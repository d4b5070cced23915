/// The parts of a `multipart/form-data` or `multipart/mixed` body.
///
/// A part with a length is split by it. A part without one is split at the next delimiter only if
/// it is text; the bytes of a picture are never looked into, as they may hold a delimiter, a brace
/// or a whole event. After a picture without a length reading ends (terminals.md 0.8; M).
struct Multipart {
  struct Part {
    let name: String
    let isPicture: Bool
    let isXML: Bool
    let body: ArraySlice<UInt8>
  }

  private static let maximumParts = 16
  private static let maximumHeaders = 32
  private static let maximumHeaderBytes = 8 << 10

  private let delimiter: [UInt8]
  private var rest: ArraySlice<UInt8>

  /// Every part up to the end, or up to the first place that cannot be split.
  static func parts(of body: [UInt8], boundary: String) -> [Part] {
    var reader = Multipart(
      delimiter: Array("\r\n--\(boundary)".utf8), rest: body[...])
    guard reader.takeFirstDelimiter() else { return [] }
    var parts: [Part] = []
    while parts.count < maximumParts, let part = reader.part() { parts.append(part) }
    return parts
  }

  /// The boundary in a header `Content-Type`; `nil` if it is no multipart or has none.
  static func boundary(inContentType header: String) -> String? {
    guard header.utf8.count <= 1024, header.lowercased().hasPrefix("multipart/"),
      let value = HeaderParameter.value(of: "boundary", in: header),
      (1...200).contains(value.utf8.count), value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    return value
  }

  private mutating func takeFirstDelimiter() -> Bool {
    while rest.hasPrefix("\r\n") { rest = rest.dropFirst(2) }
    return take(delimiter.dropFirst(2))
  }

  private mutating func take(_ mark: ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: mark) else { return false }
    rest = rest.dropFirst(mark.count)
    return true
  }

  /// The next part; `nil` at the end and where the body cannot be split.
  private mutating func part() -> Part? {
    if rest.hasPrefix("--") { return nil }
    guard rest.hasPrefix("\r\n") else { return nil }
    rest = rest.dropFirst(2)
    guard let headers = headers() else { return nil }
    let body = body(headers)
    guard let body else {
      rest = []
      return nil
    }
    return Part(
      name: headers.name, isPicture: headers.isPicture || body.starts(with: [0xFF, 0xD8]),
      isXML: headers.contentType.contains("xml"), body: body)
  }

  /// The bytes of a part; the rest then begins after the delimiter that follows it.
  private mutating func body(_ headers: PartHeaders) -> ArraySlice<UInt8>? {
    if let length = headers.length, length <= rest.count {
      let body = rest.prefix(length)
      let after = rest.dropFirst(length)
      if after.starts(with: delimiter) {
        rest = after.dropFirst(delimiter.count)
        return body
      }
    }
    guard !headers.isPicture, !rest.starts(with: [0xFF, 0xD8]) else { return nil }
    return textUpToDelimiter()
  }

  /// A text as long as no delimiter follows, within the bytes an event may have.
  private mutating func textUpToDelimiter() -> ArraySlice<UInt8>? {
    let window = rest.prefix(AttendanceLimits.eventBytes + delimiter.count)
    var start = window.startIndex
    while let index = window[start...].firstIndex(of: 0x0D) {
      if window[index...].starts(with: delimiter) {
        let body = rest[rest.startIndex..<index]
        rest = rest[(index + delimiter.count)...]
        return body
      }
      start = index + 1
    }
    return nil
  }

  private mutating func headers() -> PartHeaders? {
    let limit = rest.startIndex + min(rest.count, Self.maximumHeaderBytes)
    var headers = PartHeaders()
    for _ in 0..<Self.maximumHeaders {
      guard let end = rest[..<limit].firstIndex(of: 0x0A) else { return nil }
      let line = rest[..<end].trimmed
      rest = rest[(end + 1)...]
      if line.isEmpty { return headers }
      headers.add(String(decoding: line, as: UTF8.self))
    }
    return nil
  }
}

/// What the headers of a part say.
private struct PartHeaders {
  var name = ""
  var contentType = ""
  var length: Int?
  private var hasPictureName = false

  /// Whether the part is a picture by its name or type.
  var isPicture: Bool { hasPictureName || contentType.hasPrefix("image/") }

  mutating func add(_ line: String) {
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return }
    let value = String(parts[1])
    switch parts[0].lowercased() {
    case "content-disposition":
      name = HeaderParameter.value(of: "name", in: value) ?? ""
      let file = HeaderParameter.value(of: "filename", in: value) ?? ""
      let names = "\(name) \(file)".lowercased()
      hasPictureName = ["picture", "image", ".jp", ".png"].contains { names.contains($0) }
    case "content-type": contentType = Array(value.utf8)[...].trimmed.lowercaseText
    case "content-length": length = Array(value.utf8)[...].trimmed.wholeNumber(digits: 9)
    default: break
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var lowercaseText: String { String(decoding: self, as: UTF8.self).lowercased() }
}

/// A parameter of a header, `name="value"` or `name=value`.
enum HeaderParameter {
  static func value(of name: String, in header: String) -> String? {
    for piece in header.split(separator: ";").dropFirst().prefix(16) {
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2,
        Array(parts[0].utf8)[...].trimmed.elementsEqual(name.utf8)
          || parts[0].lowercased().hasSuffix(" \(name)")
      else { continue }
      let value = Array(parts[1].utf8)[...].trimmed
      let isQuoted = value.count >= 2 && value.first == 0x22 && value.last == 0x22
      return String(decoding: isQuoted ? value.dropFirst().dropLast() : value, as: UTF8.self)
    }
    return nil
  }
}
