/// The ledger as plain-text accounting: one transaction a record of the journal.
///
/// 1. Each transaction has the postings of its record, to the micro-yuan, and names the record.
/// 2. Nothing is merged, left out or added: balances are those of our own ledger.
/// 3. No text that people typed is in it: descriptions are kinds and numbers.
public struct LedgerText: Sendable {
  private let format: LedgerFormat
  private let accounts: [String]

  /// - Parameter accounts: every account that a transaction may name; they are declared first.
  public init(_ format: LedgerFormat, accounts: [String]) {
    self.format = format
    self.accounts = accounts
  }

  /// What stands before the first transaction.
  public var head: String {
    let names = accounts.map(format.accountName).sorted()
    switch format {
    case .hledger:
      return "; 慈善驿站账 charity station ledger, amounts in yuan\ndecimal-mark .\n"
        + "commodity 1000.000000 CNY\n" + names.map { "account \($0)\n" }.joined() + "\n"
    case .beancount:
      return "; 慈善驿站账 charity station ledger, amounts in yuan\n"
        + "option \"title\" \"posd\"\noption \"operating_currency\" \"CNY\"\n"
        + names.map { "1970-01-01 open \($0) CNY\n" }.joined() + "\n"
    }
  }

  /// The transaction of a record; `nil` if the record moves nothing in the ledger.
  ///
  /// - Throws: `RecordProblem` if it does not read as a record.
  public func transaction(of record: JSON) throws(RecordProblem) -> String? {
    let reader = RecordReader(record)
    guard let body = record["body"] else { throw RecordProblem(member: "body") }
    guard let entry = body["entry"]?.arrayValue, !entry.isEmpty else { return nil }
    let kind = try reader.string("kind")
    let place = "\(try reader.integer("epoch"))-\(try reader.integer("seq"))"
    let date = try date(body, atMs: try reader.integer("at"))
    let title = Self.titles[kind].map { "\($0) \(kind)" } ?? kind
    var text = format == .hledger ? "\(date) (\(place)) \(title)\n" : "\(date) * \"\(title)\"\n"
    let names = tags(body)
    switch format {
    case .hledger:
      for (name, value) in names { text += "    ; \(name): \(value)\n" }
    case .beancount:
      text += "  record: \"\(place)\"\n"
      for (name, value) in names { text += "  \(name): \"\(value)\"\n" }
    }
    for posting in entry { text += try line(posting) }
    return text + "\n"
  }

  /// The day a record counts for: its business day, or the local date of its time.
  private func date(_ body: JSON, atMs: Int64) throws(RecordProblem) -> BusinessDate {
    guard let text = body["businessDate"]?.stringValue else { return BusinessDate(atMs: atMs) }
    guard let date = BusinessDate(text) else { throw RecordProblem(member: "businessDate") }
    return date
  }

  /// What else of a record tells where it belongs: ids and numbers.
  private func tags(_ body: JSON) -> [(name: String, value: String)] {
    let members = [
      ("number", "number"), ("station", "stationID"), ("session", "tillSessionID"),
      ("original", "originalID"), ("corrects", "corrects"), ("sale", "saleID"),
    ]
    return members.compactMap { name, member in
      switch body[member] {
      case .string(let text) where Identifier<Sale>(text) != nil: (name, text)
      case .integer(let number): (name, String(number))
      default: nil
      }
    }
  }

  private func line(_ posting: JSON) throws(RecordProblem) -> String {
    guard let pair = posting.arrayValue, pair.count == 2, let account = pair[0].stringValue,
      let microYuan = pair[1].integerValue
    else { throw RecordProblem(member: "entry") }
    let name = format.accountName(account)
    let amount = MicroYuan(microYuan).yuanTextWithSixDecimals
    let gap = String(repeating: " ", count: max(2, 58 - name.utf8.count - amount.utf8.count))
    return (format == .hledger ? "    " : "  ") + name + gap + amount + " CNY\n"
  }

  /// What records are called; a kind that is not here goes by its own name.
  private static let titles = [
    "tillOpened": "开班", "sale": "销售", "return": "退货", "cashMoved": "现金收支",
    "tillClosed": "结班", "tenderCorrected": "更正付款方式", "dayClosed": "日结",
    "monthClosed": "月结", "stockDelivered": "入库", "stockSentBack": "退供应商",
    "stockWrittenOff": "报损", "stockCounted": "盘点",
  ]
}
