// Codes of vouchers are never stored: one is made again from the voucher's id when a slip is drawn.
// The books keep a keyed hash of it, which finds the voucher and tells nothing without the key.
extension PersonalKeys {
  /// The code of a voucher.
  public func code(of id: VoucherID) -> VoucherCode { VoucherCode(secret: codeBytes(for: id)) }

  /// What the books know a code by: 32 bytes.
  public func hash(of code: VoucherCode) -> [UInt8] { codeHash(code.text) }
}
