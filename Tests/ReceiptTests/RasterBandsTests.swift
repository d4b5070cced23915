import Testing

@testable import Receipt

@Suite struct RasterBandsTests {
  @Test(arguments: [
    (1, [1], 0), (128, [128], 0), (129, [128, 1], 0), (48, [48], 8), (96, [96], 8),
    (176, [128, 48], 8), (256, [128, 128], 0), (300, [128, 128, 44], 0),
  ])
  func aBandThatWouldPrintAsGarbageIsPadded(rowCount: Int, rows: [Int], white: Int) {
    let bands = RasterBands(ability: RasterAbility(bandRows: 128, padEveryRows: 48))

    let heights = bands.heights(rowCount: rowCount)

    #expect(heights.rows == rows && heights.whiteRows == white)
  }

  @Test func noWhiteRowsStandInsideAPicture() {
    let bands = RasterBands(ability: RasterAbility(bandRows: 192, padEveryRows: 48))

    #expect(bands.heights(rowCount: 400).rows == [184, 184, 32])
    #expect(bands.heights(rowCount: 192).rows == [184, 8])
  }

  @Test(arguments: 0..<300)
  func everyByteOfAPictureIsAccountedFor(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let bitmap = numbers.bitmap()
    let ability = RasterAbility(
      command: seed.isMultiple(of: 2) ? .gsV0 : .gsL,
      bandRows: Int.random(in: 1...256, using: &numbers),
      padEveryRows: [nil, 48, 96, 24].randomElement(using: &numbers) ?? nil)

    let bands = try RasterReader.bands(RasterBands(ability: ability).bytes(of: bitmap))

    #expect(bands.allSatisfy { $0.rowBytes == bitmap.rowBytes }, "seed \(seed)")
    #expect(bands.dropLast().allSatisfy { $0.rows <= ability.bandRows }, "seed \(seed)")
    if let every = ability.padEveryRows {
      #expect(bands.allSatisfy { !$0.rows.isMultiple(of: every) }, "seed \(seed)")
    }
    let data = bands.flatMap(\.data)
    let sent = bitmap.bytes + Array(repeating: 0, count: data.count - bitmap.bytes.count)
    #expect((0...8).contains(data.count / bitmap.rowBytes - bitmap.heightDots), "seed \(seed)")
    #expect(data == asDisarmed(sent, bands), "seed \(seed)")
  }

  @Test(
    arguments: [
      ([0x10, 0x04, 0x01], [0x10, 0x0C, 0x01]), ([0x10, 0x05, 0x02], [0x10, 0x0D, 0x02]),
      ([0x10, 0x14, 0x08], [0x10, 0x1C, 0x08]), ([0x10, 0x10, 0x04], [0x10, 0x10, 0x0C]),
      ([0x10, 0x03, 0x04], [0x10, 0x03, 0x04]), ([0x04, 0x10], [0x04, 0x10]), ([], []),
    ] as [([UInt8], [UInt8])])
  func aRealTimeCommandInAPictureIsDisarmedByOneDot(raw: [UInt8], sent: [UInt8]) {
    var bytes = raw

    RealTimeCommand.disarm(&bytes)

    #expect(bytes == sent)
    #expect(!RealTimeCommand.occurs(in: bytes))
  }

  /// `ESC *` written out: a picture of two columns, its second strip one row high.
  @Test func columnsOfTwentyFourDotsAreSentWhereNothingElseIsKnown() {
    var bitmap = Bitmap(widthDots: 2, heightDots: 25)
    bitmap.blacken(x: 0, y: 0)
    bitmap.blacken(x: 1, y: 23)
    bitmap.blacken(x: 1, y: 24)

    let bytes = RasterBands(ability: RasterAbility(command: .escStar)).bytes(of: bitmap)

    #expect(
      bytes == [
        0x1B, 0x33, 0x18,
        0x1B, 0x2A, 0x21, 0x02, 0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x01, 0x0A,
        0x1B, 0x2A, 0x21, 0x02, 0x00, 0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x0A,
        0x1B, 0x32,
      ])
  }

  /// What the printer gets for these rows: in each band a real-time command has one dot more.
  private func asDisarmed(_ bytes: [UInt8], _ bands: [RasterReader.Band]) -> [UInt8] {
    var rest = bytes[...]
    var sent: [UInt8] = []
    for band in bands {
      let part = Array(rest.prefix(band.data.count))
      rest = rest.dropFirst(band.data.count)
      for (index, byte) in part.enumerated() {
        let isArmed = index > 0 && part[index - 1] == 0x10 && [0x04, 0x05, 0x14].contains(byte)
        sent.append(isArmed ? byte + 8 : byte)
      }
    }
    return sent
  }
}

extension SeededNumbers {
  /// A picture of random dots, rich in bytes that a printer takes for commands.
  fileprivate mutating func bitmap() -> Bitmap {
    var bitmap = Bitmap(
      widthDots: Int.random(in: 1...576, using: &self),
      heightDots: Int.random(in: 1...400, using: &self))
    let bytes: [UInt8] = [0x10, 0x04, 0x14, 0x05, 0x01, 0x00, 0xFF, 0x1B]
    for y in 0..<bitmap.heightDots {
      for start in stride(from: 0, to: bitmap.widthDots, by: 8) {
        let byte = bytes[Int.random(in: 0..<bytes.count, using: &self)]
        for bit in 0..<8 where byte << UInt8(bit) & 0x80 != 0 {
          bitmap.blacken(x: start + bit, y: y)
        }
      }
    }
    return bitmap
  }
}
