/// A calendar month: `2026-11`.
public struct Month: Hashable, Sendable, CustomStringConvertible {
  /// Its first day.
  public let firstDay: BusinessDate

  /// The month of a day.
  public init(of day: BusinessDate) {
    firstDay = BusinessDate(daysSince1970: day.daysSince1970 - (day.day - 1))
  }

  /// A month written `2026-11`; `nil` if the text is anything else.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 7, let day = BusinessDate("\(text)-01") else { return nil }
    firstDay = day
  }

  /// Its last day.
  public var lastDay: BusinessDate {
    // The 28th plus four days is always in the next month.
    let inNext = BusinessDate(daysSince1970: firstDay.daysSince1970 + 31)
    return BusinessDate(daysSince1970: inNext.daysSince1970 - inNext.day)
  }

  public var description: String { String(firstDay.description.prefix(7)) }
}

/// A day of a month, by the record of its close.
public struct ClosedDay: Equatable, Sendable {
  public let number: Int64
  /// The body of its record.
  public let body: JSON

  public init(body: JSON) throws(RecordProblem) {
    number = try RecordReader(body).integer("number")
    self.body = body
  }
}

/// A month: the sums of its day closes.
public struct MonthClose: Equatable, Sendable {
  public let month: Month
  /// In the order of their dates.
  public let days: [ClosedDay]

  public init(month: Month, days: [ClosedDay]) {
    self.month = month
    self.days = days
  }

  /// The figures of its journal record.
  public var members: JSON {
    .members([
      "month": .string(month.description),
      "days": .array(
        days.map {
          .members([
            "businessDate": $0.body["businessDate"], "number": .integer($0.number),
            "salesFen": $0.body["salesFen"], "returnsFen": $0.body["returnsFen"],
            "transferFen": $0.body["fundTransfer"]?["transferFen"],
          ])
        }),
      "saleCount": sum("saleCount"), "salesFen": sum("salesFen"),
      "returnCount": sum("returnCount"), "returnsFen": sum("returnsFen"),
      "streams": streams, "fundTransfer": fundTransfer,
      "giftTransfers": grouped("giftTransfers", by: "campaign", ["amountFen", "giftsFen"]),
      "reliefFundTransferFen": sum("reliefFundTransferFen"),
      "tenders": grouped("tenders", by: "kind", ["netFen"]),
    ])
  }

  private func sum(_ name: String) -> JSON {
    .integer(days.reduce(0) { $0 &+ ($1.body[name]?.integerValue ?? 0) })
  }

  private var streams: JSON {
    var sums = LedgerSums()
    for day in days {
      for stream in day.body["streams"]?.arrayValue ?? [] {
        sums.add(
          stream["account"]?.stringValue ?? "", stream["amountMicroYuan"]?.integerValue ?? 0)
      }
    }
    return .array(
      sums.rows.map {
        .members([
          "stream": .string(Stream(account: $0.account).rawValue),
          "account": .string($0.account), "amountMicroYuan": .integer($0.amount.value),
        ])
      })
  }

  private var fundTransfer: JSON {
    func total(_ name: String) -> JSON {
      .integer(
        days.reduce(0) { $0 &+ ($1.body["fundTransfer"]?[name]?.integerValue ?? 0) })
    }
    return .members([
      "carriedInMicroYuan": days.first?.body["fundTransfer"]?["carriedInMicroYuan"] ?? 0,
      "pledgeMicroYuan": total("pledgeMicroYuan"), "transferFen": total("transferFen"),
      "carriedOutMicroYuan": days.last?.body["fundTransfer"]?["carriedOutMicroYuan"] ?? 0,
    ])
  }

  /// The rows of a member of the days, summed by the value of one of their members.
  private func grouped(_ member: String, by name: String, _ amounts: [String]) -> JSON {
    var sums: [String: [Int64]] = [:]
    for row in days.flatMap({ $0.body[member]?.arrayValue ?? [] }) {
      let key = row[name]?.stringValue ?? ""
      let more = amounts.map { row[$0]?.integerValue ?? 0 }
      sums[key] = zip(sums[key] ?? amounts.map { _ in 0 }, more).map { $0 &+ $1 }
    }
    return .array(
      sums.sorted { $0.key < $1.key }.map { key, values in
        zip(amounts, values).reduce(JSON.members([:]).adding(name, .string(key))) {
          $0.adding($1.0, .integer($1.1))
        }
      })
  }
}
