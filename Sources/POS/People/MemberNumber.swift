/// The number of a member: seven digits and a check digit by H. M. Damm's method, which catches
/// every one wrong digit and every swap of neighbours.
public struct MemberNumber: Hashable, Sendable {
  /// Digits with the check digit.
  public static let length = 8
  /// How many numbers there are; the first digit is never zero, so that spreadsheets keep it.
  public static let range: ClosedRange<Int> = 1_000_000...9_999_999

  /// The eight digits.
  public let digits: String

  /// The number of seven digits within `range`.
  public init(_ serial: Int) {
    precondition(Self.range.contains(serial), "a member's serial has seven digits")
    let digits = String(serial)
    self.digits = digits + String(Self.check(digits))
  }

  /// A typed or scanned number; spaces and dashes do not matter. `nil` if it cannot be one.
  public init?(_ text: some StringProtocol) {
    let typed = String(text.filter { $0 != " " && $0 != "-" })
    guard typed.utf8.count == Self.length, typed.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      typed.first != "0", Self.check(typed) == 0
    else { return nil }
    digits = typed
  }

  /// Zero for a number with its check digit; the check digit for one without.
  private static func check(_ digits: some StringProtocol) -> Int {
    digits.utf8.reduce(0) { interim, digit in quasigroup[interim][Int(digit) - 0x30] }
  }

  /// Damm's quasigroup of order 10: totally anti-symmetric, zeros on the diagonal.
  private static let quasigroup = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9], [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5], [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
  ]
}
