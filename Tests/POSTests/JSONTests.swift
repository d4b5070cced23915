import POS
import Testing

@Suite struct JSONTests {
  @Test(
    arguments: [
      ("{\"a\":1,\"a\":2}", .repeatedMember("a")),
      ("{\"a\":1,\"\\u0061\":2}", .repeatedMember("a")),
      ("1.0", .notAWholeNumber(at: 0)), ("1e2", .notAWholeNumber(at: 0)),
      ("01", .notAWholeNumber(at: 0)), ("-0", .notAWholeNumber(at: 0)),
      ("9223372036854775808", .numberTooLarge(at: 0)),
      ("-9223372036854775809", .numberTooLarge(at: 0)),
      ("[1,]", .unexpectedByte(at: 3)), ("{\"a\":1,}", .unexpectedByte(at: 7)),
      ("1 1", .textAfterValue(at: 2)), ("", .unexpectedEnd), ("[", .unexpectedEnd),
      ("\"a\nb\"", .badString(at: 2)), ("\"\\x\"", .badString(at: 2)),
      ("\"\\ud800\"", .badString(at: 3)), ("\"\\ud800\\u0061\"", .badString(at: 3)),
      ("\"abc", .badString(at: 0)), ("nul", .unexpectedByte(at: 0)),
      ("NaN", .unexpectedByte(at: 0)),
      ("\u{FEFF}1", .byteOrderMark), ("'a'", .unexpectedByte(at: 0)), ("-", .unexpectedByte(at: 0)),
      ("/**/1", .unexpectedByte(at: 0)), ("\u{00A0}1", .unexpectedByte(at: 0)),
    ] as [(String, JSONProblem)])
  func whatOtherReadersMightTakeOtherwiseIsRefused(text: String, problem: JSONProblem) {
    #expect(throws: problem) { try JSON(parsing: Array(text.utf8)) }
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0xFE, 0xFF, 0x00]] {
      #expect(throws: JSONProblem.notUTF8) { try JSON(parsing: bytes) }
    }
  }

  @Test func nestingIsLimited() throws {
    let deep = String(repeating: "[", count: 31) + "1" + String(repeating: "]", count: 31)
    #expect(try JSON(parsing: Array(deep.utf8)).arrayValue?.count == 1)
    #expect(throws: JSONProblem.self) { try JSON(parsing: Array("[\(deep)]".utf8)) }
  }

  @Test func canonicalBytesAreSortedAndRead() throws {
    let text = " { \"b\" : [ 1 , -2 , true , null ] , \"a\" : \"饭\\u996d\\n\\\"\\u001f/\" } "

    let value = try JSON(parsing: Array(text.utf8))

    let canonical = "{\"a\":\"饭饭\\n\\\"\\u001f/\",\"b\":[1,-2,true,null]}"
    #expect(String(decoding: value.canonicalBytes(), as: UTF8.self) == canonical)
    #expect(try JSON(parsing: value.canonicalBytes()) == value)
  }

  @Test(
    arguments: [
      "[1, 2]", "[1,2] ", " 1", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "\"\\/\"", "\"\\u0061\"",
      "\"\\u001F\"", "\"\\u000a\"", "{\"a\" :1}", "{\"饭\":1,\"z\":2}",
    ])
  func whatIsNotInItsCanonicalFormIsRefusedAsSuch(text: String) {
    #expect(throws: JSONProblem.self) { try JSON(canonical: Array(text.utf8)) }
  }

  @Test func theCanonicalFormIsReadAsSuch() throws {
    let text = "{\"a\":\"饭\\n\\\"\\u001f/\",\"b\":[1,-2,true,null,{}],\"z\":{\"饭\":[]}}"

    let value = try JSON(canonical: Array(text.utf8))

    #expect(String(decoding: value.canonicalBytes(), as: UTF8.self) == text)
  }

  @Test func objectsAreEqualInAnyOrderAndTextsByTheirBytes() {
    let names = (0..<40).map { "m\($0)" }
    for count in [2, 24, 25, 40] {
      let members = names.prefix(count).map { JSON.Member($0, "x") }
      #expect(JSON.object(members) == .object(members.reversed()))
      #expect(JSON.object(members) != .object(members.dropLast()))
    }
    #expect(JSON.string("\u{E9}") != "e\u{301}")
  }

  @Test(arguments: [Int64.max, Int64.min, 0, -1, 10_000])
  func everyWholeNumberSurvives(number: Int64) throws {
    #expect(try JSON(parsing: JSON.integer(number).bytes()).integerValue == number)
  }
}
