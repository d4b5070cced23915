// What the shopper shows beside the goods: the member's number, coupons, vouchers. What each of
// them pays, or in plain words why not. No name of a programme is ever on the till's screen.

import * as basket from "./basket.js";
import { openDialog } from "./dialog.js";
import { h, keyButton } from "./dom.js";
import { language, t } from "./i18n.js";
import { yuan } from "./money.js";

/** The row of each, after the goods; `first` is the place of the first one. */
export function shownRows(quote, first) {
  return basket.shown().map((one, index) => row(one, quote, first + index));
}

function row(one, quote, index) {
  const isSelected = index === basket.selectedIndex();
  const { title, notes, net } = makers[one.kind](one, quote);
  return h(
    "tr", {
      "data-shown": one.kind, "aria-current": isSelected ? "true" : null, onclick: () => basket.select(index),
    },
    h("td", { class: "index", text: "" }),
    h("td", { class: "name", colspan: "4" }, h("strong", { text: title }),
      notes.map(({ text, mood }) => h("em", { class: mood, text })),
      isSelected ? h("small", {}, h("kbd", { text: "Delete" }), h("span", { text: ` ${t("takeOff")}` })) : null),
    h("td", { class: "net", text: net }),
    h("td", { class: "pledge" }),
  );
}

const makers = {
  member: ({ number }) => ({ title: t("memberOf", { number }), notes: [], net: "" }),

  coupon({ code }, quote) {
    const coupon = quote?.coupons?.find((each) => each.code === code);
    const name = (language() === "en" && coupon?.nameEn) || coupon?.name;
    const title = `${t("coupon")} ${name ?? code}`;
    if (coupon === undefined) return { title, notes: [], net: "…" };
    if (coupon.refusal) {
      return { title, notes: [{ text: refusalText("coupon", coupon.refusal), mood: "" }], net: yuan(0) };
    }
    return { title, notes: [], net: less(coupon.amountFen) };
  },

  voucher({ code }, quote) {
    const voucher = placed(quote, code);
    const title = voucherTitle(code.slice(-4));
    if (voucher === undefined) return { title, notes: [], net: "…" };
    return { title, notes: voucherNotes(voucher), net: less(voucher.placedFen) };
  },
};

const less = (fen) => (fen === 0 ? yuan(0) : `-${yuan(fen)}`);
const placed = (quote, code) => quote?.vouchers?.find(({ codeEnd }) => codeEnd === code.slice(-4));

export const voucherTitle = (codeEnd) => `${t("voucher")} …${codeEnd}`;

function voucherNotes(voucher) {
  if (voucher.refusal) return [{ text: refusalText("voucher", voucher.refusal), mood: "bad" }];
  const notes = voucher.lines.map(({ line, amountFen }) => (
    { text: t("paysLine", { line: line + 1, amount: yuan(amountFen) }), mood: "good" }));
  if (voucher.lines.length === 0) notes.push({ text: t("paysNothing"), mood: "" });
  if (voucher.forfeitedFen > 0) {
    notes.push({ text: t("forfeits", { amount: yuan(voucher.forfeitedFen) }), mood: "bad" });
  }
  if (voucher.kind === "balance") {
    notes.push({ text: t("balanceLeft", { amount: yuan(voucher.leftFen) }), mood: "" });
  }
  return [...notes, ...uncoveredNotes(voucher)];
}

/** "line 2, 4: not for these goods"; a worth that is used up needs no words. */
function uncoveredNotes({ uncovered }) {
  const lines = new Map();
  for (const { line, reason } of uncovered.filter((each) => each.reason !== "worth_used")) {
    lines.set(reason, [...(lines.get(reason) ?? []), line + 1]);
  }
  return [...lines].map(([reason, numbers]) => (
    { text: t(`uncovered.${reason}`, { lines: numbers.join("、") }), mood: "" }));
}

/** Why a voucher or coupon does not apply. */
export function refusalText(kind, { code, values = {} }) {
  const amounts = { ...values };
  for (const name of ["capFen", "neededFen", "spentFen"]) {
    if (name in values) amounts[name] = yuan(values[name]);
  }
  return t(`refusal.${kind}.${code}`, amounts);
}

/** What vouchers pay of a line of goods. */
export function paidByVouchers(quote, index) {
  const cells = (quote?.vouchers ?? []).flatMap(({ codeEnd, lines }) => (
    lines.filter(({ line }) => line === index).map(({ amountFen }) => ({ codeEnd, amountFen }))));
  return cells.map(({ codeEnd, amountFen }) => t("paidByVoucher", { amount: yuan(amountFen), end: codeEnd }));
}

/** What is left to pay by other means. */
export const toPay = (quote) => (quote.voucherFen > 0 ? quote.remainingFen : quote.totals.dueFen);

/** The members of a sale that say what the cashier saw of the vouchers. */
export function seen(quote) {
  if (!basket.shown().some(({ kind }) => kind === "voucher")) return {};
  return { voucherFen: quote.voucherFen, forfeitFen: quote.forfeitFen };
}

/**
 * Before payment: a voucher that cannot be used comes off, a forfeit is agreed to. Resolves with
 * true to go on; false when the cashier went back or took something off.
 */
export async function agreeToVouchers(quote) {
  for (const one of basket.shown().filter(({ kind }) => kind === "voucher")) {
    const voucher = placed(quote, one.code);
    if (voucher?.refusal && !(await askTakeOff(one, voucher))) return false;
  }
  for (const one of basket.shown().filter(({ kind }) => kind === "voucher")) {
    const voucher = placed(quote, one.code);
    if (voucher?.forfeitedFen > 0 && !(await askForfeit(one, voucher))) return false;
  }
  return true;
}

async function askTakeOff(one, voucher) {
  await ask({
    title: voucherTitle(voucher.codeEnd), size: "warning",
    lines: [refusalText("voucher", voucher.refusal), t("takeOffFirst")],
    choices: [["Delete", "takeOff", () => { basket.takeOff(one); return false; }], ["Esc", "backToBasket", () => false]],
  });
  return false;
}

function askForfeit(one, voucher) {
  return ask({
    title: voucherTitle(voucher.codeEnd), size: "warning wide",
    lines: [t("forfeitAsk", { paid: yuan(voucher.placedFen), amount: yuan(voucher.forfeitedFen) }), t("forfeitMore")],
    choices: [
      ["Esc", "addMoreGoods", () => false],
      ["Delete", "takeOff", () => { basket.takeOff(one); return false; }],
      ["F12", "payAnyway", () => true],
    ],
  });
}

/** Resolves with what the chosen key's function gives; false on Esc. Enter takes the first, which loses nothing. */
async function ask({ title, size, lines: [first, second], choices }) {
  let result = false;
  const run = (act) => () => { result = act(); dialog.close(); };
  const keys = Object.fromEntries(choices.map(([key, , act]) => [key, run(act)]));
  const dialog = openDialog({
    title: "checkVoucher", size, keys: { Delete: keys.Delete, F12: keys.F12 },
    body: h("div", {}, h("p", { class: "big", text: title }), h("p", { class: "big", text: first }),
      h("p", { class: "intro", text: second }),
      h("div", { class: "buttons" }, choices.map(([key, say, act], index) => keyButton(
        key, say, run(act), { class: index === 0 ? "main" : null })))),
  });
  dialog.element.querySelector("button").focus();
  await dialog.result;
  return result;
}
