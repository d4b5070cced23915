import FoundationEssentials
import Printing
import Testing

@Suite struct FileTransportTests {
  private let slip = Slip(name: "1-17-0", bytes: [0x1B, 0x40, 0xC9], text: "善", svg: "<svg/>")

  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "slips-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test func aSlipBecomesThreeWholeFiles() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }

    let delivery = try FileTransport(folder: folder).send(slip)

    #expect(delivery == .accepted)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["1-17-0.escpos", "1-17-0.svg", "1-17-0.txt"])
    let bytes = try Data(contentsOf: URL(filePath: folder + "/1-17-0.escpos"))
    #expect(Array(bytes) == [0x1B, 0x40, 0xC9])
  }

  @Test func aFolderThatIsGoneIsAProblemWithAReason() {
    #expect(throws: TransportProblem.self) {
      try FileTransport(folder: "/nonexistent").send(slip)
    }
  }

  @Test func libusbIsLinked() {
    #expect(USBLibrary.version.hasPrefix("1.0."))
  }
}
