/// One ledger account and one signed amount; debits are above zero.
public struct Posting: Equatable, Sendable {
  public let account: Account
  public let amount: MicroYuan

  public init(_ account: Account, _ amount: MicroYuan) {
    self.account = account
    self.amount = amount
  }
}

/// Postings that sum to zero, at most one for each account and none of zero.
///
/// The ledger only grows: a mistake is corrected by an opposite entry that names the first.
public struct Entry: Equatable, Sendable {
  public let postings: [Posting]

  /// Gathers postings by account in the order of their first mention; they must sum to zero.
  public init(_ postings: [Posting]) {
    var gathered: [Posting] = []
    for posting in postings {
      if let index = gathered.firstIndex(where: { $0.account == posting.account }) {
        let sum = gathered[index].amount + posting.amount
        gathered[index] = Posting(posting.account, sum)
      } else {
        gathered.append(posting)
      }
    }
    self.postings = gathered.filter { $0.amount != .zero }
    precondition(self.postings.lazy.map(\.amount).total == .zero, "an entry sums to zero")
  }

  /// `[["assets:cash",2500000],…]`, as the journal keeps it.
  public var json: JSON {
    .array(postings.map { [.string($0.account.name), .integer($0.amount.value)] })
  }
}

/// An account of the ledger; `docs/LEDGER.md` is the chart.
public enum Account: Hashable, Sendable {
  /// Cash in the tills.
  case cash
  /// Money taken out of the tills for keeping, and where floats come from.
  case safe
  /// What a payment network owes for code payments.
  case codePayments(TenderKind)
  /// What a fund or sponsor owes for coupons, by its id.
  case couponClaims(String)
  /// What a programme's fund owes for vouchers that were redeemed.
  case voucherClaims(ProgrammeID)
  /// What holders of a programme's vouchers for a single visit did not use: for the report only.
  case forfeited(ProgrammeID)
  /// The other side of what was forfeited.
  case forfeitedContra
  /// Goods at list price.
  case sales
  /// The concession given (让利).
  case concession
  /// Price changes the station bears.
  case discounts
  /// The concession owed to the relief fund, when policy sends it there.
  case reliefFund
  /// The station's pledge, as its cost.
  case pledge
  /// The pledge owed to the charity fund.
  case charityFund
  /// Shoppers' own gifts, owed to a campaign.
  case gifts(campaign: String)
  /// Goods bought, at what they cost.
  case purchases
  /// What suppliers are owed for goods.
  case suppliers
  /// Cash rounding (抹零), and differences of refunds.
  case rounding
  /// Counted less than expected; below zero: counted more.
  case overShort
  /// Cash brought to the bank.
  case bank
  /// Small purchases out of the drawer.
  case pettyCash
  /// Carriage paid out of the drawer.
  case delivery
  /// Paid in or out for another reason.
  case otherExpenses
  /// What a funder owes for the subsidy of meals.
  case mealSubsidy(funder: String)
  /// Paid into meal accounts (餐卡) and not eaten yet.
  case mealAccounts
  /// What people owe for meals.
  case mealsOnAccount
  /// Meals, at their price.
  case mealIncome
  /// What a day close has told to be transferred, by the account it was owed in.
  case transfers(TransferPurpose)

  /// The name in the chart of accounts.
  public var name: String {
    switch self {
    case .cash: "assets:cash"
    case .safe: "assets:safe"
    case .codePayments(let kind): "assets:code-payments:\(kind.rawValue)"
    case .couponClaims(let payer): "assets:coupon-claims:\(payer)"
    case .voucherClaims(let id): "assets:voucher-claims:\(id.text)"
    case .forfeited(let id): "memo:forfeited:\(id.text)"
    case .forfeitedContra: "memo:forfeited-contra"
    case .sales: "income:sales"
    case .concession: "expenses:concession"
    case .discounts: "expenses:discounts"
    case .reliefFund: "liabilities:relief-fund"
    case .pledge: "expenses:pledge"
    case .charityFund: "liabilities:charity-fund"
    case .gifts(let campaign): "liabilities:gifts:\(campaign)"
    case .purchases: "expenses:purchases"
    case .suppliers: "liabilities:suppliers"
    case .rounding: "expenses:rounding"
    case .overShort: "expenses:over-short"
    case .bank: "assets:bank"
    case .pettyCash: "expenses:petty"
    case .delivery: "expenses:delivery"
    case .otherExpenses: "expenses:other"
    case .mealSubsidy(let funder): "\(Self.mealSubsidyPrefix)\(funder)"
    case .mealAccounts: "liabilities:meal-accounts"
    case .mealsOnAccount: "assets:meals-on-account"
    case .mealIncome: "income:meals"
    case .transfers(.charityFund): "liabilities:transfers:charity-fund"
    case .transfers(.reliefFund): "liabilities:transfers:relief-fund"
    case .transfers(.gifts(let campaign)): "liabilities:transfers:gifts:\(campaign)"
    }
  }
}

/// What a day close transfers.
public enum TransferPurpose: Hashable, Sendable {
  case charityFund
  case reliefFund
  case gifts(campaign: String)
}

extension AdjustmentPayer {
  /// The account that bears an adjustment.
  var account: Account {
    switch self {
    case .station: .discounts
    case .fund: .couponClaims("fund")
    case .sponsor(let id): .couponClaims(id)
    }
  }
}
