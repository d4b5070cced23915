import Crypto

// What the journal holds of the rows of a batch: their hash. Rows are told from one another by
// their ids, so that a hash of one row cannot be guessed back without the row's key.

extension TerminalPass {
  /// SHA-256 over passes in order: a line each, its columns parted by tabs; 64 hexadecimal digits.
  public static func hash(of passes: [TerminalPass]) -> String {
    var lines = HashLines()
    for pass in passes {
      lines.add(pass.id.text)
      lines.add(pass.number)
      lines.add(pass.wireTime)
      lines.add(pass.atMs)
      lines.add(pass.method)
      lines.add(pass.recordNumber)
      lines.add(pass.isLive ? 1 : 0)
      lines.endLine()
    }
    return lines.hash
  }
}

extension EvidenceRow {
  /// SHA-256 over events, as for passes.
  public static func hash(of rows: [EvidenceRow]) -> String {
    var lines = HashLines()
    for row in rows {
      lines.add(row.id.text)
      lines.add(row.meaning)
      lines.add(row.detail)
      lines.add(row.operatorNumber ?? "")
      lines.add(row.subjectNumber ?? "")
      lines.add(row.wireTime ?? "")
      lines.add(row.atMs)
      lines.endLine()
    }
    return lines.hash
  }
}

extension TerminalNumber {
  /// SHA-256 over pairs of numbers, as for passes.
  public static func hash(of numbers: [TerminalNumber]) -> String {
    var lines = HashLines()
    for pair in numbers {
      lines.add(pair.wireNumber)
      lines.add(pair.number)
      lines.endLine()
    }
    return lines.hash
  }
}

/// Lines of columns, each column ended by a tab, each line by a line feed.
private struct HashLines {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(16 * 1024) }

  mutating func add(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\t"))
  }

  /// A number in decimal digits; nothing for `nil`.
  mutating func add(_ number: Int64?) { add(number.map { String($0) } ?? "") }

  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  var hash: String { hexText(SHA256.hash(data: bytes)) }
}
