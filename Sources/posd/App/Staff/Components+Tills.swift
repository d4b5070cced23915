import POS

// The schemas of tills and days.
extension Components {
  /// Notes and coins by denomination.
  static let counts = Schema.array(
    of: Schema.object([
      "denominationFen": Schema.integer(1...10_000),
      "count": Schema.integer(0...CashCount.mostPieces),
    ]), maximum: Int64(CashCount.denominationsFen.count))

  static let ofTills: [JSON.Member] = [
    JSON.Member("CashMovement", event(["kind", "amountFen", "reason"])),
    JSON.Member("DrawerOpening", event(["reason"])),
    JSON.Member("Handover", event(["from", "to"])),
    JSON.Member(
      "TillCount",
      event([
        "counts", "countedFen", "expectedFen", "toleranceFen", "differenceFen", "isOverTolerance",
      ])),
    JSON.Member(
      "TenderCorrection", event(["saleID", "tender", "was", "kind", "amountFen", "reason"])),
    JSON.Member(
      "Statement",
      open([
        "id", "kind", "businessDate", "atMs", "by", "rowCount", "skippedCount", "otherDayCount",
        "bookedFen", "statementFen", "isMatched", "matched", "amountDiffers", "onlyOurs",
        "onlyTheirs", "duplicates", "journal",
      ])),
    JSON.Member("XReport", open(["tillSessionID", "tillID", "atMs"] + figures)),
    JSON.Member(
      "ZReport",
      event(["number", "tillID", "countID", "countedFen", "differenceFen", "perpetual"] + figures)),
    JSON.Member("Day", open(["isClosed", "blockedBy"] + dayFigures)),
    JSON.Member("DayClose", open(["id", "number", "closedBy", "atMs", "journal"] + dayFigures)),
    JSON.Member("Month", open(["isClosed"] + monthFigures)),
    JSON.Member(
      "MonthClose", open(["id", "number", "closedBy", "atMs", "journal"] + monthFigures)),
    JSON.Member("TrialBalance", open(["date", "accounts", "totalMicroYuan"])),
  ]

  private static let sums = [
    "saleCount", "salesFen", "returnCount", "returnsFen", "streams", "fundTransfer",
    "giftTransfers", "reliefFundTransferFen", "tenders",
  ]
  private static let dayFigures = ["businessDate", "zNumbers"] + sums
  private static let monthFigures = ["month", "days"] + sums

  private static let figures = [
    "openedAtMs", "floatFen", "sales", "returns", "voids", "tenders", "movements",
    "drawerOpenings", "expectedFen", "ledger",
  ]

  /// A record as an answer: who, when, where in the journal, and these members.
  private static func event(_ members: [String]) -> JSON {
    open(["id", "tillSessionID", "businessDate", "atMs", "by"] + members + ["journal"])
  }

  /// An object with these members and perhaps others; API.md says what they are.
  static func open(_ members: [String]) -> JSON {
    .members(["type": "object", "required": .array(members.map(JSON.string))])
  }
}
