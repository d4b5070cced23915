internal import POS

/// A table exported by Chinese attendance software: CSV in GBK or UTF-8 with a first row of names.
///
/// Needed are a number (`考勤号码`, `工号`…) and a time (`日期时间`, or `日期` and `时间`). `机器号` says
/// which terminal, `比对方式` how. Names, departments and cards are not looked at.
/// Source: terminals.md D (M for the names of columns).
public struct AttendanceTable: Sendable {
  private let bytes: [UInt8]

  /// The content of a file.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads it.
  ///
  /// - Parameters:
  ///   - machines: terminals by their `机器号`.
  ///   - terminal: the terminal of rows without a machine number; `nil` puts them in quarantine.
  ///
  /// Throws in this order: too large, no rows, no header.
  public func intake(
    machines: [String: TerminalSerial], otherwise terminal: TerminalSerial?, zone: TerminalZone
  ) throws(AttendanceFileProblem) -> Intake {
    guard bytes.count <= AttendanceLimits.fileBytes else {
      throw .tooLarge(limitBytes: AttendanceLimits.fileBytes)
    }
    // Spreadsheets put a tab before numbers so that they stay texts.
    let text = String(fromWire: bytes.map { $0 == 0x09 ? 0x20 : $0 })
    var reader = CSVReader(Array(text.utf8))
    guard let first = reader.next() else { throw .noRows }
    guard case .success(let row) = first, let columns = TableColumns(row.fields) else {
      throw .noHeader
    }
    var intake = Intake()
    while let row = reader.next() {
      intake.rowCount += 1
      guard case .success(let row) = row else {
        intake.quarantine([], .exportedTable, .notReadable) { _ in "" }
        continue
      }
      do {
        let cells = TableCells(fields: row.fields, columns: columns)
        intake.recognitions.append(
          try cells.recognition(machines: machines, otherwise: terminal, zone: zone))
      } catch {
        intake.quarantine([], .exportedTable, error) { _ in "<\(row.fields.count)>" }
      }
    }
    return intake
  }
}

/// Where the columns are.
private struct TableColumns {
  let number: Int
  let date: Int
  /// The time of day, where it has a column of its own.
  let clock: Int?
  let machine: Int?
  let method: Int?

  init?(_ names: [String]) {
    let names = names.map { $0.filter { !$0.isWhitespace && $0 != "\u{FEFF}" } }
    func place(_ known: [String]) -> Int? {
      known.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    guard let number = place(["考勤号码", "考勤号", "登记号码", "人员编号", "工号", "编号"]) else {
      return nil
    }
    let both = place(["日期时间", "打卡时间", "考勤时间", "刷卡时间"])
    guard let date = both ?? place(["日期"]) ?? place(["时间"]) else { return nil }
    self.number = number
    self.date = date
    clock = both == nil && names[date] == "日期" ? place(["时间"]) : nil
    machine = place(["机器号", "设备号", "设备序列号"])
    method = place(["比对方式", "验证方式"])
  }
}

/// One row of the table.
private struct TableCells {
  let fields: [String]
  let columns: TableColumns

  func recognition(
    machines: [String: TerminalSerial], otherwise: TerminalSerial?, zone: TerminalZone
  ) throws(QuarantineReason) -> Recognition {
    guard let numberCell = cell(columns.number), let date = cell(columns.date) else {
      throw .tooFewColumns
    }
    let number = try AttendanceRow.number(numberCell)
    let clock = columns.clock.flatMap(cell)
    let timeBytes = clock.map { Array(date) + [0x20] + Array($0) } ?? Array(date)
    guard let time = TerminalTime(timeBytes[...], in: zone) else { throw .badTime }
    let method = columns.method.flatMap(cell).map { String(decoding: $0, as: UTF8.self) }
    guard let pass = Pass.exportedTable(method: method) else { throw .codeNotAllowed }
    guard let terminal = terminal(machines, otherwise: otherwise) else { throw .noTerminal }
    return Recognition(
      pass, of: number, at: time, on: terminal, key: .exportedTable(terminal, number, time),
      delivery: .stored)
  }

  private func terminal(
    _ machines: [String: TerminalSerial], otherwise: TerminalSerial?
  ) -> TerminalSerial? {
    guard let machine = columns.machine.flatMap(cell), !machine.isEmpty else { return otherwise }
    return machines[String(decoding: machine, as: UTF8.self)]
  }

  private func cell(_ index: Int) -> ArraySlice<UInt8>? {
    fields.indices.contains(index) ? Array(fields[index].utf8)[...].trimmed : nil
  }
}
