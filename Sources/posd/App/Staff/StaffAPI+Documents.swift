import HTTPTypes
import POS
import POSStore
import Receipt

// Documents as text, as a picture and as a printer's bytes, set for a paper width.
extension StaffAPI {
  static let columns = [
    QueryParameter(name: "columns", schema: Schema.choice(["32", "42", "48"]))
  ]

  /// The operations `path.txt` and `path.svg` of one kind of document, or of other forms.
  func documentOperations(
    _ id: String, at path: String, _ summary: String, for roles: Set<Role>,
    as forms: [DocumentForm] = [.text, .picture], query: [QueryParameter] = [],
    document: @escaping @Sendable (APIRequest) async throws -> ReceiptDocument
  ) -> [Operation] {
    forms.map { form in
      Operation(
        id: "\(id)-\(form.rawValue)", method: .get, path: "\(path).\(form.rawValue)",
        summary: "\(summary) as \(form.rawValue)", access: .roles(roles),
        query: Self.columns + query,
        answers: [.bytes(mediaType: form.mediaType)], errors: [.notFound]
      ) { [glyphs = looks.glyphs] request in
        let paper = try Self.paper(request)
        let layout = ReceiptLayout(try await document(request), paper: paper)
        return .bytes(form.bytes(layout, glyphs), mediaType: form.contentType)
      }
    }
  }

  /// The paper width a request asks for; 48 columns without.
  static func paper(_ request: APIRequest) throws -> PaperWidth {
    let columns = try request.query.integer("columns", in: 32...48) ?? 48
    guard let paper = PaperWidth(rawValue: columns) else {
      throw QueryValues.refusal(of: "columns", expected: "32, 42 or 48")
    }
    return paper
  }
}

/// How a document is shown; the raw value ends its path.
enum DocumentForm: String {
  case text = "txt"
  case picture = "svg"
  case printerBytes = "escpos"

  /// The type without its parameters.
  var mediaType: String {
    switch self {
    case .text: "text/plain"
    case .picture: "image/svg+xml"
    case .printerBytes: "application/octet-stream"
    }
  }

  /// The type as it is sent.
  var contentType: String { self == .text ? "\(mediaType); charset=utf-8" : mediaType }

  func bytes(_ layout: ReceiptLayout, _ glyphs: (any GlyphSource)?) -> [UInt8] {
    switch self {
    case .text: Array(layout.text.utf8)
    case .picture: Array(layout.svg().utf8)
    case .printerBytes: layout.escPosBytes(glyphs: glyphs)
    }
  }
}
