import Foundation
import Printing
import Receipt
import Testing

@testable import PrinterProfiles

/// The files of `devices/printers`.
@Suite struct ShippedProfileTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "devices/printers")
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".yml") }.sorted() ?? []

  @Test func theProgramHoldsEveryFileOfTheFolder() throws {
    #expect(Self.names.count >= 14)
    #expect(ProfileCatalogue.builtIn.map(\.name) == Self.names, "run CWeb/list-files.sh")
    for file in ProfileCatalogue.builtIn {
      let data = try Data(contentsOf: Self.folder.appending(path: file.name))
      #expect(Array(data) == file.bytes, "\(file.name) changed after the build")
    }
  }

  @Test(arguments: names)
  func aFileLoads(name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name))

    let known = try ProfileFile(name: name, bytes: Array(bytes)).printer()

    #expect(known.profile.id + ".yml" == name)
    #expect(known.profile.columnsFontA >= known.profile.columns)
    #expect(!known.matches.isEmpty || known.profile.id.hasPrefix("generic"))
  }

  @Test(arguments: names)
  func eachFactSaysWhereItIsFrom(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let sources = ["manual: ", "peer: ", "measured: ", "general: ", "unknown: "]
    let selfEvident = ["id:", "name:", "raster:", "match:", "refused:"]

    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if selfEvident.contains(where: line.hasPrefix) { continue }
      let comment = line.split(separator: "  # ", maxSplits: 1).dropFirst().first ?? ""
      #expect(sources.contains(where: comment.hasPrefix), "\(name): \(line)")
    }
  }

  @Test func theGenericOnesAreThoseOfTheCode() throws {
    let catalogue = try ProfileCatalogue()

    #expect(catalogue["generic-80"] == .generic80)
    #expect(catalogue["generic-58"] == .generic58)
  }

  /// What a printer says of itself, the profile it gets, and by what.
  @Test(
    arguments: [
      ("04b8:0e28", "EPSON", "TM-T20III", "epson-tm-t20iii"),
      ("04b8:0202", "EPSON", "TM-T20III", "epson-tm-t20iii"),
      ("04b8:0202", "EPSON", "TM-T88VI", "epson-tm-t88vi"),
      ("04b8:0202", "EPSON", "TM-T88IV", "epson-tm"), ("04b8:0202", nil, nil, "epson-tm"),
      ("04b8:0e21", nil, nil, "epson-tm-t88vi"), ("04b8:0e15", nil, nil, "epson-tm"),
      ("0416:5011", nil, nil, "zjiang-58"), ("0416:5011", "POS", "POS-80", "zjiang-80"),
      ("0416:5011", "Zjiang", "pos58 printer", "zjiang-58"),
      ("0416:5011", "POS", "POS-5890K", "zjiang-58"), ("0483:5743", nil, nil, "zjiang-80"),
      ("1fc9:2016", nil, nil, "xprinter-58"), ("1fc9:2016", "Xprinter", "XP-80C", "xprinter-80"),
      ("1fc9:2016", "Xprinter", "XP-58IIH", "xprinter-58"),
      ("6868:0500", nil, nil, "gprinter-58"), ("6868:0500", "Gprinter", "GP-80250", "gprinter-80"),
      ("28e9:0289", "SPRT", "SP-POS88V", "sprt-80"), ("28e9:0289", "SPRT", nil, "sprt-58"),
      ("0519:0001", "Star", "TSP700", "star-escpos"), ("0519:000b", nil, nil, "star-escpos"),
      ("0519:0003", nil, nil, "star-tsp100"), ("0519:0003", "Star", "TSP143", "star-tsp100"),
      ("1234:5678", nil, nil, "generic-80"), ("1234:5678", "ACME", "Thermal", "generic-80"),
    ] as [(String, String?, String?, String)])
  func aPrinterGetsItsProfile(id: String, maker: String?, model: String?, profile: String) throws {
    let catalogue = try ProfileCatalogue()
    let printer = PrinterIdentity(id: try #require(USBID(id)), maker: maker, model: model)

    #expect(catalogue.choice(for: printer).profile.id == profile)
  }

  @Test func starIsRefusedWithAReasonInBothLanguages() throws {
    let catalogue = try ProfileCatalogue()

    let refused = catalogue.printers.filter { $0.profile.refusal != nil }.map(\.profile)

    #expect(refused.map(\.id) == ["star-escpos", "star-tsp100"])
    #expect(refused.allSatisfy { $0.refusal?.chinese.contains("Star") == true })
    #expect(refused.allSatisfy { $0.refusal?.english.contains("Star") == true })
  }

  @Test func onlyPrintersKnownToSayThatTheyPrintedAreBelieved() throws {
    let confirming = try ProfileCatalogue().printers.map(\.profile)
      .filter(\.abilities.confirmsPrinting).map(\.id)

    #expect(confirming == ["epson-tm-t20iii", "epson-tm-t88vi"])
  }
}
