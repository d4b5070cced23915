/// What the fields of one row of a statement mean.
struct StatementReading {
  private let row: CSVRow
  private let columns: StatementColumns

  init(_ row: CSVRow, _ columns: StatementColumns) {
    self.row = row
    self.columns = columns
  }

  private func text(_ role: StatementColumns.Role) -> String {
    columns.text(role, of: row.fields)
  }

  /// Whether it failed, or is a fee, a transfer or a withdrawal.
  var isNoPayment: Bool {
    let state = text(.state).uppercased() + " " + text(.refundState).uppercased()
    let failures = [
      "失败", "关闭", "未支付", "待支付", "异常", "FAIL", "CLOSED", "NOTPAY", "ERROR", "ABNORMAL",
    ]
    let others = ["提现", "转账", "收费", "手续费", "服务费", "充值", "分账", "WITHDRAW"]
    let type = text(.type)
    return failures.contains(where: state.contains) || others.contains(where: type.contains)
  }

  private var isRefund: Bool {
    let words = [.state, .type, .tradeType].map { text($0).uppercased() }.joined(separator: " ")
    return ["退款", "退货", "撤销", "冲正", "REFUND", "REVOKED", "REVERSAL", "VOID"]
      .contains(where: words.contains)
  }

  /// The amount, below zero for a refund; `nil` if it is zero.
  func amount() throws(StatementProblem) -> Money? {
    let amount = try fen(.amount)
    let out = abs(try fen(.amountOut))
    let refund = abs(try fen(.refundAmount))
    let signed: Int64
    if isRefund {
      signed = -([refund, out, abs(amount)].first { $0 != 0 } ?? 0)
    } else {
      signed = amount != 0 ? amount : -out
    }
    return signed == 0 ? nil : Money(fen: signed)
  }

  /// Yuan of a column, with sign, currency mark and thousands marks; 0 where it is empty.
  private func fen(_ role: StatementColumns.Role) throws(StatementProblem) -> Int64 {
    let marks: Set<Character> = ["¥", "￥", ",", "+", " "]
    let written = text(role).filter { !marks.contains($0) }
    guard !written.isEmpty, written != "-", written != "/" else { return 0 }
    let isNegative = written.first == "-"
    guard let money = Money(yuanText: isNegative ? written.dropFirst() : written[...]) else {
      throw .badAmount(line: row.lineNumber)
    }
    return isNegative ? -money.fen : money.fen
  }

  /// The numbers of the payment, each once.
  func references() throws(StatementProblem) -> [String] {
    var found: [String] = []
    for place in columns.references {
      let reference = statementText(row.fields[place])
      if !["", "-", "/", "0"].contains(reference), !found.contains(reference) {
        found.append(String(reference.unicodeScalars.prefix(Limits.referenceLength)))
      }
    }
    guard !found.isEmpty else { throw .noReference(line: row.lineNumber) }
    return found
  }

  var refundID: String? {
    let id = text(.refundID)
    return ["", "-", "/", "0"].contains(id)
      ? nil : String(id.unicodeScalars.prefix(Limits.referenceLength))
  }

  /// When, by the clock of the station; `nil` where there is no such column or nothing in it.
  func atMs() throws(StatementProblem) -> Int64? {
    var written = text(.time)
    let date = text(.date)
    if !date.isEmpty, localTimeMs(written) == nil { written = "\(date) \(written)" }
    guard !written.isEmpty else { return nil }
    guard let atMs = localTimeMs(written) else { throw .badTime(line: row.lineNumber) }
    return atMs
  }
}

/// The moment that a text of local time means: `2026-11-21 09:05:00`, `2026/11/21 9:05`,
/// `20261121090500`, `20261121 090500`, or a date alone.
func localTimeMs(_ text: String) -> Int64? {
  let digits = text.filter { $0.isASCII && $0.isNumber }
  let groups = text.split { !($0.isASCII && $0.isNumber) }
  var parts = groups.map { Int64($0) ?? -1 }
  if let first = groups.first, first.utf8.count >= 8, digits.utf8.count <= 14 {
    var rest = digits[...]
    parts = [4, 2, 2, 2, 2, 2].compactMap { length in
      guard rest.utf8.count >= length else { return nil }
      defer { rest = rest.dropFirst(length) }
      return Int64(rest.prefix(length))
    }
    guard rest.isEmpty else { return nil }
  } else if groups.first?.utf8.count != 4 {
    return nil
  }
  guard (3...6).contains(parts.count) else { return nil }
  parts += Array(repeating: 0, count: 6 - parts.count)
  let named = [parts[0] / 100, parts[0] % 100, parts[1], parts[2]].map { part in
    part < 10 ? "0\(part)" : "\(part)"
  }
  guard let date = BusinessDate("\(named[0])\(named[1])-\(named[2])-\(named[3])"),
    (0..<24).contains(parts[3]), (0..<60).contains(parts[4]), (0..<61).contains(parts[5])
  else { return nil }
  let second = parts[3] * 3600 + parts[4] * 60 + parts[5]
  return (Int64(date.daysSince1970) * 86_400 + second) * 1000 - BusinessDate.offsetMs
}
