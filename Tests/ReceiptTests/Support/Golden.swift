import Foundation
import Testing

/// Compares with a file of `Golden`. A missing file is recorded, and the test fails.
func expectGolden(
  _ actual: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")
  let file = folder.appendingPathComponent(name)
  guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
    try actual.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("\(name) was missing; it has been recorded", sourceLocation: sourceLocation)
    return
  }
  #expect(actual == expected, "\(name)", sourceLocation: sourceLocation)
}

/// The bytes of a golden file in hexadecimal; `#` begins a remark.
func goldenBytes(_ name: String) throws -> [UInt8] {
  let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden").appendingPathComponent(name)
  let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  let digits = lines.flatMap { $0.prefix { $0 != "#" } }.filter { !$0.isWhitespace }
  return try stride(from: 0, to: digits.count, by: 2).map {
    try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
  }
}
