/// Sends pictures in the bands and with the command a printer takes.
struct RasterBands {
  let ability: RasterAbility

  /// Rows of the bands of a picture from top to bottom, and white rows after the last.
  ///
  /// A band whose height is a multiple of `padEveryRows` prints as garbage. Inside a picture white
  /// rows would be seen, so there the band is eight rows lower instead. The last is padded, or
  /// parted where the white rows would make it too high.
  func heights(rowCount: Int) -> (rows: [Int], whiteRows: Int) {
    let limit = max(1, ability.bandRows)
    let full = isBad(limit) ? max(1, limit - Self.padding) : limit
    var rows: [Int] = []
    var left = rowCount
    while left > full {
      rows.append(full)
      left -= full
    }
    if !isBad(left) { return (rows + [left], 0) }
    if left + Self.padding <= limit { return (rows + [left], Self.padding) }
    return (rows + [left - Self.padding, Self.padding], 0)
  }

  private static let padding = 8

  private func isBad(_ rows: Int) -> Bool {
    guard let every = ability.padEveryRows, every > 0 else { return false }
    return rows.isMultiple(of: every)
  }

  /// The commands that print a picture at the left edge; the next line follows below it.
  func bytes(of bitmap: Bitmap) -> [UInt8] {
    if ability.command == .escStar { return strips(of: bitmap) }
    var bytes: [UInt8] = []
    let (heights, whiteRows) = heights(rowCount: bitmap.heightDots)
    var top = 0
    for (index, rows) in heights.enumerated() {
      var data = Array(bitmap.bytes[top * bitmap.rowBytes..<(top + rows) * bitmap.rowBytes])
      top += rows
      var height = rows
      if index == heights.count - 1 {
        height += whiteRows
        data.append(contentsOf: repeatElement(0, count: whiteRows * bitmap.rowBytes))
      }
      RealTimeCommand.disarm(&data)
      bytes += header(widthDots: bitmap.widthDots, rowBytes: bitmap.rowBytes, rows: height)
      bytes += data
      if ability.command == .gsL { bytes += [0x1D, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32] }
    }
    return bytes
  }

  private func header(widthDots: Int, rowBytes: Int, rows: Int) -> [UInt8] {
    if ability.command == .gsV0 {
      // Bytes of a row, rows.
      return [0x1D, 0x76, 0x30, 0x00] + Self.pair(rowBytes) + Self.pair(rows)
    }
    // Dots of a row, rows; stored, then printed.
    return [0x1D, 0x28, 0x4C] + Self.pair(10 + rowBytes * rows)
      + [0x30, 0x70, 0x30, 0x01, 0x01, 0x31] + Self.pair(widthDots) + Self.pair(rows)
  }

  /// `ESC *`: strips of 24 rows, three bytes a column, at a line pitch of 24 dots.
  private func strips(of bitmap: Bitmap) -> [UInt8] {
    var bytes: [UInt8] = [0x1B, 0x33, 24]
    for top in stride(from: 0, to: bitmap.heightDots, by: 24) {
      var data: [UInt8] = []
      data.reserveCapacity(bitmap.widthDots * 3)
      for x in 0..<bitmap.widthDots {
        for y in stride(from: top, to: top + 24, by: 8) {
          data.append(
            (0..<8).reduce(0) { $0 << 1 | (bitmap.isBlack(x: x, y: y + $1) ? 1 : 0) })
        }
      }
      RealTimeCommand.disarm(&data)
      bytes += [0x1B, 0x2A, 0x21] + Self.pair(bitmap.widthDots) + data + [0x0A]
    }
    return bytes + [0x1B, 0x32]
  }

  /// 16 bits, the lower byte first.
  private static func pair(_ value: Int) -> [UInt8] {
    [UInt8(value & 0xFF), UInt8(value >> 8)]
  }
}
