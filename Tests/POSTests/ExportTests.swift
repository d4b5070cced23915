import POS
import Testing

@Suite struct ExportTests {
  @Test(
    arguments: [
      ("assets:cash", "assets:cash", "Assets:Cash"),
      (
        "assets:code-payments:bankCard", "assets:code-payments:bankCard",
        "Assets:Code-payments:BankCard"
      ),
      (
        "liabilities:gifts:winter-2026", "liabilities:gifts:winter-2026",
        "Liabilities:Gifts:Winter-2026"
      ),
      ("assets:coupon-claims:Lions", "assets:coupon-claims:Lions", "Assets:Coupon-claims:X-Lions"),
      ("assets:coupon-claims:lions", "assets:coupon-claims:lions", "Assets:Coupon-claims:Lions"),
      ("liabilities:gifts:3", "liabilities:gifts:3", "Liabilities:Gifts:3"),
      (
        "liabilities:gifts:冬 衣", "liabilities:gifts:冬-u20-衣",
        "Liabilities:Gifts:X--u51ac--u20--u8863-"
      ),
      ("memo:forfeited", "memo:forfeited", "Equity:Memo:Forfeited"),
      ("assets:a;b", "assets:a-u3b-b", "Assets:A-u3b-b"),
    ])
  func anAccountHasANameInEachProgram(account: String, hledger: String, beancount: String) {
    #expect(LedgerFormat.hledger.accountName(account) == hledger)
    #expect(LedgerFormat.beancount.accountName(account) == beancount)
  }

  @Test func aTransactionHasThePostingsOfItsRecord() throws {
    let record = try JSON(
      parsing: Array(
        """
        {"at":1795258474848,"body":{"businessDate":"2026-11-20","entry":[["assets:cash",25250000],\
        ["income:sales",-25250000]],"number":3},"epoch":1,"kind":"sale","seq":7}
        """.utf8))

    let hledger = try LedgerText(.hledger, accounts: []).transaction(of: record)
    let beancount = try LedgerText(.beancount, accounts: []).transaction(of: record)

    #expect(
      hledger == """
        2026-11-20 (1-7) 销售 sale
            ; number: 3
            assets:cash                                      25.250000 CNY
            income:sales                                    -25.250000 CNY


        """)
    #expect(
      beancount == """
        2026-11-20 * "销售 sale"
          record: "1-7"
          number: "3"
          Assets:Cash                                      25.250000 CNY
          Income:Sales                                    -25.250000 CNY


        """)
  }

  @Test func aRecordWithoutAnEntryIsNoTransaction() throws {
    let record = try JSON(
      parsing: Array(
        #"{"at":1,"body":{"userID":null},"epoch":1,"kind":"logInRefused","seq":7}"#.utf8))

    #expect(try LedgerText(.hledger, accounts: []).transaction(of: record) == nil)
  }

  @Test(
    arguments: [
      ("苹果", "苹果"), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "-1"), ("-1.50", "-1.50"),
      ("-1+1", "'-1+1"), ("-", "'-"), ("@A1", "'@A1"), ("\tx", "'\tx"), ("\r=1", "\"'\r=1\""),
      ("＝1", "'＝1"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=\"x\"", "\"'=\"\"x\"\"\""),
      ("", ""), ("1-2", "1-2"), ("-1.", "'-1."),
    ])
  func aCellIsNeverAFormula(text: String, cell: String) {
    #expect(SalesTable.cell(text) == cell)
  }
}
