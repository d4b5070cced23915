/// The business rules computed a second time, in the plainest way, to check the real code against.
///
/// Amounts are whole fen in `Int64`, ledger amounts are micro-yuan (1 fen = 10,000 µ¥). Covered:
/// the price of a basket, coupons, vouchers, the paying, the line × tender map, returns, and the
/// postings of sales and returns.
enum PlainModel {
  static let microYuanPerFen: Int64 = 10_000

  // MARK: Policy

  enum ConcessionDestination: Sendable, Equatable, CaseIterable {
    case toShopper
    case toReliefFund
  }

  enum CashRounding: Sendable, Equatable, CaseIterable {
    case none
    case downToJiao
    case downToYuan
    case nearestJiao
  }

  struct Policy: Sendable, Equatable {
    var concessionBasisPoints: Int64 = 2_000
    var pledgeBasisPoints: Int64 = 200
    var concessionDestination: ConcessionDestination = .toShopper
    var cashRounding: CashRounding = .none
  }

  // MARK: Basket

  /// Units of counted goods, at a price per unit, or grams of weighed goods, at a price per kg.
  enum Quantity: Sendable, Equatable {
    case units(Int64)
    case grams(Int64)

    /// The bare number, units or grams.
    var count: Int64 {
      switch self {
      case .units(let units): units
      case .grams(let grams): grams
      }
    }
  }

  struct Line: Sendable, Equatable {
    /// Per unit or per kilogram.
    var listPriceFen: Int64
    var quantity: Quantity
    /// The manager's price, per unit or per kilogram.
    var overridePriceFen: Int64? = nil
    var category = "粮油"
  }

  enum Gift: Sendable, Equatable {
    case none
    case amount(Int64)
    case roundUpToYuan
  }

  struct PricedLine: Sendable, Equatable {
    var quantity: Quantity
    var stationPriceFen: Int64
    var listAmountFen: Int64
    var stationAmountFen: Int64
    /// List amount less station amount, whoever gets it.
    var concessionFen: Int64
    /// What the manager's price adds to the amount (below zero: takes off). Zero without one.
    var adjustmentFen: Int64
    var netFen: Int64
    var pledgeMicroYuan: Int64
    var category = "粮油"
    /// In the order they were taken off.
    var coupons: [CouponShare] = []
  }

  struct PricedBasket: Sendable, Equatable {
    var lines: [PricedLine]
    var giftFen: Int64
    var listTotalFen: Int64
    var stationTotalFen: Int64
    var concessionTotalFen: Int64
    var netTotalFen: Int64
    var pledgeTotalMicroYuan: Int64
    /// Nets and gift.
    var dueFen: Int64
    /// Coupons that applied and can be used again when all goods come back.
    var couponsToGiveBack: [Int] = []
  }

  // MARK: Paying

  /// A payment that is not cash.
  struct Tender: Sendable, Equatable {
    /// Also the name of its ledger account.
    var kind: String
    var amountFen: Int64
  }

  /// In the order of the checks.
  enum PaymentRefusal: Error, Equatable {
    case nonCashExceedsDue(givenFen: Int64, dueFen: Int64)
    case notEnough(neededFen: Int64, givenFen: Int64)
  }

  struct Payment: Sendable, Equatable {
    var nonCash: [Tender]
    /// What cash has to pay, before rounding.
    var cashPartFen: Int64
    /// What stays in the drawer, after rounding and change.
    var cashKeptFen: Int64
    /// Kept less part: below zero when rounded down.
    var cashRoundingFen: Int64
    var changeFen: Int64
    /// A row for every line, then one for the gift (also when there is none). A column for every
    /// voucher that pays, in the order of placement, then one for every non-cash tender in the order
    /// given, then one for cash (also when there is none). The cash column adds up to the cash part.
    var cells: [[Int64]]
    var vouchers: [PlacedVoucher] = []
  }

  struct Sale: Sendable, Equatable {
    var policy: Policy
    var basket: PricedBasket
    var payment: Payment
  }

  // MARK: Arithmetic

  /// The floor and remainder of `a × b ÷ c`, none below zero, `c` above zero, with a wide product.
  static func product(_ a: Int64, _ b: Int64, dividedBy c: Int64) -> (floor: Int64, rest: Int64) {
    precondition(a >= 0 && b >= 0 && c > 0, "the model divides only amounts not below zero")
    let result = c.dividingFullWidth(a.multipliedFullWidth(by: b))
    return (result.quotient, result.remainder)
  }

  /// Shares of an amount by weight: floors first, then one fen each to the largest remainders,
  /// of equal remainders to the earlier one.
  static func allocate(_ amountFen: Int64, weights: [Int64]) -> [Int64] {
    var shares = [Int64](repeating: 0, count: weights.count)
    if amountFen == 0 {
      return shares
    }
    var weightTotal: Int64 = 0
    for weight in weights {
      weightTotal += weight
    }
    precondition(weightTotal > 0, "an amount needs a weight to fall on")

    var rests = [Int64](repeating: 0, count: weights.count)
    var left = amountFen
    for index in weights.indices {
      let share = product(amountFen, weights[index], dividedBy: weightTotal)
      shares[index] = share.floor
      rests[index] = share.rest
      left -= share.floor
    }
    while left > 0 {
      var largest = 0
      for index in rests.indices where rests[index] > rests[largest] {
        largest = index
      }
      shares[largest] += 1
      rests[largest] = -1
      left -= 1
    }
    return shares
  }
}
