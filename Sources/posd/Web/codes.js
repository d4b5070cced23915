// What was scanned or typed: the code of a voucher, of a coupon, the number or phone of a member.
// A code is told from a barcode by its letters.

const letters = "23456789ABCDEFGHJKMNPQRTVWXYZ";
const voucherLength = 20;
/** H. M. Damm's quasigroup, as in the numbers of members. */
const damm = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];

/** A code as it is kept: upper case, without blanks and dashes. */
export const folded = (text) => text.toUpperCase().replace(/[\s-]/g, "");

/** The 20 characters of a voucher whose check characters fit, else null. */
export function voucherCode(text) {
  const code = folded(text);
  const numbers = Array.from(code, (letter) => letters.indexOf(letter));
  if (code.length !== voucherLength || numbers.includes(-1)) return null;
  const plain = numbers.reduce((sum, number) => sum + number, 0);
  const weighted = numbers.reduce((sum, number, index) => sum + number * (index + 1), 0);
  return plain % letters.length === 0 && weighted % letters.length === 0 ? code : null;
}

/** Looks like the code of a voucher, but a character is wrong or missing. */
export function isMisreadVoucher(text) {
  const code = folded(text);
  return voucherCode(text) === null && code.length >= voucherLength - 1
    && code.length <= voucherLength + 1 && /[A-Z]/.test(code) && /^[A-Z0-9]+$/.test(code);
}

/** May be the code of a coupon: letters and digits. */
export function couponCode(text) {
  const code = folded(text);
  return /^[A-Z0-9]{3,32}$/.test(code) && /[A-Z]/.test(code) ? code : null;
}

/** Eight digits whose check digit fits, else null. */
export function memberNumber(text) {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^[1-9][0-9]{7}$/.test(digits)) return null;
  return Array.from(digits).reduce((interim, digit) => damm[interim][digit], "0") === "0" ? digits : null;
}

/** A mobile phone of eleven digits, else null. */
export function phoneNumber(text) {
  const digits = text.replace(/[\s-]/g, "").replace(/^\+?86(?=1[0-9]{10}$)/, "");
  return /^1[3-9][0-9]{9}$/.test(digits) ? digits : null;
}
