/// What a person decides about a slip.
public enum PrintDecision: String, CaseIterable, Sendable {
  /// It is on paper, whole: a doubt is settled.
  case cameOut
  /// Print it; another copy if any of it may be on paper already.
  case printAgain
  /// Neither look for it nor print it.
  case giveUp

  /// What a decision does.
  public enum Effect: Equatable, Sendable {
    /// Only noted with the slip.
    case note
    /// The same slip goes back into the queue: nothing of it was ever sent.
    case queueAgain
    /// Another slip of the same document is queued, marked as a copy.
    case queueCopy
    /// The slip leaves the queue and does not print.
    case cancel
  }
}

/// A slip about which this cannot be decided now: it is being sent, or is done.
public struct PrintDecisionRefusal: Error, Equatable, Sendable {
  public let state: PrintJob.State

  public init(state: PrintJob.State) { self.state = state }
}

extension PrintJob {
  /// What a decision about this slip does.
  public func effect(
    of decision: PrintDecision
  ) throws(PrintDecisionRefusal) -> PrintDecision.Effect {
    switch (state, decision) {
    case (.queued, .printAgain), (.failed, .printAgain): return .queueAgain
    case (.queued, .giveUp): return .cancel
    case (.possiblyPrinted, .printAgain), (.printed, .printAgain), (.accepted, .printAgain):
      return .queueCopy
    case (.possiblyPrinted, .cameOut) where isInDoubt, (.possiblyPrinted, .giveUp) where isInDoubt,
      (.failed, .giveUp):
      return .note
    case (.queued, .cameOut), (.failed, .cameOut), (.sending, _), (.possiblyPrinted, _),
      (.printed, _), (.accepted, _):
      throw PrintDecisionRefusal(state: state)
    }
  }

  /// Whether a person still has to look at the paper.
  public var isInDoubt: Bool { state == .possiblyPrinted && decision == nil }

  /// The decisions that are possible now.
  public var possibleDecisions: [PrintDecision] {
    PrintDecision.allCases.filter { decision in
      do {
        _ = try effect(of: decision)
        return true
      } catch {
        return false
      }
    }
  }
}
