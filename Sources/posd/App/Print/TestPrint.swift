import PrinterProfiles
import Printing
import Receipt

/// Prints a page that shows whether a printer and its profile agree.
struct TestPrint {
  /// The page is out by then: nothing else is in the way.
  private static let drawerMs: Int64 = 1_000

  let printer: StationPrinter
  /// The printer, for the page.
  let address: String
  let opensDrawer: Bool
  /// The font for what the printer lacks.
  let glyphs: (any GlyphSource)?

  /// What a person at a terminal reads of it, line by line.
  ///
  /// Throws `TransportProblem`.
  func run() async throws -> [String] {
    let target = try await printer.target()
    let answers = try await printer.transport.examined()
    let delivery = try await printer.transport.deliver(slip(target, answers))
    var lines = [
      "profile \(target.profile.id): \(target.profile.name) (\(target.choice.reason))",
      target.profile.summary,
    ]
    lines += answers.map { "DLE EOT \($0.question.rawValue): \($0.text ?? "没有应答 silent")" }
    lines.append(delivery == .printed ? "printed: the printer says so" : "accepted")
    if opensDrawer { lines.append(await openDrawer(target.profile.drawer)) }
    return lines
  }

  private func slip(_ target: StationPrinter.Target, _ answers: [StatusAnswer]) -> Slip {
    let profile = target.profile
    let drawer: TestPageFacts.DrawerTest =
      opensDrawer ? (profile.drawer == .none ? .noPin : .opens) : .notAsked
    let facts = TestPageFacts(
      profile: profile, reason: PrintableText(target.choice.reason.description),
      address: PrintableText(address),
      answers: answers.map { answer in
        TestPageFacts.Answer(
          question: PrintableText("DLE EOT \(answer.question.rawValue) \(answer.question.chinese)"),
          answer: answer.text.map { PrintableText($0) })
      }, drawer: drawer)
    return target.slip(ReceiptDocument(testPage: facts), name: "print-test", glyphs: glyphs)
  }

  /// As a sale in cash does it.
  private func openDrawer(_ pin: DrawerPin) async -> String {
    switch await printer.transport.kicked(pin, withinMs: Self.drawerMs) {
    case .sent: "drawer opened by \(pin.rawValue)"
    case .notSetUp: "drawer not opened: none can be opened here"
    case .late: "drawer not opened: the printer is busy"
    case .refused(let trouble): "drawer not opened: \(trouble)"
    }
  }
}

extension StatusAnswer {
  /// What was said, in both languages and in hexadecimal.
  fileprivate var text: String? {
    guard let byte else { return nil }
    var status = PrinterStatus()
    status.apply(byte, to: question)
    // Bit 6: an error behind the offline cause, or one that passes by itself (a hot head).
    let hasMore = byte & 0x40 != 0
    var words = Self.words(status, question)
    if hasMore, question == .offlineCause { words = "有错误 error" }
    if hasMore, question == .error { words = "自动恢复中 recovering" }
    return "\(words) \(String(byte, radix: 16))"
  }

  private static func words(_ status: PrinterStatus, _ question: StatusQuestion) -> String {
    switch question {
    case .printer: return status.isOffline == true ? "脱机 offline" : "联机 online"
    case .offlineCause, .error, .paper: break
    }
    if status.isCoverOpen == true { return "开盖 cover open" }
    if status.hasCutterJam == true { return "切刀卡纸 cutter jam" }
    if status.isUnrecoverable == true { return "故障 failed" }
    switch status.paper {
    case .out: return "缺纸 paper out"
    case .nearEnd: return "纸将尽 near end"
    case .enough: return "有纸 paper"
    case nil: return "正常 good"
    }
  }
}

extension StatusQuestion {
  /// What is asked.
  fileprivate var chinese: String {
    switch self {
    case .printer: "打印机"
    case .offlineCause: "脱机原因"
    case .error: "错误"
    case .paper: "纸"
    }
  }
}
