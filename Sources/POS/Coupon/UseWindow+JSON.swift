extension GoodsSet {
  /// `{"allowed"?,"denied"}`: lists of categories.
  public var json: JSON { .members(["allowed": allowed?.json, "denied": denied.json]) }

  /// Reads what `json` wrote.
  public init(json: JSON?) throws(RecordProblem) {
    let allowed = json?["allowed"].flatMap { Set<String>(words: $0) }
    guard let json, let denied = Set<String>(words: json["denied"]),
      (json["allowed"] == nil) == (allowed == nil)
    else { throw RecordProblem(member: "goods") }
    self.init(allowed: allowed, denied: denied)
  }
}

extension UseWindow {
  /// `{"stations"?,"from"?,"until"?,"weekdays"?,"hours"?}`: weekdays are 1…7 from Monday, hours are
  /// pairs of minutes after midnight.
  public var json: JSON {
    .members([
      "stations": stations.map { .array($0.map(\.text).sorted().map(JSON.string)) },
      "from": from.map { .string($0.description) },
      "until": until.map { .string($0.description) },
      "weekdays": weekdays.map { .array($0.map(\.rawValue).sorted().map { .integer(Int64($0)) }) },
      "hours": hours.map { .array($0.map(\.json)) },
    ])
  }

  /// Reads what `json` wrote.
  public init(json: JSON?) throws(RecordProblem) {
    guard let json else { throw RecordProblem(member: "window") }
    let reader = RecordReader(json)
    self.init(
      stations: try reader.set("stations") { $0.stringValue.flatMap { StationID($0) } },
      from: try reader.optionalDate("from"), until: try reader.optionalDate("until"),
      weekdays: try reader.set("weekdays") {
        $0.integerValue.flatMap { Weekday(rawValue: Int($0)) }
      },
      hours: try reader.list("hours") { HourRange(json: $0) })
  }
}

extension HourRange {
  var json: JSON { [.integer(Int64(fromMinute)), .integer(Int64(untilMinute))] }

  init?(json: JSON) {
    guard let pair = json.arrayValue, pair.count == 2, let from = pair[0].integerValue,
      let until = pair[1].integerValue
    else { return nil }
    self.init(fromMinute: Int(from), untilMinute: Int(until))
  }
}

extension RecordReader {
  /// A list that may be left out.
  fileprivate func list<Value>(
    _ name: String, _ value: (JSON) -> Value?
  ) throws(RecordProblem) -> [Value]? {
    guard json[name] != nil else { return nil }
    let elements = try array(name)
    let values = elements.compactMap(value)
    guard values.count == elements.count else { throw RecordProblem(member: name) }
    return values
  }

  /// A list without repetition that may be left out.
  fileprivate func set<Value: Hashable>(
    _ name: String, _ value: (JSON) -> Value?
  ) throws(RecordProblem) -> Set<Value>? {
    guard let values = try list(name, value) else { return nil }
    guard Set(values).count == values.count else { throw RecordProblem(member: name) }
    return Set(values)
  }
}
