/// One slip for a printer: its bytes, and the same as text and picture for printers that are
/// files.
public struct Slip: Equatable, Sendable {
  /// A name for files: letters, digits, `-`.
  public let name: String
  public let bytes: [UInt8]
  public let text: String
  public let svg: String
  /// The printer it was drawn for: on another it is not printed.
  public let printer: PrinterIdentity?

  public init(
    name: String, bytes: [UInt8], text: String, svg: String, printer: PrinterIdentity? = nil
  ) {
    self.name = name
    self.bytes = bytes
    self.text = text
    self.svg = svg
    self.printer = printer
  }
}

/// How sure a transport is that a slip came out.
public enum Delivery: Equatable, Sendable {
  /// The printer said so.
  case printed
  /// All bytes were taken and nothing speaks against it.
  case accepted
}
