extension Sale {
  /// The entry of this sale.
  ///
  /// What was received against what was sold at list price, less concession and adjustments; and
  /// beside it the pledge, a cost of the station owed to the fund. A concession that goes to the
  /// relief fund was paid by the shopper, and is owed on.
  public func entry(policy: CharityPolicy) -> Entry {
    let totals = totals
    var postings = vouchers.map { Posting(.voucherClaims($0.programmeID), $0.paid.microYuan) }
    postings += payment.tendering.codePayments.map {
      Posting(.codePayments($0.kind), $0.amount.microYuan)
    }
    postings.append(Posting(.cash, payment.cashKept.microYuan))
    postings.append(Posting(.rounding, -payment.rounding.microYuan))
    postings.append(Posting(.sales, -totals.list.microYuan))
    postings += concessionPostings(totals.concession, policy.concessionDestination)
    postings += lines.flatMap(\.adjustments).map {
      Posting($0.payer.account, -$0.amount.microYuan)
    }
    if let gift {
      postings.append(Posting(.gifts(campaign: gift.campaign), -gift.amount.microYuan))
    }
    for voucher in vouchers {
      postings += forfeitPostings(voucher.forfeited, of: voucher.programmeID)
    }
    return Entry(postings + pledgePostings(totals.pledge))
  }
}

extension SaleReturn {
  /// The entry of this return: what it takes back of its sale's, account by account.
  ///
  /// The share of sales at list price is what balances refund, concession and adjustments, so
  /// that the shares add up to the sale when all of it is back.
  public func entry(of sale: Sale, policy: CharityPolicy) -> Entry {
    precondition(sale.id == originalID, "a return belongs to its sale")
    let concession = lines.lazy.map(\.concession).total
    let adjustment = lines.lazy.flatMap(\.adjustments).total
    let refund = lines.lazy.map(\.refund).total
    let toShopper = policy.concessionDestination == .toShopper
    let list = refund - adjustment + (toShopper ? concession : .zero)
    var postings = vouchers.map {
      Posting(.voucherClaims($0.programmeID), -$0.amount.microYuan)
    }
    postings += refunds(of: sale).map {
      Posting(.received(by: $0.kind), -$0.amount.microYuan)
    }
    postings.append(Posting(.rounding, rounding.microYuan))
    postings.append(Posting(.sales, list.microYuan))
    postings += concessionPostings(-concession, policy.concessionDestination)
    for line in lines {
      for (adjustment, share) in zip(sale.lines[line.line].adjustments, line.adjustments) {
        postings.append(Posting(adjustment.payer.account, share.microYuan))
      }
    }
    if let gift {
      postings.append(Posting(.gifts(campaign: gift.campaign), gift.amount.microYuan))
    }
    for voucher in vouchers {
      postings += forfeitPostings(-voucher.forfeitBack, of: voucher.programmeID)
    }
    return Entry(postings + pledgePostings(-pledge))
  }
}

private func concessionPostings(
  _ concession: Money, _ destination: ConcessionDestination
) -> [Posting] {
  let given = Posting(.concession, concession.microYuan)
  switch destination {
  case .toShopper: return [given]
  case .toReliefFund: return [given, Posting(.reliefFund, -concession.microYuan)]
  }
}

private func pledgePostings(_ pledge: MicroYuan) -> [Posting] {
  [Posting(.pledge, pledge), Posting(.charityFund, -pledge)]
}

private func forfeitPostings(_ forfeited: Money, of programmeID: ProgrammeID) -> [Posting] {
  [
    Posting(.forfeited(programmeID), forfeited.microYuan),
    Posting(.forfeitedContra, -forfeited.microYuan),
  ]
}
