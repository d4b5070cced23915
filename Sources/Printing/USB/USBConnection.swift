import CUSB
import Glibc
import Receipt

/// An opened and claimed printer: one read always pending, one write at a time.
///
/// One thread owns it; libusb's events are handled only inside its calls. It is never reset, and
/// its configuration is never set: either may lose what the printer is printing.
final class USBConnection: PrinterLink {
  private static let inputBytes = 512
  /// After an answer of no bytes, so as not to spin.
  private static let pauseMs: Int64 = 75
  private static let controlMs: UInt32 = 500
  /// Port status is asked no more after so many failures in a row.
  private static let portFailures = 3

  let path: String
  /// What the printer says it is.
  let identity: PrinterIdentity
  /// What a printer that is this can do.
  let abilities: PrinterAbilities
  private let context: USBContext
  private let handle: OpaquePointer
  private let interface: USBPrinterInterface
  private let output: USBTransfer
  private let input: USBTransfer
  private let readsInput: Bool

  private(set) var isGone = false
  private var heard: [UInt8] = []
  private var readAgainAtMs: Int64 = 0
  private var inputStalls = 0
  private var failedPortStatus = 0
  private var isClosed = false

  /// Opens and claims a printer, and begins to read.
  ///
  /// A kernel driver that holds it is sent away until it is closed. One that another process
  /// holds is tried again until `limits.openMs` is over.
  init(
    _ printer: USBPrinterDevice, in context: USBContext,
    _ abilities: (PrinterIdentity) -> PrinterAbilities, _ limits: PrintingLimits
  ) throws(TransportProblem) {
    guard let output = USBTransfer(bufferBytes: limits.blockBytes),
      let input = USBTransfer(bufferBytes: Self.inputBytes)
    else { throw .notStarted("no memory for a transfer") }
    var opened: OpaquePointer?
    let code = libusb_open(printer.device, &opened)
    guard code == 0, let handle = opened else { throw Self.problem(code, "open", printer) }
    do {
      try Self.claim(handle, printer, limits)
    } catch {
      libusb_close(handle)
      throw error
    }
    self.handle = handle
    self.context = context
    self.output = output
    self.input = input
    interface = printer.interface
    path = printer.path
    let words = USBWords(of: printer, handle)
    let identity = PrinterIdentity(id: printer.id, maker: words.maker, model: words.model)
    let abilities = abilities(identity)
    self.identity = identity
    self.abilities = abilities
    readsInput = abilities.hasInput && printer.interface.input != nil
    read()
  }

  deinit { precondition(isClosed, "a connection is closed on its own thread") }

  private static func claim(
    _ handle: OpaquePointer, _ printer: USBPrinterDevice, _ limits: PrintingLimits
  ) throws(TransportProblem) {
    _ = libusb_set_auto_detach_kernel_driver(handle, 1)
    let number = Int32(printer.interface.number)
    let endMs = MonotonicClock.nowMs + limits.openMs
    var pauseMs: Int64 = 100
    while true {
      let code = libusb_claim_interface(handle, number)
      if code == 0 { break }
      let isLate = MonotonicClock.nowMs + pauseMs > endMs
      guard code == LIBUSB_ERROR_BUSY.rawValue, !isLate else {
        throw problem(code, "claim", printer)
      }
      MonotonicClock.sleep(ms: pauseMs)
      pauseMs *= 2
    }
    guard printer.interface.hasAlternates else { return }
    let code = libusb_set_interface_alt_setting(
      handle, number, Int32(printer.interface.alternate))
    guard code == 0 else {
      libusb_release_interface(handle, number)
      throw problem(code, "choose setting", printer)
    }
  }

  /// Why opening failed, with what an administrator can do.
  static func problem(
    _ code: Int32, _ act: String, _ printer: USBPrinterDevice
  ) -> TransportProblem {
    let place = "\(printer.id) at \(printer.path), \(printer.node)"
    let name = USBContext.name(code)
    switch code {
    case LIBUSB_ERROR_ACCESS.rawValue:
      return .notStarted(
        PrinterTrouble(.noPermission, detail: "\(act) \(place): \(PrinterFinder.permissionHelp)"))
    case LIBUSB_ERROR_BUSY.rawValue:
      let detail = "\(act) \(place): held by another program (CUPS, ipp-usb, a second posd)"
      return .notStarted(PrinterTrouble(.busy, detail: detail))
    case LIBUSB_ERROR_NO_DEVICE.rawValue, LIBUSB_ERROR_NOT_FOUND.rawValue:
      return .notStarted(PrinterTrouble(.unplugged, detail: "\(act) \(place): \(name)"))
    default:
      return .notStarted(PrinterTrouble(.transferFailed, detail: "\(act) \(place): \(name)"))
    }
  }

  /// Ends the read, gives the printer back and closes it.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    let endMs = nowMs + 2_000
    input.cancel()
    while input.state == .pending, nowMs < endMs { handleEvents(limitMs: 50) }
    input.abandonIfPending()
    // Fails when the printer is gone, and then there is nothing to give back.
    _ = libusb_release_interface(handle, Int32(interface.number))
    libusb_close(handle)
  }
}

// MARK: - PrinterLink

extension USBConnection {
  var nowMs: Int64 { MonotonicClock.nowMs }
  var hasInput: Bool { readsInput }
  var untakenBytes: Int { 0 }

  func write(_ block: ArraySlice<UInt8>, limitMs: Int64) -> (count: Int, trouble: LinkTrouble?) {
    precondition(!block.isEmpty, "a write of no bytes can wedge a printer")
    guard !isGone else { return (0, .gone) }
    let code = output.send(block, on: handle, to: interface.output, limitMs: limitMs)
    guard code == 0 else { return (0, trouble(code)) }
    finishWrite(cancelAtMs: nowMs + limitMs + 500)
    guard case .done(let status, let count) = output.state else {
      // Nobody knows how much of it was taken: all of it, so that nothing is sent twice.
      isGone = true
      output.abandonIfPending()
      return (block.count, .failed("a cancelled transfer did not end"))
    }
    output.rest()
    return (count, trouble(status))
  }

  func listen(limitMs: Int64) -> LinkTrouble? {
    if !isGone, limitMs > 0 { turn(limitMs: limitMs) }
    return isGone ? .gone : nil
  }

  func takeInput() -> [UInt8] {
    defer { heard = [] }
    return heard
  }

  func portStatus() -> PortStatus? {
    guard interface.isPrinterClass, !isGone, failedPortStatus < Self.portFailures else {
      return nil
    }
    var byte: UInt8 = 0
    let code = libusb_control_transfer(
      handle, 0xA1, 1, 0, UInt16(interface.number), &byte, 1, Self.controlMs)
    collectInput()
    if code == LIBUSB_ERROR_NO_DEVICE.rawValue { isGone = true }
    failedPortStatus = code == 1 ? 0 : failedPortStatus + 1
    return code == 1 ? PortStatus(byte: byte) : nil
  }

  func clearStall() { _ = libusb_clear_halt(handle, interface.output) }
}

// MARK: - Events

extension USBConnection {
  /// Handles events once, and keeps the read pending.
  private func turn(limitMs: Int64) {
    read()
    let untilReadMs = input.state == .idle && readsInput ? readAgainAtMs - nowMs : limitMs
    handleEvents(limitMs: min(limitMs, max(1, untilReadMs)))
    collectInput()
    read()
  }

  /// Waits for the end of a write, which the system brings about by its own time limit; at
  /// `cancelAtMs` it is told to, and long after that no more waited for.
  private func finishWrite(cancelAtMs: Int64) {
    var isCancelled = false
    while output.state == .pending, nowMs < cancelAtMs + 5_000 {
      turn(limitMs: 500)
      guard nowMs > cancelAtMs, !isCancelled else { continue }
      output.cancel()
      isCancelled = true
    }
  }

  private func handleEvents(limitMs: Int64) {
    var limit = timeval(tv_sec: Int(limitMs / 1_000), tv_usec: Int(limitMs % 1_000) * 1_000)
    _ = libusb_handle_events_timeout_completed(context.pointer, &limit, nil)
  }

  private func read() {
    guard readsInput, !isGone, !isClosed, input.state == .idle, nowMs >= readAgainAtMs,
      let endpoint = interface.input
    else { return }
    let code = input.receive(on: handle, from: endpoint)
    if code == LIBUSB_ERROR_NO_DEVICE.rawValue { isGone = true }
    if code != 0 { readAgainAtMs = nowMs + Self.pauseMs }
  }

  private func collectInput() {
    guard case .done(let status, let count) = input.state else { return }
    heard += input.received(count)
    input.rest()
    switch status {
    case LIBUSB_TRANSFER_COMPLETED where count > 0: inputStalls = 0
    case LIBUSB_TRANSFER_NO_DEVICE: isGone = true
    case LIBUSB_TRANSFER_STALL where inputStalls == 0:
      inputStalls += 1
      if let endpoint = interface.input { _ = libusb_clear_halt(handle, endpoint) }
      readAgainAtMs = nowMs + Self.pauseMs
    default: readAgainAtMs = nowMs + Self.pauseMs
    }
  }

  private func trouble(_ status: libusb_transfer_status) -> LinkTrouble? {
    switch status {
    case LIBUSB_TRANSFER_COMPLETED, LIBUSB_TRANSFER_TIMED_OUT, LIBUSB_TRANSFER_CANCELLED:
      return isGone ? .gone : nil
    case LIBUSB_TRANSFER_STALL: return .stall
    case LIBUSB_TRANSFER_NO_DEVICE:
      isGone = true
      return .gone
    default: return isStillThere() ? .failed("transfer status \(status.rawValue)") : .gone
    }
  }

  private func trouble(_ code: Int32) -> LinkTrouble {
    if code == LIBUSB_ERROR_PIPE.rawValue { return .stall }
    return isStillThere() ? .failed(USBContext.name(code)) : .gone
  }

  /// A pulled plug first shows as a broken transfer: asks the device itself (GET_STATUS).
  private func isStillThere() -> Bool {
    let endMs = nowMs + 200
    var answer: [UInt8] = [0, 0]
    repeat {
      turn(limitMs: 20)
      let code = libusb_control_transfer(handle, 0x80, 0, 0, 0, &answer, 2, Self.controlMs)
      collectInput()
      if isGone || code == LIBUSB_ERROR_NO_DEVICE.rawValue {
        isGone = true
        return false
      }
      if code == 2 { return true }
    } while nowMs < endMs
    isGone = true
    return false
  }
}
