import Printing

/// Why a slip waits, is in doubt or has failed: a stable code, and what the cashier reads.
enum PrintReason: Equatable, Sendable {
  /// What the printer or the way to it says.
  case printer(PrinterCondition)
  /// No printer is to blame: a folder that is gone.
  case unreachable
  /// No printer is set up for the till.
  case noPrinter
  /// The program could not draw the document.
  case notDrawn
  /// There is nothing to print: its record is missing.
  case noDocument
  /// The program ended while it was being sent.
  case interrupted
  /// A receipt that waited for so long that nobody wants it any more.
  case tooLate
  /// A person took it out of the queue.
  case givenUp

  private static let own: [PrintReason] = [
    .unreachable, .noPrinter, .notDrawn, .noDocument, .interrupted, .tooLate, .givenUp,
  ]

  /// Every reason there is.
  static var all: [PrintReason] { PrinterCondition.allCases.map(PrintReason.printer) + own }

  /// What stood in the way of a slip.
  init(_ trouble: PrinterTrouble) {
    self = trouble.condition.map(PrintReason.printer) ?? .unreachable
  }

  /// The reason of this code; `nil` for any other text.
  init?(code: String) {
    guard let found = Self.all.first(where: { $0.code == code }) else { return nil }
    self = found
  }

  var code: String {
    switch self {
    case .printer(let condition): condition.rawValue
    case .unreachable: "printer_unreachable"
    case .noPrinter: "no_printer"
    case .notDrawn: "not_drawn"
    case .noDocument: "no_document"
    case .interrupted: "interrupted"
    case .tooLate: "too_late"
    case .givenUp: "given_up"
    }
  }

  var chinese: String {
    switch self {
    case .printer(let condition): condition.chinese
    case .unreachable: "送不到打印机：请联系管理员。"
    case .noPrinter: "没有设置打印机：请联系管理员。"
    case .notDrawn: "小票没能排版：请联系管理员。"
    case .noDocument: "找不到要打印的记录：请联系管理员。"
    case .interrupted: "打印时程序中断：请看小票是否打完。"
    case .tooLate: "等了太久，没有打印：需要时请补打。"
    case .givenUp: "已取消，没有打印。"
    }
  }

  var english: String {
    switch self {
    case .printer(let condition): condition.english
    case .unreachable: "Slips do not reach the printer: ask the administrator."
    case .noPrinter: "No printer is set up: ask the administrator."
    case .notDrawn: "The slip could not be drawn: ask the administrator."
    case .noDocument: "What it is of cannot be found: ask the administrator."
    case .interrupted: "The program stopped while it printed: look whether the slip is whole."
    case .tooLate: "It waited too long and was not printed: print it again if it is wanted."
    case .givenUp: "Cancelled; it was not printed."
    }
  }
}
