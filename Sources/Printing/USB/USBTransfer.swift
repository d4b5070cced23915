import CUSB

/// One transfer of libusb with its buffer, used again and again.
///
/// Its callback only notes the outcome: it runs inside `libusb_handle_events`, where nothing
/// that blocks may be called.
final class USBTransfer {
  enum State: Equatable {
    case idle
    case pending
    case done(libusb_transfer_status, count: Int)
  }

  private let pointer: UnsafeMutablePointer<libusb_transfer>
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var state = State.idle

  init?(bufferBytes: Int) {
    guard let pointer = libusb_alloc_transfer(0) else { return nil }
    self.pointer = pointer
    buffer = .allocate(capacity: bufferBytes)
  }

  deinit {
    precondition(state != .pending, "a pending transfer is cancelled or abandoned")
    libusb_free_transfer(pointer)
    buffer.deallocate()
  }

  /// Hands it to the system; the block must fit the buffer. 0 or an error code.
  func send(
    _ block: ArraySlice<UInt8>, on handle: OpaquePointer, to endpoint: UInt8, limitMs: Int64
  ) -> Int32 {
    _ = buffer.update(fromContentsOf: block)
    return submit(handle, endpoint, block.count, limitMs)
  }

  /// Asks for input, for as long as it takes. 0 or an error code.
  func receive(on handle: OpaquePointer, from endpoint: UInt8) -> Int32 {
    submit(handle, endpoint, buffer.count, 0)
  }

  /// What came in.
  func received(_ count: Int) -> [UInt8] { Array(buffer[..<count]) }

  func cancel() {
    if state == .pending { libusb_cancel_transfer(pointer) }
  }

  /// Gives up a transfer that the system never hands back: better lost memory than a wild write.
  func abandonIfPending() {
    if state == .pending { _ = Unmanaged.passRetained(self) }
  }

  /// Makes it ready for the next time.
  func rest() {
    precondition(state != .pending, "a pending transfer is not at rest")
    state = .idle
  }

  private func submit(
    _ handle: OpaquePointer, _ endpoint: UInt8, _ count: Int, _ limitMs: Int64
  ) -> Int32 {
    precondition(state != .pending, "a transfer is submitted once at a time")
    libusb_fill_bulk_transfer(
      pointer, handle, endpoint, buffer.baseAddress, Int32(count),
      { transfer in
        guard let transfer, let owner = transfer.pointee.user_data else { return }
        Unmanaged<USBTransfer>.fromOpaque(owner).takeUnretainedValue().finish()
      }, Unmanaged.passUnretained(self).toOpaque(), UInt32(clamping: limitMs))
    let code = libusb_submit_transfer(pointer)
    state = code == 0 ? .pending : .idle
    return code
  }

  private func finish() {
    state = .done(pointer.pointee.status, count: Int(pointer.pointee.actual_length))
  }
}
