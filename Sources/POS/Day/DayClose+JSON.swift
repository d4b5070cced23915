extension DayClose {
  /// The figures of its journal record.
  public var members: JSON {
    .members([
      "businessDate": .string(businessDate.description),
      "zNumbers": .array(zNumbers.map(JSON.integer)),
      "saleCount": .integer(figures.sales.count), "salesFen": .integer(figures.sales.amount.fen),
      "returnCount": .integer(figures.returns.count),
      "returnsFen": .integer(figures.returns.amount.fen),
      "streams": .array(
        streams.map {
          .members([
            "stream": .string($0.stream.rawValue), "account": .string($0.account),
            "amountMicroYuan": .integer($0.amount.value),
          ])
        }),
      "fundTransfer": .members([
        "carriedInMicroYuan": .integer(fundTransfer.carriedIn.value),
        "pledgeMicroYuan": .integer(fundTransfer.accrued.value),
        "transferFen": .integer(fundTransfer.transfer.fen),
        "carriedOutMicroYuan": .integer(fundTransfer.carriedOut.value),
      ]),
      "giftTransfers": .array(
        giftTransfers.map {
          .members([
            "campaign": .string($0.campaign), "amountFen": .integer($0.transfer.transfer.fen),
            "carriedInFen": fen($0.transfer.carriedIn), "giftsFen": fen($0.transfer.accrued),
            "carriedOutFen": fen($0.transfer.carriedOut),
          ])
        }),
      "reliefFundTransferFen": .integer(reliefTransfer.transfer.fen),
      "tenders": .array(
        figures.tenders.map { tender in
          let statement = statements[tender.kind]
          return .members([
            "kind": .string(tender.kind.rawValue), "netFen": .integer(tender.net.fen),
            "statementFen": statement.map { .integer($0.net.fen) } ?? .null,
            "isMatched": .bool(tender.kind == .cash || statement?.isMatched == true),
          ])
        }),
      "balances": balances.json, "entry": entry.json,
    ])
  }

  private func fen(_ amount: MicroYuan) -> JSON { .integer(amount.value / MicroYuan.perFen) }
}

extension LedgerSums {
  /// Reads what `json` wrote.
  public init(json: JSON?) throws(RecordProblem) {
    self.init()
    try add(entry: json)
  }
}
