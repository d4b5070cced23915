extension Unicode.Scalar {
  /// Whether it prints nothing but changes how other text prints.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

/// Text without the spaces around it.
func trimmed(_ text: String) -> String {
  let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\u{3000}" }
  return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
}
