/// Which voucher pays how much of which line (RULES 3). The answer does not depend on the order in
/// which vouchers were scanned.
struct VoucherPlacing {
  private let lines: [LineItem]
  private let classes: CategoryClasses
  /// By category: whether policy denies it to all relief money.
  private let isDenied: [Bool]
  private let moment: Moment

  init(_ lines: [LineItem], policy: CharityPolicy, at moment: Moment) {
    self.lines = lines
    self.moment = moment
    classes = CategoryClasses(lines)
    isDenied = classes.categories.map { policy.reliefDenied.contains($0.text, $0.key) }
  }

  /// What becomes of vouchers, in the order in which they are placed: expiry, net of the eligible
  /// goods, code. Of a voucher shown twice the first counts.
  func placements(of offers: [VoucherOffer]) -> [VoucherPlacement] {
    let candidates = inOrder(offers)
    let usable = candidates.filter { $0.refusal == nil }
    let nets = lines.map(\.net.fen)
    var payers = nets.map { _ in 0 }
    var singles = 0
    for (index, candidate) in usable.enumerated() {
      if candidate.offer.terms.kind == .singleUse { singles |= 1 << index }
      for line in nets.indices where candidate.reasons[classes.ofLine[line]] == nil {
        payers[line] |= 1 << index
      }
    }
    let flow = VoucherFlow(worths: usable.map(\.available.fen), nets: nets, payers: payers)
    let cells = flow.cells(of: flow.amounts(singles: singles))
    var left = nets
    for row in cells { for (line, paid) in row.enumerated() { left[line] -= paid } }
    var placed = cells.makeIterator()
    return candidates.map { candidate in
      let row = candidate.refusal == nil ? placed.next() : nil
      return candidate.placement(cells: row ?? nets.map { _ in 0 }, left: left, classes)
    }
  }

  private func inOrder(_ offers: [VoucherOffer]) -> [Candidate] {
    var known: Set<VoucherID> = []
    return offers.filter { known.insert($0.id).inserted }.map(candidate).sorted { one, other in
      let (a, b) = (one.offer, other.offer)
      if a.expiry != b.expiry { return a.expiry < b.expiry }
      if one.eligible != other.eligible { return one.eligible < other.eligible }
      return a.codeOrder != b.codeOrder ? a.codeOrder < b.codeOrder : a.id.text < b.id.text
    }
  }

  private func candidate(_ offer: VoucherOffer) -> Candidate {
    let reasons = classes.categories.indices.map { reason($0, goods: offer.terms.goods) }
    var eligible = Money.zero
    for line in lines.indices where reasons[classes.ofLine[line]] == nil {
      eligible += lines[line].net
    }
    return Candidate(
      offer: offer, reasons: reasons, eligible: eligible,
      refusal: refusal(of: offer, eligible: eligible))
  }

  /// Why a voucher for these goods may not pay a category.
  private func reason(_ index: Int, goods: GoodsSet) -> UncoveredReason? {
    if isDenied[index] { return .deniedToRelief }
    let category = classes.categories[index]
    switch goods.refusal(of: category.text, category.key) {
    case .denied: return .categoryDenied
    case .notAllowed: return .categoryNotAllowed
    case nil: return nil
    }
  }

  private func refusal(of offer: VoucherOffer, eligible: Money) -> VoucherRefusal? {
    if !offer.isWithHolder { return .notWithHolder }
    let window = offer.terms.window.narrowed(from: offer.validFrom, until: offer.expiry)
    if let refusal = window.refusal(at: moment) { return VoucherRefusal(refusal) }
    if offer.state == .spent || offer.worth <= .zero { return .spent }
    if offer.state == .blocked { return .blocked }
    if let cap = offer.terms.dailyCap, offer.spentToday >= cap {
      return .dailyCapReached(cap: cap)
    }
    return eligible > .zero ? nil : .noEligibleGoods
  }
}

/// A voucher on its way to its place.
private struct Candidate {
  let offer: VoucherOffer
  /// By category: why it may not pay it.
  let reasons: [UncoveredReason?]
  /// The net of the goods it may pay.
  let eligible: Money
  let refusal: VoucherRefusal?

  /// What it can pay on this day.
  var available: Money {
    offer.terms.dailyCap.map { min(offer.worth, $0 - offer.spentToday) } ?? offer.worth
  }

  /// - Parameter left: by line, what no voucher pays.
  func placement(
    cells: [Int64], left: [Int64], _ classes: CategoryClasses
  ) -> VoucherPlacement {
    var uncovered: [UncoveredLine] = []
    if refusal == nil {
      for line in left.indices where left[line] > 0 {
        let usedUp: UncoveredReason = available < offer.worth ? .dailyCapReached : .worthUsed
        let reason = reasons[classes.ofLine[line]] ?? usedUp
        uncovered.append(UncoveredLine(line: line, reason: reason))
      }
    }
    return VoucherPlacement(
      offer: offer, cells: cells.map(Money.init(fen:)), refusal: refusal, uncovered: uncovered)
  }
}

extension VoucherRefusal {
  fileprivate init(_ refusal: WindowRefusal) {
    self =
      switch refusal {
      case .notYetValid(let from): .notYetValid(from: from)
      case .expired(let until): .expired(until: until)
      case .weekday: .notOnThisWeekday
      case .hour: .notAtThisHour
      case .station: .notAtThisStation
      }
  }
}
