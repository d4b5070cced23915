import POS
import Testing

@Suite struct MoneyTests {
  @Test(
    arguments: [
      (1000, [333, 333, 334], [333, 333, 334]),
      (500, [1290, 850], [301, 199]),
      (355, [99, 199, 57], [99, 199, 57]),
      (1, [100, 100, 100], [1, 0, 0]),
      (700, [1050, 320, 1990], [219, 67, 414]),
      (0, [5, 0], [0, 0]),
      (0, [0, 0], [0, 0]),
      (7, [0, 3, 0], [0, 7, 0]),
    ] as [(Int64, [Int64], [Int64])])
  func anAmountIsAllocatedByLargestRemainder(
    amount: Int64, weights: [Int64], shares: [Int64]
  ) {
    #expect(Money(fen: amount).allocated(by: weights).map(\.fen) == shares)
  }

  @Test(
    arguments: [
      (4, 10, 0), (5, 10, 1), (6, 10, 1), (-4, 10, 0), (-5, 10, -1), (-6, 10, -1), (15, 10, 2),
      (7, 3, 2), (8, 3, 3), (1, 2, 1), (-1, 2, -1), (0, 7, 0),
    ] as [(Int64, Int64, Int64)])
  func halfUpRoundsHalvesAwayFromZero(dividend: Int64, divisor: Int64, quotient: Int64) {
    #expect(Rounding.halfUp.quotient(dividend, divisor) == quotient)
  }

  @Test(
    arguments: [
      ("0", 0), ("12", 1200), ("12.5", 1250), ("12.50", 1250), ("0.01", 1), ("007", 700),
      ("1000000", 100_000_000),
    ] as [(String, Int64)])
  func yuanTextBecomesFen(text: String, fen: Int64) {
    #expect(Money(yuanText: text)?.fen == fen)
  }

  @Test(arguments: [
    "", ".", "1.", ".5", "1.234", "-1", "+1", " 1", "1 ", "1,5", "1e2", "１２", "1.5.5", "٣",
    "1000000.01", "9999999999",
  ])
  func otherTextIsNoMoney(text: String) {
    #expect(Money(yuanText: text) == nil)
  }

  @Test func moneyIsWrittenWithTwoDecimals() {
    let texts = [0, 5, 10, 123, -5, -123].map { Money(fen: $0).yuanText }

    #expect(texts == ["0.00", "0.05", "0.10", "1.23", "-0.05", "-1.23"])
  }

  @Test func aPledgeIsWrittenWithFourDecimalsAndSixIfNeeded() {
    let texts = [24_000, 0, 1, 99, 100, -505_000, 1_000_001].map { MicroYuan($0).yuanText }

    #expect(
      texts == [
        "0.0240", "0.0000", "0.000001", "0.000099", "0.0001", "-0.5050", "1.000001",
      ])
  }

  @Test func carriedMicroYuanAreWrittenWithAllSixDecimals() {
    let texts = [2400, 0, 1, -18_600, 50_366_000].map { MicroYuan($0).yuanTextWithSixDecimals }

    #expect(texts == ["0.002400", "0.000000", "0.000001", "-0.018600", "50.366000"])
  }
}
