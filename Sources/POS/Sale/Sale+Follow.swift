/// The same decisions made again, for whoever checks the books.
extension Sale {
  /// Whether its coupons took off of each line what their terms say, in their order.
  ///
  /// How often they were used before is not asked.
  ///
  /// - Parameter terms: those of its coupons, as they were at the sale.
  public func couponsFollow(_ terms: [CouponTerms], policy: CharityPolicy) -> Bool {
    let offers = terms.filter { one in coupons.contains { $0.id == one.id } }.map {
      CouponOffer(terms: $0)
    }
    let steps = CouponSteps(
      offers, on: lines.map { $0.withoutCoupons(policy) }, policy: policy,
      at: moment(policy))
    return steps.lines == lines
      && steps.outcomes.map(AppliedCoupon.init) == coupons
      && steps.outcomes.allSatisfy { $0.refusal == nil }
  }

  /// Whether its vouchers paid what they had to: the same placement comes of those that paid.
  ///
  /// Vouchers that were shown and stayed untouched change nothing in it. The order of codes, which
  /// nobody knows afterwards, is taken from the sale.
  ///
  /// - Parameter offers: its vouchers as they stood before it, in any order.
  public func vouchersFollow(_ offers: [VoucherOffer], policy: CharityPolicy) -> Bool {
    let inOrder = vouchers.enumerated().compactMap { index, voucher in
      offers.first { $0.id == voucher.id }?.ordered(at: index)
    }
    let placing = VoucherPlacing(lines, policy: policy, at: moment(policy))
    let placements = placing.placements(of: inOrder)
    let cells = vouchers.indices.map { column in
      lines.indices.map { map.cells[$0][column] }
    }
    return placements.map(PlacedVoucher.init) == vouchers && placements.map(\.cells) == cells
      && placements.allSatisfy { $0.refusal == nil }
  }

  private func moment(_ policy: CharityPolicy) -> Moment {
    Moment(
      Occasion(stationID: context.stationID, atMs: context.atMs, memberID: memberID),
      cutMinutes: policy.dayCutMinutes)
  }
}

extension VoucherOffer {
  /// The same voucher, after and before others that only its code would tell apart.
  fileprivate func ordered(at index: Int) -> VoucherOffer {
    VoucherOffer(
      id: id, terms: terms, worth: worth, spentToday: spentToday, state: state,
      validFrom: validFrom, expiry: expiry, isWithHolder: isWithHolder,
      codeOrder: String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index))))
  }
}
