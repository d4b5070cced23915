/// The largest values that input may hold. They keep every sum inside 64 bits:
/// 200 lines × 100,000,000,000 fen × 10,000 µ¥ = 2 × 10¹⁷, and Int64 ends at 9 × 10¹⁸.
public enum Limits {
  /// 100,000 yuan for one unit or kilogram: dearer than anything a grocery sells.
  public static let unitPriceFen: Int64 = 10_000_000
  /// 9,999 of one thing: four digits on the screen and the receipt.
  public static let units: Int64 = 9_999
  /// 1,000 kg less a gram: six digits.
  public static let grams: Int64 = 999_999
  /// 10 million pieces, or 10 tons in grams, of one thing in stock.
  public static let stockCount: Int64 = 9_999_999
  /// A till roll of 3 metres.
  public static let linesPerBasket = 200
  /// More ways of paying one bill than anyone has.
  public static let tendersPerSale = 8
  /// More vouchers than one household is given in a month; their placement looks at 2⁸ sets.
  public static let vouchersPerSale = 8
  /// Coupons shown for one bill.
  public static let couponsPerSale = 20
  /// Places in the order of coupons.
  public static let couponPriority: Int64 = 9_999
  /// A coupon's uses: ten for each of a million people.
  public static let couponUses: Int64 = 10_000_000
  /// More categories than a station's catalogue has.
  public static let categoriesPerSet = 200
  /// 1,000,000 yuan paid with one tender or given as one gift.
  public static let tenderFen: Int64 = 100_000_000
  /// Characters of a product's name.
  public static let nameLength = 100
  /// Characters of a category or unit.
  public static let wordLength = 20
  /// Characters of a payment reference.
  public static let referenceLength = 64
}
