/// A payment by code, or a refund of one, as our books have it.
public struct BookedPayment: Equatable, Sendable {
  /// The sale or return.
  public let saleID: SaleID
  /// The number on its receipt.
  public let number: Int64
  public let reference: String
  /// Above zero what was paid, below zero what was paid back.
  public let amount: Money
  public let atMs: Int64
  /// Whether it counts for the day, or for one beside it.
  public let isOfDay: Bool

  public init(
    saleID: SaleID, number: Int64, reference: String, amount: Money, atMs: Int64, isOfDay: Bool
  ) {
    self.saleID = saleID
    self.number = number
    self.reference = reference
    self.amount = amount
    self.atMs = atMs
    self.isOfDay = isOfDay
  }
}

/// Our books of a day against what a payment network says of it (对账).
///
/// A payment is matched by reference and amount, whichever of its numbers the till recorded; a
/// refund by the reference of its payment. Rows and payments of the day before and after are
/// matched too, as a sale after the close counts for the next day, but nothing is said of them
/// alone.
public struct StatementComparison: Equatable, Sendable {
  /// A payment and the row that it is.
  public struct Pair: Equatable, Sendable {
    public let ours: BookedPayment
    public let theirs: StatementRow
  }

  public private(set) var matched: [Pair] = []
  public private(set) var amountDiffers: [Pair] = []
  public private(set) var onlyOurs: [BookedPayment] = []
  public private(set) var onlyTheirs: [StatementRow] = []
  /// Payments recorded with the reference of another one that is paired.
  public private(set) var oursTwice: [BookedPayment] = []
  /// Rows that name a payment or refund of another row.
  public private(set) var theirsTwice: [StatementRow] = []
  /// What our books have of the day.
  public private(set) var booked = Money.zero
  /// What the network says of the day, each payment once.
  public private(set) var stated = Money.zero

  /// Whether nothing differs.
  public var isMatched: Bool {
    amountDiffers.isEmpty && onlyOurs.isEmpty && onlyTheirs.isEmpty && oursTwice.isEmpty
      && theirsTwice.isEmpty
  }

  /// What a day close shows.
  public var sum: StatementSum { StatementSum(net: stated, isMatched: isMatched) }

  public init(
    of date: BusinessDate, cutMinutes: Int, booked payments: [BookedPayment],
    rows: [StatementRow]
  ) {
    var matching = Matching(payments: payments, rows: rows) {
      $0.days(from: date, cutMinutes: cutMinutes) == 0
    }
    matching.run()
    for (index, payment) in payments.enumerated() { add(payment, at: index, matching) }
    for (place, row) in rows.enumerated() where matching.isOfDay[place] {
      let isTwice = matching.isTwice(rowAt: place)
      if !isTwice { stated += row.amount }
      guard !matching.usedRows.contains(place) else { continue }
      if isTwice { theirsTwice.append(row) } else { onlyTheirs.append(row) }
    }
  }

  private mutating func add(_ payment: BookedPayment, at index: Int, _ matching: Matching) {
    if payment.isOfDay { booked += payment.amount }
    guard let place = matching.rowOf[index] else {
      guard payment.isOfDay else { return }
      if matching.isTwice(payment) { oursTwice.append(payment) } else { onlyOurs.append(payment) }
      return
    }
    guard payment.isOfDay || matching.isOfDay[place] else { return }
    let pair = Pair(ours: payment, theirs: matching.rows[place])
    if payment.amount == pair.theirs.amount {
      matched.append(pair)
    } else {
      amountDiffers.append(pair)
    }
  }
}

/// Pairs payments with rows: equal amounts first, each row once, those of the day before others.
private struct Matching {
  let payments: [BookedPayment]
  let rows: [StatementRow]
  let isOfDay: [Bool]
  private(set) var rowOf: [Int: Int] = [:]
  private(set) var usedRows: Set<Int> = []
  private var pairedReferences: Set<String> = []
  private let rowsByReference: [String: [Int]]
  private var firstRows: [String: Int] = [:]

  init(payments: [BookedPayment], rows: [StatementRow], isOfDay: (StatementRow) -> Bool) {
    self.payments = payments
    self.rows = rows
    self.isOfDay = rows.map(isOfDay)
    var index: [String: [Int]] = [:]
    for (place, row) in rows.enumerated() {
      for key in Set(row.references.map(Self.key)) { index[key, default: []].append(place) }
    }
    rowsByReference = index
  }

  /// Letters of either case and spaces make no other reference.
  private static func key(_ reference: String) -> String {
    statementText(reference).uppercased().filter { $0 != " " }
  }

  mutating func run() {
    let order =
      payments.indices.filter { payments[$0].isOfDay }
      + payments.indices.filter { !payments[$0].isOfDay }
    for isExact in [true, false] {
      for index in order where rowOf[index] == nil { pair(index, isExact: isExact) }
    }
    // Of several rows that name the same, a paired one is the one that counts, else the first.
    for place in usedRows.sorted() + rows.indices.filter({ !usedRows.contains($0) }) {
      if let identity = identity(of: place), firstRows[identity] == nil {
        firstRows[identity] = place
      }
    }
  }

  private mutating func pair(_ index: Int, isExact: Bool) {
    let payment = payments[index]
    let open = (rowsByReference[Self.key(payment.reference)] ?? []).filter { place in
      let amount = rows[place].amount
      let fits =
        isExact ? amount == payment.amount : (amount < .zero) == (payment.amount < .zero)
      return fits && !usedRows.contains(place)
    }
    guard let place = open.first(where: { isOfDay[$0] }) ?? open.first else { return }
    rowOf[index] = place
    usedRows.insert(place)
    if payment.amount > .zero { pairedReferences.insert(Self.key(payment.reference)) }
  }

  /// Whether a payment without a row has the reference of one with a row.
  func isTwice(_ payment: BookedPayment) -> Bool {
    payment.amount > .zero && pairedReferences.contains(Self.key(payment.reference))
  }

  /// Whether another row of the same payment or refund is the one that counts; a row that is
  /// paired is no repetition.
  func isTwice(rowAt place: Int) -> Bool {
    guard !usedRows.contains(place), let identity = identity(of: place) else { return false }
    return firstRows[identity] != place
  }

  /// What a row is of: a payment by its first number, a refund by its own; `nil` for a refund
  /// without one, of which a payment may have several.
  private func identity(of place: Int) -> String? {
    let row = rows[place]
    if row.amount > .zero { return "+" + Self.key(row.references[0]) }
    return row.refundID.map { "-" + Self.key($0) }
  }
}
