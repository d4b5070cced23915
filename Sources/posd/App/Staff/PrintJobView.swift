import POS

extension PrintJob {
  static let schema = Schema.object([
    "id": Schema.integer(), "document": Schema.choice(of: PrintDocument.self),
    "record": Schema.text, "saleID": Schema.nullable(Schema.id),
    "number": Schema.nullable(Schema.integer()), "tillID": Schema.id, "copy": Schema.integer(),
    "state": Schema.choice(of: PrintJob.State.self), "reason": Schema.nullable(Schema.text),
    "detail": Schema.nullable(Schema.text), "detailEn": Schema.nullable(Schema.text),
    "decision": Schema.nullable(Schema.choice(of: PrintDecision.self)),
    "decisions": Schema.array(of: Schema.choice(of: PrintDecision.self)), "atMs": Schema.timeMs,
  ])

  /// The job as the API shows it; what waits has the reason of its printer.
  func view(waitingFor waiting: PrintReason?) -> JSON {
    let known = reason.flatMap(PrintReason.init(code:)) ?? (state == .queued ? waiting : nil)
    return .members([
      "id": .integer(key), "document": .string(subject.document.rawValue),
      "record": .string("\(subject.epoch)-\(subject.sequence)"),
      "saleID": subject.saleID.map { .string($0.text) } ?? .null,
      "number": subject.saleNumber.map(JSON.integer) ?? .null,
      "tillID": .string(tillID.text), "copy": .integer(Int64(copy)),
      "state": .string(state.rawValue),
      "reason": (known?.code ?? reason).map(JSON.string) ?? .null,
      "detail": known.map { .string($0.chinese) } ?? .null,
      "detailEn": known.map { .string($0.english) } ?? .null,
      "decision": decision.map { .string($0.rawValue) } ?? .null,
      "decisions": .array(possibleDecisions.map { .string($0.rawValue) }),
      "atMs": .integer(createdAtMs),
    ])
  }
}
