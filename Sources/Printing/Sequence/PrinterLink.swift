/// An open connection to a printer, as the sequence of a slip sees it: a USB interface or a
/// TCP connection.
///
/// All of it is used from one thread.
protocol PrinterLink: AnyObject {
  /// Milliseconds of a clock that only goes forward.
  var nowMs: Int64 { get }
  /// Whether anything the printer says can be heard.
  var hasInput: Bool { get }
  /// Bytes written that the printer has not taken; 0 where writing means taken.
  var untakenBytes: Int { get }

  /// Writes from the start of a block and lets input in meanwhile; returns when all of it is
  /// taken, when `limitMs` is over, or on trouble.
  func write(_ block: ArraySlice<UInt8>, limitMs: Int64) -> (count: Int, trouble: LinkTrouble?)
  /// Lets input in for up to `limitMs`; returns early if something came.
  func listen(limitMs: Int64) -> LinkTrouble?
  /// What the printer said since the last call.
  func takeInput() -> [UInt8]
  /// GET_PORT_STATUS; `nil` if the printer has none or does not answer.
  func portStatus() -> PortStatus?
  /// Clears a stall of the OUT endpoint.
  func clearStall()
}

/// What ends a transfer early.
enum LinkTrouble: Equatable {
  case stall
  /// The printer is not there any more.
  case gone
  case failed(String)
}

/// The byte of GET_PORT_STATUS (USB printer class 1.1, section 4.2.2).
struct PortStatus: Equatable {
  let byte: UInt8

  var isPaperEmpty: Bool { byte & 0x20 != 0 }
  /// "Selected" and "no error" are both missing.
  var isOffline: Bool { byte & 0x18 == 0 }

  var condition: PrinterCondition? {
    if isPaperEmpty { return .paperOut }
    return isOffline ? .offline : nil
  }
}
