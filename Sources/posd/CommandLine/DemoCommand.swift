import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc

/// `posd demo`: the daemon with example data and a virtual printer.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Run the daemon with example data and a virtual printer.",
    discussion: "Without --data the data is in a new folder that is named at start.")

  @OptionGroup(title: "Data") var folder: FolderOptions
  @OptionGroup(title: "Listeners") var listeners: ListenOptions

  @Flag(help: "Make no meal centre, and run no simulated terminal.")
  var withoutMeals = false

  func run() async throws {
    var folder = folder
    if folder.data == nil { folder.data = try Self.newFolder() }
    var config = try await folder.load(listeners.values)
    if config.terminalListen == nil {
      config = try await folder.load(
        listeners.values.merging([.terminalListen: "127.0.0.1:0"]) { $1 })
    }
    Console.error("demo data in \(config.data)")
    try await Daemon(config: config, purpose: .demo(hasMeals: !withoutMeals)).run()
  }

  private static func newFolder() throws -> String {
    var template = Array("/tmp/posd-demo-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure("cannot make a folder under /tmp: \(String(cString: strerror(errno)))")
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
