import Foundation

/// A printer in the plainest way: reads ESC/POS bytes and tells what is on the paper. It shares
/// nothing with the code under test and knows only the commands a receipt may use.
struct PaperReader {
  enum Fault: Error {
    case unknownCommand([UInt8])
    case lineTooWide(Int)
    case brokenText([UInt8])
    case centredInsideLine
  }

  private(set) var lines: [String] = []
  private(set) var qrContents: [String] = []
  /// Lines and QR contents in the order they are printed.
  private(set) var everything = ""
  /// The bands of pictures.
  private(set) var pictures: [RasterReader.Band] = []
  private(set) var cutCount = 0
  private var line: [UInt8] = []
  private var used = 0
  private var scale = 1
  private var stored: [UInt8] = []
  private let columns: Int

  init(_ bytes: [UInt8], columns: Int) throws {
    self.columns = columns
    var rest = bytes[...]
    while let first = rest.first {
      if first >= 0x20 {
        try printCharacter(&rest)
      } else {
        try command(&rest)
      }
    }
  }

  private mutating func printCharacter(_ rest: inout ArraySlice<UInt8>) throws {
    let length = rest[rest.startIndex] < 0x80 ? 1 : 2
    guard rest[rest.startIndex] != 0x7F, rest.count >= length else {
      throw Fault.brokenText(Array(rest.prefix(2)))
    }
    line += rest.prefix(length)
    used += length * scale
    guard used <= columns else { throw Fault.lineTooWide(used) }
    rest = rest.dropFirst(length)
  }

  private mutating func command(_ rest: inout ArraySlice<UInt8>) throws {
    switch Array(rest.prefix(3)) {
    case let head where head[0] == 0x0A:
      try endLine()
      rest = rest.dropFirst(1)
    case let head where head.prefix(2) == [0x1B, 0x40] || head.prefix(2) == [0x1C, 0x26]:
      rest = rest.dropFirst(2)
    case [0x1B, 0x61, 0], [0x1B, 0x61, 1]:
      guard line.isEmpty else { throw Fault.centredInsideLine }
      rest = rest.dropFirst(3)
    case [0x1B, 0x45, 0], [0x1B, 0x45, 1]:
      rest = rest.dropFirst(3)
    case [0x1D, 0x21, 0x00], [0x1D, 0x21, 0x11]:
      scale = rest[rest.startIndex + 2] == 0 ? 1 : 2
      rest = rest.dropFirst(3)
    case let head where head.count == 3 && head.prefix(2) == [0x1B, 0x64]:
      lines += Array(repeating: "", count: Int(head[2]))
      rest = rest.dropFirst(3)
    case [0x1D, 0x28, 0x6B]:
      try qrCommand(&rest)
    case [0x1D, 0x76, 0x30], [0x1D, 0x28, 0x4C]:
      guard line.isEmpty else { throw Fault.centredInsideLine }
      pictures.append(try RasterReader.band(&rest))
    case [0x1D, 0x56, 0x42] where rest.dropFirst(3).first == 0:
      cutCount += 1
      rest = rest.dropFirst(4)
    default:
      throw Fault.unknownCommand(Array(rest.prefix(8)))
    }
  }

  private mutating func qrCommand(_ rest: inout ArraySlice<UInt8>) throws {
    let head = Array(rest.prefix(5))
    guard head.count == 5 else { throw Fault.unknownCommand(head) }
    let body = Array(rest.dropFirst(5).prefix(Int(head[3]) + 256 * Int(head[4])))
    switch Array(body.prefix(2)) {
    case [0x31, 0x41] where body == [0x31, 0x41, 0x32, 0x00]: break
    case [0x31, 0x43] where body.count == 3 && (3...6).contains(body[2]): break
    case [0x31, 0x45] where body == [0x31, 0x45, 0x31]: break
    case [0x31, 0x50] where body.count > 3 && body[2] == 0x30: stored = Array(body.dropFirst(3))
    case [0x31, 0x51] where body == [0x31, 0x51, 0x30] && line.isEmpty:
      let content = String(decoding: stored, as: UTF8.self)
      qrContents.append(content)
      everything += content
    default: throw Fault.unknownCommand(head + body)
    }
    rest = rest.dropFirst(5 + body.count)
  }

  private mutating func endLine() throws {
    let gb18030 = String.Encoding(rawValue: 0x8000_0632)
    guard let text = String(data: Data(line), encoding: gb18030) else {
      throw Fault.brokenText(line)
    }
    lines.append(text.trimmingCharacters(in: .whitespaces))
    everything += text.filter { !$0.isWhitespace }
    line = []
    used = 0
  }
}

/// What a two-byte printer can show of a text: `〓` for the rest.
func asPrinted(_ text: String) -> String {
  let gb18030 = String.Encoding(rawValue: 0x8000_0632)
  return String(
    text.compactMap { character -> Character? in
      let visible = character.unicodeScalars.filter {
        !$0.properties.isDefaultIgnorableCodePoint
      }
      var kept = String.UnicodeScalarView()
      kept.append(contentsOf: visible)
      if kept.isEmpty { return nil }
      let composed = String(kept).precomposedStringWithCanonicalMapping
      let bytes = composed.data(using: gb18030)?.count ?? 0
      return composed.unicodeScalars.count == 1 && bytes <= 2 ? Character(composed) : "〓"
    })
}
