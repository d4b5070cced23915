/// Why something about meals is not done. The checks are made in the order of the cases.
public enum MealRefusal: Error, Equatable, Sendable {
  /// The number is a person's at the centre on one of these days already.
  case enrolmentOverlaps(EnrolmentID)
  /// Who logs a meal cannot be its witness.
  case ownWitness
  /// What is said does not fit what the pass is.
  case rulingDoesNotFit(verdict: String)
  /// Only a manager dismisses a meal that was served.
  case managerNeeded
  /// Less cash was given than the amount.
  case underpaid(missing: Money)
  /// No more can be paid for meals than is owed.
  case moreThanOwed(owed: Money)
  /// Money that was taken on another day or in a session that has ended, was undone already, or
  /// has paid for a meal of a closed day.
  case notToBeUndone
}

extension MealRuling {
  /// Whether people may say this of a pass.
  public func fits(_ verdict: MealVerdict) -> Bool {
    switch (self, verdict) {
    case (.confirmed, .second), (.settled, .conflict): true
    case (.dismissed, .repeated), (.confirmed, _), (.settled, _): false
    case (.dismissed, _): true
    }
  }
}
