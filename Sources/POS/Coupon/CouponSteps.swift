/// From priced lines to lines after coupons, one coupon after the other (RULES 2.4, 2.5).
struct CouponSteps {
  private(set) var lines: [LineItem]
  /// What became of each coupon, in the order they were tried.
  private(set) var outcomes: [CouponOutcome] = []
  private let policy: CharityPolicy
  private let moment: Moment
  private let classes: CategoryClasses
  private var groups: [String] = []

  /// Tries coupons on lines; of a coupon shown twice the first counts.
  init(
    _ offers: [CouponOffer], on lines: [LineItem], policy: CharityPolicy, at moment: Moment
  ) {
    self.lines = lines
    self.policy = policy
    self.moment = moment
    classes = CategoryClasses(lines)
    outcomes.reserveCapacity(offers.count)
    for offer in Self.inOrder(offers) { apply(offer) }
  }

  /// Member percentages first, then amounts; each by priority, then code.
  private static func inOrder(_ offers: [CouponOffer]) -> [CouponOffer] {
    guard offers.count > 1 else { return offers }
    var known: Set<CouponID> = []
    return offers.filter { known.insert($0.terms.id).inserted }.sorted { one, other in
      let (a, b) = (one.terms, other.terms)
      if a.kind.step != b.kind.step { return a.kind.step < b.kind.step }
      if a.priority != b.priority { return a.priority < b.priority }
      return a.code != b.code ? a.code < b.code : a.id.text < b.id.text
    }
  }

  private mutating func apply(_ offer: CouponOffer) {
    let terms = offer.terms
    do throws(NotApplied) {
      if let refusal = refusal(of: offer) { throw NotApplied(refusal: refusal) }
      let (goods, shares) = try shares(of: terms)
      let source = AdjustmentSource.coupon(terms.id.text)
      for (line, share) in zip(goods, shares) where share != .zero {
        lines[line].adjust(
          by: Adjustment(source: source, payer: terms.payer, amount: -share), policy: policy)
      }
      if let group = terms.stackGroup { groups.append(group) }
      outcomes.append(CouponOutcome(terms: terms, amount: shares.total, refusal: nil))
    } catch {
      outcomes.append(CouponOutcome(terms: terms, amount: .zero, refusal: error.refusal))
    }
  }

  /// What does not depend on the goods.
  private func refusal(of offer: CouponOffer) -> CouponRefusal? {
    let terms = offer.terms
    if offer.isEnded { return .ended }
    if !isHolder(terms) { return .memberNeeded }
    if let refusal = terms.window.refusal(at: moment) { return CouponRefusal(refusal) }
    if let limit = terms.usesInAll, offer.usesInAll >= limit { return .usedUp }
    if let limit = terms.usesPerPerson, offer.usesByMember >= limit { return .usedUpByMember }
    if let group = terms.stackGroup, groups.contains(group) { return .groupTaken(group) }
    return nil
  }

  /// A limit for each person needs to know who it is.
  private func isHolder(_ terms: CouponTerms) -> Bool {
    switch terms.holder {
    case .anyone: terms.usesPerPerson == nil || moment.memberID != nil
    case .members: moment.memberID != nil
    case .member(let id): moment.memberID == id
    }
  }

  /// The lines of the coupon's goods, and what each gets off, zero or above.
  private func shares(
    of terms: CouponTerms
  ) throws(NotApplied) -> (goods: [Int], shares: [Money]) {
    let goods = classes.lines(in: terms.goods)
    guard !goods.isEmpty else { throw NotApplied(refusal: .noEligibleGoods) }
    let nets = goods.map { lines[$0].net.fen }
    let spent = Money(fen: nets.reduce(0, +))
    guard spent >= terms.minimumSpend else {
      throw NotApplied(refusal: .belowMinimumSpend(needed: terms.minimumSpend, spent: spent))
    }
    let shares: [Money]
    switch terms.kind {
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
