import FoundationEssentials
import POS

/// What movements come to, by station and product.
struct StockSums: Sendable {
  /// Of one product at one station.
  struct Key: Hashable, Sendable {
    let stationID: UUID
    let productID: UUID
  }

  private(set) var counts: [Key: Int64] = [:]

  /// Adds what a record moved.
  mutating func add(_ movements: [FoundMovement], at stationID: StationID) {
    for movement in movements {
      guard let productID = movement.productID, let count = movement.count else { continue }
      counts[Key(stationID: stationID.uuid, productID: productID), default: 0] &+= count
    }
  }

  /// Adds the sums of a stretch.
  mutating func add(_ other: StockSums) { counts.merge(other.counts, uniquingKeysWith: &+) }
}
