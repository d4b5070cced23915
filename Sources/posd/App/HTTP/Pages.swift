import CWeb
import Crypto
import HTTPTypes
import POS

/// The files of the cashier page, which are part of the program.
///
/// `CWeb/files.c` takes them in with `#embed` when the program is built: a byte array in Swift
/// costs the compiler 15 seconds for 80 KB, this costs nothing, and a changed file is noticed.
enum Pages {
  /// One operation per file; `index.html` is `/`.
  static func operations() -> [Operation] {
    (0..<CWebFileCount()).map { operation(CWebFileAt($0)) }
  }

  private static func operation(_ file: CWebFile) -> Operation {
    let name = String(cString: file.name)
    let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    let mediaType = mediaType(of: name)
    let tag = entityTag(bytes)
    return Operation(
      id: "page:\(name)", method: .get, path: name == "index.html" ? "/" : "/\(name)",
      summary: "a file of the cashier page", access: .anyone,
      answers: [.bytes(mediaType: mediaType)], listing: .page
    ) { request in
      var answer = APIResponse(status: .ok, body: bytes, mediaType: mediaType)
      if names(request.headers[.ifNoneMatch], tag) { answer = APIResponse(status: .notModified) }
      answer.headers = SecurityHeaders.page
      answer.headers[.eTag] = tag
      return answer
    }
  }

  /// Whether the header `If-None-Match` names this tag.
  private static func names(_ header: String?, _ tag: String) -> Bool {
    (header ?? "").split(separator: ",").contains { part in
      let given = part.drop { $0 == " " }
      return given == tag || given == "W/\(tag)" || given == "*"
    }
  }

  private static func entityTag(_ bytes: [UInt8]) -> String {
    "\"\(hexText(SHA256.hash(data: bytes).prefix(12)))\""
  }

  /// The type of a file by the end of its name; an unknown end is a bug and stops the process.
  private static func mediaType(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "json", "webmanifest": "application/json"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "ico": "image/x-icon"
    case "woff2": "font/woff2"
    default: preconditionFailure("a page file needs a known type: \(name)")
    }
  }
}
