import Foundation
import Testing

/// The style guide as tests: what a reader would otherwise have to watch for.
@Suite struct TidyTests {
  /// The generated table of readings is data.
  private static let exempt = ["Sources/POS/Catalog/PinyinTable+unihanReadings.swift"]

  @Test(arguments: SourceTree.swiftFiles)
  func aFileHasAtMost400Lines(path: String) throws {
    #expect(try SourceTree.lines(path).count <= 401, "\(path)")
  }

  @Test(arguments: SourceTree.files(under: "Sources/posd/Web", ending: "s"))
  func aPageFileHasAtMost400Lines(path: String) throws {
    #expect(try SourceTree.lines(path).count <= 401, "\(path)")
  }

  @Test(arguments: SourceTree.swiftFiles)
  func aFunctionHasAtMost60Lines(path: String) throws {
    for (name, length) in try functions(path) {
      #expect(length <= 60, "\(path): \(name) has \(length) lines")
    }
  }

  @Test(arguments: SourceTree.files(under: "Sources", ending: ".swift"))
  func sourcesUseNoForbiddenWords(path: String) throws {
    guard !Self.exempt.contains(path) else { return }
    let everywhere = ["try!", "as!", "print(", "FIXME", "fatalError("]
    let inRules = ["Double", "Float(", "Date()", "Decimal", "Locale", "TimeZone", "random"]
    let isRule = ["POS", "Receipt", "Attendance"].contains { path.hasPrefix("Sources/\($0)/") }
    for (number, line) in try SourceTree.lines(path).enumerated() {
      // A meal terminal's option has the name of a type that rules may not use.
      let code = line.replacing("\"TimeZone=", with: "\"")
        .split(separator: "//", omittingEmptySubsequences: false)[0]
      for word in everywhere + (isRule ? inRules : []) {
        #expect(!contains(code, word), "\(path):\(number + 1) has \(word)")
      }
    }
  }

  @Test(arguments: SourceTree.files(under: "Sources", ending: ".swift"))
  func importsFollowTheArrows(path: String) throws {
    let allowed: [String: Set<String>] = [
      "POS": ["Crypto", "FoundationEssentials"],
      "POSStore": [
        "POS", "GRDB", "GRDBSQLite", "Crypto", "FoundationEssentials", "Synchronization",
        "Dispatch",
      ],
      "Attendance": ["POS", "FoundationEssentials"],
      "Receipt": ["POS"],
      "Glyphs": ["Receipt", "CFreeType", "Synchronization"],
      "Printing": ["Receipt", "CUSB", "Glibc"],
      "PrinterProfiles": ["Receipt", "Printing", "CWeb", "Yams"],
    ]
    let target = String(path.split(separator: "/")[1])
    for line in try SourceTree.lines(path) {
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1,
        !line.hasPrefix(" ")
      else { continue }
      let module = String(
        words[words.count - 1].split(separator: ".")[0])
      if let modules = allowed[target] {
        #expect(modules.contains(module), "\(path) imports \(module)")
      } else {
        #expect(
          !["GRDB", "GRDBSQLite", "CUSB", "CFreeType", "Yams"].contains(module),
          "\(path) imports \(module)")
      }
    }
  }

  @Test(arguments: SourceTree.files(under: "Sources", ending: ".swift"))
  func publicTypesAndFunctionsAreDocumented(path: String) throws {
    let lines = try SourceTree.lines(path)
    let kinds = ["struct ", "enum ", "class ", "func ", "protocol ", "typealias "]
    for (number, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      guard text.hasPrefix("public "), !text.contains("import "),
        kinds.contains(where: { text.contains($0) }),
        !text.contains("static func <"), !text.contains(" func + "), !text.contains(" func - "),
        !text.contains("func += "), !text.contains("func -= "), !text.contains("func == ")
      else { continue }
      var above = number - 1
      while above >= 0, lines[above].contains("@") { above -= 1 }
      let isDocumented = above >= 0 && lines[above].contains("///")
      #expect(isDocumented || isRequirement(path, line), "\(path):\(number + 1): \(text)")
    }
  }

  /// What the writer remembers of products is sound only if it is told of each change.
  @Test(arguments: SourceTree.files(under: "Sources/POSStore", ending: ".swift"))
  func productsAreWrittenInOnePlace(path: String) throws {
    let writes = try SourceTree.text(path).matches(
      of: /(INTO|UPDATE|DELETE FROM|REPLACE)\s+product\b/)
    let place = "Sources/POSStore/UnitOfWork+Products.swift"
    #expect(writes.isEmpty || path == place, "\(path) writes products, which \(place) does")
  }

  @Test func everyPageFileIsPartOfTheProgram() throws {
    let list = try SourceTree.text("Sources/posd/CWeb/files.c")
    for path in SourceTree.files(under: "Sources/posd/Web", ending: "") where !path.hasSuffix("/") {
      let name = path.split(separator: "/").last ?? ""
      #expect(list.contains("\"\(name)\""), "run Sources/posd/CWeb/list-files.sh: \(name)")
    }
  }

  @Test func everyErrorCodeIsExplainedAndMadeByATest() throws {
    let declared = try SourceTree.text("Sources/posd/App/HTTP/ProblemCode.swift")
    let codes = declared.matches(of: /case \w+ = "(\w+)"/).map { String($0.1) }
    let listed = try SourceTree.text("docs/ERRORS.md").matches(of: /(?m)^\| `(\w+)`/)
      .map { String($0.1) }
    #expect(codes.count > 40)
    #expect(Set(codes) == Set(listed))
    #expect(listed.count == Set(listed).count)
  }

  /// The reasons of print jobs stand in a table with both sentences, each once.
  @Test func whySlipsDoNotPrintIsDocumentedAsItIsSaid() throws {
    let conditions = try SourceTree.text("Sources/Printing/PrinterCondition.swift")
    let own = try SourceTree.text("Sources/posd/App/Print/PrintReason.swift")
    let codes = conditions.matches(of: /(?m)^  case (\w+)(?: = "(\w+)")?$/).map {
      (String($0.1), String($0.2 ?? $0.1))
    }
    let ownCodes = own.matches(of: /(?m)^    case \.(\w+): "([a-z_]+)"$/).map {
      (String($0.1), String($0.2))
    }
    let expected = rows(codes, conditions) + rows(ownCodes, own)

    let section = try SourceTree.text("docs/ERRORS.md").split(
      separator: "## Why a slip does not print")
    let found = try #require(section.last).matches(of: /(?m)^\| (\w+ \| [^|]+ \| [^|]+) \|/)
    let listed = found.map { String($0.1) }.filter { !$0.hasPrefix("reason |") }

    #expect(expected.count > 20)
    #expect(Set(listed) == Set(expected))
    #expect(listed.count == expected.count)
  }

  /// A code and its sentences, in the order of the source: Chinese first.
  private func rows(_ codes: [(name: String, code: String)], _ text: String) -> [String] {
    let said = text.matches(of: /(?m)^    case \.(\w+): "([^"]*[。.])"$/)
    return codes.map { name, code in
      let sentences = said.filter { $0.1 == name }.map { String($0.2) }
      return ([code] + sentences).joined(separator: " | ")
    }
  }

  @Test func theExampleCatalogueIsTheEmbeddedOne() throws {
    let demo = try SourceTree.text("Sources/posd/CWeb/demo.c")
    #expect(demo.contains("Examples/products.csv") && demo.contains("Examples/weighed.csv"))
  }

  /// Whether code has a word that is not the end of a longer one.
  private func contains(_ code: Substring, _ word: String) -> Bool {
    code.ranges(of: word).contains { range in
      guard range.lowerBound > code.startIndex else { return true }
      return !code[code.index(before: range.lowerBound)].isLetter
    }
  }

  /// Members of a protocol are documented by it; conformances to known ones say nothing new.
  private func isRequirement(_ path: String, _ line: Substring) -> Bool {
    let known = [
      "func next()", "func product(", "func makeIterator", "func send(", "enum Problem",
      "struct Part",
    ]
    return known.contains { line.contains($0) }
  }

  /// Functions of a file with their length, by indentation: the house style makes that exact.
  private func functions(_ path: String) throws -> [(name: String, length: Int)] {
    let lines = try SourceTree.lines(path)
    var found: [(String, Int)] = []
    for (number, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      guard text.contains("func ") || text.hasPrefix("init"), !text.hasPrefix("//") else {
        continue
      }
      let indentation = line.count - text.count
      let end = lines[number...].firstIndex {
        $0.hasPrefix(String(repeating: " ", count: indentation) + "}")
      }
      if let end { found.append((String(text.prefix(60)), end - number + 1)) }
    }
    return found
  }
}
