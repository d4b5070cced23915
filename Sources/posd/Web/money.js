// Amounts as text. Strings are cut and joined here; nothing is ever added up.

/** 1250 → "12.50", -5 → "-0.05" */
export function yuan(fen) {
  const text = String(fen);
  const sign = text.startsWith("-") ? "-" : "";
  const digits = text.replace("-", "").padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 505000 → "0.5050", -7 → "-0.000007": four decimals, six if needed. */
export function microYuan(amount) {
  const text = String(amount);
  const sign = text.startsWith("-") ? "-" : "";
  const digits = text.replace("-", "").padStart(7, "0");
  const decimals = digits.slice(-6).replace(/00$/, "");
  return `${sign}${digits.slice(0, -6)}.${decimals}`;
}

/** 1235 → "1.235" */
export function kilograms(grams) {
  const digits = String(grams).padStart(4, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** Full-width digits and the marks a Chinese input method types for them become plain ones. */
export function plainDigits(text) {
  return text
    .replace(/[０-９]/g, (digit) => "0123456789"["０１２３４５６７８９".indexOf(digit)])
    .replace(/[。．]/g, ".")
    .replace(/[＊×]/g, "*")
    .trim();
}

/** "30" → 3000, "30.5" → 3050; null for anything that is not an amount of yuan. */
export function fenFromYuan(text) {
  const match = /^([0-9]{1,7})(?:\.([0-9]{0,2}))?$/.exec(plainDigits(text));
  return match ? Number(match[1] + (match[2] ?? "").padEnd(2, "0")) : null;
}

/** "17", or as printed with its series, "1-17"; null for anything else. */
export function receiptNumber(text) {
  const digits = plainDigits(text);
  return /^(?:[0-9]{1,9}-)?[0-9]{1,12}$/.test(digits) ? digits : null;
}

/** "3" → 3; null for anything that is not a count from 1 to 9,999,999. */
export function wholeNumber(text) {
  const match = /^0*([1-9][0-9]{0,6})$/.exec(plainDigits(text));
  return match ? Number(match[1]) : null;
}
