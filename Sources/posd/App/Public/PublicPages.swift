import HTTPTypes
import POS
import POSStore
import Receipt

/// The public listener: receipts by the link their paper shows, read-only.
struct PublicPages: Sendable {
  let store: Store
  let receipts: ReceiptRoom

  var operations: [Operation] {
    [
      Operation(
        id: "publicReceipt", method: .get, path: "/r/{id}",
        summary: "a receipt without the cashier's name", access: .anyone,
        answers: [.bytes(mediaType: "text/html")], errors: [.notFound], listing: .page,
        handler: page),
      Operation(
        id: "publicReceiptImage", method: .get, path: "/r/{id}/receipt.svg",
        summary: "the same as a picture", access: .anyone,
        answers: [.bytes(mediaType: "image/svg+xml")], errors: [.notFound], listing: .page,
        handler: image),
    ]
  }

  private func page(_ request: APIRequest) async throws -> APIResponse {
    let layout = try await layout(request)
    let id: SaleID = try request.id("id")
    let html = """
      <!DOCTYPE html>
      <html lang="zh"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>善款明细 · Donation statement</title></head>
      <body><img src="/r/\(id.text)/receipt.svg" alt="\(escaped(layout.text))" width="340"></body>
      </html>

      """
    return .bytes(Array(html.utf8), mediaType: "text/html; charset=utf-8")
  }

  private func image(_ request: APIRequest) async throws -> APIResponse {
    .bytes(Array(try await layout(request).svg().utf8), mediaType: "image/svg+xml")
  }

  private func layout(_ request: APIRequest) async throws -> ReceiptLayout {
    let id: SaleID = try request.id("id")
    for station in try await store.stations() {
      guard let stored = try await store.sale(id: id, at: station.id) else { continue }
      let document = try await receipts.document(of: stored, copy: 0, for: .anyone)
      return ReceiptLayout(document, paper: .columns32)
    }
    throw Problem(.notFound)
  }

  /// Text that cannot end an attribute or begin a tag.
  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
