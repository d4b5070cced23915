/// What is to be printed, as data: nothing in it knows the paper's width or the printer.
///
///     document ─▶ layout (32, 42 or 48 columns) ─▶ text · SVG · ESC/POS bytes
///
/// Invariants of this target:
/// 1. Every word passes through `PrintableText`, so no name can command a printer or a page.
/// 2. No line is wider than the paper; a character is never split and never lost.
/// 3. The three outputs come from one layout and say the same.
public struct ReceiptDocument: Equatable, Sendable {
  /// From top to bottom.
  public var blocks: [Block]

  /// A document of these blocks.
  public init(_ blocks: [Block] = []) { self.blocks = blocks }
}

/// One part of a document, from top to bottom.
public enum Block: Equatable, Sendable {
  /// A paragraph, wrapped to the paper.
  case text(PrintableText, TextStyle = .normal, Alignment = .left)
  /// Cells beside one another.
  case columns([Column], overflow: Overflow = .wrap)
  /// A line across the paper.
  case rule(Rule = .light)
  /// A QR code, centred, with its quiet zone.
  case qr(QRContent)
  /// A barcode, centred, with its text below; the text alone where the bars do not fit the paper.
  case barcode(Barcode)
  /// A picture, centred; one wider than the paper is made smaller.
  case image(Bitmap)
  /// Empty lines, 1 or more.
  case feed(lines: Int = 1)
  /// The paper is fed to the cutter and cut.
  case cut

  /// A label on the left and an amount on the right.
  public static func pair(
    _ label: PrintableText, _ amount: PrintableText, _ style: TextStyle = .normal
  ) -> Block {
    .columns([
      Column(label, style), Column(amount, style, width: .natural, alignment: .right),
    ])
  }
}

/// One cell of a row.
public struct Column: Equatable, Sendable {
  /// What it says.
  public var text: PrintableText
  /// How it looks.
  public var style: TextStyle
  /// How wide the cell is.
  public var width: ColumnWidth
  /// Where the text stands in the cell.
  public var alignment: Alignment

  /// A cell; without more it takes what the others leave.
  public init(
    _ text: PrintableText, _ style: TextStyle = .normal, width: ColumnWidth = .rest,
    alignment: Alignment = .left
  ) {
    self.text = text
    self.style = style
    self.width = width
    self.alignment = alignment
  }
}

/// How wide a cell is. One empty column parts two cells.
public enum ColumnWidth: Equatable, Sendable {
  /// As wide as its text.
  case natural
  /// This many columns.
  case fixed(Int)
  /// What the others leave, in equal parts.
  case rest
}

/// What happens to cells that do not fit beside one another.
public enum Overflow: Equatable, Sendable {
  /// The text wraps inside its cell while that is a quarter of the paper or more, else as `stack`.
  case wrap
  /// Each cell gets lines of its own.
  case stack
}

/// Where text stands in the room it has.
public enum Alignment: Equatable, Sendable {
  case left, centre, right
}

/// A line across the paper.
public enum Rule: Equatable, Sendable {
  case light, heavy
}

/// How text looks.
public struct TextStyle: Hashable, Sendable {
  /// Its scale.
  public var size: TextSize
  /// Its weight.
  public var emphasis: Emphasis

  /// A style; without more that of running text.
  public init(_ size: TextSize = .normal, _ emphasis: Emphasis = .normal) {
    self.size = size
    self.emphasis = emphasis
  }

  /// Running text.
  public static let normal = TextStyle()
  /// For names and results.
  public static let bold = TextStyle(.normal, .strong)
  /// For what helps some readers and should not hold up the others.
  public static let quiet = TextStyle(.normal, .quiet)
  /// For titles and the one amount that counts.
  public static let large = TextStyle(.double, .strong)
}

/// The size of text; the number is its scale in both directions.
public enum TextSize: Int, Sendable {
  case normal = 1
  case double = 2
}

/// The weight of text. Printers have no quiet ink: there it is normal.
public enum Emphasis: Sendable {
  case normal, strong, quiet
}
