// The one screen: lines on the left, totals on the right, keys below.

import * as basket from "./basket.js";
import { byID, h, retranslate, show } from "./dom.js";
import { language, problemText, t } from "./i18n.js";
import { kilograms, yuan } from "./money.js";
import { currentQuote } from "./pricing.js";
import { nameOf, reasonName } from "./reasons.js";
import { paidByVouchers, shownRows, toPay } from "./shown.js";

const clockMs = 1000;
let people = { context: null, till: null };
let finishedSale = null;

export function setPeople(context, till) {
  people = { context, till };
  renderHeader();
}

/** The totals of a finished sale stay up until the next basket begins. */
export function setFinishedSale(sale) {
  finishedSale = sale;
  render();
}

export function render() {
  renderLines();
  renderTotals(basket.isEmpty() ? finishedSale : currentQuote());
}

export function renderAll() {
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  retranslate(document);
  byID("language").textContent = t("otherLanguage");
  renderHeader();
  render();
}

export function say(text) {
  byID("problem").textContent = "";
  byID("message").textContent = text;
}

export function showProblem(error) {
  byID("message").textContent = "";
  byID("problem").textContent = error === null ? "" : problemText(error);
}

export function showDown(isDown) {
  show(byID("banner"), isDown);
}

export function startClock() {
  renderClock();
  setInterval(renderClock, clockMs);
}

function renderHeader() {
  const { context, till } = people;
  const station = context?.station;
  byID("station").textContent = station ? nameOf(station) : t("title");
  byID("till").textContent = till?.name ?? "";
  byID("who").textContent = context?.user.displayName ?? "";
  renderClock();
}

function renderClock() {
  const locale = language() === "zh" ? "zh-CN" : "en-GB";
  byID("clock").textContent = new Date().toLocaleString(locale, {
    timeZone: "Asia/Shanghai", month: "short", day: "numeric", weekday: "short",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
}

function renderLines() {
  const quote = currentQuote();
  const priced = new Map((quote?.lines ?? []).map((line) => [line.index, line]));
  const goods = basket.lines().map((line, index) => row(line, priced.get(index), index, quote));
  const shown = shownRows(quote, goods.length);
  const rows = [...goods, ...shown];
  byID("rows").replaceChildren(...goods);
  byID("shown").replaceChildren(...shown);
  show(byID("empty"), rows.length === 0);
  show(byID("table"), rows.length > 0);
  rows[basket.selectedIndex()]?.scrollIntoView({ block: "nearest" });
}

function row(line, priced, index, quote) {
  const isSelected = index === basket.selectedIndex();
  return h(
    "tr",
    { "aria-current": isSelected ? "true" : null, onclick: () => basket.select(index) },
    h("td", { class: "index", text: String(index + 1) }),
    h("td", { class: "name" }, h("span", { text: priced?.name ?? line.name ?? "…" }), note(line, priced),
      paidByVouchers(quote, index).map((text) => h("em", { class: "good", text }))),
    h("td", { class: "quantity", text: quantity(line.item, priced) }),
    h("td", { class: "list" }, priced ? h("s", { text: yuan(priced.listPriceFen) }) : "…"),
    h("td", { class: "station", text: priced ? stationPrice(line.item, priced) : "…" }),
    h("td", { class: "net", text: priced ? yuan(priced.netFen) : "…" }),
    h("td", { class: "pledge", text: priced?.pledge ?? "…" }),
  );
}

function note(line, priced) {
  if (line.item.override) return h("em", { text: `${t("priceChanged")} · ${reasonName(line.item.override.reason)}` });
  const isNamed = line.item.open && priced && priced.category !== priced.name;
  return isNamed ? h("em", { text: priced.category }) : null;
}

function stationPrice(item, priced) {
  return yuan(item.override?.priceFen ?? priced.stationPriceFen);
}

function quantity(item, priced) {
  const grams = priced?.grams ?? item.grams;
  if (grams) return `${kilograms(grams)} kg`;
  return `${priced?.units ?? item.units ?? ""} ${priced?.unit ?? ""}`;
}

/** What is to be paid, or what was: nobody should take it twice. */
function renderDue(text, isPaid) {
  byID("due").textContent = text;
  byID("due-label").dataset.say = isPaid ? "paid" : "due";
  byID("due-label").textContent = t(isPaid ? "paid" : "due");
  byID("due-row").classList.toggle("paid", isPaid);
}

function renderTotals(source) {
  const totals = source?.totals;
  const isWaiting = !basket.isEmpty() && totals === undefined;
  const money = (fen) => (totals === undefined ? (isWaiting ? "…" : "0.00") : yuan(fen));
  const isPaid = source !== null && source === finishedSale;
  renderDue(money(isPaid || !totals ? totals?.dueFen : toPay(source)), isPaid);
  byID("list-total").textContent = money(totals?.listFen);
  byID("concession").textContent = money(totals?.concessionFen);
  byID("gift").textContent = money(totals?.giftFen);
  byID("pledge").textContent = totals?.pledge ?? (isWaiting ? "…" : "0.0000");
  byID("count").textContent = String(source?.lines.length ?? basket.lines().length);
  show(byID("adjustment-row"), Boolean(totals?.adjustmentFen));
  byID("adjustment").textContent = money(totals?.adjustmentFen);
  show(byID("voucher-row"), Boolean(source?.voucherFen));
  byID("voucher-paid").textContent = source?.voucherFen ? `-${money(source.voucherFen)}` : "";
  show(byID("undo-hint"), basket.canUndo());
}
