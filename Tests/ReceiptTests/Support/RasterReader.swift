/// Reads the picture commands of Epson's manual, and refuses all else.
enum RasterReader {
  /// One command.
  struct Band {
    let rowBytes: Int
    let rows: Int
    let data: [UInt8]
  }

  struct Fault: Error {
    let bytes: [UInt8]
  }

  /// All commands of these bytes; a `GS ( L` must be followed by its print command.
  static func bands(_ bytes: [UInt8]) throws -> [Band] {
    var rest = bytes[...]
    var bands: [Band] = []
    while !rest.isEmpty { bands.append(try band(&rest)) }
    return bands
  }

  /// The next command.
  static func band(_ rest: inout ArraySlice<UInt8>) throws -> Band {
    let head = Array(rest.prefix(15))
    if head.starts(with: [0x1D, 0x76, 0x30, 0x00]), head.count >= 8 {
      let rowBytes = Int(head[4]) + 256 * Int(head[5])
      let rows = Int(head[6]) + 256 * Int(head[7])
      return try take(&rest, header: 8, rowBytes: rowBytes, rows: rows)
    }
    guard head.starts(with: [0x1D, 0x28, 0x4C]), head.count == 15,
      Array(head[5...10]) == [0x30, 0x70, 0x30, 0x01, 0x01, 0x31]
    else { throw Fault(bytes: head) }
    let rowBytes = (Int(head[11]) + 256 * Int(head[12]) + 7) / 8
    let rows = Int(head[13]) + 256 * Int(head[14])
    guard Int(head[3]) + 256 * Int(head[4]) == 10 + rowBytes * rows else {
      throw Fault(bytes: head)
    }
    let band = try take(&rest, header: 15, rowBytes: rowBytes, rows: rows)
    guard rest.starts(with: [0x1D, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32]) else {
      throw Fault(bytes: Array(rest.prefix(8)))
    }
    rest = rest.dropFirst(7)
    return band
  }

  private static func take(
    _ rest: inout ArraySlice<UInt8>, header: Int, rowBytes: Int, rows: Int
  ) throws -> Band {
    let data = Array(rest.dropFirst(header).prefix(rowBytes * rows))
    guard rowBytes > 0, rows > 0, data.count == rowBytes * rows else {
      throw Fault(bytes: Array(rest.prefix(header)))
    }
    rest = rest.dropFirst(header + data.count)
    return Band(rowBytes: rowBytes, rows: rows, data: data)
  }
}
