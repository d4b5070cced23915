/// A catalogue as a CSV file: which column is what, and which rows are good.
///
/// Columns are found by their header, in English or Chinese, in any order: `barcode` 条码, `name`
/// 名称, `category` 类别, `unit` 单位, `list_price_yuan` 原价 are needed; `origin` 产地, `item_code`
/// 店内码 and `pricing` 计价 (`counted` 计件, `weighed` 称重) may be there. Other columns are refused,
/// so that a typing error in a header is seen.
public struct ProductImport: Sendable {
  /// The good rows, in the order of the file.
  public private(set) var rows: [ProductRow] = []
  /// Every bad row with its line and reason, in the order of the file.
  public private(set) var problems: [ProductRowProblem] = []

  /// Reads a whole file.
  ///
  /// - Throws: `ProductFileProblem` if no row can be understood at all.
  public init(csv bytes: [UInt8]) throws(ProductFileProblem) {
    var reader = CSVReader(bytes)
    guard let first = reader.next() else { throw .empty }
    let columns: [ProductColumn: Int]
    switch first {
    case .failure(let problem): throw .badHeader(String(describing: problem.reason))
    case .success(let row): columns = try Self.columns(row.fields)
    }
    var lines: [String: Int] = [:]
    while let next = reader.next() {
      switch next {
      case .failure(let problem):
        problems.append(
          ProductRowProblem(lineNumber: problem.lineNumber, reason: .unreadable(problem.reason)))
      case .success(let row): read(row, columns: columns, seen: &lines)
      }
    }
  }

  private mutating func read(
    _ row: CSVRow, columns: [ProductColumn: Int], seen: inout [String: Int]
  ) {
    do throws(ProductRowProblem.Reason) {
      guard row.fields.count == columns.count else {
        throw .wrongFieldCount(found: row.fields.count, expected: columns.count)
      }
      let product = try ProductRow(row, columns: columns)
      for identity in product.identities {
        if let earlier = seen[identity] { throw .repeats(lineNumber: earlier) }
      }
      for identity in product.identities { seen[identity] = row.lineNumber }
      rows.append(product)
    } catch {
      problems.append(ProductRowProblem(lineNumber: row.lineNumber, reason: error))
    }
  }

  private static func columns(
    _ header: [String]
  ) throws(ProductFileProblem) -> [ProductColumn: Int] {
    var columns: [ProductColumn: Int] = [:]
    for (index, name) in header.enumerated() {
      guard let column = ProductColumn(header: name) else { throw .unknownColumn(name) }
      guard columns.updateValue(index, forKey: column) == nil else {
        throw .repeatedColumn(name)
      }
    }
    for column in ProductColumn.needed where columns[column] == nil {
      throw .missingColumn(column.rawValue)
    }
    return columns
  }
}

/// Why a file is no catalogue at all.
public enum ProductFileProblem: Error, Equatable, Sendable {
  case empty
  case badHeader(String)
  case unknownColumn(String)
  case repeatedColumn(String)
  case missingColumn(String)
}

/// Why one row was left out.
public struct ProductRowProblem: Error, Equatable, Sendable {
  /// In the order of the checks.
  public enum Reason: Error, Equatable, Sendable {
    case unreadable(CSVProblem.Reason)
    case wrongFieldCount(found: Int, expected: Int)
    case badBarcode(String, Barcode.Problem)
    case badItemCode(String)
    case missing(String)
    case tooLong(String)
    /// Line breaks or characters that change the direction of text.
    case unprintable(String)
    case badPricing(String)
    case badPrice(String)
    /// Two rows for the same goods; the first one counts.
    case repeats(lineNumber: Int)
    /// The barcode or item code belongs to another product of the catalogue.
    case conflicts
  }

  public let lineNumber: Int
  public let reason: Reason

  public init(lineNumber: Int, reason: Reason) {
    self.lineNumber = lineNumber
    self.reason = reason
  }
}

enum ProductColumn: String, CaseIterable {
  case barcode
  case name
  case category
  case unit
  case price = "list_price_yuan"
  case origin
  case itemCode = "item_code"
  case pricing

  static let needed: [ProductColumn] = [.barcode, .name, .category, .unit, .price]

  init?(header: String) {
    let chinese: [String: ProductColumn] = [
      "条码": .barcode, "名称": .name, "类别": .category, "单位": .unit, "原价": .price,
      "产地": .origin, "店内码": .itemCode, "计价": .pricing,
    ]
    guard let column = ProductColumn(rawValue: header) ?? chinese[header] else { return nil }
    self = column
  }
}

/// A good row: a product but for its id, which the catalogue gives or knows.
public struct ProductRow: Equatable, Sendable {
  public let lineNumber: Int
  public let barcode: Barcode?
  public let itemCode: String?
  public let name: String
  public let category: String
  public let unit: String
  public let pricing: Pricing
  public let listPrice: Money
  public let origin: String

  /// What no two rows may share: barcode and item code; name and unit where there is neither.
  var identities: [String] {
    let codes = [barcode?.digits, itemCode].compactMap { $0 }
    return codes.isEmpty ? ["\(name)\u{1}\(unit)"] : codes
  }

  /// Reads one row; checks in the order of `ProductRowProblem.Reason`.
  init(_ row: CSVRow, columns: [ProductColumn: Int]) throws(ProductRowProblem.Reason) {
    func field(_ column: ProductColumn) -> String {
      columns[column].map { trimmed(row.fields[$0]) } ?? ""
    }
    func text(_ column: ProductColumn, _ limit: Int) throws(ProductRowProblem.Reason) -> String {
      let text = field(column)
      guard !text.isEmpty else { throw .missing(column.rawValue) }
      guard text.unicodeScalars.count <= limit else { throw .tooLong(column.rawValue) }
      guard !text.unicodeScalars.contains(where: \.isInvisible) else {
        throw .unprintable(column.rawValue)
      }
      return text
    }
    lineNumber = row.lineNumber
    let code = field(.barcode)
    do {
      barcode = code.isEmpty ? nil : try Barcode(code)
    } catch {
      throw .badBarcode(code, error)
    }
    let itemCode = field(.itemCode)
    guard
      itemCode.isEmpty
        || (itemCode.utf8.count == 5 && itemCode.utf8.allSatisfy { (0x30...0x39).contains($0) })
    else {
      throw .badItemCode(itemCode)
    }
    self.itemCode = itemCode.isEmpty ? nil : itemCode
    name = try text(.name, Limits.nameLength)
    category = try text(.category, Limits.wordLength)
    unit = try text(.unit, Limits.wordLength)
    let chinese: [String: Pricing] = ["": .counted, "计件": .counted, "称重": .weighed]
    let pricing = field(.pricing)
    guard let known = chinese[pricing] ?? Pricing(rawValue: pricing) else {
      throw .badPricing(pricing)
    }
    self.pricing = known
    let price = field(.price)
    guard let listPrice = Money(yuanText: price, limitFen: Limits.unitPriceFen), listPrice > .zero
    else { throw .badPrice(price) }
    self.listPrice = listPrice
    origin = String(field(.origin).prefix(Limits.wordLength))
  }
}
