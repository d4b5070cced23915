/// One tender of a sale: a column of its map.
public struct TenderColumn: Equatable, Sendable {
  public let kind: TenderKind
  /// What its network calls the payment; `nil` for cash.
  public let reference: String?
  /// The part of the bill that it paid.
  public let part: Money
  /// What was kept: the part, but for cash that was rounded.
  public let kept: Money
}

/// What a tender pays back.
public struct TenderRefund: Equatable, Sendable {
  public let kind: TenderKind
  /// The payment that it pays back; `nil` for cash.
  public let reference: String?
  public let amount: Money
}

extension Sale {
  /// The columns of the map: code payments in the order given, then cash, always present.
  public var tenderColumns: [TenderColumn] {
    payment.tendering.codePayments.map {
      TenderColumn(kind: $0.kind, reference: $0.reference, part: $0.amount, kept: $0.amount)
    } + [
      TenderColumn(kind: .cash, reference: nil, part: payment.cashPart, kept: payment.cashKept)
    ]
  }
}

/// How a sale was paid as its corrections leave it, the newest last.
///
/// Corrections change what a column is, never how much: map, rounding and pledge stay the sale's.
/// So returns pay back by the corrected tenders, and all accounts of the sale still come to zero.
public struct PaidTenders: Equatable, Sendable {
  public private(set) var columns: [TenderColumn]
  private let saleID: SaleID

  /// The tenders of a sale after all its corrections in their order.
  public init(_ sale: Sale, corrections: [TenderCorrection]) {
    saleID = sale.id
    columns = sale.tenderColumns
    for one in corrections {
      precondition(
        one.saleID == sale.id && columns.indices.contains(one.tender),
        "a correction is of a tender of its sale")
      columns[one.tender] = columns[one.tender].corrected(to: one.kind, one.reference)
    }
  }

  /// The correction of a tender, or why there is none.
  ///
  /// - Parameters:
  ///   - change: the index of the tender, and what it is from now on; cash has no reference, all
  ///     else has one.
  ///   - hasReturns: whether anything of the sale has come back.
  public func correction(
    _ change: TenderChange, id: TenderCorrectionID, hasReturns: Bool
  ) throws(TenderCorrectionRefusal) -> TenderCorrection {
    precondition(
      (change.kind == .cash) == (change.reference == nil), "cash alone has no reference")
    guard columns.indices.contains(change.tender), columns[change.tender].kept > .zero else {
      throw .unknownTender(change.tender)
    }
    let column = columns[change.tender]
    guard column.kind != change.kind else { throw .sameKind(change.kind) }
    guard !hasReturns else { throw .hasReturns }
    return TenderCorrection(
      id: id, saleID: saleID, tender: change.tender, was: column.kind, kind: change.kind,
      reference: change.reference, amount: column.kept, reason: change.reason)
  }
}

/// What a manager asks for.
public struct TenderChange: Equatable, Sendable {
  /// The index of the tender in the sale.
  public let tender: Int
  public let kind: TenderKind
  public let reference: String?
  public let reason: TenderCorrectionReason

  public init(tender: Int, kind: TenderKind, reference: String?, reason: TenderCorrectionReason) {
    self.tender = tender
    self.kind = kind
    self.reference = reference
    self.reason = reason
  }
}

extension TenderColumn {
  func corrected(to kind: TenderKind, _ reference: String?) -> TenderColumn {
    TenderColumn(kind: kind, reference: reference, part: part, kept: kept)
  }
}
