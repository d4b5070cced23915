internal import POS

/// Writes the parts that all slips share; each slip's own parts are extensions.
struct SlipWriter {
  var blocks: [Block] = []

  /// Station, title and, on a reprint, the mark of a copy.
  mutating func writeHead(_ heading: SlipHeading, title: PrintableText, titleEn: PrintableText) {
    blocks.append(.text(PrintableText(heading.station.name), .bold, .centre))
    if !heading.station.nameEn.isEmpty {
      blocks.append(.text(PrintableText(heading.station.nameEn), .quiet, .centre))
    }
    writeCopyMark(heading)
    blocks.append(.text(title, .large, .centre))
    blocks.append(.text(titleEn, .quiet, .centre))
    blocks.append(.rule())
  }

  /// The mark of a copy once more, and the end of the paper.
  mutating func writeEnd(_ heading: SlipHeading) {
    writeCopyMark(heading)
    blocks.append(.cut)
  }

  private mutating func writeCopyMark(_ heading: SlipHeading) {
    guard heading.copy > 0 else { return }
    blocks.append(.text("副本 COPY \(String(heading.copy))", .large, .centre))
  }

  /// A rule and a title for what follows.
  mutating func writeSection(_ title: PrintableText, _ titleEn: PrintableText) {
    blocks.append(.rule())
    blocks.append(
      .columns([Column(title, .bold, width: .natural), Column(titleEn, .quiet)]))
  }

  mutating func writeRow(
    _ name: PrintableText, _ nameEn: PrintableText, _ value: PrintableText,
    _ style: TextStyle = .normal
  ) {
    blocks.append(.row(name, nameEn, value, style))
  }

  mutating func writeRow(
    _ name: PrintableText, _ nameEn: PrintableText, _ amount: Money,
    _ style: TextStyle = .normal
  ) {
    writeRow(name, nameEn, PrintableText(amount.yuanText), style)
  }

  /// An amount with its sign, as part of a sum.
  mutating func writeSigned(
    _ name: PrintableText, _ nameEn: PrintableText, _ amount: Money
  ) {
    writeRow(name, nameEn, PrintableText(amount.signedYuanText))
  }

  /// A value beside a name of any length: the English goes below where narrow paper would break it.
  mutating func writeNamed(
    _ name: SlipName, _ value: PrintableText, _ style: TextStyle = .normal
  ) {
    let both = PrintableText(name.both)
    if both.width + 1 + value.width <= PaperWidth.columns32.columns {
      writeRow(PrintableText(name.name), PrintableText(name.nameEn), value, style)
    } else {
      blocks.append(.pair(PrintableText(name.name), value, style))
      if !name.nameEn.isEmpty { blocks.append(.text(PrintableText("  \(name.nameEn)"), .quiet)) }
    }
  }

  mutating func writeDetail(_ label: PrintableText, _ value: PrintableText) {
    blocks.append(.detail(label, value))
  }

  /// A sentence in both languages.
  mutating func writeNote(_ note: PrintableText, _ noteEn: PrintableText) {
    blocks.append(.text(note))
    blocks.append(.text(noteEn, .quiet))
  }

  /// Room for a signature above a line.
  mutating func writeSignatureLine(_ who: PrintableText, _ whoEn: PrintableText) {
    blocks.append(
      .columns([Column(who, width: .natural), Column(whoEn, .quiet)]))
    blocks.append(.feed(lines: 3))
    blocks.append(.rule())
  }

  /// How a slip that is closed with a signature is checked.
  mutating func writeProof(_ proof: SlipProof) {
    blocks.append(.rule())
    writeCheckCode(proof)
    if let signature = proof.signature {
      writeCode("签名 Signed", PrintableText(signature.signature))
      writeCode("公钥指纹 Key", PrintableText(signature.keyFingerprint))
    } else {
      writeCode("签名 Signed", "未签名 not signed")
    }
  }

  /// The number and short hash of the slip's record.
  mutating func writeCheckCode(_ proof: SlipProof) {
    writeCode("核对码 Check", PrintableText(proof.journal.checkCode))
  }

  private mutating func writeCode(_ label: PrintableText, _ code: PrintableText) {
    blocks.append(
      .columns(
        [Column(label), Column(code, width: .natural, alignment: .right)], overflow: .stack))
  }
}
