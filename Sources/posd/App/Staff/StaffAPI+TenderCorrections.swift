import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// A payment rung under the wrong tender.
extension StaffAPI {
  var tenderCorrectionOperations: [Operation] {
    [
      Operation(
        id: "correctTender", method: .post, path: "/api/v1/sales/{id}/tender-corrections",
        summary: "put right a wrong tender, before the Z of the sale's session",
        access: .roles(.managers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "tender": Schema.integer(0...Int64(Limits.tendersPerSale)),
              "kind": Schema.choice(of: TenderKind.self),
              "reason": Schema.choice(of: TenderCorrectionReason.self),
            ], optional: ["reference": Schema.text(count: 1...Int64(Limits.referenceLength))])),
        answers: [.json(Schema.ref("TenderCorrection"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionClosed, .unknownTender, .sameTender, .hasReturns,
          .diskFull,
        ], handler: correctTender)
    ]
  }

  private func correctTender(_ request: APIRequest) async throws -> APIResponse {
    let saleID: SaleID = try request.id("id")
    let (id, change) = try request.body { fields in
      let id: UUID = try fields.id("id", of: TenderCorrectionID.self).uuid
      let kind: TenderKind = try fields.choice("kind")
      let tender = try fields.integer("tender", in: 0...Int64(Limits.tendersPerSale))
      // Cash has no reference: then it stays an unknown member.
      let reference =
        kind == .cash ? nil : try fields.text("reference", count: 1...Limits.referenceLength)
      return (
        id,
        TenderChange(
          tender: Int(tender), kind: kind, reference: reference,
          reason: try fields.choice("reason"))
      )
    }
    let (event, isReplay) = try await store.correct(
      change, of: saleID, by: try user(request), asked(request, id))
    return .json(try await correctionView(event), status: .created).replayed(if: isReplay)
  }

  /// A correction as an answer.
  func correctionView(_ event: StoredEvent) async throws -> JSON {
    try await view(
      event, ["saleID", "tender", "was", "kind", "reference", "amountFen", "reason"])
  }
}
