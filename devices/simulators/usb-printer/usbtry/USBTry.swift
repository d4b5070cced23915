import Glibc
import Printing
import Receipt

/// Prints files through a transport and writes one line of what became of each; for tests.
///
///     usbtry [options] FILE...      usbtry --list
///
/// A line of standard input is awaited before every file but the first with `--step`.
@main struct USBTry {
  private var choice = USBPrinterChoice()
  private var abilities = PrinterAbilities()
  private var limits = PrintingLimits()
  private var address: String?
  private var waitsBetween = false
  private var files: [String] = []
  private var drawnFor: PrinterIdentity?

  static func main() {
    var words = Array(CommandLine.arguments.dropFirst())
    if words == ["--list"] { return list() }
    var program = USBTry()
    while !words.isEmpty { program.take(words.removeFirst(), &words) }
    program.run()
  }

  private mutating func take(_ word: String, _ rest: inout [String]) {
    func value() -> String { rest.isEmpty ? "" : rest.removeFirst() }
    func milliseconds() -> Int64 { Int64(value()) ?? 0 }
    switch word {
    case "--path": choice.path = value()
    case "--id": choice.id = USBID(value())
    case "--tcp": address = value()
    case "--confirm": abilities.confirmsPrinting = true
    case "--no-status": abilities.answersStatus = false
    case "--no-input": abilities.hasInput = false
    case "--drawn-for":
      let words = value().split(separator: ",").map(String.init)
      guard words.count == 3, let id = USBID(words[0]) else { return }
      drawnFor = PrinterIdentity(id: id, maker: words[1], model: words[2])
    case "--step": waitsBetween = true
    case "--no-progress-ms": limits.noProgressMs = milliseconds()
    case "--slice-ms": limits.sliceMs = milliseconds()
    case "--refill-ms": limits.refillMs = milliseconds()
    case "--settle-ms": limits.settleMs = milliseconds()
    case "--confirm-ms": limits.confirmMs = milliseconds()
    case "--answer-ms": limits.answerMs = milliseconds()
    case "--open-ms": limits.openMs = milliseconds()
    default: files.append(word)
    }
  }

  private func run() {
    let transport: any Transport
    if let address {
      let parts = address.split(separator: ":")
      transport = RawTCPTransport(
        host: String(parts[0]), port: UInt16(parts[1]) ?? 9100, abilities: abilities,
        limits: limits)
    } else {
      transport = USBTransport(choice, abilities: { [abilities] _ in abilities }, limits: limits)
    }
    for (index, file) in files.enumerated() {
      if waitsBetween, index > 0, readLine() == nil { return }
      Self.say(outcome(of: file, transport))
    }
  }

  private func outcome(of file: String, _ transport: any Transport) -> String {
    guard let stream = fopen(file, "rb") else { return "no file \(file)" }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, stream))
    fclose(stream)
    do {
      let slip = Slip(name: "try", bytes: bytes, text: "", svg: "", printer: drawnFor)
      return try transport.send(slip) == .printed ? "printed" : "accepted"
    } catch TransportProblem.notStarted(let trouble) {
      return "notStarted \(line(trouble))"
    } catch TransportProblem.brokenOff(let trouble) {
      return "brokenOff \(line(trouble))"
    } catch {
      return "error \(error)"
    }
  }

  private func line(_ trouble: PrinterTrouble) -> String {
    "\(trouble.condition?.rawValue ?? "-") \(trouble.bytesTaken) \(trouble.detail)"
  }

  /// Straight to standard output, so that a test sees each line when it is written.
  private static func say(_ line: String) {
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func list() {
    for printer in PrinterFinder.printers() {
      let words: [String?] = [
        "\(printer.id)", printer.path, printer.node, "\(printer.kind)", printer.maker,
        printer.model, printer.serial, printer.commandSets.joined(separator: ","),
        printer.isHeldBySystem ? "usblp" : "free", printer.trouble?.description ?? "ok",
      ]
      say(words.map { $0 ?? "-" }.joined(separator: " | "))
    }
  }
}
