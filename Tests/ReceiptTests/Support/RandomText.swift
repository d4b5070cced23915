/// A reproducible source of numbers (SplitMix64); its seed is part of a failure's message.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// Text of everything that names and feeds may hold, the nasty kinds too.
  mutating func text(upTo length: Int) -> String {
    let kinds: [[Character]] = [
      Array("abcXYZ0189-./&<>\"'$%"), Array("苹果大米有机蛋糕鲜牛奶龙鑫"), Array("，。、；：！？）》”…"),
      Array("（《“【￥¥"), [" ", " ", "\u{3000}", "\u{A0}"], Array("·×°é①№€☆龘䶮"),
      ["𠮷", "👨‍👩‍👧", "e\u{301}", "ḿ", "葛\u{E0100}", "ก", "İ", "q\u{323}"],
      ["\u{1B}", "\u{0}", "\n", "\r\n", "\t", "\u{1D}", "\u{10}", "\u{9B}", "\u{202E}", "\u{7F}"],
    ]
    let count = Int.random(in: 0...length, using: &self)
    return String(
      (0..<count).map { _ in
        let kind = kinds[Int.random(in: 0..<kinds.count, using: &self)]
        return kind[Int.random(in: 0..<kind.count, using: &self)]
      })
  }
}
