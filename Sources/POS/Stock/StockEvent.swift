/// Goods that come or go otherwise than over the counter: deliveries, goods sent back, write-offs
/// and stocktakes.
///
/// Invariants:
/// 1. A stock level is the sum of its movements: those of sales, returns and stock events.
/// 2. A stocktake moves the difference between what was counted and what the books had, both on
///    record.
/// 3. Only goods bought from a supplier have a cost, and its entry sums to zero.
public struct StockEvent: Equatable, Sendable {
  public let id: StockEventID
  public let stationID: StationID
  public let userID: UserID
  public let change: StockChange
  /// 1…200, no product twice.
  public let lines: [StockLine]

  public init(
    id: StockEventID, stationID: StationID, userID: UserID, change: StockChange,
    lines: [StockLine]
  ) {
    self.id = id
    self.stationID = stationID
    self.userID = userID
    self.change = change
    self.lines = lines
  }

  /// By how much the event moves the stock of each line, in pieces or grams.
  public var movements: [(productID: ProductID, count: Int64)] {
    lines.map { line in
      let count = line.quantity.count
      return switch change {
      case .delivered: (line.productID, count)
      case .sentBack, .writtenOff: (line.productID, -count)
      case .counted: (line.productID, count - (line.before ?? 0))
      }
    }
  }

  /// What the goods of all lines cost.
  public var cost: Money { lines.lazy.compactMap(\.cost).total }

  /// The entry of bought goods: a cost of the station, owed to suppliers.
  public var entry: Entry {
    switch change {
    case .delivered: entry(of: cost)
    case .sentBack: entry(of: -cost)
    case .writtenOff, .counted: entry(of: .zero)
    }
  }

  private func entry(of cost: Money) -> Entry {
    Entry([Posting(.purchases, cost.microYuan), Posting(.suppliers, -cost.microYuan)])
  }
}

/// One product of a stock event.
public struct StockLine: Equatable, Sendable {
  public let productID: ProductID
  /// What came, went, or was counted.
  public let quantity: Quantity
  /// What the whole line cost; `nil` for goods that were not bought.
  public let cost: Money?
  /// The day up to which the goods are good, that day included.
  public let bestBefore: BusinessDate?
  /// What the books had before a stocktake; `nil` for other events.
  public let before: Int64?

  public init(
    productID: ProductID, quantity: Quantity, cost: Money? = nil, bestBefore: BusinessDate? = nil,
    before: Int64? = nil
  ) {
    self.productID = productID
    self.quantity = quantity
    self.cost = cost
    self.bestBefore = bestBefore
    self.before = before
  }
}

/// What happens to the goods of a stock event.
public enum StockChange: Equatable, Sendable {
  /// Brought by a supplier (with a cost) or a donor.
  case delivered(by: PartnerID)
  /// Given back to the supplier.
  case sentBack(to: PartnerID)
  /// Thrown away or used up.
  case writtenOff(WriteOffReason)
  /// A stocktake: the goods were counted.
  case counted

  /// The kind of its journal record.
  public var kind: JournalKind {
    switch self {
    case .delivered: .stockDelivered
    case .sentBack: .stockSentBack
    case .writtenOff: .stockWrittenOff
    case .counted: .stockCounted
    }
  }
}

/// Why goods are written off: a code, never free text.
public enum WriteOffReason: String, CaseIterable, Sendable {
  case expired
  case damaged
  case spoiled
  case lost
  case ownUse

  /// The reason in Chinese.
  public var name: String {
    switch self {
    case .expired: "过期"
    case .damaged: "破损"
    case .spoiled: "变质"
    case .lost: "丢失"
    case .ownUse: "自用"
    }
  }

  /// The reason in English.
  public var nameEn: String {
    switch self {
    case .expired: "expired"
    case .damaged: "damaged"
    case .spoiled: "spoiled"
    case .lost: "lost"
    case .ownUse: "used by the station"
    }
  }
}

/// Who brings goods: a business or organisation, never a private person by name.
public struct Partner: Equatable, Sendable {
  /// What a partner is to the station.
  public enum Kind: String, CaseIterable, Sendable {
    /// Sells goods to the station (供应商).
    case supplier
    /// Gives goods (捐赠单位).
    case donor
  }

  public let id: PartnerID
  public let stationID: StationID
  public let kind: Kind
  public let name: String

  public init(id: PartnerID, stationID: StationID, kind: Kind, name: String) {
    self.id = id
    self.stationID = stationID
    self.kind = kind
    self.name = name
  }
}
