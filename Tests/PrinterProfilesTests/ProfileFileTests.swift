import Receipt
import Testing

@testable import PrinterProfiles

@Suite struct ProfileFileTests {
  /// A whole file; tests change one line of it.
  private static let good = """
    id: shop
    name: 店里的打印机
    columns: 42
    widthDots: 512
    encoding: gbk
    qr: native
    barcode: raster
    raster:
      command: gsL
      bandRows: 256
      padEveryRows: 48
    cutter: full
    drawer: pin5
    answersStatus: true
    confirmsPrinting: true
    hasInput: true
    reportsPort: false
    match:
      - usb: "04b8:*"
      - maker: EPSON
        model: TM-*

    """

  private func printer(_ text: String, name: String = "shop.yml") throws -> KnownPrinter {
    try ProfileFile(name: name, bytes: Array(text.utf8)).printer()
  }

  @Test func everyMemberIsRead() throws {
    let known = try printer(Self.good)

    var expected = PrinterProfile(
      id: "shop", name: "店里的打印机", paper: .columns42, widthDots: 512, encoding: .gbk)
    expected.barcode = .raster
    expected.raster = RasterAbility(command: .gsL, bandRows: 256, padEveryRows: 48)
    expected.cutter = .full
    expected.drawer = .pin5
    expected.abilities = PrinterAbilities(confirmsPrinting: true, reportsPort: false)
    #expect(known.profile == expected)
    #expect(
      known.matches == [PrinterMatch(vendor: 0x04B8), PrinterMatch(maker: "EPSON", model: "TM-*")])
  }

  @Test func aRefusedPrinterNeedsNothingButItsReason() throws {
    let known = try printer(
      "id: shop\nname: X\nrefused: {chinese: 不行, english: no}\nmatch: [{usb: '0519:*'}]\n")

    #expect(known.profile.refusal == PrinterRefusal(chinese: "不行", english: "no"))
  }

  /// A line of the file, what stands there instead, and where and what is wrong then.
  @Test(
    arguments: [
      ("id: shop", "id: other", 1, "id", "must be the file's name"),
      ("id: shop", "id: Shop", 1, "id", "small letters"),
      ("name: 店里的打印机", "name: ''", 2, "name", "1 to 60 characters"),
      ("name: 店里的打印机", "name: \"a\\e[2Jb\"", 2, "name", "on one line"),
      ("name: 店里的打印机", "name: [a]", 2, "name", "must be one value"),
      ("columns: 42", "columns: 50", 3, "columns", "must be one of 32, 42, 48, not \"50\""),
      ("columns: 42", "columns: 42.0", 3, "columns", "must be one of"),
      ("columns: 42\n", "", 1, "columns", "is missing"),
      ("widthDots: 512", "widthDots: 503", 3 + 1, "widthDots", "504 to 640, not \"503\""),
      ("widthDots: 512", "widthDots: 641", 4, "widthDots", "504 to 640"),
      ("widthDots: 512", "widthDots: -512", 4, "widthDots", "whole number"),
      ("widthDots: 512", "widthDots: 0x200", 4, "widthDots", "whole number"),
      ("widthDots: 512", "widthDots: 99999999999999999999", 4, "widthDots", "whole number"),
      ("encoding: gbk", "encoding: utf8", 5, "encoding", "gb2312, gbk, gb18030TwoByte, gb18030"),
      ("qr: native", "qr: yes", 6, "qr", "must be one of native, raster"),
      ("barcode: raster", "barcode: both", 7, "barcode", "must be one of native, raster"),
      ("  command: gsL", "  command: gs", 9, "raster.command", "gsV0, gsL, escStar"),
      ("  bandRows: 256", "  bandRows: 7", 10, "raster.bandRows", "8 to 2047"),
      ("  bandRows: 256", "  bandRows: 2048", 10, "raster.bandRows", "8 to 2047"),
      ("  bandRows: 256", "  rows: 256", 9, "raster.bandRows", "is missing"),
      ("  padEveryRows: 48", "  padEvery: 48", 11, "raster.padEvery", "there is no such key"),
      ("cutter: full", "cutter: true", 12, "cutter", "must be one of none, partial, full"),
      ("drawer: pin5", "drawer: 5", 13, "drawer", "must be one of none, pin2, pin5"),
      ("answersStatus: true", "answersStatus: yes", 14, "answersStatus", "true, false"),
      ("hasInput: true", "hasInput: false", 15, "confirmsPrinting", "needs hasInput: true"),
      ("reportsPort: false", "reportPort: false", 1, "reportsPort", "is missing"),
      ("reportsPort: false", "reportsPort: false\ncolour: 1", 18, "colour", "no such key"),
      ("reportsPort: false", "reportsPort: false\nqr: raster", 6, "qr", "stands there twice"),
      ("- usb: \"04b8:*\"", "- usb: \"04B8:*\"", 19, "match.usb", "must be like"),
      ("- usb: \"04b8:*\"", "- usb: \"*:0202\"", 19, "match.usb", "must be like"),
      ("- usb: \"04b8:*\"", "- {}", 19, "match.usb", "or maker or model is needed"),
      ("- usb: \"04b8:*\"", "- vendor: 4", 19, "match.vendor", "there is no such key"),
      ("- usb: \"04b8:*\"", "- plain", 19, "match", "must be members"),
      ("model: TM-*", "model: T*M-*", 21, "match.model", "one * at its end"),
      ("model: TM-*", "model: '*'", 21, "match.model", "one * at its end"),
      ("columns: 42", "columns: [42", 4, nil, "is not YAML"),
      ("columns: 42", "\tcolumns: 42", 3, nil, "is not YAML"),
      ("reportsPort: false", "refused: {chinese: 不}", 17, "refused.english", "is missing"),
    ] as [(String, String, Int, String?, String)])
  func aFaultIsNamedWithItsPlace(
    line: String, instead: String, number: Int, key: String?, fault: String
  ) throws {
    let text = Self.good.replacing(line, with: instead)
    try #require(text != Self.good)

    let problem = try #require(throws: ProfileFileProblem.self) { try printer(text) }

    #expect(problem.file == "shop.yml")
    #expect(problem.line == number, "\(problem)")
    #expect(problem.key == key, "\(problem)")
    #expect(problem.fault.contains(fault), "\(problem)")
  }

  @Test(arguments: [
    ("", "is empty"), ("# nothing\n", "is empty"), ("just text", "must be members"),
    ("- a\n- b\n", "must be members"), ("id: a\n---\nid: b\n", "is not YAML"),
    ("? [a, b]\n: c\n", "needs a plain name"), ("a: &x b\nc: *y\n", "is not YAML"),
    (String(repeating: "#", count: 65_537), "is longer than"),
  ])
  func aFileThatIsNoProfileIsRefused(text: String, fault: String) throws {
    let problem = try #require(throws: ProfileFileProblem.self) { try printer(text) }

    #expect(problem.description.contains(fault), "\(problem)")
  }

  @Test func aFileThatIsNotTextIsRefused() throws {
    let problem = try #require(throws: ProfileFileProblem.self) {
      try ProfileFile(name: "shop.yml", bytes: [0x69, 0xFF, 0xFE]).printer()
    }
    #expect(problem.description == "printer profile shop.yml: is not UTF-8 text")
  }

  @Test(arguments: ["shop.yaml", "SHOP.yml", "other.yml", "shop", ".yml"])
  func aFileIsNamedForItsProfile(name: String) throws {
    let problem = try #require(throws: ProfileFileProblem.self) {
      try printer(Self.good, name: name)
    }
    #expect(problem.key == "id")
  }

  @Test func theProblemReadsAsAPersonNeedsIt() throws {
    let text = Self.good.replacing("columns: 42", with: "columns: 50")

    let problem = try #require(throws: ProfileFileProblem.self) { try printer(text) }

    #expect(
      problem.description
        == "printer profile shop.yml:3: columns: must be one of 32, 42, 48, not \"50\"")
  }
}
