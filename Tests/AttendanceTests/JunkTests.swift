import Glibc
import POS
import Testing

@testable import Attendance

/// Whatever comes, a codec answers, and soon.
@Suite struct JunkTests {
  @Test(arguments: Codec.all)
  func everyTruncationIsRead(codec: Codec) {
    for length in 0..<codec.example.count {
      #expect(!codec.output(Array(codec.example[..<length])).isEmpty)
    }
  }

  @Test(arguments: Codec.all)
  func junkIsRead(codec: Codec) {
    var random = Seeded(state: 7)
    for _ in 0..<40 {
      let length = Int.random(in: 0...400, using: &random)
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }

      #expect(!codec.output(bytes).isEmpty)
    }
  }

  @Test func aBatchIsReadWholeWhereverJunkStandsBetween() {
    var random = Seeded(state: 11)
    for _ in 0..<40 {
      var text = ""
      var good = 0
      for number in 1...100 {
        if Bool.random(using: &random) {
          text += "\(number)␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␊"
          good += 1
        } else {
          text += "x\(UInt32.random(in: 0...9, using: &random))␉␉\u{FFFD}␊"
        }
      }

      let intake = read(.attendance, text)

      #expect(intake.rowCount == 100)
      #expect(intake.recognitions.count == good)
      #expect(intake.quarantined.count == 100 - good)
    }
  }

  @Test(arguments: [
    "\n", "\t", "\r", " ", "\"", "<", "{\"", "a\n", "a=\t", "1,", "\r\n--MIME_boundary\r\n\r\n",
    "--MIME_boundary\r\n", "ID=1&Return=0\n", "<a>", "<!--", "&amp;", "\\u0000",
  ])
  func timeGrowsNoFasterThanTheInput(piece: String) {
    func bytes(_ count: Int) -> [UInt8] {
      Array(String(repeating: piece, count: count / piece.utf8.count).utf8)
    }
    for codec in Codec.all {
      let short = cpuMicroseconds { _ = codec.output(bytes(8_000)) }
      let long = cpuMicroseconds { _ = codec.output(bytes(32_000)) }

      // Four times the input takes four times as long; with a square in it, sixteen times.
      #expect(long < 9 * short + 30_000, "\(codec): \(short) µs, \(long) µs")
    }
  }

  /// Time of this thread alone, so that a busy machine makes no difference.
  private func cpuMicroseconds(_ body: () -> Void) -> Int {
    func now() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }
    let start = now()
    body()
    return now() - start
  }

  @Test func timesOfEveryDayAreRead() throws {
    for days in stride(from: 0, to: 84_000, by: 97) {
      let date = BusinessDate(daysSince1970: days)
      let text = Array("\(date) 23:59:59".utf8)

      let time = try #require(TerminalTime(text[...], in: .china))

      #expect(time.localText == "\(date) 23:59:59")
      #expect(time.atMs == (Int64(days) * 86_400 + 86_399 - 8 * 3600) * 1000)
    }
  }
}
