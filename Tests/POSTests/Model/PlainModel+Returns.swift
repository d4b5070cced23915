extension PlainModel {
  /// Units or grams of one line, as the line was sold.
  struct ReturnPart: Sendable, Equatable {
    var line: Int
    var quantity: Int64
  }

  struct ReturnRequest: Sendable, Equatable {
    var parts: [ReturnPart]
    var includesGift = false
  }

  /// In the order of the checks: all parts in their order, then the gift.
  enum ReturnRefusal: Error, Equatable {
    case nothingAsked
    case unknownLine(Int)
    case quantityNotPositive(line: Int)
    case moreThanLeft(line: Int, asked: Int64, left: Int64)
    case giftNotLeft
  }

  /// One return that was made. Amounts are not below zero, except those that say so.
  struct Return: Sendable, Equatable {
    /// By line of the sale, zero for lines not in this return.
    var refundFen: [Int64]
    var concessionFen: [Int64]
    /// The share of the manager's adjustment, with the sign it had in the sale.
    var adjustmentFen: [Int64]
    /// By line and coupon of the line: what is taken off no more.
    var couponFen: [[Int64]] = []
    var pledgeMicroYuan: [Int64]
    var giftFen: Int64
    /// What this return takes out of the cells of the sale, same rows and columns.
    var cells: [[Int64]]
    /// All that comes back for goods and gift, before cash rounding.
    var refundTotalFen: Int64
    var pledgeTotalMicroYuan: Int64
    /// By voucher of the sale.
    var voucherBackFen: [Int64] = []
    /// By voucher of the sale: what is forfeited no more.
    var forfeitBackFen: [Int64] = []
    /// Coupons that can be used again.
    var couponsBack: [Int] = []
    /// By non-cash tender of the sale.
    var nonCashBackFen: [Int64]
    /// The cash cells of this return.
    var cashPartFen: Int64
    /// The coins handed over.
    var cashBackFen: Int64
    /// Cash back less cash part, of either sign.
    var cashRoundingFen: Int64
  }

  /// All that earlier returns of one sale have taken.
  struct ReturnBook: Sendable, Equatable {
    var quantity: [Int64]
    var refundFen: [Int64]
    var concessionFen: [Int64]
    var adjustmentFen: [Int64]
    var couponFen: [[Int64]]
    var giftIsReturned = false
    var cellsLeft: [[Int64]]
    var cashPartFen: Int64 = 0
    var cashBackFen: Int64 = 0

    init(_ sale: Sale) {
      let zeros = [Int64](repeating: 0, count: sale.basket.lines.count)
      quantity = zeros
      refundFen = zeros
      concessionFen = zeros
      adjustmentFen = zeros
      couponFen = sale.basket.lines.map { [Int64](repeating: 0, count: $0.coupons.count) }
      cellsLeft = sale.payment.cells
    }
  }

  /// Each request in turn; a refused one takes nothing.
  static func returns(
    of sale: Sale, requests: [ReturnRequest]
  ) -> [Result<Return, ReturnRefusal>] {
    var book = ReturnBook(sale)
    var outcomes: [Result<Return, ReturnRefusal>] = []
    for request in requests {
      outcomes.append(takeReturn(request, of: sale, book: &book))
    }
    return outcomes
  }

  static func takeReturn(
    _ request: ReturnRequest, of sale: Sale, book: inout ReturnBook
  ) -> Result<Return, ReturnRefusal> {
    if let refusal = refusal(of: request, sale: sale, book: book) {
      return .failure(refusal)
    }
    var result = emptyReturn(of: sale)
    for part in request.parts {
      take(part, of: sale, book: &book, result: &result)
    }
    if request.includesGift {
      takeGift(of: sale, book: &book, result: &result)
    }
    let vouchers = sale.payment.vouchers.count
    for row in result.cells {
      for column in 0..<vouchers {
        result.voucherBackFen[column] += row[column]
      }
      for column in sale.payment.nonCash.indices {
        result.nonCashBackFen[column] += row[vouchers + column]
      }
      result.cashPartFen += row[vouchers + sale.payment.nonCash.count]
    }
    payCashBack(of: sale, book: &book, result: &result)
    giveRightsBack(request, of: sale, book: book, result: &result)
    return .success(result)
  }

  private static func refusal(
    of request: ReturnRequest, sale: Sale, book: ReturnBook
  ) -> ReturnRefusal? {
    if request.parts.isEmpty && !request.includesGift {
      return .nothingAsked
    }
    var taken = book.quantity
    for part in request.parts {
      if !sale.basket.lines.indices.contains(part.line) {
        return .unknownLine(part.line)
      }
      if part.quantity <= 0 {
        return .quantityNotPositive(line: part.line)
      }
      let left = sale.basket.lines[part.line].quantity.count - taken[part.line]
      if part.quantity > left {
        return .moreThanLeft(line: part.line, asked: part.quantity, left: left)
      }
      taken[part.line] += part.quantity
    }
    if request.includesGift && (book.giftIsReturned || sale.basket.giftFen == 0) {
      return .giftNotLeft
    }
    return nil
  }

  private static func emptyReturn(of sale: Sale) -> Return {
    let zeros = [Int64](repeating: 0, count: sale.basket.lines.count)
    let vouchers = sale.payment.vouchers.count
    let noCells = [Int64](repeating: 0, count: vouchers + sale.payment.nonCash.count + 1)
    return Return(
      refundFen: zeros,
      concessionFen: zeros,
      adjustmentFen: zeros,
      couponFen: sale.basket.lines.map { [Int64](repeating: 0, count: $0.coupons.count) },
      pledgeMicroYuan: zeros,
      giftFen: 0,
      cells: [[Int64]](repeating: noCells, count: sale.payment.cells.count),
      refundTotalFen: 0,
      pledgeTotalMicroYuan: 0,
      voucherBackFen: [Int64](repeating: 0, count: vouchers),
      forfeitBackFen: [Int64](repeating: 0, count: vouchers),
      nonCashBackFen: [Int64](repeating: 0, count: sale.payment.nonCash.count),
      cashPartFen: 0,
      cashBackFen: 0,
      cashRoundingFen: 0)
  }

  private static func take(
    _ part: ReturnPart, of sale: Sale, book: inout ReturnBook, result: inout Return
  ) {
    let index = part.line
    let line = sale.basket.lines[index]
    let sold = line.quantity.count
    book.quantity[index] += part.quantity
    let first = book.quantity[index]

    let refundFen = share(line.netFen, first: first, of: sold) - book.refundFen[index]
    book.refundFen[index] += refundFen
    result.refundFen[index] += refundFen

    let concessionFen =
      share(line.concessionFen, first: first, of: sold) - book.concessionFen[index]
    book.concessionFen[index] += concessionFen
    result.concessionFen[index] += concessionFen

    let adjustmentFen =
      share(line.adjustmentFen, first: first, of: sold) - book.adjustmentFen[index]
    book.adjustmentFen[index] += adjustmentFen
    result.adjustmentFen[index] += adjustmentFen

    for (place, coupon) in line.coupons.enumerated() {
      let couponFen =
        share(coupon.amountFen, first: first, of: sold) - book.couponFen[index][place]
      book.couponFen[index][place] += couponFen
      result.couponFen[index][place] += couponFen
    }

    let pledgeMicroYuan = refundFen * sale.policy.pledgeBasisPoints
    result.pledgeMicroYuan[index] += pledgeMicroYuan
    result.pledgeTotalMicroYuan += pledgeMicroYuan
    result.refundTotalFen += refundFen
    takeCells(row: index, amountFen: refundFen, book: &book, result: &result)
  }

  /// With the last goods: coupons whose type says so, and what single visits forfeited unless
  /// their type says lost.
  private static func giveRightsBack(
    _ request: ReturnRequest, of sale: Sale, book: ReturnBook, result: inout Return
  ) {
    if request.parts.isEmpty {
      return
    }
    for (index, line) in sale.basket.lines.enumerated()
    where book.quantity[index] < line.quantity.count {
      return
    }
    for (index, voucher) in sale.payment.vouchers.enumerated() where voucher.refund != .lost {
      result.forfeitBackFen[index] = voucher.forfeitedFen
    }
    result.couponsBack = sale.basket.couponsToGiveBack
  }

  private static func takeGift(of sale: Sale, book: inout ReturnBook, result: inout Return) {
    let giftFen = sale.basket.giftFen
    book.giftIsReturned = true
    result.giftFen = giftFen
    result.refundTotalFen += giftFen
    takeCells(row: sale.basket.lines.count, amountFen: giftFen, book: &book, result: &result)
  }

  /// The amount that falls on the first of the quantity sold. An amount below zero falls like
  /// the same amount above zero, so that a mark-up and a mark-down are mirrors.
  static func share(_ amountFen: Int64, first: Int64, of sold: Int64) -> Int64 {
    if amountFen < 0 {
      return -product(-amountFen, first, dividedBy: sold).floor
    }
    return product(amountFen, first, dividedBy: sold).floor
  }

  private static func takeCells(
    row: Int, amountFen: Int64, book: inout ReturnBook, result: inout Return
  ) {
    let shares = allocate(amountFen, weights: book.cellsLeft[row])
    for column in shares.indices {
      book.cellsLeft[row][column] -= shares[column]
      result.cells[row][column] += shares[column]
    }
  }

  private static func payCashBack(of sale: Sale, book: inout ReturnBook, result: inout Return) {
    book.cashPartFen += result.cashPartFen
    let soFarFen = cashBackSoFar(
      cashPartReturnedFen: book.cashPartFen, payment: sale.payment,
      rounding: sale.policy.cashRounding)
    result.cashBackFen = soFarFen - book.cashBackFen
    result.cashRoundingFen = result.cashBackFen - result.cashPartFen
    book.cashBackFen = soFarFen
  }

  static func cashBackSoFar(
    cashPartReturnedFen: Int64, payment: Payment, rounding: CashRounding
  ) -> Int64 {
    if cashPartReturnedFen == payment.cashPartFen {
      return payment.cashKeptFen
    }
    let exactFen = product(
      payment.cashKeptFen, cashPartReturnedFen, dividedBy: payment.cashPartFen
    ).floor
    let coinFen = smallestCoinFen(rounding)
    return min(exactFen / coinFen * coinFen, payment.cashKeptFen)
  }

  static func smallestCoinFen(_ rounding: CashRounding) -> Int64 {
    switch rounding {
    case .none: 1
    case .downToJiao, .nearestJiao: 10
    case .downToYuan: 100
    }
  }
}
