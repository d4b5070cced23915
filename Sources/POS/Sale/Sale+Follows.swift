extension Sale {
  /// Whether lines, coupons and what vouchers pay are what these terms come to: the sale priced
  /// again from its goods. What was shown and took no part need not be given, it changes nothing.
  public func follows(
    coupons offered: [CouponOffer], vouchers offers: [VoucherOffer], policy: CharityPolicy
  ) -> Bool {
    let moment = Moment(
      Occasion(stationID: context.stationID, atMs: context.atMs, memberID: memberID),
      cutMinutes: policy.dayCutMinutes)
    let steps = CouponSteps(
      offered, on: lines.map { $0.withoutCoupons(policy) }, pledgeRate: policy.pledgeRate,
      at: moment)
    guard steps.lines == lines, steps.outcomes.map(AppliedCoupon.init) == coupons else {
      return false
    }
    let placements = VoucherPlacing(lines, policy: policy, at: moment).placements(of: offers)
    let columns = vouchers.indices.map { column in
      lines.indices.map { map.cells[$0][column] }
    }
    return placements.map(PlacedVoucher.init) == vouchers && placements.map(\.cells) == columns
  }
}
