import Receipt
import Testing

@testable import Printing

@Suite struct ConversationTests {
  /// What goes before every slip where the printer answers: `GS a 255`, `DLE EOT` 1, 2, 4.
  private static let questions: [UInt8] = [
    0x1D, 0x61, 0xFF, 0x10, 0x04, 0x01, 0x10, 0x04, 0x02, 0x10, 0x04, 0x04,
  ]
  private let link = FakeLink()
  private let slip = (0..<10_000).map { UInt8(0x41 + $0 % 26) }

  private func conversation(
    _ abilities: PrinterAbilities = PrinterAbilities(), after unfinished: Int = 0
  ) -> PrinterConversation {
    PrinterConversation(
      link, abilities, PrintingLimits(), unfinishedBytes: unfinished, isStopped: { false })
  }

  private func problem(
    _ abilities: PrinterAbilities = PrinterAbilities()
  ) throws -> TransportProblem {
    let talk = conversation(abilities)
    return try #require(throws: TransportProblem.self) { try talk.deliver(slip) }
  }

  @Test func aSlipTakenWithGoodStatusIsAcceptedAfterASecond() throws {
    let delivery = try conversation().deliver(slip)

    #expect(delivery == .accepted)
    #expect(link.taken == Self.questions + slip)
    #expect(link.nowMs >= 1_000 && link.nowMs < 1_200)
  }

  @Test func aSlipIsPrintedWhenThePrinterSaysSo() throws {
    link.confirms = true

    let delivery = try conversation(PrinterAbilities(confirmsPrinting: true)).deliver(slip)

    #expect(delivery == .printed)
    #expect(
      link.taken == Self.questions + slip
        + [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, 0x20, 0x20, 0x20, 0x21])
  }

  @Test func aPrinterThatShouldConfirmAndDoesNotHasOnlyAccepted() throws {
    let delivery = try conversation(PrinterAbilities(confirmsPrinting: true)).deliver(slip)

    #expect(delivery == .accepted)
    #expect(link.nowMs >= 15_000)
  }

  @Test(
    arguments: [
      ([0x38, 0x00, 0x00, 0x0F], .coverOpen),
      ([0x18, 0x00, 0x0F, 0x0F], .paperOut),
      ([0x18, 0x08, 0x00, 0x0F], .cutterJam),
      ([0x18, 0x20, 0x00, 0x0F], .unrecoverable),
    ] as [([UInt8], PrinterCondition)])
  func nothingIsSentAgainstAnAutomaticStatus(
    block: [UInt8], condition: PrinterCondition
  ) throws {
    link.automatic = block
    link.realTime = [nil, nil, nil, nil]

    let problem = try problem()

    #expect(problem == .notStarted(problem.trouble))
    #expect(problem.trouble.condition == condition)
    #expect(problem.trouble.bytesTaken == 0)
  }

  @Test(
    arguments: [
      ([0x1A, 0x16, 0x12, 0x12], .coverOpen),
      ([0x1A, 0x32, 0x12, 0x72], .paperOut),
      ([0x1A, 0x52, 0x1A, 0x12], .cutterJam),
      ([0x1A, 0x52, 0x32, 0x12], .unrecoverable),
      ([0x1A, 0x12, 0x12, 0x12], .offline),
    ] as [([UInt8?], PrinterCondition)])
  func nothingIsSentAgainstAnswersToQuestions(
    answers: [UInt8?], condition: PrinterCondition
  ) throws {
    link.automatic = nil
    link.realTime = answers

    #expect(try problem().trouble.condition == condition)
  }

  @Test func paperNearItsEndPrints() throws {
    link.automatic = [0x10, 0x00, 0x03, 0x0F]
    link.realTime[3] = 0x1E

    #expect(try conversation().deliver(slip) == .accepted)
  }

  @Test func silenceIsUnknownAndIsNotAskedTwice() throws {
    link.automatic = nil
    link.realTime = [nil, nil, nil, nil]
    let talk = conversation()

    #expect(try talk.deliver(slip) == .accepted)
    #expect(try talk.deliver(slip) == .accepted)

    let asked: [UInt8] = [0x1D, 0x61, 0xFF, 0x10, 0x04, 0x01]
    #expect(link.taken == asked + slip + [0x1D, 0x61, 0xFF] + slip)
  }

  @Test func aModelWithoutStatusGetsNothingButTheSlip() throws {
    #expect(try conversation(PrinterAbilities(answersStatus: false)).deliver(slip) == .accepted)
    #expect(link.taken == slip)
  }

  @Test func aSilentPrinterIsRefusedByItsPort() throws {
    link.hasInput = false
    link.port = PortStatus(byte: 0x20)

    #expect(try problem().trouble.condition == .paperOut)
    #expect(link.taken.isEmpty)
  }

  @Test func aPortThatLiesIsNotLookedAt() throws {
    link.hasInput = false
    link.port = PortStatus(byte: 0x20)

    #expect(try conversation(PrinterAbilities(reportsPort: false)).deliver(slip) == .accepted)
  }

  @Test func aPrinterIsAskedAllThatItCanBeAsked() throws {
    link.realTime = [0x16, 0x32, 0x12, nil]

    let answers = try conversation().examine()

    #expect(answers.map(\.question) == [.printer, .offlineCause, .error, .paper])
    #expect(answers.map(\.byte) == [0x16, 0x32, 0x12, nil])
    let questions: [UInt8] = [0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4]
    #expect(link.taken == questions)
  }

  @Test(arguments: [
    PrinterAbilities(answersStatus: false), PrinterAbilities(hasInput: false),
  ])
  func aPrinterThatWouldPrintTheQuestionIsNotAsked(abilities: PrinterAbilities) throws {
    #expect(try conversation(abilities).examine().isEmpty)
    #expect(link.taken.isEmpty)
  }
}
