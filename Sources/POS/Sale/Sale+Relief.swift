extension AppliedCoupon {
  var json: JSON {
    .members([
      "id": .string(id.text), "amountFen": .integer(amount.fen),
      "returnsOnFullReturn": .bool(returnsOnFullReturn),
    ])
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    self.init(
      id: try reader.identifier("id"), amount: try reader.money("amountFen"),
      returnsOnFullReturn: try reader.flag("returnsOnFullReturn"))
  }

  static func list(_ reader: RecordReader) throws(RecordProblem) -> [AppliedCoupon] {
    guard reader.json["coupons"] != nil else { return [] }
    var list: [AppliedCoupon] = []
    for json in try reader.array("coupons") { list.append(try AppliedCoupon(json: json)) }
    return list
  }
}

extension PlacedVoucher {
  var json: JSON {
    .members([
      "id": .string(id.text), "programmeID": .string(programmeID.text),
      "kind": .string(kind.rawValue), "refundPolicy": .string(refundPolicy.rawValue),
      "worthFen": .integer(worth.fen), "paidFen": .integer(paid.fen),
    ])
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    self.init(
      id: try reader.identifier("id"), programmeID: try reader.identifier("programmeID"),
      kind: try reader.choice("kind"), refundPolicy: try reader.choice("refundPolicy"),
      worth: try reader.money("worthFen"), paid: try reader.money("paidFen"))
  }

  static func list(_ reader: RecordReader) throws(RecordProblem) -> [PlacedVoucher] {
    guard reader.json["vouchers"] != nil else { return [] }
    var list: [PlacedVoucher] = []
    for json in try reader.array("vouchers") { list.append(try PlacedVoucher(json: json)) }
    return list
  }
}

extension VoucherRefund {
  var json: JSON {
    .members([
      "id": .string(id.text), "programmeID": .string(programmeID.text),
      "amountFen": .integer(amount.fen), "to": .string(destination.rawValue),
      "forfeitBackFen": forfeitBack == .zero ? nil : .integer(forfeitBack.fen),
    ])
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    self.init(
      id: try reader.identifier("id"), programmeID: try reader.identifier("programmeID"),
      amount: try reader.money("amountFen"), destination: try reader.choice("to"),
      forfeitBack: json["forfeitBackFen"] == nil ? .zero : try reader.money("forfeitBackFen"))
  }

  static func list(_ reader: RecordReader) throws(RecordProblem) -> [VoucherRefund] {
    guard reader.json["vouchers"] != nil else { return [] }
    var list: [VoucherRefund] = []
    for json in try reader.array("vouchers") { list.append(try VoucherRefund(json: json)) }
    return list
  }
}
