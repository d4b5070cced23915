public import POS

extension SaleReceiptFacts {
  /// The facts of a sale. The caller names the campaign of its gift.
  public init(
    _ sale: Sale, heading: SaleReceiptHeading, pledgeRate: BasisPoints,
    campaign: (name: String, nameEn: String)? = nil, proof: SaleReceiptProof
  ) {
    precondition(!heading.isReturn, "a sale takes nothing back")
    let tendering = sale.payment.tendering
    var tenders = tendering.codePayments.map {
      SaleReceiptTender(kind: $0.kind, amount: $0.amount, reference: $0.reference)
    }
    if let given = tendering.cashGiven {
      tenders.append(SaleReceiptTender(kind: .cash, amount: given))
    }
    self.init(
      heading: heading, lines: sale.lines, pledgeRate: pledgeRate,
      gift: sale.gift.map {
        SaleReceiptGift(
          amount: $0.amount, campaign: campaign?.name, campaignEn: campaign?.nameEn)
      },
      vouchers: sale.vouchers.map(SaleReceiptVoucher.init),
      tenders: tenders, cashRounding: sale.payment.rounding, change: sale.payment.change,
      proof: proof)
  }

  /// The facts of a return against its sale.
  public init(
    _ saleReturn: SaleReturn, of sale: Sale, heading: SaleReceiptHeading,
    pledgeRate: BasisPoints, campaign: (name: String, nameEn: String)? = nil,
    proof: SaleReceiptProof
  ) {
    precondition(heading.isReturn, "a return names its sale")
    precondition(saleReturn.originalID == sale.id, "a return is printed with its own sale")
    let parts = saleReturn.refundByTender.dropFirst(sale.vouchers.count)
    let tenders = zip(saleReturn.refunds(of: sale), parts).compactMap { refund, part in
      part > .zero
        ? SaleReceiptTender(kind: refund.kind, amount: refund.amount, reference: refund.reference)
        : nil
    }
    self.init(
      heading: heading,
      lines: saleReturn.lines.map { LineItem(returning: $0, of: sale.lines[$0.line]) },
      pledgeRate: pledgeRate,
      gift: saleReturn.gift.map {
        SaleReceiptGift(
          amount: $0.amount, campaign: campaign?.name, campaignEn: campaign?.nameEn)
      },
      vouchers: saleReturn.vouchers.filter { $0.amount > .zero }.map(SaleReceiptVoucher.init),
      tenders: tenders, cashRounding: saleReturn.rounding, proof: proof)
  }
}

extension SaleReceiptVoucher {
  fileprivate init(_ placed: PlacedVoucher) {
    let rest: Rest =
      switch placed.kind {
      case .singleUse: .forfeited(placed.forfeited)
      case .balance: .left(placed.left)
      }
    self.init(amount: placed.paid, rest: rest)
  }

  fileprivate init(_ refund: VoucherRefund) {
    self.init(
      amount: refund.amount,
      rest: refund.destination == .toBalance ? .toBalance : .notToHolder)
  }
}

extension LineItem {
  /// What came back of a line, every amount with the opposite sign.
  fileprivate init(returning part: ReturnedLine, of line: LineItem) {
    let adjustments = zip(line.adjustments, part.adjustments).map { adjustment, amount in
      Adjustment(source: adjustment.source, payer: adjustment.payer, amount: -amount)
    }
    let paid = -part.refund - adjustments.lazy.map(\.amount).total
    self.init(
      goods: line.goods, quantity: part.quantity, stationPrice: line.stationPrice,
      listAmount: line.isPaidAtListPrice ? paid : paid - part.concession,
      concession: -part.concession, adjustments: adjustments, net: -part.refund,
      pledge: -part.pledge)
  }

  /// Whether the shopper pays the list price and the concession goes to the relief fund.
  var isPaidAtListPrice: Bool { concession != .zero && beforeAdjustments == listAmount }

  /// What the goods cost before coupons and a manager's price.
  var beforeAdjustments: Money { net - adjustments.lazy.map(\.amount).total }
}
