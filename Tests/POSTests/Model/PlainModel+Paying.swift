extension PlainModel {
  /// `cashGivenFen` is nil when no cash is given.
  static func pay(
    _ basket: PricedBasket, vouchers: [PlacedVoucher] = [], nonCash: [Tender],
    cashGivenFen: Int64?, policy: Policy
  ) -> Result<Payment, PaymentRefusal> {
    var dueFen = basket.dueFen
    for voucher in vouchers {
      dueFen -= voucher.paidFen
    }
    var nonCashFen: Int64 = 0
    for tender in nonCash {
      nonCashFen += tender.amountFen
    }
    if nonCashFen > dueFen {
      return .failure(.nonCashExceedsDue(givenFen: nonCashFen, dueFen: dueFen))
    }

    let cashPartFen = dueFen - nonCashFen
    var cashKeptFen = cashPartFen
    if cashGivenFen != nil {
      cashKeptFen = roundedCash(cashPartFen, rounding: policy.cashRounding)
    }
    let givenFen = cashGivenFen ?? 0
    if givenFen < cashKeptFen {
      return .failure(.notEnough(neededFen: cashKeptFen, givenFen: givenFen))
    }

    return .success(
      Payment(
        nonCash: nonCash,
        cashPartFen: cashPartFen,
        cashKeptFen: cashKeptFen,
        cashRoundingFen: cashKeptFen - cashPartFen,
        changeFen: givenFen - cashKeptFen,
        cells: tenderMap(basket, vouchers: vouchers, nonCash: nonCash), vouchers: vouchers))
  }

  /// A part above zero that would round to zero stays as it is.
  static func roundedCash(_ partFen: Int64, rounding: CashRounding) -> Int64 {
    var roundedFen = partFen
    switch rounding {
    case .none: break
    case .downToJiao: roundedFen = partFen / 10 * 10
    case .downToYuan: roundedFen = partFen / 100 * 100
    case .nearestJiao: roundedFen = (partFen + 5) / 10 * 10
    }
    return roundedFen == 0 ? partFen : roundedFen
  }

  /// Vouchers as placed, then each non-cash tender over what remains of each row, then cash takes
  /// the rest.
  static func tenderMap(
    _ basket: PricedBasket, vouchers: [PlacedVoucher] = [], nonCash: [Tender]
  ) -> [[Int64]] {
    var remaining: [Int64] = []
    for line in basket.lines {
      remaining.append(line.netFen)
    }
    remaining.append(basket.giftFen)

    var cells = [[Int64]](repeating: [], count: remaining.count)
    for voucher in vouchers {
      for row in remaining.indices {
        let paidFen = row < voucher.lineFen.count ? voucher.lineFen[row] : 0
        cells[row].append(paidFen)
        remaining[row] -= paidFen
      }
    }
    for tender in nonCash {
      let shares = allocate(tender.amountFen, weights: remaining)
      for row in remaining.indices {
        cells[row].append(shares[row])
        remaining[row] -= shares[row]
      }
    }
    for row in remaining.indices {
      cells[row].append(remaining[row])
    }
    return cells
  }
}
