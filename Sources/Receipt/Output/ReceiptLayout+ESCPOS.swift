extension ReceiptLayout {
  /// The layout as bytes for an ESC/POS printer.
  ///
  /// The commands, all of them: `ESC @`, `FS &`, `ESC a`, `ESC E`, `GS !`, `ESC d`, line feed, and
  /// as the profile says `GS ( k`, `GS k` with `GS h`, `GS w` and `GS H`, `GS v 0` or `GS ( L` or
  /// `ESC *` with `ESC 3` and `ESC 2`, `GS V 65 0` or `GS V 66 0` (Epson's ESC/POS manual; the
  /// Chinese mode as in the SPRT manual).
  ///
  /// - Parameter profile: What the printer can do. Without it, a printer that draws QR codes and
  ///   barcodes itself and cuts. A layout for other paper than the profile's has 12 dots a column.
  /// - Parameter glyphs: Draws the characters the printer does not have: a line with such a
  ///   character is drawn whole. Without it, and for characters it has none of, `〓` is printed.
  public func escPosBytes(
    profile: PrinterProfile? = nil, glyphs: (any GlyphSource)? = nil
  ) -> [UInt8] {
    let profile = profile ?? PrinterProfile(id: "plain", name: "", paper: paper)
    var writer = ESCPOSWriter(paper: paper, profile: profile, glyphs: glyphs, rowCount: rows.count)
    for row in rows { writer.write(row) }
    return writer.bytes
  }
}

extension DrawerPin {
  /// The command that opens the drawer: 100 ms of current, then 500 ms of rest; nothing where
  /// there is no drawer. A printer acts on it at once, also between two slips.
  public var kick: [UInt8] {
    switch self {
    case .none: []
    case .pin2: [0x1B, 0x70, 0x00, 0x32, 0xFA]
    case .pin5: [0x1B, 0x70, 0x01, 0x32, 0xFA]
    }
  }
}

extension Cutter {
  /// Feeds to the cutter and cuts; without a cutter the text is fed past the edge to tear at.
  var cut: [UInt8] {
    switch self {
    case .none: [0x1B, 0x64, 0x04]
    case .partial: [0x1D, 0x56, 0x42, 0x00]
    case .full: [0x1D, 0x56, 0x41, 0x00]
    }
  }
}
