/// What is left of a sale after its earlier returns; the only place where a return is made.
///
/// The rule (RULES 4): for the first k of q units, `floor(net × k / q)` less what earlier returns
/// paid, so that parts of a return pay the same in all as one; each refund is allocated over what
/// is left in the line's tender cells; cash follows `floor(kept × part returned / part)` down to
/// the smallest coin, and the last return takes the rest. A voucher's share goes where its type says,
/// never to cash. Corrected tenders pay back as what they
/// were corrected to.
public struct ReturnBook: Sendable {
  public let sale: Sale
  private let policy: CharityPolicy
  /// Code payments and cash, which come after the vouchers in the map.
  private let columns: [TenderColumn]
  /// By line: pieces or grams that came back.
  private var returned: [Int64]
  /// By map row: what each tender still holds.
  private var cellsLeft: [[Money]]
  /// By column of the map: the part of the bill that came back.
  private var partsReturned: [Money]
  private var isGiftReturned = false
  private var refunded = Money.zero

  /// The book of a sale, its policy, its corrections and all its returns so far in their order.
  public init(
    _ sale: Sale, policy: CharityPolicy, corrections: [TenderCorrection] = [],
    earlier: [SaleReturn]
  ) {
    precondition(policy.id == sale.policyID, "a return uses the policy of its sale")
    self.sale = sale
    self.policy = policy
    returned = sale.lines.map { _ in 0 }
    cellsLeft = sale.map.cells
    columns = PaidTenders(sale, corrections: corrections).columns
    partsReturned = (sale.vouchers.map(\.paid) + columns.map(\.part)).map { _ in .zero }
    for one in earlier { note(one) }
  }

  /// What is left of a line, and what returning all of it would pay.
  public func left(ofLine index: Int) -> (quantity: Quantity, refund: Money) {
    let line = sale.lines[index]
    let count = line.quantity.count - returned[index]
    return (line.quantity.with(count: count), share(of: line.net, line: index, taking: count))
  }

  /// Whether the shopper's gift can still be given back.
  public var isGiftLeft: Bool { sale.gift != nil && !isGiftReturned }

  /// The return that a request comes to, or why there is none; nothing is noted here.
  ///
  /// - Parameter lastClosed: the last business day that is closed: nothing enters it any more.
  public func quote(
    _ request: ReturnRequest, id: SaleID, at context: TillContext,
    lastClosed: BusinessDate? = nil
  ) throws(ReturnRefusal) -> SaleReturn {
    guard !request.parts.isEmpty || request.includesGift else { throw .nothingAsked }
    try check(request.parts)
    guard !request.includesGift || isGiftLeft else { throw .noGiftLeft }
    let lines = request.parts.map(returnedLine)
    let gift = request.includesGift ? returnedGift : nil
    let rows = lines.map(\.cells) + (gift.map { [$0.cells] } ?? [])
    let refunds = refunds(of: rows)
    let isLast = !lines.isEmpty && isAllReturned(with: request.parts)
    return SaleReturn(
      id: id, originalID: sale.id, context: context,
      businessDate: .openDay(
        atMs: context.atMs, cutMinutes: policy.dayCutMinutes, lastClosed: lastClosed),
      policyID: policy.id, reason: request.reason, lines: lines, gift: gift,
      cashBack: refunds.lazy.filter { $0.kind == .cash }.map(\.amount).total,
      correctedRefunds: columns == sale.tenderColumns ? nil : refunds,
      vouchers: voucherRefunds(of: rows, isLast: isLast),
      couponsBack: isLast ? sale.coupons.filter(\.returnsOnFullReturn).map(\.id) : [])
  }

  /// Whether no goods of the sale are left after these.
  private func isAllReturned(with parts: [ReturnRequest.Part]) -> Bool {
    var counts = returned
    for part in parts { counts[part.line] += part.quantity.count }
    return counts == sale.lines.map(\.quantity.count)
  }

  /// What comes back of each voucher, and where it goes.
  private func voucherRefunds(of rows: [[Money]], isLast: Bool) -> [VoucherRefund] {
    sale.vouchers.enumerated().compactMap { column, voucher in
      let amount = rows.lazy.map { $0[column] }.total
      let forfeitBack =
        isLast && voucher.refundPolicy != .lost ? voucher.forfeited : .zero
      guard amount > .zero || forfeitBack > .zero else { return nil }
      return VoucherRefund(
        id: voucher.id, programmeID: voucher.programmeID, amount: amount,
        destination: voucher.refundPolicy, forfeitBack: forfeitBack)
    }
  }

  /// The acts in a return that a cashier may not do alone: refunds of this sale that together are
  /// over the policy's limit, and any refund of a gift.
  public func managedActs(in one: SaleReturn) -> Set<ManagedAct> {
    var acts: Set<ManagedAct> = []
    if refunded + one.refund > policy.refundLimit { acts.insert(.refund) }
    if one.gift != nil { acts.insert(.giftRefund) }
    return acts
  }

  /// Checks what the cashier saw and may do against the return that was quoted.
  public func check(
    _ one: SaleReturn, seenRefund: Money, allowedActs: Set<ManagedAct>
  ) throws(ReturnRefusal) {
    guard one.refund == seenRefund else {
      throw .refundChanged(refund: one.refund, seen: seenRefund)
    }
    let unapproved = managedActs(in: one).subtracting(allowedActs)
    guard unapproved.isEmpty else { throw .approvalNeeded(unapproved) }
  }

  private func check(_ parts: [ReturnRequest.Part]) throws(ReturnRefusal) {
    var named: Set<Int> = []
    for part in parts {
      guard sale.lines.indices.contains(part.line) else { throw .unknownLine(part.line) }
      guard named.insert(part.line).inserted else { throw .lineNamedTwice(part.line) }
      let sold = sale.lines[part.line].quantity
      guard sold.with(count: part.quantity.count) == part.quantity else {
        throw .wrongKindOfQuantity(line: part.line)
      }
      let left = sold.count - returned[part.line]
      guard (1...max(left, 1)).contains(part.quantity.count), left > 0 else {
        throw .moreThanLeft(line: part.line, asked: part.quantity.count, left: left)
      }
    }
  }

  private func returnedLine(_ part: ReturnRequest.Part) -> ReturnedLine {
    let line = sale.lines[part.line]
    let count = part.quantity.count
    let refund = share(of: line.net, line: part.line, taking: count)
    return ReturnedLine(
      line: part.line, quantity: part.quantity, refund: refund,
      concession: share(of: line.concession, line: part.line, taking: count),
      adjustments: line.adjustments.map { share(of: $0.amount, line: part.line, taking: count) },
      pledge: policy.pledge(on: refund),
      cells: refund.allocated(by: cellsLeft[part.line].map(\.fen)))
  }

  private var returnedGift: ReturnedGift? {
    sale.gift.map {
      ReturnedGift(
        amount: $0.amount, campaign: $0.campaign, cells: cellsLeft[cellsLeft.count - 1])
    }
  }

  /// The share of an amount of a line that the next `count` units bring back.
  private func share(of amount: Money, line: Int, taking count: Int64) -> Money {
    let sold = sale.lines[line].quantity.count
    let before = returned[line]
    let after = Rounding.down.quotient(amount.fen * (before + count), sold)
    return Money(fen: after - Rounding.down.quotient(amount.fen * before, sold))
  }

  /// What each code payment and cash pay back of the rows that come back now.
  private func refunds(of rows: [[Money]]) -> [TenderRefund] {
    columns.enumerated().map { index, column in
      let place = sale.vouchers.count + index
      let before = partsReturned[place]
      let after = before + rows.lazy.map { $0[place] }.total
      return TenderRefund(
        kind: column.kind, reference: column.reference,
        amount: paidBack(by: column, partReturned: after)
          - paidBack(by: column, partReturned: before))
    }
  }

  /// What a column pays back in all when so much of its part has come back: of what was kept, down
  /// to the smallest coin where it is cash; with the last of it, the rest.
  private func paidBack(by column: TenderColumn, partReturned: Money) -> Money {
    if partReturned == column.part { return column.kept }
    let share = column.kept.fraction(partReturned.fen, of: column.part.fen)
    let coin = column.kind == .cash ? policy.cashRounding.smallestCoinFen : 1
    return min(column.kept, Money(fen: Rounding.down.multiple(of: coin, near: share.fen)))
  }

  private mutating func note(_ one: SaleReturn) {
    for line in one.lines {
      returned[line.line] += line.quantity.count
      take(line.cells, fromRow: line.line)
    }
    if let gift = one.gift {
      isGiftReturned = true
      take(gift.cells, fromRow: cellsLeft.count - 1)
    }
    refunded += one.refund
  }

  private mutating func take(_ cells: [Money], fromRow row: Int) {
    for (column, amount) in cells.enumerated() {
      cellsLeft[row][column] -= amount
      partsReturned[column] += amount
      precondition(cellsLeft[row][column] >= .zero, "a tender never returns more than it paid")
    }
  }
}
