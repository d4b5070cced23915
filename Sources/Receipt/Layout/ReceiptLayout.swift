/// A document set for a paper width: rows from top to bottom, from which every output is made.
public struct ReceiptLayout: Equatable, Sendable {
  /// The paper it is set for.
  public let paper: PaperWidth
  /// From top to bottom.
  public private(set) var rows: [Row] = []

  /// Sets a document; every line fits the paper.
  public init(_ document: ReceiptDocument, paper: PaperWidth) {
    self.paper = paper
    rows.reserveCapacity(document.blocks.count + 16)
    for block in document.blocks { append(block) }
  }

  /// One row of paper.
  public enum Row: Equatable, Sendable {
    case line(Line)
    case rule(Rule)
    case qr(QRContent)
    /// The bars alone; the text is a line of its own.
    case barcode(Barcode)
    /// Not wider than the paper.
    case image(Bitmap)
    case feed(lines: Int)
    case cut
  }

  /// Text on one line: its pieces from left to right.
  public struct Line: Equatable, Sendable {
    /// From left to right; none for an empty line.
    public let pieces: [Piece]
  }

  /// Text at a place of a line.
  public struct Piece: Equatable, Sendable {
    /// The column its left edge is at, at normal size.
    public let column: Int
    /// What is printed, not wider than its room.
    public let text: PrintableText
    /// How it looks.
    public let style: TextStyle
    /// The edge that stays when a reader changes the size.
    public let alignment: Alignment

    /// Columns on paper.
    public var width: Int { text.width * style.size.rawValue }
  }

  private mutating func append(_ block: Block) {
    switch block {
    case .text(let text, let style, let alignment):
      let column = Column(text, style, alignment: alignment)
      append(column, at: 0, width: paper.columns)
    case .columns(let columns, let overflow): append(columns, overflow)
    case .rule(let rule): rows.append(.rule(rule))
    case .qr(let content):
      // Scanners need four modules of white above and below.
      rows.append(.feed(lines: 1))
      rows.append(.qr(content))
      rows.append(.feed(lines: 1))
    case .barcode(let barcode):
      if barcode.moduleDots(paper: paper) != nil { rows.append(.barcode(barcode)) }
      append(
        Column(PrintableText(barcode.text), alignment: .centre), at: 0, width: paper.columns)
    case .image(let bitmap): rows.append(.image(bitmap.fitted(widthDots: paper.widthDots)))
    case .feed(let lines): rows.append(.feed(lines: min(max(lines, 1), 20)))
    case .cut: rows.append(.cut)
    }
  }

  /// Lines of one cell alone.
  private mutating func append(_ column: Column, at start: Int, width: Int) {
    for text in column.text.lines(width: width / column.style.size.rawValue) {
      rows.append(.line(Line(pieces: [Piece(text, in: column, at: start, width: width)])))
    }
  }

  private mutating func append(_ columns: [Column], _ overflow: Overflow) {
    guard let widths = columnWidths(of: columns, overflow) else {
      for column in columns where column.text.width > 0 {
        append(column, at: 0, width: paper.columns)
      }
      return
    }
    let isOneLine = zip(columns, widths).allSatisfy { $0.paperWidth <= $1 }
    if isOneLine {
      rows.append(.line(line(columns, widths) { columns[$0].text }))
      return
    }
    let cells = zip(columns, widths).map { column, width in
      column.text.lines(width: width / column.style.size.rawValue)
    }
    let height = cells.lazy.map(\.count).max() ?? 0
    for row in 0..<height {
      rows.append(
        .line(line(columns, widths) { row < cells[$0].count ? cells[$0][row] : .empty }))
    }
  }

  private func line(
    _ columns: [Column], _ widths: [Int], text: (Int) -> PrintableText
  ) -> Line {
    var pieces: [Piece] = []
    pieces.reserveCapacity(columns.count)
    var start = 0
    for index in columns.indices {
      let text = text(index)
      if text.width > 0 {
        pieces.append(Piece(text, in: columns[index], at: start, width: widths[index]))
      }
      start += widths[index] + 1
    }
    return Line(pieces: pieces)
  }

  /// The width of each cell, or `nil` if they have to stand below one another.
  private func columnWidths(of columns: [Column], _ overflow: Overflow) -> [Int]? {
    var left = paper.columns - max(0, columns.count - 1)
    var sharing = 0
    for column in columns {
      switch column.width {
      case .natural: left -= column.paperWidth
      case .fixed(let width): left -= max(0, width)
      case .rest: sharing += 1
      }
    }
    guard left >= 0 else { return nil }
    var widths: [Int] = []
    widths.reserveCapacity(columns.count)
    for column in columns {
      let width: Int
      switch column.width {
      case .natural: width = column.paperWidth
      case .fixed(let fixed): width = max(0, fixed)
      case .rest:
        width = left / sharing
        left -= width
        sharing -= 1
      }
      let fits = column.paperWidth <= width
      guard fits || (overflow == .wrap && width >= paper.columns / 4) else { return nil }
      widths.append(width)
    }
    return widths
  }
}

extension ReceiptLayout.Piece {
  /// Text in its place inside a cell.
  init(_ text: PrintableText, in column: Column, at start: Int, width: Int) {
    let free = max(0, width - text.width * column.style.size.rawValue)
    let offset =
      switch column.alignment {
      case .left: 0
      case .centre: free / 2
      case .right: free
      }
    self.init(
      column: start + offset, text: text, style: column.style, alignment: column.alignment)
  }
}

extension Column {
  /// Columns on paper when it is not wrapped.
  var paperWidth: Int { text.width * style.size.rawValue }
}
