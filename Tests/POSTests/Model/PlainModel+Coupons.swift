extension PlainModel {
  /// Where, when and for whom a sale is, in plain numbers.
  struct Occasion: Sendable, Equatable {
    var day: Int
    /// 1 is Monday.
    var weekday: Int
    var minute: Int
    var station: Int
    var member: Int?
  }

  /// Where and when something may be used; nil for no limit.
  struct Window: Sendable, Equatable {
    var firstDay: Int?
    var lastDay: Int?
    var weekdays: Set<Int>?
    /// From a minute, up to but not including another.
    var hours: [Range<Int>]?
    var stations: Set<Int>?
  }

  struct Goods: Sendable, Equatable {
    var allowed: Set<String>?
    var denied: Set<String> = []
  }

  enum CouponKind: Sendable, Equatable {
    case percent(basisPointsOff: Int64)
    case amount(Int64)
  }

  struct Coupon: Sendable, Equatable {
    var id: Int
    var code: String
    var kind: CouponKind
    /// The ledger account of who bears it.
    var payer: String
    var minimumFen: Int64 = 0
    var goods = Goods()
    var window = Window()
    var usesPerPerson: Int?
    var usesInAll: Int?
    var usedByMember = 0
    var usedInAll = 0
    var group: String?
    var priority = 0
    var comesBack = false
  }

  /// What a coupon took off a line.
  struct CouponShare: Sendable, Equatable {
    var coupon: Int
    var payer: String
    /// Above zero.
    var amountFen: Int64
  }

  /// The lines after coupons, and by coupon in the order tried what it took off; zero if it did not
  /// apply.
  static func apply(
    _ coupons: [Coupon], to lines: [PricedLine], policy: Policy, at occasion: Occasion
  ) -> (lines: [PricedLine], taken: [(id: Int, amountFen: Int64)]) {
    var lines = lines
    var taken: [(id: Int, amountFen: Int64)] = []
    var groups: Set<String> = []
    for coupon in inOrder(coupons) {
      let shares = shares(of: coupon, on: lines, groups: groups, at: occasion)
      let amountFen = shares.reduce(0, +)
      taken.append((coupon.id, amountFen))
      if amountFen == 0 {
        continue
      }
      if let group = coupon.group {
        groups.insert(group)
      }
      for index in lines.indices where shares[index] > 0 {
        lines[index].netFen -= shares[index]
        lines[index].pledgeMicroYuan = lines[index].netFen * policy.pledgeBasisPoints
        lines[index].coupons.append(
          CouponShare(coupon: coupon.id, payer: coupon.payer, amountFen: shares[index]))
      }
    }
    return (lines, taken)
  }

  /// Percentages before amounts, then the lower priority number, then code.
  private static func inOrder(_ coupons: [Coupon]) -> [Coupon] {
    coupons.sorted { one, other in
      if isPercent(one) != isPercent(other) {
        return isPercent(one)
      }
      if one.priority != other.priority {
        return one.priority < other.priority
      }
      return one.code < other.code
    }
  }

  private static func isPercent(_ coupon: Coupon) -> Bool {
    if case .percent = coupon.kind { true } else { false }
  }

  /// By line; all zero if the coupon does not apply.
  private static func shares(
    of coupon: Coupon, on lines: [PricedLine], groups: Set<String>, at occasion: Occasion
  ) -> [Int64] {
    let none = [Int64](repeating: 0, count: lines.count)
    if !isOpen(coupon.window, at: occasion) {
      return none
    }
    if let limit = coupon.usesInAll, coupon.usedInAll >= limit {
      return none
    }
    if let limit = coupon.usesPerPerson {
      if occasion.member == nil || coupon.usedByMember >= limit {
        return none
      }
    }
    if let group = coupon.group, groups.contains(group) {
      return none
    }
    var weights = none
    for index in lines.indices where isFor(coupon.goods, lines[index].category) {
      weights[index] = lines[index].netFen
    }
    let spentFen = weights.reduce(0, +)
    if spentFen < coupon.minimumFen || spentFen == 0 {
      return none
    }
    switch coupon.kind {
    case .percent(let off):
      return weights.map { netFen in netFen - (netFen * (10_000 - off) + 5_000) / 10_000 }
    case .amount(let amountFen):
      return allocate(min(amountFen, spentFen), weights: weights)
    }
  }

  static func isFor(_ goods: Goods, _ category: String) -> Bool {
    if goods.denied.contains(category) {
      return false
    }
    guard let allowed = goods.allowed else { return true }
    return allowed.contains(category)
  }

  static func isOpen(_ window: Window, at occasion: Occasion) -> Bool {
    firstClosed(window, at: occasion) == nil
  }

  /// The first part of a window that is closed, in the order of RULES 3.
  static func firstClosed(_ window: Window, at occasion: Occasion) -> String? {
    if let first = window.firstDay, occasion.day < first {
      return "dates"
    }
    if let last = window.lastDay, occasion.day > last {
      return "dates"
    }
    if let weekdays = window.weekdays, !weekdays.contains(occasion.weekday) {
      return "weekday"
    }
    if let hours = window.hours {
      var isOpen = false
      for range in hours where range.lowerBound <= occasion.minute {
        isOpen = isOpen || occasion.minute < range.upperBound
      }
      if !isOpen {
        return "hours"
      }
    }
    if let stations = window.stations, !stations.contains(occasion.station) {
      return "station"
    }
    return nil
  }
}
