extension ReceiptLayout {
  /// The layout as UTF-8 text: one line feed after every line, no trailing spaces.
  ///
  /// Large text has normal size, a QR code is its content, a picture and a cut are
  /// nothing.
  public var text: String {
    var text = ""
    for row in rows {
      switch row {
      case .line(let line): text += line.text + "\n"
      case .rule(let rule): text += rule.text(columns: paper.columns) + "\n"
      case .qr(let content):
        for line in PrintableText(content.text).lines(width: paper.columns) {
          text += line.string + "\n"
        }
      case .feed(let lines): text += String(repeating: "\n", count: lines)
      // The text of a barcode is a line of its own below it.
      case .barcode, .image, .cut: continue
      }
    }
    return text
  }
}

extension ReceiptLayout.Line {
  fileprivate var text: String {
    var text = ""
    var used = 0
    for piece in pieces {
      let column = max(used, piece.textColumn)
      text += String(repeating: " ", count: column - used) + piece.text.string
      used = column + piece.text.width
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension ReceiptLayout.Piece {
  /// The column of its left edge when all text has normal size.
  fileprivate var textColumn: Int {
    let free = width - text.width
    switch alignment {
    case .left: return column
    case .centre: return column + free / 2
    case .right: return column + free
    }
  }
}

extension Rule {
  /// The rule as typewriters draw it.
  func text(columns: Int) -> String {
    String(repeating: self == .light ? "-" : "=", count: columns)
  }
}
