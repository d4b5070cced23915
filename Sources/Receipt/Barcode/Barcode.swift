/// What a barcode says: printable ASCII in CODE128, or the digits of an EAN-13.
public struct Barcode: Hashable, Sendable {
  /// How the bars are made.
  public enum Symbology: Sendable {
    /// ISO/IEC 15417, subsets B and C.
    case code128
    /// ISO/IEC 15420.
    case ean13
  }

  /// How the bars are made.
  public let symbology: Symbology
  /// What a scanner reads, an EAN-13 with its check digit; it is also printed below the bars.
  public let text: String

  /// The longest text of a CODE128: even 80 mm paper holds no more in bars that scan.
  public static let lengthLimit = 48

  /// `nil` if the text is empty, longer than `lengthLimit`, or has anything but the characters
  /// 20 to 7E.
  public init?(code128 text: String) {
    guard (1...Self.lengthLimit).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    self.text = text
    symbology = .code128
  }

  /// Twelve digits, to which the check digit is added, or thirteen with a right one; else `nil`.
  public init?(ean13 digits: String) {
    let values = digits.utf8.map { Int($0) - 0x30 }
    guard values.count == 12 || values.count == 13, values.allSatisfy({ (0...9).contains($0) })
    else { return nil }
    let check = EAN13.checkDigit(of: values.prefix(12))
    guard values.count == 12 || values[12] == check else { return nil }
    text = values.count == 12 ? digits + String(check) : digits
    symbology = .ean13
  }

  /// The modules from left to right without the quiet zones; true is black.
  var modules: [Bool] {
    switch symbology {
    case .code128: Code128(text).modules
    case .ean13: EAN13.modules(of: text.utf8.map { Int($0) - 0x30 })
    }
  }

  /// Rows of dots of the bars: 10 mm.
  static let heightDots = 80

  /// Dots of one module on a paper: 3, or 2 (a quarter of a millimetre, the least that scans);
  /// `nil` if the bars and their quiet zones do not fit, then the text is printed alone.
  func moduleDots(paper: PaperWidth) -> Int? {
    let dots = paper.widthDots / (modules.count + 2 * Self.quietModules)
    return dots < 2 ? nil : min(dots, 3)
  }

  /// White modules on each side, as both standards ask (EAN-13: 11 on the left).
  private static let quietModules = 11
}
