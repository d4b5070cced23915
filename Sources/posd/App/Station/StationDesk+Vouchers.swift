import Crypto
import FoundationEssentials
import POS
import POSStore

// Vouchers for lists of people, and their codes for sending, on the command line: both in the name
// of a manager who says their password.
extension StationDesk {
  /// Issues vouchers to a list: `user`, `password`, `programme` (its id or name), `amountFen`,
  /// `validFrom`, `validUntil`, `repeatMonthly`?, `csv`. The same list again issues nothing.
  ///
  /// Throws `login_failed`, `wrong_role`, what refuses an issue, and `bad_value`.
  func importVouchers(_ json: JSON) async throws -> JSON {
    let asked = try Fields.reading(json) { fields in try ListedIssue(&fields) }
    let user = try await manager(asked.user, asked.password)
    guard let list = RecipientList(csv: Array(asked.csv.utf8)) else {
      throw Problem(.badValue, ["member": "file", "expected": "a column 身份证号"])
    }
    let nowMs = clock.nowMs
    let programme = try await programme(asked.programme, at: user.stationID)
    let found = try await store.recipients(
      list.rows.map(\.number), of: programme.id, by: user, atMs: nowMs)
    var problems = list.problems.map { ($0.lineNumber, $0.reason.sentence) }
    var people: [PersonID] = []
    for (row, result) in zip(list.rows, found) {
      switch result {
      case .success(let id): people.append(id)
      case .failure(let refusal): problems.append((row.lineNumber, refusal.sentence))
      }
    }
    let issues = try await issue(asked, to: people, of: programme, by: user, nowMs)
    return .members([
      "issued": .integer(Int64(issues.filter { !$0.isReplay }.map(\.count).reduce(0, +))),
      "issuedBefore": .integer(Int64(issues.filter(\.isReplay).map(\.count).reduce(0, +))),
      "issues": .array(issues.map { .string($0.id.text) }),
      "problems": .array(
        problems.sorted { $0.0 < $1.0 }.map { line, reason in
          .members(["line": .integer(Int64(line)), "reason": .string(reason)])
        }),
    ])
  }

  /// The codes of an issue, for sending: `user`, `password`, `issueID`; each is on record as shown.
  func voucherCodes(_ json: JSON) async throws -> JSON {
    let (name, password, issueID) = try Fields.reading(json) { fields in
      (
        try fields.text("user", count: 1...40), try fields.secret("password"),
        try fields.id("issueID", of: VoucherIssueID.self)
      )
    }
    let user = try await manager(name, password)
    let vouchers = try await store.vouchers(ofIssue: issueID, at: user.stationID)
    guard !vouchers.isEmpty else { throw Problem(.notFound) }
    var rows: [JSON] = []
    for voucher in vouchers where voucher.state == .active {
      let request = ClientRequest(id: UUID(), contentHash: json.contentHash)
      _ = try await store.show(
        .eCode, of: voucher.id, at: nil, by: user,
        TillRequest(request: request, atMs: clock.nowMs))
      let code = try await store.code(of: voucher.id)
      rows.append(
        .members([
          "voucherID": .string(voucher.id.text),
          "personID": voucher.personID.map { .string($0.text) } ?? "",
          "code": .string(code.grouped), "leftFen": .integer(voucher.left.fen),
          "validFrom": .string(voucher.validity.lowerBound.description),
          "validUntil": .string(voucher.validity.upperBound.description),
        ]))
    }
    return .members(["items": .array(rows)])
  }

  private func manager(_ name: String, _ password: String) async throws -> User {
    let credentials = try await store.credentials(name: name)
    guard try await hasher.verify(password, against: credentials?.passwordHash),
      let user = credentials?.user
    else { throw Problem(.loginFailed) }
    guard user.role == .manager else { throw Problem(.wrongRole) }
    return user
  }

  private func programme(
    _ named: String, at stationID: StationID
  ) async throws -> Programme {
    let today = try await store.openDay(at: stationID, atMs: clock.nowMs)
    let all = try await store.programmes(at: stationID, today: today).map(\.programme)
    let found = all.filter { $0.id.text == named || $0.name == named }
    guard let programme = found.first, found.count == 1 else {
      throw Problem(.badValue, ["member": "programme", "expected": "the id or name of one"])
    }
    return programme
  }

  private func issue(
    _ asked: ListedIssue, to people: [PersonID], of programme: Programme, by user: User,
    _ nowMs: Int64
  ) async throws -> [(id: VoucherIssueID, count: Int, isReplay: Bool)] {
    var made: [(id: VoucherIssueID, count: Int, isReplay: Bool)] = []
    for start in stride(from: 0, to: people.count, by: VoucherIssue.mostVouchers) {
      let some = Array(people[start..<min(start + VoucherIssue.mostVouchers, people.count)])
      // The same list for the same days is the same request, whoever asks for it again.
      let content = asked.content(of: programme.id, for: some)
      let issue = VoucherIssue(
        id: Identifier(madeOf: content.contentHash), programmeID: programme.id,
        recipients: .people(some), worth: asked.worth, validity: asked.validity,
        repeatUntil: asked.repeatUntil)
      let (event, isReplay) = try await store.issue(
        issue, by: user,
        TillRequest(
          request: ClientRequest(id: issue.id.uuid, contentHash: content.contentHash),
          atMs: nowMs))
      made.append((issue.id, try VoucherIssue.vouchers(of: event.body).count, isReplay))
    }
    return made
  }
}

/// What the command line asks for.
private struct ListedIssue {
  let user: String
  let password: String
  let programme: String
  let worth: Money
  let validity: ClosedRange<BusinessDate>
  let repeatUntil: Month?
  let csv: String

  init(_ fields: inout Fields) throws {
    user = try fields.text("user", count: 1...40)
    password = try fields.secret("password")
    programme = try fields.text("programme", count: 1...40)
    worth = Money(fen: try fields.integer("amountFen", in: 1...Limits.tenderFen))
    let from = try fields.date("validFrom")
    let until = try fields.date("validUntil")
    guard from <= until else {
      throw fields.refusal(of: "validUntil", expected: "not before validFrom")
    }
    validity = from...until
    let month = try fields.optionalText("repeatMonthly", count: 7...7)
    repeatUntil = month.flatMap { Month($0) }
    guard month == nil || repeatUntil.map({ $0.firstDay >= Month(of: from).firstDay }) == true
    else { throw fields.refusal(of: "repeatMonthly", expected: "the last month: 2027-06") }
    guard let csv = try fields.need("csv").stringValue else {
      throw fields.refusal(of: "csv", expected: "text")
    }
    self.csv = csv
  }

  func content(of programmeID: ProgrammeID, for people: [PersonID]) -> JSON {
    .members([
      "programmeID": .string(programmeID.text), "amountFen": .integer(worth.fen),
      "validFrom": .string(validity.lowerBound.description),
      "validUntil": .string(validity.upperBound.description),
      "repeatMonthly": repeatUntil.map { .string($0.description) },
      "people": .array(people.map(\.text).sorted().map(JSON.string)),
    ])
  }
}

extension Identifier {
  /// A version 4 id of 32 bytes that look random.
  fileprivate init(madeOf hash: [UInt8]) {
    precondition(hash.count == 32, "a SHA-256 hash has 32 bytes")
    var bytes = hash
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    self.init(
      UUID(
        uuid: (
          bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
          bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
        )))
  }
}

extension RecipientList.Reason {
  /// What is wrong with the row; never what stands in it.
  fileprivate var sentence: String {
    switch self {
    case .unreadable: "cannot be read"
    case .badNumber: "has no valid identity number"
    case .repeats(let line): "repeats line \(line)"
    }
  }
}

extension PersonRefusal {
  fileprivate var sentence: String {
    switch self {
    case .unknown: "is nobody in the registry"
    case .deceased: "is deceased"
    case .category: "is in none of the programme's categories"
    }
  }
}
