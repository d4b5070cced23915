import Receipt
import Testing

@testable import Printing

@Suite struct ConversationTroubleTests {
  private let link = FakeLink()
  private let slip = (0..<10_000).map { UInt8(0x41 + $0 % 26) }
  /// Only the slip's bytes are sent.
  private let quiet = PrinterAbilities(answersStatus: false)

  private func talk(
    _ abilities: PrinterAbilities, after unfinished: Int = 0, stopped: Bool = false
  ) -> PrinterConversation {
    PrinterConversation(
      link, abilities, PrintingLimits(), unfinishedBytes: unfinished, isStopped: { stopped })
  }

  private func problem(_ talk: PrinterConversation) throws -> TransportProblem {
    try #require(throws: TransportProblem.self) { try talk.deliver(slip) }
  }

  @Test func onePartialWriteAfterTheOtherLosesNoByteAndRepeatsNone() throws {
    link.capacity = 5_056
    link.events = [3, 5, 8].map { atSeconds in
      (Int64(atSeconds) * 1_000, { $0.capacity += 1_777 })
    }

    #expect(try talk(quiet).deliver(slip) == .accepted)
    #expect(link.taken == slip)
  }

  @Test func aPrinterThatTakesNothingIsGivenUpAfterTenSeconds() throws {
    link.capacity = 0

    let problem = try problem(talk(quiet))

    #expect(problem == .notStarted(problem.trouble))
    #expect(problem.trouble.condition == .noProgress)
    #expect(link.nowMs >= 10_000 && link.nowMs <= 12_000)
  }

  @Test func slowProgressIsNeverGivenUp() throws {
    link.capacity = 1
    link.events = (1...60).map { step in (Int64(step) * 9_000, { $0.capacity += 200 }) }

    #expect(try talk(quiet).deliver(slip) == .accepted)
    #expect(link.nowMs > 400_000)
    #expect(link.taken == slip)
  }

  @Test func whatStopsInTheMiddleIsBrokenOffWithItsBytes() throws {
    link.capacity = 5_056

    let problem = try problem(talk(quiet))

    #expect(problem == .brokenOff(problem.trouble))
    #expect(problem.trouble.condition == .noProgress)
    #expect(problem.trouble.bytesTaken == 5_056)
  }

  @Test func aSlipGoesOnAtTheRightByteWhenPaperComesBack() throws {
    link.capacity = 4_096
    link.hasInput = false
    link.port = PortStatus(byte: 0x18)
    link.events = [
      (1, { $0.port = PortStatus(byte: 0x20) }), (45_000, { $0.port = PortStatus(byte: 0x18) }),
      (46_000, { $0.capacity = .max }),
    ]
    let talk = talk(quiet)

    #expect(try talk.deliver(slip) == .accepted)
    #expect(link.taken == slip)
    #expect(link.nowMs > 45_000)
  }

  @Test func missingPaperThatDoesNotComeBackBreaksOffAfterAMinute() throws {
    link.capacity = 4_096 + 12
    link.events = [(1_000, { $0.say([0x18, 0x00, 0x0F, 0x0F]) })]

    let problem = try problem(talk(PrinterAbilities()))

    #expect(problem.trouble.condition == .paperOut)
    #expect(problem.trouble.bytesTaken == 4_096)
    #expect(link.nowMs >= 60_000 && link.nowMs <= 64_000)
  }

  @Test func missingPaperAfterTheLastByteIsWaitedFor() throws {
    link.events = [
      (500, { $0.say([0x18, 0x00, 0x0F, 0x0F]) }), (30_000, { $0.say([0x10, 0x00, 0x00, 0x0F]) }),
    ]

    #expect(try talk(PrinterAbilities()).deliver(slip) == .accepted)
    #expect(link.nowMs >= 31_000)
  }

  @Test func aCutterJamAfterTheLastByteIsBrokenOff() throws {
    link.events = [(500, { $0.say([0x18, 0x08, 0x00, 0x0F]) })]

    let problem = try problem(talk(PrinterAbilities()))

    #expect(problem == .brokenOff(problem.trouble))
    #expect(problem.trouble.condition == .cutterJam)
    #expect(problem.trouble.bytesTaken == slip.count)
  }

  @Test func aStallIsClearedOnce() throws {
    link.troubles = [777: .stall]

    #expect(try talk(quiet).deliver(slip) == .accepted)
    #expect(link.clearedStalls == 1)
    #expect(link.taken == slip)
  }

  @Test func aSecondStallBreaksOff() throws {
    link.troubles = [777: .stall, 1_777: .stall]

    let trouble = try problem(talk(quiet)).trouble

    #expect(trouble.condition == .stalled)
    #expect(trouble.bytesTaken == 1_777)
    #expect(link.clearedStalls == 1)
  }

  @Test(arguments: [0, 1, 4_096, 9_999])
  func aPulledPlugIsNotStartedOnlyIfNoByteWasTaken(bytes: Int) throws {
    link.troubles = [bytes: .gone]

    let problem = try problem(talk(quiet))

    let expected = PrinterTrouble(
      .unplugged, bytesTaken: bytes, detail: problem.trouble.detail)
    #expect(problem == (bytes == 0 ? .notStarted(expected) : .brokenOff(expected)))
  }

  @Test func aPlugPulledWithinASecondOfTheLastByteLeavesDoubt() throws {
    link.events = [(900, { $0.unplug() })]

    let problem = try problem(talk(quiet))

    #expect(problem == .brokenOff(problem.trouble))
    #expect(problem.trouble.bytesTaken == slip.count)
  }

  @Test func aBrokenSlipIsFilledUpSoThatTheNextIsNotSwallowed() throws {
    link.capacity = 4_000
    let talk = talk(quiet)
    _ = try problem(talk)
    #expect(talk.unfinishedBytes == 6_000)
    link.capacity = .max

    #expect(try talk.deliver(slip) == .accepted)

    let zeros = [UInt8](repeating: 0, count: 6_000)
    #expect(link.taken == slip[..<4_000] + zeros + [0x0A] + slip)
    #expect(talk.unfinishedBytes == 0)
  }

  @Test func aSlipOfWhichNothingWasTakenLeavesNothingToFillUp() throws {
    link.capacity = 0
    let talk = talk(quiet)

    _ = try problem(talk)

    #expect(talk.unfinishedBytes == 0)
  }

  @Test func fillingUpThatIsNotTakenStartsNothing() throws {
    link.capacity = 100
    let talk = talk(quiet, after: 250)

    let problem = try problem(talk)

    #expect(problem == .notStarted(problem.trouble))
    #expect(talk.unfinishedBytes == 150)
  }

  @Test func questionsInsideAPictureAreNotTakenForAnswers() throws {
    link.automatic = nil
    link.realTime = [0x12, 0x12, 0x12, 0x12]
    let talk = talk(PrinterAbilities())
    let picture: [UInt8] = [0x1B, 0x40] + [0x10, 0x04, 0x02]
    link.events = [(1, { $0.say([0x16]) })]

    #expect(try talk.deliver(picture) == .accepted)
    #expect(talk.status.isCoverOpen == false)
  }

  @Test func takingLeaveTurnsTheAutomaticStatusOff() throws {
    let talk = talk(PrinterAbilities())
    _ = try talk.deliver(slip)

    talk.takeLeave()

    #expect(link.taken.suffix(3) == [0x1D, 0x61, 0x00])
  }

  @Test func leaveIsNotTakenInTheMiddleOfACommand() throws {
    link.capacity = 5_000
    let talk = talk(PrinterAbilities())
    _ = try problem(talk)
    link.capacity = .max

    talk.takeLeave()

    #expect(link.taken.count == 5_000)
  }

  @Test func bytesNotAcknowledgedAreNotTaken() throws {
    link.untakenBytes = 300

    let trouble = try problem(talk(quiet)).trouble

    #expect(trouble.condition == .noProgress)
    #expect(trouble.bytesTaken == slip.count - 300)
  }

  @Test func waitingEndsWhenTheProgramDoes() throws {
    link.capacity = 4_096

    let trouble = try problem(talk(quiet, stopped: true)).trouble

    #expect(trouble.condition == .stopped)
    #expect(link.nowMs < 5_000)
  }
}

@Suite struct StallClockTests {
  private var clock = StallClock(PrintingLimits(), atMs: 0)

  @Test(arguments: [(9_999, false), (10_000, true)])
  func withoutReasonTheShortLimitHolds(atMs: Int64, isOver: Bool) {
    #expect(clock.isOver(atMs: atMs) == isOver)
  }

  @Test(arguments: [(59_999, false), (60_000, true)])
  mutating func whilePaperIsMissingTheLongLimitHolds(atMs: Int64, isOver: Bool) {
    clock.see(.paperOut, atMs: 2_000)

    #expect(clock.isOver(atMs: atMs) == isOver)
  }

  @Test(arguments: [(64_999, false), (65_000, true)])
  mutating func whenPaperIsBackTheShortLimitBeginsAnew(atMs: Int64, isOver: Bool) {
    clock.see(.paperOut, atMs: 2_000)
    clock.see(nil, atMs: 55_000)

    #expect(clock.isOver(atMs: atMs) == isOver)
  }

  @Test mutating func aConditionThatComesAndGoesIsGivenUpAtLast() {
    var atMs: Int64 = 0
    while !clock.isOver(atMs: atMs), atMs < 1_000_000 {
      atMs += 1_000
      clock.see(atMs % 2_000 == 0 ? .coverOpen : nil, atMs: atMs)
    }

    #expect(atMs >= 60_000 && atMs <= 71_000)
  }
}
