extension Block {
  /// A heading in both languages with its value on the right.
  static func row(
    _ name: PrintableText, _ nameEn: PrintableText, _ value: PrintableText,
    _ style: TextStyle = .normal
  ) -> Block {
    let nameStyle = TextStyle(.normal, style.emphasis)
    return .columns([
      Column(name, nameStyle, width: .natural), Column(nameEn, .quiet),
      Column(value, style, width: .natural, alignment: .right),
    ])
  }

  /// What few readers look for, on one line or two.
  static func detail(_ label: PrintableText, _ value: PrintableText) -> Block {
    .columns(
      [
        Column(label, .quiet), Column(value, .quiet, width: .natural, alignment: .right),
      ],
      overflow: .stack)
  }
}
