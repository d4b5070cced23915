/// Vouchers made at once, for people on a list or for whoever holds them.
///
/// Invariant: an issue that repeats has at most one issue a month, the first included.
public struct VoucherIssue: Equatable, Sendable {
  /// More than any list of one community; a longer one is several issues.
  public static let mostVouchers = 2000

  /// Who gets them.
  public enum Recipients: Equatable, Sendable {
    /// One each; nobody twice.
    case people([PersonID])
    /// So many, for whoever holds them.
    case bearers(Int)
  }

  public let id: VoucherIssueID
  public let programmeID: ProgrammeID
  public let recipients: Recipients
  /// What each is worth.
  public let worth: Money
  /// The first and the last day each is good for.
  public let validity: ClosedRange<BusinessDate>
  /// The last month it repeats in by itself; `nil` if it does not.
  public let repeatUntil: Month?

  public init(
    id: VoucherIssueID, programmeID: ProgrammeID, recipients: Recipients, worth: Money,
    validity: ClosedRange<BusinessDate>, repeatUntil: Month?
  ) {
    self.id = id
    self.programmeID = programmeID
    self.recipients = recipients
    self.worth = worth
    self.validity = validity
    self.repeatUntil = repeatUntil
  }

  /// The month it counts for: that of its first day.
  public var month: Month { Month(of: validity.lowerBound) }

  /// The days that vouchers of a later month are good for: from the first day of that month, and as
  /// many months later as the first ones, to the same day or the month's last.
  public func validity(in month: Month) -> ClosedRange<BusinessDate> {
    let last = validity.upperBound
    let end = month.adding(self.month.count(to: Month(of: last)))
    let endsWithMonth = last == Month(of: last).lastDay
    let day = endsWithMonth ? end.lastDay.day : min(last.day, end.lastDay.day)
    let until = BusinessDate(daysSince1970: end.firstDay.daysSince1970 + day - 1)
    return month.firstDay...max(until, month.firstDay)
  }

  /// The months that have begun since the last one issued. A month whose vouchers nobody could use
  /// any more is left out.
  public func monthsDue(after last: Month, on today: BusinessDate) -> [Month] {
    guard let repeatUntil else { return [] }
    var due: [Month] = []
    var month = last.adding(1)
    while month.firstDay <= today, month.firstDay <= repeatUntil.firstDay {
      if validity(in: month).upperBound >= today { due.append(month) }
      month = month.adding(1)
    }
    return due
  }
}

extension Month {
  /// So many months later.
  public func adding(_ count: Int) -> Month {
    let months = firstDay.year * 12 + firstDay.month - 1 + count
    guard let day = BusinessDate(year: months / 12, month: months % 12 + 1, day: 1) else {
      preconditionFailure("a month of the calendar is from 1970 to 9999")
    }
    return Month(of: day)
  }

  /// How many months it is until another.
  public func count(to other: Month) -> Int {
    (other.firstDay.year - firstDay.year) * 12 + other.firstDay.month - firstDay.month
  }
}

extension VoucherIssue.Recipients {
  /// Those on the list; `nil` for bearers.
  public var people: [PersonID]? {
    switch self {
    case .people(let people): people
    case .bearers: nil
    }
  }
}

extension VoucherIssue {
  /// Reads the record of an issue.
  ///
  /// - Throws: `RecordProblem`.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    let vouchers = try Self.vouchers(of: body)
    let people = vouchers.compactMap(\.personID)
    guard people.isEmpty || people.count == vouchers.count else {
      throw RecordProblem(member: "vouchers")
    }
    let from = try reader.date("validFrom")
    let until = try reader.date("validUntil")
    guard from <= until else { throw RecordProblem(member: "validUntil") }
    var repeatUntil: Month?
    if let text = try reader.optionalString("repeatUntil") {
      guard let month = Month(text) else { throw RecordProblem(member: "repeatUntil") }
      repeatUntil = month
    }
    self.init(
      id: try reader.identifier("id"), programmeID: try reader.identifier("programmeID"),
      recipients: people.isEmpty ? .bearers(vouchers.count) : .people(people),
      worth: try reader.money("worthFen"),
      validity: from...until, repeatUntil: repeatUntil)
  }

  /// The vouchers that the record of an issue names, in their order.
  public static func vouchers(
    of body: JSON
  ) throws(RecordProblem) -> [(id: VoucherID, personID: PersonID?)] {
    guard let elements = body["vouchers"]?.arrayValue, elements.count <= mostVouchers else {
      throw RecordProblem(member: "vouchers")
    }
    var vouchers: [(id: VoucherID, personID: PersonID?)] = []
    for element in elements {
      let reader = RecordReader(element)
      let personID: PersonID? =
        element["personID"] == nil ? nil : try reader.identifier("personID")
      vouchers.append((try reader.identifier("id"), personID))
    }
    return vouchers
  }
}
