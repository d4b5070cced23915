extension PlainModel {
  /// Account → signed micro-yuan, debit above zero. Accounts at zero are left out.
  ///
  /// - `cash`: coins in the drawer. The kind of each non-cash tender: what it paid.
  /// - `rounding`: cash part less coins, so that cash and rounding make the cash part.
  /// - `sales`: goods at list price. `adjustment`: what the manager's price took off.
  /// - `concession`: list less station price. To the shopper it closes the gap between `sales` and
  ///   what was paid; to the relief fund it is owed, against `reliefOwed`.
  /// - `adjustment`, `coupons:PAYER`: what coupons took off, by who bears it (the station, another).
  /// - `claims:N`: what vouchers of programme N paid. `forfeited:N` against `contra`: what single
  ///   visits lost.
  /// - `gift`: owed as given. `pledgeExpense` against `fundLiability`: the pledge.
  typealias Ledger = [String: Int64]

  static func ledger(of sale: Sale) -> Ledger {
    var entry: Ledger = [:]
    for voucher in sale.payment.vouchers {
      post(voucher.paidFen, to: "claims:\(voucher.programme)", in: &entry)
      post(voucher.forfeitedFen, to: "forfeited:\(voucher.programme)", in: &entry)
      post(-voucher.forfeitedFen, to: "contra", in: &entry)
    }
    for tender in sale.payment.nonCash {
      post(tender.amountFen, to: tender.kind, in: &entry)
    }
    post(sale.payment.cashKeptFen, to: "cash", in: &entry)
    post(-sale.payment.cashRoundingFen, to: "rounding", in: &entry)
    for line in sale.basket.lines {
      postGoods(
        netFen: line.netFen, adjustmentFen: line.adjustmentFen,
        concessionFen: line.concessionFen, policy: sale.policy, in: &entry)
      for coupon in line.coupons {
        postCoupon(coupon.amountFen, payer: coupon.payer, in: &entry)
      }
    }
    post(-sale.basket.giftFen, to: "gift", in: &entry)
    postMicroYuan(sale.basket.pledgeTotalMicroYuan, to: "pledgeExpense", in: &entry)
    postMicroYuan(-sale.basket.pledgeTotalMicroYuan, to: "fundLiability", in: &entry)
    return entry.filter { $0.value != 0 }
  }

  static func ledger(of back: Return, sale: Sale) -> Ledger {
    var entry: Ledger = [:]
    for (index, voucher) in sale.payment.vouchers.enumerated() {
      post(-back.voucherBackFen[index], to: "claims:\(voucher.programme)", in: &entry)
      post(-back.forfeitBackFen[index], to: "forfeited:\(voucher.programme)", in: &entry)
      post(back.forfeitBackFen[index], to: "contra", in: &entry)
    }
    for column in sale.payment.nonCash.indices {
      post(-back.nonCashBackFen[column], to: sale.payment.nonCash[column].kind, in: &entry)
    }
    post(-back.cashBackFen, to: "cash", in: &entry)
    post(back.cashRoundingFen, to: "rounding", in: &entry)
    for index in back.refundFen.indices {
      postGoods(
        netFen: -back.refundFen[index], adjustmentFen: -back.adjustmentFen[index],
        concessionFen: -back.concessionFen[index], policy: sale.policy, in: &entry)
      for (place, coupon) in sale.basket.lines[index].coupons.enumerated() {
        postCoupon(-back.couponFen[index][place], payer: coupon.payer, in: &entry)
      }
    }
    post(back.giftFen, to: "gift", in: &entry)
    postMicroYuan(-back.pledgeTotalMicroYuan, to: "pledgeExpense", in: &entry)
    postMicroYuan(back.pledgeTotalMicroYuan, to: "fundLiability", in: &entry)
    return entry.filter { $0.value != 0 }
  }

  /// The sum by account. Accounts at zero are left out.
  static func sum(_ entries: [Ledger]) -> Ledger {
    var total: Ledger = [:]
    for entry in entries {
      for (account, amount) in entry {
        postMicroYuan(amount, to: account, in: &total)
      }
    }
    return total.filter { $0.value != 0 }
  }

  private static func postGoods(
    netFen: Int64, adjustmentFen: Int64, concessionFen: Int64, policy: Policy,
    in entry: inout Ledger
  ) {
    post(concessionFen, to: "concession", in: &entry)
    post(-adjustmentFen, to: "adjustment", in: &entry)
    switch policy.concessionDestination {
    case .toShopper:
      post(-(netFen - adjustmentFen + concessionFen), to: "sales", in: &entry)
    case .toReliefFund:
      post(-(netFen - adjustmentFen), to: "sales", in: &entry)
      post(-concessionFen, to: "reliefOwed", in: &entry)
    }
  }

  /// Who bears a coupon pays for it, and so the goods were sold for that much more.
  private static func postCoupon(_ amountFen: Int64, payer: String, in entry: inout Ledger) {
    post(amountFen, to: payer, in: &entry)
    post(-amountFen, to: "sales", in: &entry)
  }

  private static func post(_ amountFen: Int64, to account: String, in entry: inout Ledger) {
    postMicroYuan(amountFen * microYuanPerFen, to: account, in: &entry)
  }

  private static func postMicroYuan(
    _ amountMicroYuan: Int64, to account: String, in entry: inout Ledger
  ) {
    entry[account, default: 0] += amountMicroYuan
  }
}
