/// Sales and returns as a table for a spreadsheet: one row a line, and one for a gift.
///
/// Text that a spreadsheet could take for a formula gets an apostrophe before it (OWASP, CSV
/// injection); amounts are numbers and stay so.
public struct SalesTable: Sendable {
  public init() {}

  /// The byte-order mark, by which Excel knows UTF-8, and the names of the columns.
  public var head: String {
    "\u{FEFF}"
      + row([
        "业务日 business date", "时间 time", "类型 kind", "单号 number", "记录 record",
        "驿站 station", "行 line", "条码 barcode", "品名 goods", "类别 category", "数量 quantity",
        "单位 unit", "原价 list price CNY", "驿站价 station price CNY", "让利 concession CNY",
        "实付 paid CNY", "本站捐出 pledge CNY", "顾客捐赠 gift CNY", "原单 original",
      ])
  }

  /// The rows of a sale or return; none of any other record.
  ///
  /// - Parameter original: finds the body of the sale that a return is of.
  /// - Throws: `RecordProblem` if it does not read as a record.
  public func rows(
    of record: JSON, original: (SaleID) throws -> JSON?
  ) throws -> String? {
    let reader = RecordReader(record)
    guard let body = record["body"] else { throw RecordProblem(member: "body") }
    let atMs = try reader.integer("at")
    let place = "\(try reader.integer("epoch"))-\(try reader.integer("seq"))"
    switch try reader.string("kind") {
    case JournalKind.sale.rawValue:
      return rows(of: try Sale(body: body, atMs: atMs), first(body, "销售 sale", atMs, place))
    case JournalKind.saleReturn.rawValue:
      let one = try SaleReturn(body: body, atMs: atMs)
      guard let saleBody = try original(one.originalID) else {
        throw RecordProblem(member: "originalID")
      }
      return rows(
        of: one, try Sale(body: saleBody, atMs: 0), first(body, "退货 return", atMs, place))
    default: return nil
    }
  }

  private func first(_ body: JSON, _ kind: String, _ atMs: Int64, _ place: String) -> [String] {
    [
      body["businessDate"]?.stringValue ?? "", localTimeText(atMs: atMs), kind,
      String(body["number"]?.integerValue ?? 0), place, body["stationID"]?.stringValue ?? "",
    ]
  }

  private func rows(of sale: Sale, _ first: [String]) -> String {
    var text = ""
    for (index, line) in sale.lines.enumerated() {
      text += row(
        first + [String(index + 1)] + goods(line)
          + [
            quantity(line.quantity, 1), unit(line), line.goods.listPrice.yuanText,
            line.stationPrice.yuanText, line.concession.yuanText, line.net.yuanText,
            line.pledge.yuanText, "", "",
          ])
    }
    if let gift = sale.gift { text += giftRow(first, gift.amount, gift.campaign, "") }
    return text
  }

  private func rows(of one: SaleReturn, _ sale: Sale, _ first: [String]) -> String {
    var text = ""
    for back in one.lines where sale.lines.indices.contains(back.line) {
      let line = sale.lines[back.line]
      text += row(
        first + [String(back.line + 1)] + goods(line)
          + [
            quantity(back.quantity, -1), unit(line), line.goods.listPrice.yuanText,
            line.stationPrice.yuanText, (-back.concession).yuanText, (-back.refund).yuanText,
            (-back.pledge).yuanText, "", one.originalID.text,
          ])
    }
    if let gift = one.gift {
      text += giftRow(first, -gift.amount, gift.campaign, one.originalID.text)
    }
    return text
  }

  private func giftRow(
    _ first: [String], _ amount: Money, _ campaign: String, _ original: String
  ) -> String {
    row(
      first + [
        "", "", campaign, "顾客捐赠 gift", "", "", "", "", "", "", "", amount.yuanText, original,
      ])
  }

  private func goods(_ line: LineItem) -> [String] {
    [line.goods.barcode ?? "", line.goods.name, line.goods.category]
  }

  /// Pieces, or kilograms with three decimals.
  private func quantity(_ quantity: Quantity, _ sign: Int64) -> String {
    switch quantity {
    case .units(let count): String(sign * count)
    case .grams(let count): decimalText(sign * count, decimals: 3)
    }
  }

  private func unit(_ line: LineItem) -> String {
    if case .grams = line.quantity { "公斤" } else { line.goods.unit }
  }

  private func row(_ cells: [String]) -> String {
    cells.map(Self.cell).joined(separator: ",") + "\r\n"
  }

  /// A cell that is read as what it is: quoted where CSV needs it, and never a formula.
  public static func cell(_ text: String) -> String {
    let first = text.unicodeScalars.first
    let isFormula = first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    let safe = isFormula && !isNumber(text) ? "'" + text : text
    let mustQuote = safe.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return mustQuote ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }

  /// A number as we write it: digits, a sign below zero, a decimal point.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
