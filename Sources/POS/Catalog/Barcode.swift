/// The digits of an EAN-8 or EAN-13 symbol with a right check digit.
///
/// Source: GS1 General Specifications, section 7.9 (check digit: weights 3 and 1 from the right).
public struct Barcode: Hashable, Sendable {
  public let digits: String

  /// Why text is no barcode.
  public enum Problem: Error, Equatable, Sendable {
    case notDigits
    case wrongLength(Int)
    case wrongCheckDigit(expected: Int)
  }

  /// Reads 8 or 13 digits. Checks in order: digits only, length, check digit.
  public init(_ text: some StringProtocol) throws(Problem) {
    let values = text.utf8.map { Int($0) - 0x30 }
    guard !values.isEmpty, values.allSatisfy((0...9).contains) else { throw .notDigits }
    guard values.count == 8 || values.count == 13 else { throw .wrongLength(values.count) }
    let expected = Self.checkDigit(of: values.dropLast())
    guard values.last == expected else { throw .wrongCheckDigit(expected: expected) }
    digits = String(text)
  }

  /// The check digit for the digits before it.
  static func checkDigit(of values: some BidirectionalCollection<Int>) -> Int {
    var sum = 0
    for (position, value) in values.reversed().enumerated() {
      sum += position.isMultiple(of: 2) ? 3 * value : value
    }
    return (10 - sum % 10) % 10
  }
}

/// How the station's own scale writes its labels: an EAN-13 with a prefix, five digits of item
/// code and five of weight or price. Which prefix means what is a table of the shop.
///
/// Source: GS1 General Specifications, section 2.1.12 (restricted circulation numbers 20–29).
public struct InStoreLayout: Equatable, Sendable {
  /// What the last five digits before the check digit hold.
  public enum Content: String, CaseIterable, Sendable {
    /// Grams; the price comes from the catalogue.
    case grams
    /// The list price of the piece in fen.
    case priceFen
  }

  /// Two digits, 20 to 29.
  public let prefix: String
  public let content: Content

  /// `nil` unless the prefix is 20 to 29.
  public init?(prefix: String, content: Content) {
    guard prefix.utf8.count == 2, let number = Int(prefix), (20...29).contains(number) else {
      return nil
    }
    self.prefix = prefix
    self.content = content
  }

  /// The layouts a new station begins with: 21 weighs, 22 is priced.
  public static let defaults: [InStoreLayout] = [
    InStoreLayout(prefix: "21", content: .grams), InStoreLayout(prefix: "22", content: .priceFen),
  ].compactMap { $0 }
}

/// What a label of the station's own scale says.
public struct InStoreLabel: Equatable, Sendable {
  public let itemCode: String
  public let content: InStoreLayout.Content
  /// Grams or fen, as `content` says.
  public let value: Int64

  /// Reads a label; `nil` if no layout of the table has its prefix.
  public init?(_ barcode: Barcode, layouts: [InStoreLayout]) {
    guard barcode.digits.utf8.count == 13,
      let layout = layouts.first(where: { barcode.digits.hasPrefix($0.prefix) }),
      let value = Int64(barcode.digits.dropFirst(7).prefix(5))
    else { return nil }
    itemCode = String(barcode.digits.dropFirst(2).prefix(5))
    content = layout.content
    self.value = value
  }
}
