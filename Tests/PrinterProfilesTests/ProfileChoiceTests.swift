import Printing
import Receipt
import Testing

@testable import PrinterProfiles

@Suite struct ProfileChoiceTests {
  private let epson = PrinterIdentity(
    id: USBID(vendor: 0x04B8, product: 0x0E28), maker: "EPSON", model: "TM-T20III")

  /// A match, and whether it holds of the printer above.
  @Test(arguments: [
    (PrinterMatch(vendor: 0x04B8), true), (PrinterMatch(vendor: 0x0519), false),
    (PrinterMatch(vendor: 0x04B8, product: 0x0E28), true),
    (PrinterMatch(vendor: 0x04B8, product: 0x0202), false),
    (PrinterMatch(maker: "epson"), true), (PrinterMatch(maker: "EPS"), false),
    (PrinterMatch(maker: "EPS*"), true), (PrinterMatch(model: "TM-T20III*"), true),
    (PrinterMatch(model: "TM-T20III"), true), (PrinterMatch(model: "TM-T20II"), false),
    (PrinterMatch(model: "tm-t20*"), true), (PrinterMatch(model: "TM-T20IIIL*"), false),
    (PrinterMatch(vendor: 0x04B8, maker: "EPSON", model: "TM-*"), true),
    (PrinterMatch(vendor: 0x0519, maker: "EPSON", model: "TM-*"), false),
  ])
  func allThatIsNamedMustHold(match: PrinterMatch, holds: Bool) {
    #expect(match.holds(of: epson) == holds)
  }

  @Test func aPrinterThatSaysNothingMatchesNoName() {
    let silent = PrinterIdentity(id: epson.id)

    #expect(!PrinterMatch(maker: "EPSON").holds(of: silent))
    #expect(!PrinterMatch(model: "TM-*").holds(of: silent))
    #expect(PrinterMatch(vendor: 0x04B8).holds(of: silent))
  }

  @Test func theStrongerMatchWins() {
    let byStrength = [
      PrinterMatch(vendor: 1), PrinterMatch(maker: "A"), PrinterMatch(vendor: 1, maker: "A"),
      PrinterMatch(vendor: 1, product: 2), PrinterMatch(model: "B"),
      PrinterMatch(maker: "A", model: "B"), PrinterMatch(vendor: 1, product: 2, model: "B"),
    ]
    #expect(byStrength.map(\.strength) == byStrength.map(\.strength).sorted())
    #expect(Set(byStrength.map(\.strength)).count == byStrength.count)
  }

  @Test func theShopsOwnFileWinsOverAStrongerMatch() throws {
    let own = Self.file("shop", usb: "04b8:*")

    let catalogue = try ProfileCatalogue(own: [own])

    let choice = catalogue.choice(for: epson)
    #expect(choice.profile.id == "shop")
    #expect(choice.reason == .matched(PrinterMatch(vendor: 0x04B8)))
    #expect(catalogue.printers.filter(\.isOwn).map(\.profile.id) == ["shop"])
  }

  @Test func theShopsOwnFileReplacesTheBuiltInOneOfItsName() throws {
    let catalogue = try ProfileCatalogue(own: [Self.file("star-escpos", usb: "0519:*")])
    let star = PrinterIdentity(id: USBID(vendor: 0x0519, product: 1), maker: "Star", model: "TSP7")

    let choice = catalogue.choice(for: star)

    #expect(choice.profile.id == "star-escpos")
    #expect(choice.profile.refusal == nil)
    #expect(try catalogue.printers.count == ProfileCatalogue().printers.count)
  }

  @Test func aBadFileIsRefused() {
    #expect(throws: ProfileFileProblem.self) {
      try ProfileCatalogue(own: [(name: "bad.yml", bytes: Array("id: bad".utf8))])
    }
  }

  @Test func aSettingBeatsWhatThePrinterSays() throws {
    let catalogue = try ProfileCatalogue()
    let chooser = ProfileChooser(catalogue, forced: catalogue["generic-58"])

    #expect(chooser.choice(for: epson) == ProfileChoice(.generic58, .forced))
    #expect(chooser.choice(for: nil) == ProfileChoice(.generic58, .forced))
  }

  @Test func anAddressBeatsTheSetting() throws {
    let catalogue = try ProfileCatalogue()
    let chooser = ProfileChooser(catalogue, forced: catalogue["generic-80"])

    #expect(chooser.named(nil) == chooser)
    #expect(chooser.named("generic-58")?.choice(for: epson) == ProfileChoice(.generic58, .address))
    #expect(chooser.named("no-such-printer") == nil)
  }

  @Test func whatCannotBeAskedIsAnyPrinter() throws {
    let chooser = ProfileChooser(try ProfileCatalogue())

    #expect(chooser.choice(for: nil) == ProfileChoice(.generic80, .cannotTell))
  }

  @Test(arguments: [
    (ProfileChoice.Reason.matched(PrinterMatch(vendor: 0x04B8, product: 0x0202)), "04b8:0202"),
    (.matched(PrinterMatch(vendor: 0x0519)), "USB id 0519:*"),
    (.matched(PrinterMatch(maker: "EPSON", model: "TM-*")), "maker EPSON, model TM-*"),
    (.forced, "printerProfile"), (.address, "the printer's address"),
    (.unknownPrinter, "no profile knows"),
    (.cannotTell, "cannot be asked"),
  ])
  func theReasonIsASentence(reason: ProfileChoice.Reason, text: String) {
    #expect(reason.description.contains(text))
  }

  @Test func printersInVendorClassAreFoundByTheirNumbers() throws {
    let ids = try ProfileCatalogue().usbIDs

    #expect(ids.contains(USBPrinterChoice.epsonVendorClass))
    #expect(ids.contains(USBID(vendor: 0x0416, product: 0x5011)))
  }

  private static func file(_ id: String, usb: String) -> (name: String, bytes: [UInt8]) {
    let text = """
      id: \(id)
      name: own
      columns: 32
      widthDots: 384
      encoding: gb2312
      qr: native
      barcode: native
      raster: {command: gsV0, bandRows: 64}
      cutter: none
      drawer: none
      answersStatus: false
      confirmsPrinting: false
      hasInput: false
      reportsPort: true
      match: [{usb: "\(usb)"}]
      """
    return ("\(id).yml", Array(text.utf8))
  }
}
