/// A CODE128 in subsets B (printable ASCII) and C (pairs of digits) (ISO/IEC 15417).
struct Code128 {
  /// Neighbouring characters of one subset.
  struct Part: Equatable {
    enum Subset {
      case b, c
    }

    let subset: Subset
    var bytes: [UInt8]

    /// What the symbol characters stand for: 0 to 94, in C 0 to 99.
    var values: [Int] {
      switch subset {
      case .b: bytes.map { Int($0) - 0x20 }
      case .c:
        stride(from: 0, to: bytes.count, by: 2).map { index in
          Int(bytes[index] - 0x30) * 10 + Int(bytes[index + 1] - 0x30)
        }
      }
    }
  }

  let parts: [Part]

  /// Digits go in pairs where that saves symbol characters: four or more at an end, six or more
  /// between letters, or two alone (annex E).
  init(_ text: String) {
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var index = 0
    while index < bytes.count {
      let digits = bytes[index...].prefix { (0x30...0x39).contains($0) }
      let isAtEnd = index == 0 || digits.endIndex == bytes.count
      guard digits.count >= (isAtEnd ? 4 : 6) || (digits.count == 2 && bytes.count == 2) else {
        // Too few digits for C stay together with the character after them.
        let end = min(digits.endIndex + 1, bytes.count)
        Self.append(bytes[index..<end], to: &parts)
        index = end
        continue
      }
      // An odd digit stands on the side where B is already in use.
      if !digits.count.isMultiple(of: 2), index > 0 {
        Self.append(bytes[index...index], to: &parts)
        index += 1
      }
      let pairs = (digits.endIndex - index) / 2 * 2
      parts.append(Part(subset: .c, bytes: Array(bytes[index..<index + pairs])))
      index += pairs
    }
    self.parts = parts
  }

  private static func append(_ bytes: ArraySlice<UInt8>, to parts: inout [Part]) {
    if let last = parts.indices.last, parts[last].subset == .b {
      parts[last].bytes += bytes
    } else {
      parts.append(Part(subset: .b, bytes: Array(bytes)))
    }
  }

  /// Start, data and changes of subset, check character; without the stop.
  var values: [Int] {
    var values: [Int] = []
    for part in parts {
      let isFirst = values.isEmpty
      switch part.subset {
      case .b: values.append(isFirst ? 104 : 100)
      case .c: values.append(isFirst ? 105 : 99)
      }
      values += part.values
    }
    let sum = values.enumerated().reduce(0) { $0 + max(1, $1.offset) * $1.element }
    return values + [sum % 103]
  }

  /// The modules from left to right, stop included, without the quiet zones.
  var modules: [Bool] {
    var modules: [Bool] = []
    for value in values + [Self.stop] {
      for (index, width) in Self.widths[value].utf8.enumerated() {
        modules += repeatElement(index.isMultiple(of: 2), count: Int(width) - 0x30)
      }
    }
    return modules
  }

  /// The data of `GS k 73`: `{B` and `{C` choose the subset, a brace is doubled, a pair of digits
  /// is a byte. The printer adds check character and stop.
  ///
  /// Pairs can make bytes that a printer takes for a real-time command (`10 04`: the digits 1604);
  /// then all is in B.
  var printerData: [UInt8] {
    let data = parts.flatMap(Self.printerData)
    guard RealTimeCommand.occurs(in: data) else { return data }
    return Self.printerData(of: Part(subset: .b, bytes: parts.flatMap(\.bytes)))
  }

  private static func printerData(of part: Part) -> [UInt8] {
    let brace = UInt8(ascii: "{")
    switch part.subset {
    case .b: return [brace, 0x42] + part.bytes.flatMap { $0 == brace ? [brace, brace] : [$0] }
    case .c: return [brace, 0x43] + part.values.map { UInt8($0) }
    }
  }

  private static let stop = 106

  /// Widths of bar, space, bar… by value (table 1).
  private static let widths: [Substring] = """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 \
    122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 \
    321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 \
    211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 \
    213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 \
    121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 \
    241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 \
    412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 \
    211214 211232 2331112
    """.split(separator: " ")
}
