/// A stored record that does not read as its kind: the file was changed, or is newer than us.
public struct RecordProblem: Error, Equatable, Sendable {
  /// The member that is missing or wrong.
  public let member: String

  /// A record without this member, or with one that does not read.
  public static func missing(_ member: String) -> RecordProblem { RecordProblem(member: member) }
}

/// Reads the members of a record body that this project wrote.
struct RecordReader {
  let json: JSON

  init(_ json: JSON) { self.json = json }

  func string(_ name: String) throws(RecordProblem) -> String {
    guard let text = json[name]?.stringValue else { throw RecordProblem(member: name) }
    return text
  }

  func optionalString(_ name: String) throws(RecordProblem) -> String? {
    json[name] == nil ? nil : try string(name)
  }

  func integer(_ name: String) throws(RecordProblem) -> Int64 {
    guard let number = json[name]?.integerValue else { throw RecordProblem(member: name) }
    return number
  }

  /// An amount no larger than any that a sale can hold, so that sums of a forged record cannot
  /// overflow.
  func money(_ name: String) throws(RecordProblem) -> Money {
    Money(fen: try bounded(try integer(name), member: name))
  }

  func price(_ name: String) throws(RecordProblem) -> Money {
    let price = try money(name)
    guard (0...Limits.unitPriceFen).contains(price.fen) else { throw RecordProblem(member: name) }
    return price
  }

  func lineIndex(_ name: String) throws(RecordProblem) -> Int {
    let index = try integer(name)
    guard (0..<Int64(Limits.linesPerBasket)).contains(index) else {
      throw RecordProblem(member: name)
    }
    return Int(index)
  }

  func microYuan(_ name: String) throws(RecordProblem) -> MicroYuan {
    let value = try integer(name)
    guard value.magnitude <= 10_000_000_000_000_000 else { throw RecordProblem(member: name) }
    return MicroYuan(value)
  }

  func identifier<Subject>(_ name: String) throws(RecordProblem) -> Identifier<Subject> {
    guard let id = Identifier<Subject>(try string(name)) else { throw RecordProblem(member: name) }
    return id
  }

  func choice<Value: RawRepresentable>(
    _ name: String
  ) throws(RecordProblem) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: try string(name)) else { throw RecordProblem(member: name) }
    return value
  }

  func date(_ name: String) throws(RecordProblem) -> BusinessDate {
    guard let date = BusinessDate(try string(name)) else { throw RecordProblem(member: name) }
    return date
  }

  func optionalDate(_ name: String) throws(RecordProblem) -> BusinessDate? {
    json[name] == nil ? nil : try date(name)
  }

  func flag(_ name: String) throws(RecordProblem) -> Bool {
    guard case .bool(let flag)? = json[name] else { throw RecordProblem(member: name) }
    return flag
  }

  /// A whole number that counts something, in a range.
  func count(_ name: String, in range: ClosedRange<Int64>) throws(RecordProblem) -> Int {
    let number = try integer(name)
    guard range.contains(number) else { throw RecordProblem(member: name) }
    return Int(number)
  }

  func array(_ name: String) throws(RecordProblem) -> [JSON] {
    guard let elements = json[name]?.arrayValue, elements.count <= Limits.linesPerBasket + 1
    else { throw RecordProblem(member: name) }
    return elements
  }

  func moneyArray(_ name: String) throws(RecordProblem) -> [Money] {
    try moneyList(.array(try array(name)), member: name)
  }
}

/// The largest amount of a record: 10 billion yuan, so that 200 lines in micro-yuan fit in Int64.
private func bounded(_ fen: Int64, member: String) throws(RecordProblem) -> Int64 {
  guard fen.magnitude <= 1_000_000_000_000 else { throw RecordProblem(member: member) }
  return fen
}

/// A list of whole fen.
func moneyList(_ json: JSON, member: String) throws(RecordProblem) -> [Money] {
  guard let elements = json.arrayValue else { throw RecordProblem(member: member) }
  var list: [Money] = []
  for element in elements {
    guard let fen = element.integerValue else { throw RecordProblem(member: member) }
    list.append(Money(fen: try bounded(fen, member: member)))
  }
  return list
}

/// Whole fen as a JSON list.
func json(_ amounts: [Money]) -> JSON { .array(amounts.map { .integer($0.fen) }) }
