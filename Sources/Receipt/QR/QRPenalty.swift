/// How hard a masked symbol is to scan (ISO/IEC 18004, 7.8.3).
struct QRPenalty {
  let size: Int
  let modules: [Bool]

  /// The sum of the four rules.
  var total: Int {
    let lines = (0..<size).flatMap { [row($0), column($0)] }
    return lines.reduce(0) { $0 + runs(in: $1) + finderLike(in: $1) } + blocks + imbalance
  }

  private func row(_ index: Int) -> [Bool] { Array(modules[index * size..<(index + 1) * size]) }

  private func column(_ index: Int) -> [Bool] { (0..<size).map { modules[$0 * size + index] } }

  /// Rule 1: five or more of one colour in a row.
  private func runs(in line: [Bool]) -> Int {
    var penalty = 0
    var length = 0
    for index in line.indices {
      length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
      if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
    }
    return penalty
  }

  /// Rule 3: 1:1:3:1:1 with four white modules before or after it.
  private func finderLike(in line: [Bool]) -> Int {
    let bits = line.map { $0 ? UInt16(1) : 0 }
    var window: UInt16 = 0
    var penalty = 0
    for (index, bit) in bits.enumerated() {
      window = (window << 1 | bit) & 0x7FF
      if index >= 10, window == 0b101_1101_0000 || window == 0b000_0101_1101 { penalty += 40 }
    }
    return penalty
  }

  /// Rule 2: squares of two by two in one colour.
  private var blocks: Int {
    var count = 0
    for row in 0..<size - 1 {
      for column in 0..<size - 1 {
        let index = row * size + column
        let colour = modules[index]
        if modules[index + 1] == colour, modules[index + size] == colour,
          modules[index + size + 1] == colour
        {
          count += 1
        }
      }
    }
    return count * 3
  }

  /// Rule 4: ten for every full five percent away from half black.
  private var imbalance: Int {
    let black = modules.lazy.filter { $0 }.count
    return abs(black * 20 - modules.count * 10) / modules.count * 10
  }
}
