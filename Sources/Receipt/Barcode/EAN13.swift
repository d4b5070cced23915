/// The modules of an EAN-13 (ISO/IEC 15420).
enum EAN13 {
  /// The digit that makes the sum, every second digit tripled, a multiple of ten.
  static func checkDigit(of digits: some Sequence<Int>) -> Int {
    let sum = digits.enumerated().reduce(0) { sum, item in
      sum + item.element * (item.offset.isMultiple(of: 2) ? 1 : 3)
    }
    return (10 - sum % 10) % 10
  }

  /// Guard, six digits of sets A and B as the first digit says, middle guard, six digits of set C,
  /// guard: 95 modules.
  static func modules(of digits: [Int]) -> [Bool] {
    precondition(digits.count == 13, "an EAN-13 has 13 digits")
    let sets = setsByFirstDigit[digits[0]]
    var bits = "101"
    for (digit, set) in zip(digits[1...6], sets) {
      bits += set == "A" ? setA[digit] : mirrored(complement(setA[digit]))
    }
    bits += "01010"
    for digit in digits[7...12] { bits += complement(setA[digit]) }
    return (bits + "101").map { $0 == "1" }
  }

  private static let setA = [
    "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
    "0110111", "0001011",
  ]

  private static let setsByFirstDigit = [
    "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA",
    "ABBABA",
  ]

  private static func complement(_ bits: String) -> String {
    String(bits.map { $0 == "1" ? "0" : "1" })
  }

  private static func mirrored(_ bits: String) -> String { String(bits.reversed()) }
}
