extension ReceiptLayout {
  /// The layout as bytes for an ESC/POS printer with Chinese characters of the two-byte zone.
  ///
  /// The commands, all of them: `ESC @`, `FS &`, `ESC a`, `ESC E`, `GS !`, `GS ( k`, `ESC d`,
  /// line feed, `GS V 66 0` (Epson's ESC/POS manual; the Chinese mode as in the SPRT manual).
  public func escPosBytes() -> [UInt8] {
    var writer = ESCPOSWriter(paper: paper, lineCount: rows.count)
    for row in rows { writer.write(row) }
    return writer.bytes
  }
}

/// Writes rows as bytes and remembers what the printer is set to.
private struct ESCPOSWriter {
  let paper: PaperWidth
  private(set) var bytes: [UInt8] = []
  private var style = TextStyle.normal
  private var isCentred = false

  init(paper: PaperWidth, lineCount: Int) {
    self.paper = paper
    bytes.reserveCapacity(64 * lineCount + 512)
    // Initialise; Chinese characters on, at line start because some printers switch only there.
    bytes += [0x1B, 0x40, 0x1C, 0x26]
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
    case .feed(let lines): command(0x1B, 0x64, UInt8(clamping: lines))
    case .cut:
      // Feeds to the cutter, then cuts all but a point.
      bytes += [0x1D, 0x56, 0x42, 0x00]
    }
  }

  private mutating func write(_ line: ReceiptLayout.Line) {
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
    text.forEachCode { code in
      if code > 0xFF { bytes.append(UInt8(truncatingIfNeeded: code >> 8)) }
      bytes.append(UInt8(truncatingIfNeeded: code))
    }
  }

  private mutating func write(_ content: QRContent) {
    set(.normal)
    set(isCentred: true)
    let moduleDots = content.moduleDots(paper: paper)
    bytes += [0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00]
    bytes += [0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, moduleDots]
    bytes += [0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x31]
    let length = content.text.utf8.count + 3
    bytes += [0x1D, 0x28, 0x6B, UInt8(length & 0xFF), UInt8(length >> 8), 0x31, 0x50, 0x30]
    bytes.append(contentsOf: content.text.utf8)
    bytes += [0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30]
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
  /// Dots of one module: as large as two thirds of the paper allow, at most 6.
  fileprivate func moduleDots(paper: PaperWidth) -> UInt8 {
    let modules = QRVersion.smallest(forByteCount: text.utf8.count).size + 8
    return UInt8(min(6, max(3, paper.widthDots * 2 / 3 / modules)))
  }
}
