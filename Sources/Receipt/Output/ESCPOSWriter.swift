/// Writes rows as bytes and remembers what the printer is set to.
struct ESCPOSWriter {
  let paper: PaperWidth
  let profile: PrinterProfile
  let glyphs: (any GlyphSource)?
  private let encoding: PrinterEncoding
  private(set) var bytes: [UInt8] = []
  private var style = TextStyle.normal
  private var isCentred = false

  init(paper: PaperWidth, profile: PrinterProfile, glyphs: (any GlyphSource)?, rowCount: Int) {
    self.paper = paper
    self.profile = profile
    self.glyphs = glyphs
    encoding = profile.encoding
    bytes.reserveCapacity(64 * rowCount + 512)
    // Initialise; Chinese characters on, at line start because some printers switch only there.
    bytes += [0x1B, 0x40, 0x1C, 0x26]
  }

  /// Dots of the paper that is printed on.
  var widthDots: Int {
    paper == profile.paper ? max(profile.widthDots, paper.widthDots) : paper.widthDots
  }

  mutating func write(_ row: ReceiptLayout.Row) {
    switch row {
    case .line(let line): write(line)
    case .rule(let rule):
      set(isCentred: false)
      set(.normal)
      let mark = rule == .light ? UInt8(ascii: "-") : UInt8(ascii: "=")
      bytes.append(contentsOf: repeatElement(mark, count: paper.columns))
      bytes.append(0x0A)
    case .qr(let content): write(content)
    case .barcode(let barcode): write(barcode)
    case .image(let bitmap): writePicture(bitmap)
    case .feed(let lines): command(0x1B, 0x64, UInt8(clamping: lines))
    case .cut: bytes += profile.cutter.cut
    }
  }

  private mutating func write(_ line: ReceiptLayout.Line) {
    if !line.pieces.allSatisfy({ encoding.prints($0.text) }), let drawing = drawing(of: line) {
      set(isCentred: false)
      raster(drawing)
      return
    }
    let isCentred = line.pieces.count == 1 && line.pieces[0].alignment == .centre
    set(isCentred: isCentred)
    var used = 0
    for piece in line.pieces {
      if !isCentred, piece.column > used {
        set(.normal)
        bytes.append(contentsOf: repeatElement(0x20, count: piece.column - used))
      }
      set(piece.style)
      write(piece.text)
      used = piece.column + piece.width
    }
    bytes.append(0x0A)
  }

  private mutating func write(_ text: PrintableText) {
    encoding.forEachCode(of: text) { code in
      if code > 0xFFFF {
        bytes.append(UInt8(truncatingIfNeeded: code >> 24))
        bytes.append(UInt8(truncatingIfNeeded: code >> 16))
      }
      if code > 0xFF { bytes.append(UInt8(truncatingIfNeeded: code >> 8)) }
      bytes.append(UInt8(truncatingIfNeeded: code))
    }
  }

  /// A line as a picture, if that shows more than its text would.
  private func drawing(of line: ReceiptLayout.Line) -> Bitmap? {
    guard let glyphs else { return nil }
    let drawing = LineDrawing(
      line: line, cellDots: widthDots / paper.columns, widthDots: widthDots, glyphs: glyphs)
    return drawing.helps(encoding) ? drawing.bitmap.trimmedRight : nil
  }

  private mutating func write(_ content: QRContent) {
    set(.normal)
    let moduleDots = content.moduleDots(paper: paper)
    guard profile.qr == .native else {
      writePicture(Bitmap(QRSymbol(content), moduleDots: moduleDots))
      return
    }
    set(isCentred: true)
    bytes += [0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00]
    bytes += [0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, UInt8(moduleDots)]
    bytes += [0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x31]
    let length = content.text.utf8.count + 3
    bytes += [0x1D, 0x28, 0x6B, UInt8(length & 0xFF), UInt8(length >> 8), 0x31, 0x50, 0x30]
    bytes.append(contentsOf: content.text.utf8)
    bytes += [0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30]
  }

  private mutating func write(_ barcode: Barcode) {
    guard let moduleDots = barcode.moduleDots(paper: paper) else { return }
    set(.normal)
    guard profile.barcode == .native else {
      writePicture(Bitmap(barcode, moduleDots: moduleDots))
      return
    }
    set(isCentred: true)
    command(0x1D, 0x68, UInt8(Barcode.heightDots))
    command(0x1D, 0x77, UInt8(moduleDots))
    // The text is a line of ours.
    command(0x1D, 0x48, 0x00)
    let data = barcode.printerData
    bytes += [0x1D, 0x6B, barcode.printerNumber, UInt8(data.count)]
    bytes += data
  }

  /// A picture in the middle of the paper.
  private mutating func writePicture(_ bitmap: Bitmap) {
    set(isCentred: false)
    raster(bitmap.centred(widthDots: widthDots))
  }

  private mutating func raster(_ bitmap: Bitmap) {
    bytes += RasterBands(ability: profile.raster).bytes(of: bitmap)
  }

  private mutating func set(isCentred: Bool) {
    guard isCentred != self.isCentred else { return }
    self.isCentred = isCentred
    command(0x1B, 0x61, isCentred ? 0x01 : 0x00)
  }

  private mutating func set(_ new: TextStyle) {
    if new.size != style.size { command(0x1D, 0x21, new.size == .double ? 0x11 : 0x00) }
    let isBold = new.emphasis == .strong
    if isBold != (style.emphasis == .strong) { command(0x1B, 0x45, isBold ? 0x01 : 0x00) }
    style = new
  }

  private mutating func command(_ first: UInt8, _ second: UInt8, _ argument: UInt8) {
    bytes.append(first)
    bytes.append(second)
    bytes.append(argument)
  }
}

extension QRContent {
  /// Dots of one module: as large as two thirds of the paper allow, 3 to 6. The largest symbol and
  /// its quiet zone have 65 modules, 195 dots: it fits all paper.
  fileprivate func moduleDots(paper: PaperWidth) -> Int {
    let modules = QRVersion.smallest(forByteCount: text.utf8.count).size + 8
    return min(6, max(3, paper.widthDots * 2 / 3 / modules))
  }
}

extension Barcode {
  /// The number of the symbology in `GS k`, form B.
  fileprivate var printerNumber: UInt8 {
    switch symbology {
    case .ean13: 0x43
    case .code128: 0x49
    }
  }

  /// The counted data of `GS k`.
  fileprivate var printerData: [UInt8] {
    switch symbology {
    case .ean13: Array(text.utf8)
    case .code128: Code128(text).printerData
    }
  }
}
