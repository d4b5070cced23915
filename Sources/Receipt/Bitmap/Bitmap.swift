/// A picture of black and white dots.
public struct Bitmap: Hashable, Sendable {
  /// Dots of a row, 1 or more.
  public let widthDots: Int
  /// Rows, 1 or more.
  public let heightDots: Int
  /// Row after row; a row begins at a byte, its first dot is the highest bit, 1 is black. Bits
  /// beyond the width are 0.
  public internal(set) var bytes: [UInt8]

  /// A white picture.
  public init(widthDots: Int, heightDots: Int) {
    precondition(widthDots > 0 && heightDots > 0, "a picture has a size")
    self.widthDots = widthDots
    self.heightDots = heightDots
    bytes = Array(repeating: 0, count: (widthDots + 7) / 8 * heightDots)
  }

  /// Bytes of a row.
  public var rowBytes: Int { (widthDots + 7) / 8 }

  /// Whether a dot is black; outside the picture all is white.
  public func isBlack(x: Int, y: Int) -> Bool {
    guard (0..<widthDots).contains(x), (0..<heightDots).contains(y) else { return false }
    return bytes[y * rowBytes + x / 8] & 0x80 >> UInt8(x % 8) != 0
  }

  /// Blackens a dot; outside the picture does nothing.
  public mutating func blacken(x: Int, y: Int) {
    guard (0..<widthDots).contains(x), (0..<heightDots).contains(y) else { return }
    bytes[y * rowBytes + x / 8] |= 0x80 >> UInt8(x % 8)
  }

  /// Blackens what is black in another picture, whose top left corner is put at a place.
  public mutating func draw(_ other: Bitmap, x: Int, y: Int) {
    for row in 0..<other.heightDots {
      for column in 0..<other.widthDots where other.isBlack(x: column, y: row) {
        blacken(x: x + column, y: y + row)
      }
    }
  }

  /// Blackens a rectangle.
  mutating func fill(x: Range<Int>, y: Range<Int>) {
    for row in y { for column in x { blacken(x: column, y: row) } }
  }
}

extension Bitmap {
  /// The smallest whole part of the picture's size that is not wider than this; a dot is black
  /// where half of what it stands for, or more, is.
  func fitted(widthDots limit: Int) -> Bitmap {
    let factor = (widthDots + limit - 1) / limit
    if factor <= 1 { return self }
    var small = Bitmap(
      widthDots: (widthDots + factor - 1) / factor, heightDots: (heightDots + factor - 1) / factor)
    for y in 0..<small.heightDots {
      for x in 0..<small.widthDots {
        let dots = (0..<factor * factor).lazy.filter {
          isBlack(x: x * factor + $0 % factor, y: y * factor + $0 / factor)
        }
        if dots.count * 2 >= factor * factor { small.blacken(x: x, y: y) }
      }
    }
    return small
  }

  /// The picture with white on its left, so that it stands in the middle of the paper without
  /// help from the printer, some of which centre text only.
  func centred(widthDots paper: Int) -> Bitmap {
    let left = max(0, (paper - widthDots) / 2)
    if left == 0 { return self }
    var centred = Bitmap(widthDots: left + widthDots, heightDots: heightDots)
    centred.draw(self, x: left, y: 0)
    return centred
  }

  /// The picture without white bytes on its right; a white one is one byte wide.
  var trimmedRight: Bitmap {
    var used = 1
    for (index, byte) in bytes.enumerated() where byte != 0 {
      used = max(used, index % rowBytes + 1)
    }
    if used == rowBytes { return self }
    var trimmed = Bitmap(widthDots: used * 8, heightDots: heightDots)
    for row in 0..<heightDots {
      let start = row * rowBytes
      trimmed.bytes.replaceSubrange(
        row * used..<(row + 1) * used, with: bytes[start..<start + used])
    }
    return trimmed
  }

  /// Modules as squares.
  init(_ symbol: QRSymbol, moduleDots: Int) {
    self.init(widthDots: symbol.size * moduleDots, heightDots: symbol.size * moduleDots)
    for row in 0..<symbol.size {
      for column in 0..<symbol.size where symbol.isBlack(row: row, column: column) {
        fill(
          x: column * moduleDots..<(column + 1) * moduleDots,
          y: row * moduleDots..<(row + 1) * moduleDots)
      }
    }
  }

  /// Modules as bars.
  init(_ barcode: Barcode, moduleDots: Int) {
    let modules = barcode.modules
    self.init(widthDots: modules.count * moduleDots, heightDots: Barcode.heightDots)
    for (index, isBlack) in modules.enumerated() where isBlack {
      fill(x: index * moduleDots..<(index + 1) * moduleDots, y: 0..<heightDots)
    }
  }

  /// The black dots as one path of SVG, a rectangle for each run of a row.
  var path: String {
    var path = ""
    for y in 0..<heightDots {
      var x = 0
      while x < widthDots {
        let start = x
        while isBlack(x: x, y: y) { x += 1 }
        if x > start { path += "M\(start) \(y)h\(x - start)v1H\(start)z" }
        x += 1
      }
    }
    return path
  }
}
