/// A JSON value of the strict dialect the project speaks: whole numbers of 64 bits only, no
/// repeated members, UTF-8, nothing after the value.
///
/// Members keep the order in which they were written or read; `canonicalBytes()` sorts them.
/// Invariants:
/// 1. What `JSON(parsing:)` accepts, every other JSON reader accepts with the same meaning.
/// 2. `JSON(parsing: value.canonicalBytes())` equals `value` but for the order of members.
/// 3. Two values that differ only in the order of members have the same canonical bytes.
///
/// Source: RFC 8259, narrowed; the canonical form is that of RFC 8785 for values without
/// fractions and with ASCII member names.
public enum JSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One name and its value.
  public struct Member: Sendable {
    public let name: String
    public let value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// An object of the members in this order; `nil` values are left out.
  ///
  /// Names must differ: a repeated name is a bug of the caller.
  public static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    var list: [Member] = []
    list.reserveCapacity(members.count)
    for case (let name, let value?) in members {
      list.append(Member(name, value))
    }
    return .object(list)
  }

  /// The value of a member, `nil` if this is no object or has no such member.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// This object with one more member at its end; `nil` changes nothing.
  public func adding(_ name: String, _ value: JSON?) -> JSON {
    guard case .object(let members) = self else {
      preconditionFailure("only an object can take another member")
    }
    guard let value else { return self }
    return .object(members + [Member(name, value)])
  }

  /// This object and the members of another.
  public func adding(contentsOf other: JSON) -> JSON {
    guard case .object(let members) = other else {
      preconditionFailure("only an object's members can be added")
    }
    return members.reduce(self) { $0.adding($1.name, $1.value) }
  }

  /// An object with this member in place of one of its name, else added.
  public func setting(_ name: String, _ value: JSON) -> JSON {
    guard case .object(let members) = self, self[name] != nil else { return adding(name, value) }
    return .object(members.map { $0.name == name ? Member(name, value) : $0 })
  }

  /// The string, `nil` if this is none.
  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The whole number, `nil` if this is none.
  public var integerValue: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The elements, `nil` if this is no array.
  public var arrayValue: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

extension JSON: Equatable {
  /// Equal as data: the order of members does not matter.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): isSame(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)) where max(a.count, b.count) <= fewMembers:
      a.count == b.count
        && a.allSatisfy { member in
          b.contains { isSame($0.name, member.name) && $0.value == member.value }
        }
    case (.object, .object): left.canonicalBytes() == right.canonicalBytes()
    default: false
    }
  }

  /// Up to this many, looking for each member is quicker than sorting all.
  private static let fewMembers = 24

  /// Whether two texts have the same bytes, not only the same meaning.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    let same = a.utf8.withContiguousStorageIfAvailable { a in
      b.utf8.withContiguousStorageIfAvailable { b in
        isSame(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
      }
    }
    return (same ?? nil) ?? a.utf8.elementsEqual(b.utf8)
  }

  /// Whether one name comes before another by the bytes of their UTF-8.
  static func isBefore(_ a: String, _ b: String) -> Bool {
    let before = a.utf8.withContiguousStorageIfAvailable { a in
      b.utf8.withContiguousStorageIfAvailable { b in a.lexicographicallyPrecedes(b) }
    }
    return (before ?? nil) ?? a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Whether bytes of one length are the same; eight at a time, as verifying compares millions.
  private static func isSame(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    let words = a.count & ~7
    for start in stride(from: 0, to: words, by: 8)
    where a.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      != b.loadUnaligned(fromByteOffset: start, as: UInt64.self)
    {
      return false
    }
    return (words..<a.count).allSatisfy { a[$0] == b[$0] }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
