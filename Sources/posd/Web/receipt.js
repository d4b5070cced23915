// After a sale or return: the change in huge digits and the receipt.

import { get, getBlob, getText, post } from "./api.js";
import { askForm } from "./dialog.js";
import { byID, h, show } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { yuan } from "./money.js";
import { say, setFinishedSale, showProblem } from "./screen.js";
import * as store from "./store.js";

const printChecksMs = [2000, 5000, 10000];
const badPrintStates = ["possiblyPrinted", "failed"];
let shown = null;
let picture = null;

export const isDoneShown = () => shown !== null;

export function showDone(sale) {
  shown = sale;
  store.save("lastSale", { id: sale.id, number: sale.number });
  setFinishedSale(sale.kind === "sale" ? sale : null);
  showProblem(null);
  renderDone();
  show(byID("done"), true);
  show(byID("lines"), false);
  loadReceipt(sale);
  watchPrinting(sale);
}

export function hideDone() {
  if (shown === null) return;
  shown = null;
  show(byID("done"), false);
  show(byID("lines"), true);
  setFinishedSale(null);
}

/** Also called when the language changes. */
export function renderDone() {
  if (shown === null) return;
  const isReturn = shown.kind === "return";
  const figures = isReturn ? refunds(shown) : [[t("change"), yuan(shown.payment.changeFen)]];
  byID("done-figures").replaceChildren(...figures.map(([label, amount]) => h(
    "p", { class: "huge" }, h("span", { text: label }), h("strong", { text: amount }))));
  byID("done-number").textContent = t(isReturn ? "returnDone" : "saleDone", { number: shown.number });
  byID("done-paid").textContent = (isReturn ? returnNotes(shown) : [...shown.tenders.map(paidText), ...voucherTexts(shown)]).join("　");
  byID("done-next").textContent = t(isReturn ? "returnNext" : "scanNext");
}

/** Prints a receipt again, by number; the last one is filled in. */
export async function reprint() {
  const last = store.load("lastSale");
  const ids = {};
  const done = await askForm({
    title: "reprintTitle", intro: t("reprintIntro"),
    fields: [{ name: "number", label: "receiptNumber", type: "receipt", value: last ? String(last.number) : "" }],
    submitLabel: "print",
    async submit({ number }) {
      const sale = await get(`/sales/by-number/${number}`);
      return { number, ...(await post(`/sales/${sale.id}/reprints`, { id: (ids[number] ??= newID()) })) };
    },
  });
  if (done !== null) say(t("reprinted", { number: done.number, copy: done.copy }));
}

/** What goes back, in money and to vouchers. */
function refunds(sale) {
  const money = sale.refunds.map((tender) => [
    t("refundBy", { kind: t(`kind.${tender.kind}`) }), yuan(tender.amountFen)]);
  const back = (sale.vouchers ?? []).filter(({ to }) => to === "toBalance").map(
    ({ amountFen }) => [t("toVoucher"), yuan(amountFen)]);
  return [...money, ...back];
}

function returnNotes({ vouchers = [], couponsBack = [] }) {
  return [
    vouchers.some(({ to }) => to !== "toBalance") && t("toNobody"), couponsBack.length > 0 && t("couponsBack"),
  ].filter(Boolean);
}

function voucherTexts({ vouchers = [] }) {
  return vouchers.flatMap(({ kind, paidFen, leftFen }) => [
    t("paidByVouchers", { amount: yuan(paidFen) }),
    ...(kind === "balance" ? [t("voucherLeft", { amount: yuan(leftFen) })] : []),
  ]);
}

function paidText(tender) {
  return `${t(`kind.${tender.kind}`)} ${yuan(tender.givenFen ?? tender.amountFen)}`;
}

async function loadReceipt(sale) {
  const place = byID("receipt");
  place.replaceChildren(h("p", { text: "…" }));
  if (picture !== null) URL.revokeObjectURL(picture);
  picture = null;
  try {
    const blob = await getBlob(`/sales/${sale.id}/receipt.svg?columns=32`);
    picture = URL.createObjectURL(new Blob([blob], { type: "image/svg+xml" }));
    const image = h("img", { src: picture, alt: t("receiptOf", { number: sale.number }) });
    image.addEventListener("error", () => loadText(sale, place));
    if (shown === sale) place.replaceChildren(image);
  } catch {
    await loadText(sale, place);
  }
}

async function loadText(sale, place) {
  try {
    const text = await getText(`/sales/${sale.id}/receipt.txt?columns=32`);
    if (shown === sale) place.replaceChildren(h("pre", { text }));
  } catch (error) {
    place.replaceChildren();
    showProblem(error);
  }
}

/** A sale stands whether or not the printer works, but the cashier should know. */
function watchPrinting(sale) {
  for (const waitMs of printChecksMs) setTimeout(() => checkPrinting(sale), waitMs);
}

async function checkPrinting(sale) {
  if (shown !== sale) return;
  try {
    const { items } = await get("/print-jobs?limit=20");
    const job = items.find((candidate) => candidate.saleID === sale.id);
    if (job && badPrintStates.includes(job.state)) byID("problem").textContent = t(`print.${job.state}`);
  } catch (error) {
    showProblem(error);
  }
}

