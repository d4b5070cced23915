/// A maker's and a model's number: `04b8:0202`.
public struct USBID: Equatable, Hashable, Sendable, CustomStringConvertible {
  public let vendor: UInt16
  public let product: UInt16

  public init(vendor: UInt16, product: UInt16) {
    self.vendor = vendor
    self.product = product
  }

  /// Reads `04b8:0202`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ 1...4 ~= $0.count }),
      let vendor = UInt16(parts[0], radix: 16), let product = UInt16(parts[1], radix: 16)
    else { return nil }
    self.init(vendor: vendor, product: product)
  }

  public var description: String { Self.hexadecimal(vendor) + ":" + Self.hexadecimal(product) }

  private static func hexadecimal(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// Which USB printer to use.
///
/// Cheap printers share vendor and product numbers and have no serial numbers, or all the same:
/// only the place they are plugged in tells two of them apart.
public struct USBPrinterChoice: Equatable, Sendable {
  /// All Epson TM printers in vendor-class mode.
  public static let epsonVendorClass = USBID(vendor: 0x04B8, product: 0x0202)

  /// Only this one, if given.
  public var id: USBID?
  /// Only the one plugged in here, if given: bus and ports, `1-2.4`.
  public var path: String?
  /// Printers that do not say they are of the printer class.
  public var vendorClass: Set<USBID>

  public init(
    id: USBID? = nil, path: String? = nil, vendorClass: Set<USBID> = [epsonVendorClass]
  ) {
    self.id = id
    self.path = path
    self.vendorClass = vendorClass.union(id.map { [$0] } ?? [])
  }

  /// The printer meant, of those found; `nil` if none is, or it cannot be told which.
  ///
  /// Without a path the one used before is taken, else the only one, else, the first time, the
  /// first by path.
  func chosen<Printer>(
    from printers: [Printer], before lastPath: String?, identity: (Printer) -> (USBID, String)
  ) -> Printer? {
    let candidates = printers.filter { printer in
      let (id, path) = identity(printer)
      return (self.id ?? id) == id && (self.path ?? path) == path
    }
    if let same = candidates.first(where: { identity($0).1 == lastPath }) { return same }
    if lastPath != nil, candidates.count > 1 { return nil }
    return candidates.min { identity($0).1 < identity($1).1 }
  }
}
