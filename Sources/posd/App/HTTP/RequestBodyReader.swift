import HTTPTypes
import Hummingbird
import NIOCore
import POS

/// Reads a request's body within what the operation allows.
///
/// Throws in this order: `unexpected_body`, `unsupported_media_type`, `body_too_large` (announced,
/// before a byte is read; else as soon as it is), `bad_request` (shorter than announced).
struct RequestBodyReader {
  let rule: RequestBodyRule

  func read(_ request: Request) async throws -> [UInt8] {
    let announced = request.headers[.contentLength].flatMap(Int.init)
    guard let mediaType = rule.mediaType else {
      let hasBody = (announced ?? 0) > 0 || request.headers[.transferEncoding] != nil
      guard !hasBody else { throw Problem(.unexpectedBody) }
      return []
    }
    try checkMediaType(request.headers[.contentType], expected: mediaType)
    guard (announced ?? 0) <= rule.limitBytes else { throw tooLarge }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(announced ?? 0)
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= rule.limitBytes else { throw tooLarge }
      bytes.append(contentsOf: part.readableBytesView)
    }
    guard announced.map({ $0 == bytes.count }) ?? true else { throw Problem(.badRequest) }
    return bytes
  }

  private func checkMediaType(_ header: String?, expected: String) throws {
    let parts = (header ?? "").lowercased().split(separator: ";").map { part in
      part.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
    }
    let parameters = parts.dropFirst()
    guard parts.first == expected, parameters.allSatisfy({ $0 == "charset=utf-8" }) else {
      throw Problem(.unsupportedMediaType, ["expected": .string(expected)])
    }
  }

  private var tooLarge: Problem {
    Problem(.bodyTooLarge, ["limitBytes": .integer(Int64(rule.limitBytes))])
  }
}
