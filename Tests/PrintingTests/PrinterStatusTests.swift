import Printing
import Testing

@Suite struct PrinterStatusTests {
  @Test func nothingKnownIsNoCondition() {
    #expect(PrinterStatus().condition == nil)
    #expect(PrinterStatus().warning == nil)
  }

  @Test(
    arguments: [
      (0x10, 0x00, 0x00, nil, nil),
      (0x14, 0x00, 0x00, nil, nil),
      (0x10, 0x00, 0x03, nil, .paperNearEnd),
      (0x18, 0x00, 0x0F, .paperOut, nil),
      (0x18, 0x00, 0x0C, .paperOut, nil),
      (0x38, 0x00, 0x00, .coverOpen, nil),
      (0x38, 0x00, 0x0F, .coverOpen, nil),
      (0x18, 0x08, 0x00, .cutterJam, nil),
      (0x18, 0x20, 0x00, .unrecoverable, nil),
      (0x18, 0x28, 0x0F, .unrecoverable, nil),
      (0x18, 0x40, 0x00, .offline, nil),
      (0x18, 0x00, 0x00, .offline, nil),
      (0x50, 0x02, 0x00, nil, nil),
    ] as [(UInt8, UInt8, UInt8, PrinterCondition?, PrinterCondition?)])
  func anAutomaticStatusSaysEverything(
    first: UInt8, second: UInt8, third: UInt8, condition: PrinterCondition?,
    warning: PrinterCondition?
  ) {
    var status = PrinterStatus()
    status.apply(automatic: first, second, third)

    #expect(status.condition == condition)
    #expect(status.warning == warning)
  }

  @Test func aLaterAutomaticStatusTakesBackTheEarlier() {
    var status = PrinterStatus()
    status.apply(automatic: 0x38, 0x28, 0x0F)

    status.apply(automatic: 0x10, 0x00, 0x00)

    #expect(status.condition == nil)
    #expect(status.paper == .enough)
  }

  @Test(
    arguments: [
      (.printer, 0x12, nil),
      (.printer, 0x1A, .offline),
      (.offlineCause, 0x12, nil),
      (.offlineCause, 0x16, .coverOpen),
      (.offlineCause, 0x32, .paperOut),
      (.offlineCause, 0x52, nil),
      (.error, 0x12, nil),
      (.error, 0x1A, .cutterJam),
      (.error, 0x32, .unrecoverable),
      (.paper, 0x12, nil),
      (.paper, 0x1E, nil),
      (.paper, 0x72, .paperOut),
      (.paper, 0x7E, .paperOut),
    ] as [(StatusQuestion, UInt8, PrinterCondition?)])
  func anAnswerIsReadByItsQuestion(
    question: StatusQuestion, byte: UInt8, condition: PrinterCondition?
  ) {
    var status = PrinterStatus()
    status.apply(byte, to: question)

    #expect(status.condition == condition)
  }

  @Test func paperNearItsEndIsAWarning() {
    var status = PrinterStatus()
    status.apply(0x1E, to: .paper)

    #expect(status.warning == .paperNearEnd)
  }

  @Test func anAnswerWithoutErrorTakesBackACutterJam() {
    var status = PrinterStatus()
    status.apply(0x1A, to: .error)

    status.apply(0x12, to: .offlineCause)

    #expect(status.condition == nil)
  }

  @Test func questionsAreTheBytesOfTheManual() {
    #expect(StatusQuestion.printer.bytes == [0x10, 0x04, 0x01])
    #expect(StatusQuestion.offlineCause.bytes == [0x10, 0x04, 0x02])
    #expect(StatusQuestion.error.bytes == [0x10, 0x04, 0x03])
    #expect(StatusQuestion.paper.bytes == [0x10, 0x04, 0x04])
  }
}

@Suite struct PrinterConditionTests {
  @Test func codesAreStable() {
    let codes = PrinterCondition.allCases.map(\.rawValue)

    #expect(
      codes == [
        "paper_out", "paper_near_end", "cover_open", "cutter_jam", "unrecoverable", "offline",
        "no_permission", "busy", "absent", "unplugged", "stalled", "no_progress",
        "transfer_failed", "unreachable", "unsupported_printer", "stopped",
      ])
  }

  @Test func everyConditionHasASentenceOfItsOwnInBothLanguages() {
    let cases = PrinterCondition.allCases

    #expect(Set(cases.map(\.chinese)).count == cases.count)
    #expect(Set(cases.map(\.english)).count == cases.count)
    #expect(PrinterCondition.paperOut.chinese.hasPrefix("缺纸"))
    #expect(PrinterCondition.coverOpen.chinese.hasPrefix("上盖未关"))
  }
}
