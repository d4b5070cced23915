extension CouponTerms {
  /// A code as it is kept: upper case, without blanks and dashes.
  public static func folded(_ code: some StringProtocol) -> String {
    String(decoding: code.uppercased().utf8.filter { $0 != 0x20 && $0 != 0x2d }, as: UTF8.self)
  }

  /// Whether text can be a code: upper-case letters and digits.
  public static func isCode(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
  }
}
