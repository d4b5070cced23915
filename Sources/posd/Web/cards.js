// Vouchers, coupons, members and meal accounts at the till: one field for whatever is shown.

import { get, post } from "./api.js";
import * as basket from "./basket.js";
import { couponCode, folded, isMisreadVoucher, memberNumber, phoneNumber, voucherCode } from "./codes.js";
import { askForm, openDialog, Unusable } from "./dialog.js";
import { h, keyButton } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { askMealCard } from "./meal-card.js";
import { plainDigits, yuan } from "./money.js";
import { say } from "./screen.js";
import { voucherTitle } from "./shown.js";

/** Ctrl+K: a code, a member's number or a phone; `terms` gives the till session for money. */
export async function askCard(terms) {
  const text = await askForm({
    title: "cardTitle", intro: t("cardIntro"), size: "wide",
    fields: [{ name: "text", label: "cardLabel", type: "code" }],
    keys: {
      F6: { label: "balanceEnquiry", run: (dialog) => dialog.close("balance") },
      F7: { label: "mealCard", run: (dialog) => dialog.close("meal") },
      F8: { label: "joinMember", run: (dialog) => dialog.close("join") },
    },
    submit: (values) => values.text,
  });
  if (text === "balance") return askBalance();
  if (text === "join") return join();
  if (text === "meal") return askMealCard(terms());
  if (text !== null) await add(text);
}

/** Puts whatever this is beside the goods. */
export async function add(text) {
  const number = memberNumber(plainDigits(text)) ?? phoneNumber(plainDigits(text));
  if (number !== null) return addMember(plainDigits(text));
  const voucher = voucherCode(text);
  if (voucher !== null) return addCode({ kind: "voucher", code: voucher });
  if (isMisreadVoucher(text)) throw new Unusable("misreadVoucher");
  const coupon = couponCode(text);
  if (coupon === null) throw new Unusable("notACard");
  return addCode({ kind: "coupon", code: coupon });
}

/** Only what the daemon knows comes into the basket. */
async function addCode(one) {
  if (basket.isShown(one)) throw new Unusable("shownBefore");
  await post("/quotes", basket.request(basket.shownWith(one)));
  basket.show(one);
  say(t("shownNow", { name: one.kind === "voucher" ? voucherTitle(one.code.slice(-4)) : `${t("coupon")} ${one.code}` }));
}

/** The member of a number or a phone; false when there is none. */
export async function addMember(digits) {
  const member = await findMember(digits);
  if (member === null) throw new Unusable("noSuchMember");
  await showMember(member);
}

export async function findMember(digits) {
  const number = memberNumber(digits);
  const { items } = await post("/members/search", number === null ? { phone: phoneNumber(digits) } : { number });
  return items[0] ?? null;
}

/** Says also what coupons the member has; without an answer the member is shown all the same. */
export async function showMember({ id, number }) {
  const one = { kind: "member", id, number };
  if (!basket.isShown(one)) basket.show(one);
  say(t("shownNow", { name: t("memberOf", { number }) }));
  const codes = await get(`/members/${id}`).then(({ coupons }) => coupons.map(({ code }) => code), () => []);
  if (codes.length > 0) say(t("memberCoupons", { number, codes: codes.join("、") }));
}

function join() {
  const id = newID();
  return askForm({
    title: "joinMember", intro: t("joinIntro"),
    fields: [{ name: "phone", label: "phone", type: "receipt", digits: true }],
    async submit({ phone }) {
      const digits = phoneNumber(plainDigits(phone));
      if (digits === null) throw new Unusable("badPhone", "phone");
      const member = await post("/members", { id, phone: digits });
      await showMember(member);
      return true;
    },
  });
}

/** What is left on a voucher: never a name. */
async function askBalance() {
  const voucher = await askForm({
    title: "balanceEnquiry", intro: t("balanceIntro"), fields: [{ name: "text", label: "voucher", type: "code" }],
    submit({ text }) {
      const code = voucherCode(text);
      if (code === null) throw new Unusable("misreadVoucher", "text");
      return get(`/vouchers/by-code/${code}`);
    },
  });
  if (voucher !== null) await showBalance(voucher);
}

function showBalance(voucher) {
  const { codeEnd, kind, leftFen, worthFen, validFrom, validUntil, state, goods, dailyCapFen } = voucher;
  const facts = [
    t("validDates", { from: validFrom, until: validUntil }),
    goods?.allowed ? t("onlyFor", { goods: goods.allowed.join("、") }) : null,
    goods?.denied?.length ? t("notFor", { goods: goods.denied.join("、") }) : null,
    dailyCapFen ? t("dailyCap", { amount: yuan(dailyCapFen) }) : null,
    t(`voucherKind.${kind}`),
  ].filter((fact) => fact !== null);
  const dialog = openDialog({
    title: "balanceEnquiry", size: state === "active" ? "" : "warning", isScannedAway: true,
    body: h("div", {}, h("p", { class: "big", text: voucherTitle(codeEnd) }),
      h("p", { class: "figure" }, h("span", { say: "leftNow" }), h("strong", { text: yuan(leftFen) }),
        h("span", { text: t("ofWorth", { amount: yuan(worthFen) }) })),
      h("p", { class: "big", text: t(`voucherState.${state}`) }),
      h("ul", {}, facts.map((text) => h("li", { text }))),
      h("div", { class: "buttons" }, keyButton("Esc", "back", () => dialog.close(), { class: "main" }))),
  });
  dialog.element.querySelector("button").focus();
  return dialog.result;
}

/** Text that may be a code when no goods are found for it. */
export const mayBeCode = (text) => (
  voucherCode(text) !== null || isMisreadVoucher(text) || (/[0-9]/.test(text) && folded(text).length >= 5 && couponCode(text) !== null));
