import FoundationEssentials
import HTTPTypes
import POS
import POSStore
import Receipt

extension StaffAPI {
  var receiptOperations: [Operation] {
    documentOperations(
      "receipt", at: "/api/v1/sales/{id}/receipt", "the receipt", for: .readers,
      as: [.text, .picture, .printerBytes], document: receipt) + [
        Operation(
          id: "reprint", method: .post, path: "/api/v1/sales/{id}/reprints",
          summary: "print another copy, on record", access: .roles(.sellers),
          body: .json(Schema.object(["id": Schema.id], optional: ["tillID": Schema.id])),
          answers: [.json(Schema.object(["copy": Schema.integer()]), status: 201)],
          errors: [.notFound, .idReused, .diskFull], handler: reprint)
      ]
  }

  private func receipt(_ request: APIRequest) async throws -> ReceiptDocument {
    let stationID = try user(request).stationID
    guard let stored = try await store.sale(id: try request.id("id"), at: stationID) else {
      throw Problem(.notFound)
    }
    return try await receipts.document(of: stored, copy: 0)
  }

  var receipts: ReceiptRoom {
    ReceiptRoom(store: store, publicBaseURL: publicBaseURL, looks: looks)
  }

  private func reprint(_ request: APIRequest) async throws -> APIResponse {
    let (id, tillID) = try request.body { fields in
      (
        try fields.id("id", of: SaleID.self).uuid,
        try fields.optionalID("tillID", of: TillID.self)
      )
    }
    let saleID: SaleID = try request.id("id")
    let content = JSON.members([
      "reprintOf": .string(saleID.text), "tillID": tillID.map { .string($0.text) },
    ])
    let (copy, isReplay) = try await store.reprint(
      saleID, at: tillID, by: try user(request),
      request: ClientRequest(id: id, contentHash: content.contentHash), atMs: clock.nowMs)
    let answer = APIResponse.json(.members(["copy": .integer(Int64(copy))]), status: .created)
    return answer.replayed(if: isReplay)
  }
}
