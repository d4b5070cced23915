/// The modules of a QR symbol while it is being drawn.
struct QRCanvas {
  let version: QRVersion
  private(set) var modules: [Bool]
  /// Modules that data may not use and masks do not change.
  private var isFunction: [Bool]

  private var size: Int { version.size }

  init(version: QRVersion) {
    self.version = version
    let count = version.size * version.size
    modules = Array(repeating: false, count: count)
    isFunction = Array(repeating: false, count: count)
  }

  /// Finder, timing and alignment patterns, version number, and room for the format (6.3).
  mutating func drawFunctionPatterns() {
    for index in 0..<size {
      set(6, index, index.isMultiple(of: 2))
      set(index, 6, index.isMultiple(of: 2))
    }
    drawFinder(row: 3, column: 3)
    drawFinder(row: 3, column: size - 4)
    drawFinder(row: size - 4, column: 3)
    let centres = version.alignmentCentres
    for row in centres {
      for column in centres where !isInFinder(row, column) {
        drawAlignment(row: row, column: column)
      }
    }
    drawFormat(mask: 0)
    if version.number >= 7 { drawVersion() }
  }

  /// Bits in pairs of columns from the right, going up and down by turns (7.7.3).
  mutating func draw(codewords: [UInt8]) {
    var bit = 0
    for right in stride(from: size - 1, through: 1, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
      let isUpward = (right + 1) & 2 == 0
      for step in 0..<size {
        let row = isUpward ? size - 1 - step : step
        for column in [right, right - 1] where !isFunction[row * size + column] {
          guard bit < codewords.count * 8 else { return }
          modules[row * size + column] = codewords[bit / 8] >> (7 - bit % 8) & 1 == 1
          bit += 1
        }
      }
    }
  }

  /// Turns over the data modules that a mask pattern names (7.8.2).
  mutating func apply(mask: Int) {
    for row in 0..<size {
      for column in 0..<size where !isFunction[row * size + column] {
        if isMasked(mask, row, column) { modules[row * size + column].toggle() }
      }
    }
  }

  /// Level M and the mask, twice, with their error correction (7.9).
  mutating func drawFormat(mask: Int) {
    var rest = mask << 10
    for bit in (10...14).reversed() where rest >> bit & 1 == 1 { rest ^= 0x537 << (bit - 10) }
    let format = (mask << 10 | rest) ^ 0x5412
    for index in 0..<15 {
      let isBlack = format >> index & 1 == 1
      let (row, column) = Self.formatPlaces[index]
      set(row, column, isBlack)
      if index < 8 { set(8, size - 1 - index, isBlack) } else { set(size - 15 + index, 8, isBlack) }
    }
    set(size - 8, 8, true)
  }

  /// Places of the format bits beside the top left finder.
  private static let formatPlaces = [
    (0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8),
    (8, 7), (8, 5), (8, 4), (8, 3), (8, 2), (8, 1), (8, 0),
  ]

  private func isMasked(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
    switch mask {
    case 0: (row + column) % 2 == 0
    case 1: row % 2 == 0
    case 2: column % 3 == 0
    case 3: (row + column) % 3 == 0
    case 4: (row / 2 + column / 3) % 2 == 0
    case 5: row * column % 2 + row * column % 3 == 0
    case 6: (row * column % 2 + row * column % 3) % 2 == 0
    default: ((row + column) % 2 + row * column % 3) % 2 == 0
    }
  }

  private mutating func drawVersion() {
    var rest = version.number << 12
    for bit in (12...17).reversed() where rest >> bit & 1 == 1 { rest ^= 0x1F25 << (bit - 12) }
    let information = version.number << 12 | rest
    for index in 0..<18 {
      let isBlack = information >> index & 1 == 1
      set(index / 3, size - 11 + index % 3, isBlack)
      set(size - 11 + index % 3, index / 3, isBlack)
    }
  }

  private mutating func drawFinder(row: Int, column: Int) {
    for y in max(0, row - 4)...min(size - 1, row + 4) {
      for x in max(0, column - 4)...min(size - 1, column + 4) {
        let ring = max(abs(y - row), abs(x - column))
        set(y, x, ring != 2 && ring != 4)
      }
    }
  }

  private mutating func drawAlignment(row: Int, column: Int) {
    for y in row - 2...row + 2 {
      for x in column - 2...column + 2 {
        set(y, x, max(abs(y - row), abs(x - column)) != 1)
      }
    }
  }

  private func isInFinder(_ row: Int, _ column: Int) -> Bool {
    (row < 8 && column < 8) || (row < 8 && column > size - 9) || (row > size - 9 && column < 8)
  }

  private mutating func set(_ row: Int, _ column: Int, _ isBlack: Bool) {
    modules[row * size + column] = isBlack
    isFunction[row * size + column] = true
  }
}
