import Testing

@testable import POS

@Suite struct CatalogTests {
  @Test(arguments: ["6901424333948", "6921168509256", "96385074", "2100017012350"])
  func rightBarcodesAreRead(digits: String) throws {
    #expect(try Barcode(digits).digits == digits)
  }

  @Test(
    arguments: [
      ("", .notDigits), ("69014243339a8", .notDigits), ("６９０１４２４３３３９４８", .notDigits),
      ("690142433394", .wrongLength(12)), ("69014243339481", .wrongLength(14)),
      ("6901424333949", .wrongCheckDigit(expected: 8)), ("96385075", .wrongCheckDigit(expected: 4)),
    ] as [(String, Barcode.Problem)])
  func wrongBarcodesSayWhatIsWrong(digits: String, problem: Barcode.Problem) {
    #expect(throws: problem) { try Barcode(digits) }
  }

  @Test func aLabelOfTheScaleSaysItemAndGrams() throws {
    let label = InStoreLabel(try Barcode("2100017012350"), layouts: InStoreLayout.defaults)

    #expect(label?.itemCode == "00017")
    #expect(label?.content == .grams)
    #expect(label?.value == 1235)
    #expect(
      InStoreLabel(try Barcode("6901424333948"), layouts: InStoreLayout.defaults) == nil)
  }

  @Test func anImportReportsEachBadRowAndLoadsTheRest() throws {
    let csv = """
      barcode,name,category,unit,list_price_yuan,origin
      6901424333948,王老吉凉茶,饮料,盒,2.60,广州
      6901424333949,坏条码,饮料,盒,2.60,广州
      ,散装糖,零食,件,3.5,
      6921168509256,,饮料,瓶,1.50,杭州
      6921168509256,水,饮料,瓶,1.505,杭州
      6921168509256,水,饮料,瓶
      6901424333948,又是凉茶,饮料,盒,2.60,广州
      """

    let product = try ProductImport(csv: Array(csv.utf8))

    #expect(product.rows.map(\.name) == ["王老吉凉茶", "散装糖"])
    #expect(
      product.problems == [
        ProductRowProblem(
          lineNumber: 3,
          reason: .badBarcode("6901424333949", .wrongCheckDigit(expected: 8))),
        ProductRowProblem(lineNumber: 5, reason: .missing("name")),
        ProductRowProblem(lineNumber: 6, reason: .badPrice("1.505")),
        ProductRowProblem(lineNumber: 7, reason: .wrongFieldCount(found: 4, expected: 6)),
        ProductRowProblem(lineNumber: 8, reason: .repeats(lineNumber: 2)),
      ])
  }

  @Test func aFileWithAStrangeHeaderIsRefused() {
    #expect(throws: ProductFileProblem.empty) { try ProductImport(csv: []) }
    #expect(throws: ProductFileProblem.unknownColumn("prise")) {
      try ProductImport(csv: Array("barcode,name,prise\n".utf8))
    }
    #expect(throws: ProductFileProblem.missingColumn("list_price_yuan")) {
      try ProductImport(csv: Array("条码,名称,类别,单位\n".utf8))
    }
  }
}
