/// A payment that was rung under the wrong tender, put right (RULES 3).
///
/// The sale's own record stays as it is; the correction names it, and its entry moves what was
/// kept from one account to the other. What was kept is what moves: cash that was rounded stays
/// rounded when it turns out to have been a code payment.
public struct TenderCorrection: Equatable, Sendable {
  public let id: TenderCorrectionID
  public let saleID: SaleID
  /// The index of the tender in the sale.
  public let tender: Int
  /// The kind it had until now.
  public let was: TenderKind
  public let kind: TenderKind
  /// What its network calls the payment; `nil` for cash.
  public let reference: String?
  /// What was kept by this tender.
  public let amount: Money
  public let reason: TenderCorrectionReason

  /// The entry: out of the one account, into the other.
  public var entry: Entry {
    Entry([
      Posting(.received(by: kind), amount.microYuan),
      Posting(.received(by: was), -amount.microYuan),
    ])
  }

  /// The members of its journal record that are its own.
  public var members: JSON {
    .members([
      "id": .string(id.text), "saleID": .string(saleID.text), "tender": .integer(Int64(tender)),
      "was": .string(was.rawValue), "kind": .string(kind.rawValue),
      "reference": reference.map { .string($0) }, "amountFen": .integer(amount.fen),
      "reason": .string(reason.rawValue), "entry": entry.json,
    ])
  }
}

extension TenderCorrection {
  /// Reads a record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    self.init(
      id: try reader.identifier("id"), saleID: try reader.identifier("saleID"),
      tender: try reader.lineIndex("tender"), was: try reader.choice("was"),
      kind: try reader.choice("kind"), reference: try reader.optionalString("reference"),
      amount: try reader.money("amountFen"), reason: try reader.choice("reason"))
    guard (kind == .cash) == (reference == nil) else { throw RecordProblem(member: "reference") }
    guard kind != was, amount > .zero else { throw RecordProblem(member: "kind") }
  }
}

/// What a `TenderCorrectionID` names.
public typealias TenderCorrectionID = Identifier<TenderCorrection>

/// Why a tender was wrong.
public enum TenderCorrectionReason: String, CaseIterable, Sendable {
  case wrongKey
  case otherTender
  case paymentFailed
  case other

  /// The name in Chinese.
  public var name: String {
    switch self {
    case .wrongKey: "按错收款方式"
    case .otherTender: "顾客改用其他方式"
    case .paymentFailed: "付款未成功"
    case .other: "其他"
    }
  }

  /// The name in English.
  public var nameEn: String {
    switch self {
    case .wrongKey: "Wrong key"
    case .otherTender: "Shopper paid otherwise"
    case .paymentFailed: "Payment failed"
    case .other: "Other"
    }
  }
}

/// Why a tender is not corrected. The checks are made in the order of the cases.
public enum TenderCorrectionRefusal: Error, Equatable, Sendable {
  /// The sale has no such tender, or it kept nothing.
  case unknownTender(Int)
  /// It is of this kind already.
  case sameKind(TenderKind)
  /// Goods of the sale have come back, and were paid back by its tenders.
  case hasReturns
}
