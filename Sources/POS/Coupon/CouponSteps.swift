/// From priced lines to lines after coupons, one coupon after the other (RULES 2.4, 2.5).
struct CouponSteps {
  private(set) var lines: [LineItem]
  /// What became of each coupon, in the order they were tried.
  private(set) var outcomes: [CouponOutcome] = []
  private let offers: [CouponOffer]
  private let pledgeRate: BasisPoints
  private let moment: Moment
  private let classes: CategoryClasses?
  private var groups: [String] = []

  /// Tries coupons on lines; of a coupon shown twice the first counts.
  init(
    _ offers: [CouponOffer], on lines: consuming [LineItem], pledgeRate: BasisPoints,
    at moment: Moment
  ) {
    self.offers = offers
    self.pledgeRate = pledgeRate
    self.moment = moment
    self.lines = lines
    classes = offers.isEmpty ? nil : CategoryClasses(self.lines)
    outcomes.reserveCapacity(offers.count)
    for index in Self.inOrder(offers) { apply(index) }
  }

  /// The places of coupons in the order they are tried: member percentages first, then amounts; each
  /// by priority, then code. They are few, so each is put in its place.
  private static func inOrder(_ offers: [CouponOffer]) -> [Int] {
    var order: [Int] = []
    order.reserveCapacity(offers.count)
    for index in offers.indices {
      if order.contains(where: { offers[$0].terms.id == offers[index].terms.id }) { continue }
      let place = order.firstIndex { offers[index].terms.isBefore(offers[$0].terms) }
      order.insert(index, at: place ?? order.count)
    }
    return order
  }

  private mutating func apply(_ index: Int) {
    var amount = Money.zero
    var refused = refusal(of: index)
    if refused == nil {
      do throws(NotApplied) {
        let (goods, shares) = try shares(of: index)
        let (source, payer) = (offers[index].terms.source, offers[index].terms.payer)
        for (line, share) in zip(goods, shares) where share != .zero {
          lines[line].adjust(
            by: Adjustment(source: source, payer: payer, amount: -share),
            pledgeRate: pledgeRate, upTo: offers.count)
          amount += share
        }
        if let group = offers[index].terms.stackGroup { groups.append(group) }
      } catch { refused = error.refusal }
    }
    outcomes.append(CouponOutcome(of: index, in: offers, amount: amount, refusal: refused))
  }

  /// What does not depend on the goods.
  private func refusal(of index: Int) -> CouponRefusal? {
    if offers[index].isEnded { return .ended }
    if !isHolder(index) { return .memberNeeded }
    if let refusal = offers[index].terms.window.refusal(at: moment) {
      return CouponRefusal(refusal)
    }
    if let limit = offers[index].terms.usesInAll, offers[index].usesInAll >= limit {
      return .usedUp
    }
    if let limit = offers[index].terms.usesPerPerson, offers[index].usesByMember >= limit {
      return .usedUpByMember
    }
    guard let group = offers[index].terms.stackGroup, groups.contains(group) else { return nil }
    return .groupTaken(group)
  }

  /// A limit for each person needs to know who it is.
  private func isHolder(_ index: Int) -> Bool {
    switch offers[index].terms.holder {
    case .anyone: offers[index].terms.usesPerPerson == nil || moment.memberID != nil
    case .members: moment.memberID != nil
    case .member(let id): moment.memberID == id
    }
  }

  /// The lines of the coupon's goods, and what each gets off, zero or above.
  private func shares(
    of index: Int
  ) throws(NotApplied) -> (goods: [Int], shares: [Money]) {
    let goods = classes?.lines(in: offers[index].terms.goods) ?? []
    guard !goods.isEmpty else { throw NotApplied(refusal: .noEligibleGoods) }
    let nets = goods.map { lines[$0].net.fen }
    let spent = Money(fen: nets.reduce(0, +))
    let minimum = offers[index].terms.minimumSpend
    guard spent >= minimum else {
      throw NotApplied(refusal: .belowMinimumSpend(needed: minimum, spent: spent))
    }
    let shares: [Money]
    switch offers[index].terms.kind {
    case .memberPercent(let off):
      shares = nets.map { Money(fen: $0) - Money(fen: $0).rated(off.complement, .halfUp) }
    case .amountOff(let amount): shares = min(amount, spent).allocated(by: nets)
    }
    guard shares.contains(where: { $0 != .zero }) else { throw NotApplied(refusal: .nothingOff) }
    return (goods, shares)
  }

  private struct NotApplied: Error {
    let refusal: CouponRefusal
  }
}

extension CouponTerms {
  /// Whether it is tried before another.
  fileprivate func isBefore(_ other: borrowing CouponTerms) -> Bool {
    if kind.step != other.kind.step { return kind.step < other.kind.step }
    if priority != other.priority { return priority < other.priority }
    return code != other.code ? code < other.code : id.text < other.id.text
  }
}

extension CouponKind {
  /// Its place among the kinds.
  fileprivate var step: Int {
    switch self {
    case .memberPercent: 0
    case .amountOff: 1
    }
  }
}

extension CouponRefusal {
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
