/// The sum of many postings by account.
public struct LedgerSums: Equatable, Sendable {
  /// By the account's name, in micro-yuan; an account at zero may be there or not.
  private var amounts: [String: Int64] = [:]

  /// Nothing.
  public init() {}

  /// Adds an amount to an account. Wraps around: what a forged record says must not stop the
  /// program that finds it.
  public mutating func add(_ account: String, _ microYuan: Int64) {
    amounts[account, default: 0] &+= microYuan
  }

  /// Adds all of another's.
  public mutating func add(_ other: LedgerSums) {
    for (account, amount) in other.amounts { add(account, amount) }
  }

  /// Adds the postings of a record's `entry`.
  ///
  /// - Throws: `RecordProblem` if it is not a list of accounts and amounts.
  public mutating func add(entry: JSON?) throws(RecordProblem) {
    guard let postings = entry?.arrayValue else { throw RecordProblem(member: "entry") }
    for posting in postings {
      guard let pair = posting.arrayValue, pair.count == 2, let account = pair[0].stringValue,
        let amount = pair[1].integerValue
      else { throw RecordProblem(member: "entry") }
      add(account, amount)
    }
  }

  /// The sum of an account.
  public subscript(account: String) -> MicroYuan { MicroYuan(amounts[account] ?? 0) }

  /// The sum of an account.
  public subscript(account: Account) -> MicroYuan { self[account.name] }

  /// The accounts that are not at zero, by name.
  public var rows: [(account: String, amount: MicroYuan)] {
    amounts.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      .map { ($0.key, MicroYuan($0.value)) }
  }

  /// `[["assets:cash",2500000],…]` by name, accounts at zero left out.
  public var json: JSON {
    .array(rows.map { [.string($0.account), .integer($0.amount.value)] })
  }

  public static func == (one: LedgerSums, other: LedgerSums) -> Bool {
    one.amounts.filter { $0.value != 0 } == other.amounts.filter { $0.value != 0 }
  }
}
