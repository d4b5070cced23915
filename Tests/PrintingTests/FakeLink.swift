@testable import Printing

/// A printer for tests of the conversation: time passes only when it is waited for.
final class FakeLink: PrinterLink {
  var nowMs: Int64 = 0
  var hasInput = true
  var untakenBytes = 0
  var port: PortStatus?
  /// Everything taken, questions too.
  private(set) var taken: [UInt8] = []
  private(set) var clearedStalls = 0
  private(set) var writes = 0
  /// The answers to `DLE EOT` 1 to 4; `nil` is silence.
  var realTime: [UInt8?] = [0x12, 0x12, 0x12, 0x12]
  /// The answer to `GS a`; `nil` is silence.
  var automatic: [UInt8]? = [0x10, 0x00, 0x00, 0x0F]
  /// Whether `GS ( H` is answered.
  var confirms = false
  /// At most so many bytes are taken in all.
  var capacity = Int.max
  /// Trouble to report when so many bytes are taken in all, each once.
  var troubles: [Int: LinkTrouble] = [:]
  /// What happens at a time, in order.
  var events: [(atMs: Int64, what: (FakeLink) -> Void)] = []

  private var said: [UInt8] = []
  private var isGone = false

  func say(_ bytes: [UInt8]) { said += bytes }

  func write(_ block: ArraySlice<UInt8>, limitMs: Int64) -> (count: Int, trouble: LinkTrouble?) {
    precondition(!block.isEmpty, "no write is empty")
    writes += 1
    if isGone { return (0, .gone) }
    let stop = troubles.keys.filter { $0 >= taken.count }.min() ?? .max
    let count = max(0, min(block.count, capacity - taken.count, stop - taken.count))
    taken += block.prefix(count)
    answer()
    let trouble = taken.count == stop ? troubles.removeValue(forKey: stop) : nil
    if trouble == .gone { isGone = true }
    if count < block.count, trouble == nil { pass(limitMs) }
    return (count, trouble)
  }

  func listen(limitMs: Int64) -> LinkTrouble? {
    if said.isEmpty { pass(limitMs) }
    return isGone ? .gone : nil
  }

  func takeInput() -> [UInt8] {
    defer { said = [] }
    return said
  }

  func portStatus() -> PortStatus? { port }
  func clearStall() { clearedStalls += 1 }

  func unplug() { isGone = true }

  private func pass(_ limitMs: Int64) {
    nowMs += max(1, limitMs)
    while let next = events.first, next.atMs <= nowMs {
      events.removeFirst()
      next.what(self)
    }
  }

  private func answer() {
    if taken.suffix(3) == [0x1D, 0x61, 0xFF] { say(automatic ?? []) }
    if taken.count >= 3, taken.suffix(3).prefix(2) == [0x10, 0x04], let last = taken.last,
      1...4 ~= last, let byte = realTime[Int(last) - 1]
    {
      say([byte])
    }
    let request = taken.suffix(11)
    if confirms, request.prefix(7) == [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30] {
      say([0x37, 0x22] + request.suffix(4) + [0x00])
    }
  }
}
