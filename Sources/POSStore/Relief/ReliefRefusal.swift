/// Why the store does not do what it was asked about vouchers, coupons and relief; nothing was
/// written.
public enum ReliefRefusal: Error, Equatable, Sendable {
  /// Nothing is issued under this programme any more.
  case programmeEnded
  /// A person of the list cannot get it, by index.
  case personNotEligible(index: Int, PersonRefusal)
  /// The last day is past already.
  case validityPast
  /// The voucher is in a state from which this is not done.
  case voucherState(StoredVoucherState)
  /// Nothing is left on the voucher.
  case nothingLeft
  /// Another coupon in use has this code.
  case couponCodeTaken
  /// This coupon was ended before.
  case couponEnded
  /// The person had something of this programme before.
  case alreadyHandedOut
  /// No voucher has this code, by index.
  case unknownVoucher(index: Int)
  /// No coupon has this code, by index.
  case unknownCoupon(index: Int)
  /// There is no such member.
  case unknownMember
}

/// Why a person cannot get something. The checks are made in the order of the cases.
public enum PersonRefusal: String, CaseIterable, Sendable {
  /// Not in the registry, or forgotten.
  case unknown
  case deceased
  /// In none of the programme's categories.
  case category
}

/// What became of a voucher, beside what is left on it.
public enum StoredVoucherState: String, CaseIterable, Sendable {
  case active
  case blocked
  /// Lost; another one took its place.
  case replaced
}
