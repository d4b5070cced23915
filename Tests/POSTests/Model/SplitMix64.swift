/// The SplitMix64 generator (Steele, Lea, Flood 2014): the same seed gives the same numbers on
/// every machine and in every version of the language.
struct SplitMix64: Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Both ends included. The slight unevenness of the remainder does no harm here.
  mutating func number(_ low: Int64, _ high: Int64) -> Int64 {
    precondition(low <= high, "a range goes from low to high")
    return low + Int64(next() % UInt64(high - low + 1))
  }

  mutating func happens(percent: Int64) -> Bool {
    number(1, 100) <= percent
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(number(0, Int64(elements.count) - 1))]
  }
}
