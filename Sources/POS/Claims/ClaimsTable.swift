/// Claims as a table for a spreadsheet: one row for each line of a sale or return that a funder or
/// sponsor pays a part of. Text is as safe as in `SalesTable`.
public struct ClaimsTable: Sendable {
  /// Only this day; `nil` for all.
  private let date: BusinessDate?
  /// Name and funder of each programme, as the records so far have them.
  private var programmes: [ProgrammeID: (name: String, funder: String)] = [:]

  public init(date: BusinessDate? = nil) { self.date = date }

  /// The byte-order mark, by which Excel knows UTF-8, and the names of the columns.
  public var head: String {
    "\u{FEFF}"
      + row([
        "业务日 business date", "单号 number", "记录 record", "类型 kind", "付款方 payer",
        "项目 for", "项目编号 id", "行 line", "品名 goods", "类别 category", "券 voucher or coupon",
        "应付 claimed CNY", "未用作废 not used CNY",
      ])
  }

  /// The rows of a sale or return; none of any other record.
  ///
  /// - Parameter original: finds the body of the sale that a return is of.
  /// - Throws: `RecordProblem` if it does not read as a record.
  public mutating func rows(
    of record: JSON, original: (SaleID) throws -> JSON?
  ) throws -> String? {
    let reader = RecordReader(record)
    guard let body = record["body"] else { throw RecordProblem(member: "body") }
    let epoch = try reader.integer("epoch")
    let place = "\(epoch)-\(try reader.integer("seq"))"
    var book = ClaimBook()
    switch JournalKind(rawValue: try reader.string("kind")) {
    case .programmeAdded, .programmeChanged:
      let programme = try Programme(version: 1, json: body["programme"])
      programmes[programme.id] = (programme.name, programme.funder)
      return nil
    case .sale:
      let sale = try Sale(body: body, atMs: 0)
      guard date.map({ $0 == sale.businessDate }) ?? true else { return nil }
      book.add(sale, number: body["number"]?.integerValue ?? 0, epoch: epoch)
    case .saleReturn:
      let one = try SaleReturn(body: body, atMs: 0)
      guard date.map({ $0 == one.businessDate }) ?? true else { return nil }
      guard let saleBody = try original(one.originalID) else {
        throw RecordProblem(member: "originalID")
      }
      book.add(
        one, of: try Sale(body: saleBody, atMs: 0), number: body["number"]?.integerValue ?? 0,
        epoch: epoch)
    default: return nil
    }
    let day = body["businessDate"]?.stringValue ?? ""
    let text = book.all.map { row(cells($0, $1, day, place)) }.joined()
    return text.isEmpty ? nil : text
  }

  private func cells(
    _ party: ClaimParty, _ line: ClaimLine, _ day: String, _ place: String
  ) -> [String] {
    let (payer, name): (String, String) =
      switch party {
      case .programme(let id): (programmes[id]?.funder ?? "", programmes[id]?.name ?? "")
      case .sponsor(let id): (id, "优惠券 coupons")
      }
    return [
      day, String(line.number), place, line.isReturn ? "退货 return" : "销售 sale", payer, name,
      party.text, line.line.map { String($0 + 1) } ?? "", line.goods, line.category, line.subject,
      line.amount.yuanText, line.forfeited.yuanText,
    ]
  }

  private func row(_ cells: [String]) -> String {
    cells.map(SalesTable.cell).joined(separator: ",") + "\r\n"
  }
}
