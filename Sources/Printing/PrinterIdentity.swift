/// What a printer on the bus says it is; enough to choose its profile by.
public struct PrinterIdentity: Equatable, Sendable {
  /// Its numbers on the bus; cheap printers share them.
  public let id: USBID
  /// From GET_DEVICE_ID, else from the USB descriptor; `nil` if it does not say.
  public let maker: String?
  public let model: String?

  public init(id: USBID, maker: String? = nil, model: String? = nil) {
    self.id = id
    self.maker = maker
    self.model = model
  }
}

extension PrinterIdentity: CustomStringConvertible {
  public var description: String {
    ([id.description] + [maker, model].compactMap { $0 }).joined(separator: " ")
  }
}
