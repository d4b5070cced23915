extension VoucherTerms {
  /// The terms as data, as journal and store keep them.
  public var json: JSON {
    .members([
      "programmeID": .string(programmeID.text), "kind": .string(kind.rawValue),
      "goods": goods.json, "window": window.json,
      "dailyCapFen": dailyCap.map { .integer($0.fen) },
      "refundPolicy": .string(refundPolicy.rawValue),
    ])
  }

  /// Reads what `json` wrote.
  public init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    self.init(
      programmeID: try reader.identifier("programmeID"), kind: try reader.choice("kind"),
      goods: try GoodsSet(json: json["goods"]), window: try UseWindow(json: json["window"]),
      dailyCap: json["dailyCapFen"] == nil ? nil : try reader.money("dailyCapFen"),
      refundPolicy: try reader.choice("refundPolicy"))
  }
}
