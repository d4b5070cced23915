import POS

extension ReceiptLayout {
  /// The layout as a picture that needs nothing else: no style sheet, no script, no foreign file.
  ///
  /// Text stands on the printer's grid of columns whatever font the reader has.
  public func svg() -> String {
    var drawing = SVGDrawing(paper: paper)
    let endsWithCut = rows.last == .cut
    for row in rows.dropLast(endsWithCut ? 1 : 0) { drawing.draw(row) }
    return drawing.document
  }
}

/// Draws rows from top to bottom; all measures are in pixels.
private struct SVGDrawing {
  private static let cell = 10
  private static let fontSize = 20
  private static let margin = 32
  private static let moduleSize = 5
  private static let barSize = 2
  private static let barHeight = 70

  let paper: PaperWidth
  private var body = ""
  private var y = SVGDrawing.margin

  init(paper: PaperWidth) { self.paper = paper }

  private var width: Int { paper.columns * Self.cell + 2 * Self.margin }

  var document: String {
    let height = y + Self.margin
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="'Noto Sans Mono CJK SC',\
      'Source Han Mono SC','Sarasa Mono SC','PingFang SC','Noto Sans SC',\
      'Microsoft YaHei',monospace" font-size="\(Self.fontSize)" fill="#1d1d1b">
      <rect width="\(width)" height="\(height)" fill="#fffefb"/>
      \(body)</svg>

      """
  }

  mutating func draw(_ row: ReceiptLayout.Row) {
    switch row {
    case .line(let line): draw(line)
    case .rule(let rule): draw(rule)
    case .qr(let content): draw(content)
    case .barcode(let barcode): draw(barcode)
    case .image(let bitmap): draw(bitmap)
    case .feed(let lines): y += lines * 14
    case .cut: drawCut()
    }
  }

  private mutating func draw(_ line: ReceiptLayout.Line) {
    let scale = line.pieces.lazy.map(\.style.size.rawValue).max() ?? 1
    let height = scale == 1 ? 29 : 54
    let baseline = y + (scale == 1 ? 21 : 40)
    for piece in line.pieces { draw(piece, baseline: baseline) }
    y += height
  }

  private mutating func draw(_ piece: ReceiptLayout.Piece, baseline: Int) {
    let scale = piece.style.size.rawValue
    var x = Self.margin + piece.column * Self.cell
    var attributes = scale == 1 ? "" : " font-size=\"\(Self.fontSize * scale)\""
    switch piece.style.emphasis {
    case .normal: break
    case .strong: attributes += " font-weight=\"700\""
    case .quiet: attributes += " fill=\"#75716a\""
    }
    for run in piece.text.runs {
      let length = run.width * Self.cell * scale
      if run.kind != .space {
        let adjust = run.kind == .narrow ? "spacingAndGlyphs" : "spacing"
        body += """
          <text x="\(x)" y="\(baseline)"\(attributes) textLength="\(length)" \
          lengthAdjust="\(adjust)">\(run.string.escapedForXML)</text>

          """
      }
      x += length
    }
  }

  private mutating func draw(_ rule: Rule) {
    let stroke = rule == .light ? "1.5\" stroke-dasharray=\"5 5" : "2.5"
    body += """
      <path d="M\(Self.margin) \(y + 12)H\(width - Self.margin)" stroke="#1d1d1b" \
      stroke-width="\(stroke)"/>

      """
    y += 24
  }

  private mutating func draw(_ content: QRContent) {
    let symbol = QRSymbol(content)
    let side = symbol.size * Self.moduleSize
    let left = (width - side) / 2
    body += """
      <path transform="translate(\(left) \(y + 6)) scale(\(Self.moduleSize))" \
      shape-rendering="crispEdges" fill="#000" d="\(symbol.path)"/>

      """
    y += side + 12
  }

  private mutating func draw(_ barcode: Barcode) {
    var bars = ""
    for (index, isBlack) in barcode.modules.enumerated() where isBlack {
      bars += "M\(index) 0h1v1h-1z"
    }
    let length = barcode.modules.count * Self.barSize
    body += """
      <path transform="translate(\((width - length) / 2) \(y + 6)) \
      scale(\(Self.barSize) \(Self.barHeight))" shape-rendering="crispEdges" fill="#000" \
      d="\(bars)"/>

      """
    y += Self.barHeight + 12
  }

  /// A dot of a picture is a twelfth of a column.
  private mutating func draw(_ bitmap: Bitmap) {
    let length = bitmap.widthDots * Self.cell / 12
    body += """
      <path transform="translate(\((width - length) / 2) \(y + 4)) scale(0.8333)" \
      fill="#000" d="\(bitmap.path)"/>

      """
    y += bitmap.heightDots * Self.cell / 12 + 10
  }

  private mutating func drawCut() {
    y += 14
    body += """
      <path d="M0 \(y)H\(width)" stroke="#b5b0a6" stroke-dasharray="2 6"/>

      """
    y += 14
  }
}

extension QRSymbol {
  /// The black modules as one path, a rectangle for each run of a row.
  fileprivate var path: String {
    var path = ""
    for row in 0..<size {
      var column = 0
      while column < size {
        let start = column
        while column < size, isBlack(row: row, column: column) { column += 1 }
        if column > start { path += "M\(start) \(row)h\(column - start)v1H\(start)z" }
        column += 1
      }
    }
    return path
  }
}

/// Neighbouring characters of one width. Spaces stand apart, because readers collapse them.
private struct TextRun {
  enum Kind {
    case space, narrow, wide
  }

  var string: String
  var width: Int
  let kind: Kind
}

extension PrintableText {
  fileprivate var runs: [TextRun] {
    var runs: [TextRun] = []
    for character in string {
      let width = GB18030.width(of: character)
      let kind: TextRun.Kind = character == " " ? .space : width == 1 ? .narrow : .wide
      if let last = runs.indices.last, width == 0 || runs[last].kind == kind {
        runs[last].string.append(character)
        runs[last].width += width
      } else {
        runs.append(TextRun(string: String(character), width: width, kind: kind))
      }
    }
    return runs
  }
}
