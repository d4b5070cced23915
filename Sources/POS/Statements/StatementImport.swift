/// A statement as it is put on record: whose, of which day, what was in it.
public struct StatementImport: Equatable, Sendable {
  public let id: StatementID
  /// Whose statement: never cash.
  public let kind: TenderKind
  public let businessDate: BusinessDate
  /// SHA-256 of the file, hexadecimal.
  public let fileHash: String
  /// SHA-256 of the canonical JSON of the rows that are kept, hexadecimal.
  public let rowsHash: String
  /// Rows of the file that are no payments.
  public let skippedCount: Int64
  /// Rows of the file that are neither of the day nor of one beside it; they are not kept.
  public let otherDayCount: Int64

  public init(
    id: StatementID, kind: TenderKind, businessDate: BusinessDate, fileHash: String,
    rowsHash: String, skippedCount: Int64, otherDayCount: Int64
  ) {
    precondition(kind != .cash, "nobody sends a statement of cash")
    self.id = id
    self.kind = kind
    self.businessDate = businessDate
    self.fileHash = fileHash
    self.rowsHash = rowsHash
    self.skippedCount = skippedCount
    self.otherDayCount = otherDayCount
  }

  /// The members of its journal record: sums and counts, no reference.
  public func members(rowCount: Int, _ found: StatementComparison) -> JSON {
    .members([
      "id": .string(id.text), "kind": .string(kind.rawValue),
      "businessDate": .string(businessDate.description), "fileHash": .string(fileHash),
      "rowsHash": .string(rowsHash), "rowCount": .integer(Int64(rowCount)),
      "skippedCount": .integer(skippedCount), "otherDayCount": .integer(otherDayCount),
      "bookedFen": .integer(found.booked.fen), "statementFen": .integer(found.stated.fen),
      "matchedCount": .integer(Int64(found.matched.count)),
      "amountDiffersCount": .integer(Int64(found.amountDiffers.count)),
      "onlyOursCount": .integer(Int64(found.onlyOurs.count)),
      "onlyTheirsCount": .integer(Int64(found.onlyTheirs.count)),
      "duplicateCount": .integer(Int64(found.oursTwice.count + found.theirsTwice.count)),
    ])
  }

  /// Reads a record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    let kind: TenderKind = try reader.choice("kind")
    guard kind != .cash else { throw RecordProblem(member: "kind") }
    self.init(
      id: try reader.identifier("id"), kind: kind,
      businessDate: try reader.date("businessDate"), fileHash: try reader.string("fileHash"),
      rowsHash: try reader.string("rowsHash"), skippedCount: try reader.integer("skippedCount"),
      otherDayCount: try reader.integer("otherDayCount"))
  }
}

/// What a `StatementID` names.
public typealias StatementID = Identifier<StatementImport>
