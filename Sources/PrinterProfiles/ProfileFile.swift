import Printing
import Receipt
import Yams

/// A file `devices/printers/ID.yml`; the README beside them says what each key means.
struct ProfileFile {
  /// A profile has some 30 lines.
  private static let longestBytes = 65_536

  let name: String
  let bytes: [UInt8]

  /// Reads and checks it.
  ///
  /// Order: file name, size, UTF-8, YAML, then the members from top to bottom as the README lists
  /// them, unknown members last.
  func printer() throws(ProfileFileProblem) -> KnownPrinter {
    let members = try ProfileMembers(try root(), file: name)
    let id = try members.text("id", limit: 40)
    guard name == id + ".yml", Self.isID(id) else {
      throw members.fault(
        "id", "must be the file's name without .yml, of small letters, digits and -")
    }
    let name = try members.text("name", limit: 60)
    let refusal = try refusal(members)
    let isReal = refusal == nil || members.has("columns")
    var profile = PrinterProfile.generic80
    if isReal { profile = try Self.profile(members) }
    profile.id = id
    profile.name = name
    profile.refusal = refusal
    let matches = try matches(members)
    try members.end()
    return KnownPrinter(profile, matches: matches, isOwn: false)
  }

  private func root() throws(ProfileFileProblem) -> Node {
    guard bytes.count <= Self.longestBytes else {
      throw ProfileFileProblem(file: name, "is longer than \(Self.longestBytes) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ProfileFileProblem(file: name, "is not UTF-8 text")
    }
    do {
      if let root = try Yams.compose(yaml: text) { return root }
    } catch let error as YamlError {
      throw error.problem(in: name)
    } catch {
      throw ProfileFileProblem(file: name, "cannot be read: \(error)")
    }
    throw ProfileFileProblem(file: name, "is empty")
  }

  static func isID(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
  }

  private static func profile(
    _ members: ProfileMembers
  ) throws(ProfileFileProblem) -> PrinterProfile {
    let paper = try members.choice("columns", of: PaperWidth.allCases.map { ("\($0.columns)", $0) })
    // Wider than any paper of 80 mm at 203 dots an inch.
    let widthDots = try members.number("widthDots", in: paper.widthDots...640)
    var profile = PrinterProfile(id: "", name: "", paper: paper, widthDots: widthDots)
    profile.encoding = try members.word("encoding", as: PrinterEncoding.self)
    profile.qr = try members.word("qr", as: SymbolDrawing.self)
    profile.barcode = try members.word("barcode", as: SymbolDrawing.self)
    profile.raster = try raster(members)
    profile.cutter = try members.word("cutter", as: Cutter.self)
    profile.drawer = try members.word("drawer", as: DrawerPin.self)
    profile.abilities = PrinterAbilities(
      answersStatus: try members.flag("answersStatus"),
      confirmsPrinting: try members.flag("confirmsPrinting"),
      hasInput: try members.flag("hasInput"), reportsPort: try members.flag("reportsPort"))
    if profile.abilities.confirmsPrinting, !profile.abilities.hasInput {
      throw members.fault("confirmsPrinting", "needs hasInput: true, or nobody hears it")
    }
    return profile
  }

  private static func raster(_ members: ProfileMembers) throws(ProfileFileProblem) -> RasterAbility
  {
    guard let raster = try members.members("raster") else { throw members.missing("raster") }
    // The height of GS v 0 is held to 2047 by several makers.
    let rows = 8...2047
    let ability = RasterAbility(
      command: try raster.word("command", as: RasterAbility.Command.self),
      bandRows: try raster.number("bandRows", in: rows),
      padEveryRows: try raster.optionalNumber("padEveryRows", in: rows))
    try raster.end()
    return ability
  }

  private func refusal(_ members: ProfileMembers) throws(ProfileFileProblem) -> PrinterRefusal? {
    guard let refused = try members.members("refused") else { return nil }
    let refusal = PrinterRefusal(
      chinese: try refused.text("chinese", limit: 200),
      english: try refused.text("english", limit: 300))
    try refused.end()
    return refusal
  }

  private func matches(_ members: ProfileMembers) throws(ProfileFileProblem) -> [PrinterMatch] {
    var matches: [PrinterMatch] = []
    for element in try members.list("match") {
      var match = PrinterMatch()
      if let usb = try element.optionalText("usb", limit: 9) {
        guard let numbers = usb.wholeMatch(of: /([0-9a-f]{4}):([0-9a-f]{4}|\*)/) else {
          throw element.fault("usb", "must be like \"04b8:0e28\" or \"0519:*\", not \"\(usb)\"")
        }
        match.vendor = UInt16(numbers.1, radix: 16)
        match.product = UInt16(numbers.2, radix: 16)
      }
      match.maker = try pattern(element, "maker")
      match.model = try pattern(element, "model")
      try element.end()
      guard match.strength > 0 else { throw element.fault("usb", "or maker or model is needed") }
      matches.append(match)
    }
    return matches
  }

  private func pattern(
    _ element: ProfileMembers, _ key: String
  ) throws(ProfileFileProblem) -> String? {
    guard let text = try element.optionalText(key, limit: 40) else { return nil }
    guard !text.dropLast().contains("*"), text != "*" else {
      throw element.fault(key, "may have one * at its end, after a beginning")
    }
    return text
  }
}

extension YamlError {
  /// The same as a sentence about a file.
  fileprivate func problem(in file: String) -> ProfileFileProblem {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ProfileFileProblem(file: file, line: mark.line, "is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      ProfileFileProblem(
        file: file, line: context.mark.line, key: keys.sorted().first, "stands there twice")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      ProfileFileProblem(file: file, "is not YAML: \(self)")
    }
  }
}
