import Foundation
import POS
import Testing

@Suite struct PrintDecisionTests {
  /// State, whether a person has decided before, and what each decision does; `nil` is refused.
  static let table: [(PrintJob.State, PrintDecision?, [PrintDecision: PrintDecision.Effect])] = [
    (.queued, nil, [.printAgain: .queueAgain, .giveUp: .cancel]),
    (.sending, nil, [:]),
    (.printed, nil, [.printAgain: .queueCopy]),
    (.accepted, nil, [.printAgain: .queueCopy]),
    (
      .possiblyPrinted, nil,
      [.cameOut: .note, .printAgain: .queueCopy, .giveUp: .note]
    ),
    (.possiblyPrinted, .cameOut, [.printAgain: .queueCopy]),
    (.possiblyPrinted, .giveUp, [.printAgain: .queueCopy]),
    (.possiblyPrinted, .printAgain, [.printAgain: .queueCopy]),
    (.failed, nil, [.printAgain: .queueAgain, .giveUp: .note]),
    (.failed, .giveUp, [.printAgain: .queueAgain, .giveUp: .note]),
  ]

  @Test(arguments: table)
  func aDecisionDoesWhatTheStateAllows(
    state: PrintJob.State, before: PrintDecision?,
    effects: [PrintDecision: PrintDecision.Effect]
  ) throws {
    let job = job(state, before)

    for decision in PrintDecision.allCases {
      if let effect = effects[decision] {
        #expect(try job.effect(of: decision) == effect)
      } else {
        #expect(throws: PrintDecisionRefusal(state: state)) { try job.effect(of: decision) }
      }
    }
    #expect(Set(job.possibleDecisions) == Set(effects.keys))
  }

  @Test func onlyASlipThatMayBeOnPaperIsPrintedAgainAsACopy() throws {
    for state in PrintJob.State.allCases {
      let decisions = job(state, nil).possibleDecisions
      guard decisions.contains(.printAgain) else { continue }
      let isUnsent = state == .queued || state == .failed
      #expect(try job(state, nil).effect(of: .printAgain) == (isUnsent ? .queueAgain : .queueCopy))
    }
  }

  private func job(_ state: PrintJob.State, _ decision: PrintDecision?) -> PrintJob {
    PrintJob(
      key: 1,
      subject: PrintJob.Subject(
        document: .sale, epoch: 1, sequence: 7, saleID: nil, saleNumber: nil),
      stationID: Identifier(UUID()), tillID: Identifier(UUID()), copy: 0, state: state, reason: nil,
      decision: decision, createdAtMs: 0)
  }
}
