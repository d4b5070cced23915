/// Names of people, as they are compared.
public enum PersonName {
  /// A name without what people write in different ways: spaces, the dot between the parts of a
  /// name, letters of either case.
  public static func key(_ name: some StringProtocol) -> String {
    let dots: Set<Unicode.Scalar> = ["•", "・", "‧", "∙", "●", ".", "．", "﹒"]
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where !scalar.properties.isWhitespace {
      scalars.append(dots.contains(scalar) ? "·" : scalar)
    }
    return String(scalars).lowercased()
  }

  /// Whether a name is, or begins with, what was typed of it.
  public static func isMatch(_ name: String, typed: String) -> Bool {
    let key = key(typed)
    return !key.isEmpty && self.key(name).hasPrefix(key)
  }
}

/// Phone numbers, as they are compared.
public enum PhoneNumber {
  /// The digits of a mobile phone of China: eleven, the first 1, the second 3 to 9; `nil` for
  /// anything else. `+86`, spaces and dashes do not matter.
  public static func mobile(_ text: some StringProtocol) -> String? {
    let typed = String(text.filter { !$0.isWhitespace && $0 != "-" && $0 != "'" })
    let digits =
      typed.hasPrefix("+86")
      ? typed.dropFirst(3) : typed.hasPrefix("86") ? typed.dropFirst(2) : typed[...]
    let bytes = Array(digits.utf8)
    guard bytes.count == 11, bytes.allSatisfy({ (0x30...0x39).contains($0) }),
      bytes[0] == UInt8(ascii: "1"), bytes[1] >= UInt8(ascii: "3")
    else { return nil }
    return String(digits)
  }

  /// A phone as it is kept: of any kind, 7 to 20 digits, `+`, dashes and spaces; `nil` for anything
  /// else.
  public static func plain(_ text: some StringProtocol) -> String? {
    let kept = String(text.filter { !$0.isWhitespace && $0 != "'" })
    let isPhone = kept.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
    }
    guard isPhone, (7...20).contains(kept.utf8.count) else { return nil }
    return kept
  }
}
