/// What a print job is of; the raw value is stable.
///
/// A new one is a case here and a branch where it is drawn.
public enum PrintDocument: String, CaseIterable, Sendable {
  case sale
  case saleReturn = "return"
  case xReport
  case zReport
  case dayClose
  case monthClose
  case voucher
  case voucherBalance
  case handOut
  case mealMoney
  case mealMoneyUndone
}
