/// A list of people who shall get vouchers, from a CSV file: a column of identity numbers, found by
/// its header; other columns are not used. Numbers are never kept or repeated in a problem.
public struct RecipientList: Sendable {
  /// Why a row is left out.
  public enum Reason: Error, Equatable, Sendable {
    case unreadable(CSVProblem.Reason)
    case badNumber(IdentityNumber.Problem)
    /// The same person stands on an earlier line.
    case repeats(line: Int)
  }

  /// One good row.
  public struct Row: Equatable, Sendable {
    public let lineNumber: Int
    public let number: IdentityNumber
  }

  private static let headers: Set<String> = ["身份证号", "身份证号码", "identity_number"]

  public private(set) var rows: [Row] = []
  public private(set) var problems: [(lineNumber: Int, reason: Reason)] = []
  private var lines: [IdentityNumber: Int] = [:]

  /// Reads a whole file, UTF-8 or GB 18030; `nil` if it has no such column.
  public init?(csv bytes: [UInt8]) {
    let text = String(validating: bytes, as: UTF8.self) ?? GB18030.text(decoding: bytes)
    let plain = text.utf8.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 }
    var reader = CSVReader(Array(plain))
    guard case .success(let header)? = reader.next() else { return nil }
    let column = header.fields.firstIndex { field in
      Self.headers.contains(field.filter { !$0.isWhitespace })
    }
    guard let column else { return nil }
    while let next = reader.next() {
      switch next {
      case .failure(let problem):
        problems.append((problem.lineNumber, .unreadable(problem.reason)))
      case .success(let row): take(row, column)
      }
    }
  }

  private mutating func take(_ row: CSVRow, _ column: Int) {
    do throws(IdentityNumber.Problem) {
      guard column < row.fields.count else { throw .missing }
      let number = try IdentityNumber(row.fields[column])
      if let line = lines[number] {
        problems.append((row.lineNumber, .repeats(line: line)))
      } else {
        lines[number] = row.lineNumber
        rows.append(Row(lineNumber: row.lineNumber, number: number))
      }
    } catch {
      problems.append((row.lineNumber, .badNumber(error)))
    }
  }
}
