/// The notes and coins of a drawer, counted by denomination.
public struct CashCount: Equatable, Sendable {
  /// One denomination and how many of it.
  public struct Row: Equatable, Sendable {
    public let denominationFen: Int64
    public let count: Int64

    public init(denominationFen: Int64, count: Int64) {
      self.denominationFen = denominationFen
      self.count = count
    }
  }

  /// The notes and coins of the renminbi in circulation, largest first.
  public static let denominationsFen: [Int64] = [
    10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
  ]
  /// More of one denomination than a drawer holds.
  public static let mostPieces: Int64 = 99_999

  /// As counted, each denomination at most once.
  public let rows: [Row]

  /// `nil` if a denomination is unknown or repeated, or a number out of range.
  public init?(_ rows: [Row]) {
    let known = rows.allSatisfy {
      Self.denominationsFen.contains($0.denominationFen) && (0...Self.mostPieces) ~= $0.count
    }
    guard known, Set(rows.map(\.denominationFen)).count == rows.count else { return nil }
    self.rows = rows
  }

  /// The money counted.
  public var total: Money {
    rows.lazy.map { Money(fen: $0.denominationFen).times($0.count) }.total
  }

  /// `[{"denominationFen":10000,"count":3},…]`
  public var json: JSON {
    .array(
      rows.map {
        .members(["denominationFen": .integer($0.denominationFen), "count": .integer($0.count)])
      })
  }

  /// Reads what `json` wrote.
  public init?(json: JSON?) {
    guard let elements = json?.arrayValue else { return nil }
    var rows: [Row] = []
    for element in elements {
      guard let fen = element["denominationFen"]?.integerValue,
        let count = element["count"]?.integerValue
      else { return nil }
      rows.append(Row(denominationFen: fen, count: count))
    }
    self.init(rows)
  }
}
