import POS
import Testing

@testable import POS

@Suite struct StatementFileTests {
  private static let wechat = """
    交易时间,公众账号ID,微信订单号,商户订单号,交易类型,交易状态,退款金额,退款状态,微信退款单号,商品名称,订单金额,申请退款金额
    `2026-11-02 10:15:00,`wx,`4200A,`M1,`MICROPAY,`SUCCESS,`0.00,`,`0,`茶, "大"盒,`25.25,`0.00
    `2026-11-02 15:40:00,`wx,`4200A,`M1,`MICROPAY,`REFUND,`1.36,`SUCCESS,`5030A,`茶,`0.00,`1.36
    `2026-11-02 15:50:00,`wx,`4200A,`M1,`MICROPAY,`REFUND,`1.00,`FAIL,`5030B,`茶,`0.00,`1.00
    总交易单数,应结订单总金额,退款总金额
    `3,`25.25,`1.36
    """

  private func rows(_ text: String) throws -> [StatementRow] {
    try StatementFile(csv: Array(text.utf8)).rows
  }

  @Test func weChatValuesHaveBackTicksAndTheTotalsAreLeftOut() throws {
    let file = try StatementFile(csv: [0xEF, 0xBB, 0xBF] + Array(Self.wechat.utf8))

    #expect(file.skippedCount == 1)
    #expect(
      file.rows == [
        StatementRow(
          lineNumber: 2, references: ["4200A", "M1"], refundID: nil, amount: Money(fen: 2525),
          atMs: 1_793_585_700_000),
        StatementRow(
          lineNumber: 3, references: ["4200A", "M1"], refundID: "5030A", amount: Money(fen: -136),
          atMs: 1_793_605_200_000),
      ])
    #expect(file.rows.allSatisfy { StatementRow(json: $0.json) == $0 })
  }

  @Test func alipayHasCommentsTabsAndTwoColumnsOfAmounts() throws {
    let business = """
      #支付宝业务明细查询
      #----列表----
      支付宝交易号,商户订单号,业务类型,创建时间,完成时间,订单金额（元）,退款批次号/请求号
      2026A\t,M1\t,交易,2026-11-02 09:30:00,2026-11-02 09:30:02,12.00,
      2026A\t,M1\t,退款,2026-11-02 17:00:00,2026-11-02 17:00:01,-2.00,R1
      #交易合计：1笔
      """
    let account = """
      账务流水号,业务流水号,商户订单号,发生时间,收入金额（+元）,支出金额（-元）,业务类型
      1,2026A,M1,2026/11/2 9:30,12.00,,在线支付
      2,2026A,M1,2026/11/2 17:00,,-2.00,交易退款
      3,9,,2026/11/2 18:00,,-0.07,收费
      """

    for text in [business, account] {
      let found = try rows(text)
      #expect(found.map(\.amount.fen) == [1200, -200])
      #expect(found.map(\.references) == [["2026A", "M1"], ["2026A", "M1"]])
    }
  }

  @Test func aCardTerminalHasDateAndTimeApart() throws {
    let found = try rows(
      """
      商户号,交易日期,交易时间,交易类型,参考号,交易金额,交易状态
      1,2026-11-02,10:01:05,消费,R1,"1,036.80",成功
      1,20261102,182041,退货,R1,6.80,成功
      1,2026-11-02,10:30:00,消费,R2,15.00,失败
      合计,,,,,1030.00,
      """)

    #expect(found.map(\.amount.fen) == [103_680, -680])
    #expect(found.map(\.atMs) == [1_793_584_865_000, 1_793_614_841_000])
  }

  static let bad: [(String, StatementProblem)] = [
    ("", .noHeader), ("条码,名称\n1,2\n", .noHeader), ("参考号,交易时间\n1,2\n", .noHeader),
    ("参考号,金额\nR1\n", .unreadableRow(line: 2)),
    ("参考号,金额\nR1,1.00,x\n", .unreadableRow(line: 2)),
    ("参考号,金额\nR1,\"1\n", .unreadableRow(line: 2)),
    ("参考号,金额\n\nR1,1.005\n", .badAmount(line: 3)),
    ("参考号,金额,时间\nR1,1.00,gestern\n", .badTime(line: 2)),
    ("参考号,金额,时间\nR1,1.00,2026-02-30\n", .badTime(line: 2)),
    ("参考号,金额\n-,1.00\n", .noReference(line: 2)),
    ("参考号,金额\nR1,1.00\n总数,1\n参考号,金额\n", .secondTable(line: 4)),
  ]

  @Test(arguments: bad)
  func nothingIsTakenInOfWhatCannotBeRead(text: String, problem: StatementProblem) {
    #expect(throws: problem) { try StatementFile(csv: Array(text.utf8)) }
  }

  @Test func aFileHasAsManyRowsAsItMay() throws {
    let rows = (1...StatementFile.maximumRows).map { "R\($0),1.00\n" }.joined()
    #expect(
      try StatementFile(csv: Array("参考号,金额\n\(rows)".utf8)).rows.count
        == StatementFile.maximumRows)
    #expect(throws: StatementProblem.tooManyRows(limit: StatementFile.maximumRows)) {
      try StatementFile(csv: Array("参考号,金额\n\(rows)Rx,1.00\n".utf8))
    }
  }
}

@Suite struct StatementComparisonTests {
  private static let noonMs: Int64 = 1_793_592_000_000

  private func ours(
    _ reference: String, _ fen: Int64, isOfDay: Bool = true
  ) -> BookedPayment {
    BookedPayment(
      saleID: Fixture.id(1), number: 1, reference: reference, amount: Money(fen: fen),
      atMs: Self.noonMs, isOfDay: isOfDay)
  }

  private func theirs(
    _ references: [String], _ fen: Int64, days: Int64 = 0, refundID: String? = nil
  ) -> StatementRow {
    StatementRow(
      lineNumber: 2, references: references, refundID: refundID, amount: Money(fen: fen),
      atMs: Self.noonMs + days * 86_400_000)
  }

  private func compared(
    _ ours: [BookedPayment], _ theirs: [StatementRow]
  ) -> StatementComparison {
    StatementComparison(
      of: BusinessDate(atMs: Self.noonMs), cutMinutes: 0, booked: ours, rows: theirs)
  }

  /// Matched, other amount, only ours, only theirs, twice ours, twice theirs.
  private func counts(_ found: StatementComparison) -> [Int] {
    [
      found.matched.count, found.amountDiffers.count, found.onlyOurs.count,
      found.onlyTheirs.count, found.oursTwice.count, found.theirsTwice.count,
    ]
  }

  @Test func anyNumberOfAPaymentMatches() {
    let found = compared(
      [ours("m1", 100), ours("4200 B", 200)],
      [theirs(["4200A", "M1"], 100), theirs(["4200B"], 200)])

    #expect(counts(found) == [2, 0, 0, 0, 0, 0] && found.isMatched)
    #expect(found.sum == StatementSum(net: Money(fen: 300), isMatched: true))
  }

  @Test func eachDifferenceHasItsList() {
    #expect(counts(compared([ours("A", 100)], [theirs(["A"], 101)])) == [0, 1, 0, 0, 0, 0])
    #expect(counts(compared([ours("A", 100)], [])) == [0, 0, 1, 0, 0, 0])
    #expect(counts(compared([], [theirs(["A"], 100)])) == [0, 0, 0, 1, 0, 0])
    #expect(
      counts(compared([ours("A", 100), ours("A", 100)], [theirs(["A"], 100)]))
        == [1, 0, 0, 0, 1, 0])
    let twice = compared([ours("A", 100)], [theirs(["A"], 100), theirs(["A"], 100)])
    #expect(counts(twice) == [1, 0, 0, 0, 0, 1])
    #expect(twice.stated.fen == 100 && !twice.isMatched)
    #expect(counts(compared([], [theirs(["A"], 100), theirs(["A"], 100)])) == [0, 0, 0, 1, 0, 1])
  }

  @Test func aPaymentNeverMatchesARefund() {
    #expect(counts(compared([ours("A", 100)], [theirs(["A"], -100)])) == [0, 0, 1, 1, 0, 0])
  }

  @Test func severalRefundsOfAPaymentMatchByAmount() {
    let found = compared(
      [ours("A", 500), ours("A", -100), ours("A", -200)],
      [
        theirs(["A"], 500), theirs(["A"], -200, refundID: "r2"),
        theirs(["A"], -100, refundID: "r1"),
      ])

    #expect(counts(found) == [3, 0, 0, 0, 0, 0])
    #expect(found.booked.fen == 200 && found.stated.fen == 200)
  }

  @Test func theEqualAmountIsTakenFirst() {
    let found = compared(
      [ours("A", 300), ours("A", 200)], [theirs(["A"], 200), theirs(["A"], 100)])

    #expect(found.matched.map(\.ours.amount.fen) == [200])
    #expect(found.amountDiffers.map(\.ours.amount.fen) == [300])
  }

  /// A sale after the close counts for the next day; its payment is in the statement of its own.
  @Test func theDaysBesideMatchButAreNotMissed() {
    let late = compared([ours("A", 100, isOfDay: false)], [theirs(["A"], 100)])
    #expect(counts(late) == [1, 0, 0, 0, 0, 0] && late.booked == .zero)
    let early = compared([ours("A", 100)], [theirs(["A"], 100, days: -1)])
    #expect(counts(early) == [1, 0, 0, 0, 0, 0] && early.stated == .zero)
    let beside = compared([ours("A", 1, isOfDay: false)], [theirs(["B"], 2, days: 1)])
    #expect(counts(beside) == [0, 0, 0, 0, 0, 0] && beside.isMatched)
  }
}
