/// What one kind of printer can do, as data: `devices/printers/*.yml`, or an own file of the shop.
///
/// Everything that differs from printer to printer is a member here; nothing else in the program
/// asks for a model's name. What is not known of a printer has the value that harms least.
public struct PrinterProfile: Equatable, Sendable {
  /// The name of its file without the ending: `epson-tm-t20iii`.
  public var id: String
  /// For people.
  public var name: String
  /// The columns that slips are set at.
  public var paper: PaperWidth
  /// Dots of a line, 12 a column or more.
  public var widthDots: Int
  /// The characters it prints as text; lines with others are drawn.
  public var encoding: PrinterEncoding
  /// How a QR code gets on paper.
  public var qr: SymbolDrawing
  /// How a barcode gets on paper.
  public var barcode: SymbolDrawing
  /// How pictures are sent.
  public var raster: RasterAbility
  public var cutter: Cutter
  /// Where a cash drawer is plugged into it.
  public var drawer: DrawerPin
  /// What it says about itself.
  public var abilities: PrinterAbilities
  /// Why this program does not print on it; `nil` for all that it does print on.
  public var refusal: PrinterRefusal?

  /// A profile; what is left out is what nearly every printer has.
  public init(
    id: String, name: String, paper: PaperWidth, widthDots: Int? = nil,
    encoding: PrinterEncoding = .gb18030TwoByte
  ) {
    self.id = id
    self.name = name
    self.paper = paper
    self.widthDots = widthDots ?? paper.widthDots
    self.encoding = encoding
    qr = .native
    barcode = .native
    raster = RasterAbility()
    cutter = .partial
    drawer = .pin2
    abilities = PrinterAbilities()
  }

  /// Columns slips are set at: 32, 42 or 48.
  public var columns: Int { paper.columns }
  /// Columns its normal font (12 dots) really has; 33 on a printer of 400 dots.
  public var columnsFontA: Int { widthDots / 12 }
}

/// The Chinese characters a printer has as text.
public enum PrinterEncoding: String, CaseIterable, Sendable {
  /// 6,763 hanzi.
  case gb2312
  /// 20,902 hanzi.
  case gbk
  /// GBK and the few more that GB 18030 has in two bytes (䶮).
  case gb18030TwoByte
  /// All of GB 18030, four-byte codes too.
  case gb18030
}

/// How a symbol gets on paper.
public enum SymbolDrawing: String, CaseIterable, Sendable {
  /// The printer draws it from its content.
  case native
  /// It is sent as a picture.
  case raster
}

/// How a printer takes pictures.
public struct RasterAbility: Equatable, Sendable {
  /// The command of a picture.
  public enum Command: String, CaseIterable, Sendable {
    /// `GS v 0`: the widest support.
    case gsV0
    /// `GS ( L`: store and print.
    case gsL
    /// `ESC *` in bands of 24 rows.
    case escStar
  }

  public var command: Command
  /// The most rows of one command; taller pictures are cut into bands.
  public var bandRows: Int
  /// A band whose height is a multiple of this prints as garbage and gets 8 white rows more.
  public var padEveryRows: Int?

  /// Without more: what nearly every printer takes.
  public init(command: Command = .gsV0, bandRows: Int = 128, padEveryRows: Int? = nil) {
    self.command = command
    self.bandRows = bandRows
    self.padEveryRows = padEveryRows
  }
}

/// How paper is cut.
public enum Cutter: String, CaseIterable, Sendable {
  /// By hand, at the edge.
  case none
  /// All but a point.
  case partial
  case full
}

/// The pin of the printer's drawer socket that opens the drawer.
public enum DrawerPin: String, CaseIterable, Sendable {
  /// No socket, or nothing to open.
  case none
  case pin2
  case pin5
}

/// Why a printer is not printed on, for the administrator.
public struct PrinterRefusal: Equatable, Sendable {
  public var chinese: String
  public var english: String

  public init(chinese: String, english: String) {
    self.chinese = chinese
    self.english = english
  }
}

extension PrinterProfile {
  /// Any printer for 80 mm paper, as `devices/printers/generic-80.yml` says it: what nearly every
  /// one does, the rest drawn.
  public static let generic80 = generic("generic-80", "Any 80 mm printer", .columns48, .partial)

  /// Any printer for 58 mm paper, as `devices/printers/generic-58.yml` says it.
  public static let generic58 = generic("generic-58", "Any 58 mm printer", .columns32, .none)

  private static func generic(
    _ id: String, _ name: String, _ paper: PaperWidth, _ cutter: Cutter
  ) -> PrinterProfile {
    var profile = PrinterProfile(id: id, name: name, paper: paper)
    profile.qr = .raster
    profile.barcode = .raster
    profile.cutter = cutter
    return profile
  }
}
