import CUSB

/// What an opened printer calls its maker, its model and itself.
struct USBWords {
  let maker: String?
  let model: String?
  let serial: String?
  /// The languages it says it understands.
  let commandSets: [String]

  /// Asks it; no claim is needed, and nothing is sent that could reach the paper.
  init(of printer: USBPrinterDevice, _ handle: OpaquePointer) {
    let deviceID = Self.deviceID(handle, printer.interface)
    maker = deviceID?.maker ?? Self.text(handle, printer.makerIndex)
    model = deviceID?.model ?? Self.text(handle, printer.productIndex)
    serial = deviceID?.serial ?? Self.text(handle, printer.serialIndex)
    commandSets = deviceID?.commandSets ?? []
  }

  /// GET_DEVICE_ID; Linux answers it without a claim.
  private static func deviceID(_ handle: OpaquePointer, _ interface: USBPrinterInterface)
    -> DeviceID?
  {
    guard interface.isPrinterClass else { return nil }
    var answer = [UInt8](repeating: 0, count: 1_024)
    let place = UInt16(interface.number) << 8 | UInt16(interface.alternate)
    let count = libusb_control_transfer(
      handle, 0xA1, 0, 0, place, &answer, UInt16(answer.count), 1_000)
    return count > 2 ? DeviceID(answer: Array(answer.prefix(Int(count)))) : nil
  }

  private static func text(_ handle: OpaquePointer, _ index: UInt8) -> String? {
    guard index > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = libusb_get_string_descriptor_ascii(handle, index, &bytes, Int32(bytes.count))
    return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : nil
  }
}
