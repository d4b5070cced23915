/// The code on a voucher: who has it can spend it.
///
/// Invariants:
/// 1. 18 characters of 29 each carry the secret, more than 87 bits; two more check them.
/// 2. As a word of numbers c₁…c₂₀ of the field of 29, Σ cᵢ = 0 and Σ i·cᵢ = 0. Two characters that
///    differ are therefore always seen: every wrong character, every two of them, every swap.
/// 3. It says nothing of whom or what it is for.
///
/// The letters are those that paper and ear keep apart: no 0 1 I L O U, and no S beside the 5.
public struct VoucherCode: Hashable, Sendable {
  /// Characters of a code.
  public static let length = 20
  static let letters = Array("23456789ABCDEFGHJKMNPQRTVWXYZ".utf8)
  private static let secretLength = 18

  /// The 20 characters, without separators.
  public let text: String

  /// Reads a code as it was typed or scanned; separators and case do not matter. `nil` if the check
  /// characters do not fit.
  public init?(_ typed: some StringProtocol) {
    guard typed.utf8.count <= 64 else { return nil }
    let kept = typed.uppercased().utf8.filter { ![0x20, 0x2d].contains($0) }
    let numbers = kept.compactMap(Self.letters.firstIndex)
    guard kept.count == Self.length, numbers.count == Self.length else { return nil }
    let sums = Self.sums(numbers)
    guard sums.plain == 0, sums.weighted == 0 else { return nil }
    text = String(decoding: kept, as: UTF8.self)
  }

  /// The code of a secret of 32 bytes.
  init(secret: [UInt8]) {
    precondition(secret.count == 32, "a code is made from 32 bytes")
    var rest = secret
    var numbers = (0..<Self.secretLength).map { _ in Self.takeNumber(&rest) }
    let base = Self.letters.count
    let sums = Self.sums(numbers)
    // a + b = −Σ cᵢ and 19·a + 20·b = −Σ i·cᵢ, so b = 19·Σ cᵢ − Σ i·cᵢ.
    let last = ((19 * sums.plain - sums.weighted) % base + base) % base
    numbers.append(((-sums.plain - last) % base + base) % base)
    numbers.append(last)
    text = String(decoding: numbers.map { Self.letters[$0] }, as: UTF8.self)
  }

  /// Its last four characters: enough to know it by, too few to spend it.
  public var end: String { String(text.suffix(4)) }

  /// In groups of four, for reading.
  public var grouped: String {
    stride(from: 0, to: Self.length, by: 4).map { start in
      String(text.dropFirst(start).prefix(4))
    }.joined(separator: " ")
  }

  private static func sums(_ numbers: [Int]) -> (plain: Int, weighted: Int) {
    let weighted = zip(numbers, 1...).reduce(0) { $0 + $1.0 * $1.1 }
    return (numbers.reduce(0, +) % letters.count, weighted % letters.count)
  }

  /// Divides a number of many bytes by 29; the rest is the next character. Of 256 bits it is even to
  /// within 2⁻¹⁶⁰.
  private static func takeNumber(_ bytes: inout [UInt8]) -> Int {
    var rest = 0
    for index in bytes.indices {
      let value = rest << 8 | Int(bytes[index])
      bytes[index] = UInt8(value / letters.count)
      rest = value % letters.count
    }
    return rest
  }
}
