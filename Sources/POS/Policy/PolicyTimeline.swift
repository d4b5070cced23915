/// The policies of a station in the order of their dates.
public struct PolicyTimeline: Sendable {
  /// The earliest first; never empty, and no two begin on the same day.
  public let policies: [CharityPolicy]

  /// What a station begins with.
  public init(first: CharityPolicy = .erqi) { policies = [first] }

  private init(sorted policies: [CharityPolicy]) { self.policies = policies }

  /// Reads a timeline again; `nil` for none, or two of one day or one name.
  public init?(_ policies: [CharityPolicy]) {
    guard let first = policies.first else { return nil }
    var timeline = PolicyTimeline(first: first)
    for policy in policies.dropFirst() {
      guard let longer = try? timeline.adding(policy) else { return nil }
      timeline = longer
    }
    self = timeline
  }

  /// The timeline with one more policy.
  public func adding(_ policy: CharityPolicy) throws(PolicyRefusal) -> PolicyTimeline {
    guard self.policy(id: policy.id) == nil else { throw .nameTaken }
    guard policies.allSatisfy({ $0.effectiveFrom != policy.effectiveFrom }) else {
      throw .dayTaken
    }
    let place = policies.firstIndex { policy.effectiveFrom < $0.effectiveFrom }
    var longer = policies
    longer.insert(policy, at: place ?? policies.endIndex)
    return PolicyTimeline(sorted: longer)
  }

  /// The same, for a station at work: it must begin on a later business day than this moment's, so
  /// that no day has two policies and none that is over gets another.
  public func adding(_ policy: CharityPolicy, atMs: Int64) throws(PolicyRefusal) -> PolicyTimeline {
    guard date(atMs: atMs) < policy.effectiveFrom else { throw .dayHasBegun }
    return try adding(policy)
  }

  /// The policy for goods sold at this moment: the last one that has begun, else the first.
  public func policy(atMs: Int64) -> CharityPolicy {
    let begun = policies.last {
      $0.effectiveFrom <= $0.date(atMs: atMs)
    }
    return begun ?? policies[0]
  }

  /// The business day of a moment, by the policy of that moment.
  public func date(atMs: Int64) -> BusinessDate { policy(atMs: atMs).date(atMs: atMs) }

  /// The policy of this name.
  public func policy(id: String) -> CharityPolicy? { policies.first { $0.id == id } }
}

/// Why a policy cannot be taken in.
public enum PolicyRefusal: Error, Equatable, Sendable {
  /// Another has this name; a policy never changes once sales name it.
  case nameTaken
  /// Another begins on this day.
  case dayTaken
  /// The day it is to begin on is today or over.
  case dayHasBegun
}
