import POS

@testable import Attendance

/// The terminal of the examples.
let serial = fixture(TerminalSerial("CGXH260000"))

/// The value of an example that is right.
func fixture<Value>(_ value: Value?) -> Value {
  guard let value else { preconditionFailure("an example does not read") }
  return value
}

/// Bytes of an example; `␉`, `␊`, `␍` and `␀` stand for themselves.
func wire(_ text: String) -> [UInt8] {
  let controls: [Character: UInt8] = ["␉": 9, "␊": 10, "␍": 13, "␀": 0]
  return text.flatMap { character in
    controls[character].map { [$0] } ?? Array(String(character).utf8)
  }
}

/// What a ZKTeco terminal sends, read.
func read(
  _ table: ZKTecoTable, _ text: String, dialect: ZKTecoDialect = .attendance,
  zone: TerminalZone = .china
) -> Intake {
  ZKTecoUpload(table, body: wire(text))
    .intake(from: ZKTecoTerminal(serial: serial, dialect: dialect, zone: zone))
}

/// Bytes of Chinese text as terminals and software of the country write it.
func gb(_ text: String) -> [UInt8] {
  text.unicodeScalars.flatMap { scalar -> [UInt8] in
    let code = GB18030.code(of: scalar)
    if scalar.value < 0x80 { return [UInt8(scalar.value)] }
    return [UInt8(code >> 8), UInt8(code & 0xFF)]
  }
}

/// Random numbers from a seed, the same on every machine (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
