public import POS

/// All that is printed of a voucher. It has no place for a name or for why somebody got it: the
/// paper is shown at a till, before others.
public struct VoucherSlipFacts: Equatable, Sendable {
  /// What happens to a part that is not spent.
  public enum Kind: Sendable {
    /// One visit; the rest is lost.
    case singleUse
    /// Several visits, until it is spent.
    case balance
  }

  /// Where it was issued, and when.
  public var heading: SlipHeading
  /// The programme's public name, in neutral words.
  public var programme: SlipName
  public var kind: Kind
  /// What it is worth.
  public var amount: Money
  /// The first and the last day it is good for.
  public var validity: ClosedRange<BusinessDate>
  /// The goods it is for; empty: all.
  public var goods: [String]
  /// The code with its check characters, without separators.
  public var code: String

  /// A voucher to hand out.
  public init(
    heading: SlipHeading, programme: SlipName, kind: Kind, amount: Money,
    validity: ClosedRange<BusinessDate>, goods: [String] = [], code: String
  ) {
    self.heading = heading
    self.programme = programme
    self.kind = kind
    self.amount = amount
    self.validity = validity
    self.goods = goods
    self.code = code
  }
}

/// What is printed when a balance voucher paid a part or is asked for its balance.
public struct VoucherBalanceFacts: Equatable, Sendable {
  /// Where, and when.
  public var heading: SlipHeading
  /// The programme's public name.
  public var programme: SlipName
  /// The last characters of the code: enough to know it, too few to spend it.
  public var codeEnd: String
  /// What it was worth before.
  public var before: Money
  /// What it paid; zero if it was only asked.
  public var spent: Money
  /// The last day it is good for.
  public var validTo: BusinessDate

  /// A voucher's balance; of `code` only the last four characters are kept.
  public init(
    heading: SlipHeading, programme: SlipName, code: String, before: Money, spent: Money = .zero,
    validTo: BusinessDate
  ) {
    self.heading = heading
    self.programme = programme
    self.codeEnd = String(code.suffix(4))
    self.before = before
    self.spent = spent
    self.validTo = validTo
  }
}
