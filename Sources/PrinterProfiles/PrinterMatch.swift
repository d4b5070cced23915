public import Printing

/// How a printer is known to have a profile: all that is named here must hold.
public struct PrinterMatch: Equatable, Sendable {
  /// The maker's number on the bus.
  public var vendor: UInt16?
  /// The model's number on the bus; only with `vendor`.
  public var product: UInt16?
  /// What it calls its maker and itself; a `*` at the end stands for any more.
  public var maker: String?
  public var model: String?

  /// Nothing named yet.
  public init(
    vendor: UInt16? = nil, product: UInt16? = nil, maker: String? = nil, model: String? = nil
  ) {
    self.vendor = vendor
    self.product = product
    self.maker = maker
    self.model = model
  }

  /// How much it says: its own name for its model tells most, because cheap models share their
  /// numbers; then model number, maker's name, maker's number.
  ///
  /// Of several that hold, the strongest is taken.
  public var strength: Int {
    (model == nil ? 0 : 8) + (product == nil ? 0 : 4) + (maker == nil ? 0 : 2)
      + (vendor == nil ? 0 : 1)
  }

  /// Whether all that is named holds of this printer.
  public func holds(of printer: PrinterIdentity) -> Bool {
    (vendor ?? printer.id.vendor) == printer.id.vendor
      && (product ?? printer.id.product) == printer.id.product
      && Self.matches(maker, printer.maker) && Self.matches(model, printer.model)
  }

  /// The number of one model, where both are named.
  var usbID: USBID? {
    guard let vendor, let product else { return nil }
    return USBID(vendor: vendor, product: product)
  }

  /// Letters match in either case, because firmware of one model differs in it.
  private static func matches(_ pattern: String?, _ text: String?) -> Bool {
    guard let pattern = pattern?.lowercased() else { return true }
    guard let text = text?.lowercased() else { return false }
    return pattern.hasSuffix("*") ? text.hasPrefix(pattern.dropLast()) : text == pattern
  }
}

extension PrinterMatch: CustomStringConvertible {
  public var description: String {
    var facts: [String] = []
    if let vendor {
      let id = USBID(vendor: vendor, product: product ?? 0).description
      facts.append("USB id \(product == nil ? id.prefix(5) + "*" : id[...])")
    }
    if let maker { facts.append("maker \(maker)") }
    if let model { facts.append("model \(model)") }
    return facts.joined(separator: ", ")
  }
}
