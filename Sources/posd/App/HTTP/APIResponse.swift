import HTTPTypes
import Hummingbird
import NIOCore
import POS

/// What a handler answers.
struct APIResponse: Sendable {
  var status: HTTPResponse.Status
  var headers: HTTPFields = SecurityHeaders.data
  var body: [UInt8] = []
  var mediaType: String?
  /// A body that goes on as long as somebody listens, in place of `body`.
  var stream: AsyncThrowingStream<ByteBuffer, any Error>?

  /// A JSON document.
  static func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> APIResponse {
    .json(bytes: value.bytes(), status: status)
  }

  /// A JSON document that is written already.
  static func json(bytes: [UInt8], status: HTTPResponse.Status = .ok) -> APIResponse {
    APIResponse(status: status, body: bytes, mediaType: "application/json")
  }

  /// Something else than JSON.
  static func bytes(
    _ bytes: [UInt8], mediaType: String, status: HTTPResponse.Status = .ok
  ) -> APIResponse {
    APIResponse(status: status, body: bytes, mediaType: mediaType)
  }

  /// Status 204.
  static var nothing: APIResponse { APIResponse(status: .noContent) }

  /// The same answer, marked as given before if it was.
  func replayed(if isReplay: Bool) -> APIResponse {
    guard isReplay else { return self }
    var answer = self
    if let name = HTTPField.Name("Idempotency-Replayed") { answer.headers[name] = "true" }
    return answer
  }

  /// The answer as the server writes it.
  func response() -> Response {
    var fields = headers
    if let mediaType { fields[.contentType] = mediaType }
    if let stream {
      return Response(status: status, headers: fields, body: ResponseBody(asyncSequence: stream))
    }
    guard !body.isEmpty else { return Response(status: status, headers: fields) }
    return Response(
      status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}

extension Problem {
  /// The refusal as an answer.
  var answer: APIResponse {
    var answer = APIResponse(
      status: HTTPResponse.Status(code: code.status), body: document.bytes(),
      mediaType: "application/problem+json")
    answer.headers.append(contentsOf: headers)
    if code.status == 401 { answer.headers[.wwwAuthenticate] = "Bearer" }
    if closesConnection { answer.headers[.connection] = "close" }
    return answer
  }
}
