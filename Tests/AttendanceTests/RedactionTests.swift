import POS
import Testing

@testable import Attendance

/// Nothing personal comes out of a codec (terminals.md, legal; issue 6.1).
@Suite struct RedactionTests {
  @Test(arguments: Codec.all)
  func noSecretComesOut(codec: Codec) {
    let output = codec.output(codec.example)

    for secret in Codec.secrets {
      #expect(!output.contains(secret), "\(codec): \(secret)")
    }
    #expect(isHarmless(output), "\(output)")
  }

  @Test(arguments: Codec.all)
  func noSecretComesOutOfDamagedRows(codec: Codec) {
    var random = Seeded(state: 20_260_901)
    for _ in 0..<100 {
      var bytes = codec.example
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = [9, 10, 13, 0, 0x20, 0x3D].randomElement(using: &random) ?? 9
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(9, at: place)
        default: bytes = Array(bytes[place...]) + bytes[..<place]
        }
      }

      let output = codec.output(bytes)

      #expect(!output.contains("11010119900307721") && !output.contains("CANARY"), "\(codec)")
      #expect(isHarmless(output), "\(codec): \(output)")
    }
  }

  @Test(arguments: [
    ("1002␉2026-13-01 11:30:14␉0␉15␉0", "1002 | 2026-13-01 11:30:14 | 0 | 15 | 0"),
    ("18611112222␉2026-13-01 11:30:14", "<11> | 2026-13-01 11:30:14"),
    ("王秀英␉Li␉47110␉4711", "<9> | <2> | <5> | 4711"),
    ("1101011990␉0307721X", "1101011990 | <8>"), ("", ""),
    ("1␉1101-01-19 90:03:07", "1 | <19>"), ("1␉2026-09-01 11:30:14 张", "1 | <23>"),
  ])
  func onlyShortNumbersAndTimesStay(row: String, redacted: String) {
    #expect(Redaction.columns(wire(row)[...]) == redacted)
  }

  @Test func ofFieldsOnlyKnownNamesStay() {
    let row = wire("time=2026-13-01 11:30:14␉pin=1002␉cardno=0102030405␉王=秀英␉event=0␉junk")

    #expect(
      Redaction.fields(row[...])
        == "time=2026-13-01 11:30:14 | pin=1002 | <6>=<10> | <3>=<6> | event=0 | <4>")
  }

  @Test func aLongRowIsShownInPart() {
    let row = wire(String(repeating: "1␉", count: 5000))

    #expect(Redaction.columns(row[...]).utf8.count < 100)
  }

  /// No text of another script, and no 15 digits in a row but those of a moment in milliseconds.
  private func isHarmless(_ output: String) -> Bool {
    output.unicodeScalars.allSatisfy { $0.isASCII || $0 == "…" }
      && output.split(whereSeparator: { !$0.isNumber }).allSatisfy { $0.count < 15 }
  }
}
