// Putting goods into the basket and changing them there.

import { get, Problem } from "./api.js";
import * as basket from "./basket.js";
import { findMember, showMember } from "./cards.js";
import { memberNumber, phoneNumber } from "./codes.js";
import { askForm, Unusable } from "./dialog.js";
import { t } from "./i18n.js";
import { fenFromYuan, yuan } from "./money.js";
import { reasonOptions } from "./reasons.js";
import { say, showProblem } from "./screen.js";
import { voucherTitle } from "./shown.js";
import * as sound from "./sound.js";

const unsoldCodes = ["unknown_barcode", "bad_barcode"];
const keptBarcode = /^[0-9]{1,20}$/;
let categories = [];
let queue = Promise.resolve();

export function setCategories(names) {
  categories = names;
}

/** Scans are looked up one after the other, in the order of the goods on the counter. */
export function addBarcode(digits, units) {
  queue = queue.then(() => lookUp(digits, units)).catch((error) => {
    sound.warn();
    showProblem(error);
  });
  return queue;
}

/** Resolves when every scan so far is in the basket or refused. */
export function settled() {
  return queue;
}

export async function addProduct(product, units) {
  const item = { productID: product.id };
  await put(product, product.pricing === "counted" ? { ...item, units: 1 } : item, units);
}

async function lookUp(digits, units) {
  try {
    const { product, item } = await get(`/products/by-barcode/${digits}`);
    await put(product, item, units);
  } catch (error) {
    if (!(error instanceof Problem) || !unsoldCodes.includes(error.code)) throw error;
    const isMember = memberNumber(digits) !== null || phoneNumber(digits) !== null;
    const member = isMember ? await findMember(digits) : null;
    if (member !== null) return showMember(member);
    sound.warn();
    await addOpenGoods({ barcode: digits, units, isMisread: error.code === "bad_barcode" });
  }
}

async function put(product, found, units) {
  const item = { ...found };
  const isLabel = item.units === undefined && /^2[0-9]{12}$/.test(item.barcode ?? "");
  if (product.pricing === "weighed" && !isLabel && !item.grams) {
    delete item.units;
    item.grams = await askGrams(product.name, "");
    if (item.grams === null) return;
  } else if (item.units !== undefined) item.units = units ?? item.units;
  basket.add({ item, name: product.name, productID: product.id });
  say(t("added", { name: product.name }));
}

/** Goods without a barcode, or with one that the catalogue does not know or that was perhaps misread. */
export async function addOpenGoods({ barcode = null, units = null, isMisread = false } = {}) {
  const options = categories.map((name) => ({ value: name, label: name }));
  const line = await askForm({
    size: "wide columns",
    isScannedAway: isMisread,
    ...headOf(barcode, isMisread),
    fields: [
      { name: "category", label: "category", type: "choice", rows: 8, options },
      { name: "price", label: "listPrice", type: "money" },
      { name: "units", label: "units", type: "count", value: String(units ?? 1) },
      { name: "name", label: "nameOptional", type: "text", optional: true },
    ],
    submitLabel: "addToBasket",
    submit: ({ category, price, units: count, name }) => {
      const open = { name: name ?? category, category, listPriceFen: price };
      if (keptBarcode.test(barcode ?? "")) open.barcode = barcode;
      return { item: { open, units: count }, name: open.name, productID: null };
    },
  });
  if (line !== null) basket.add(line);
}

function headOf(barcode, isMisread) {
  if (barcode === null) return { title: "openGoodsTitle" };
  const kind = isMisread ? "misread" : "unknown";
  return { title: `${kind}Title`, intro: t(`${kind}Intro`, { barcode }) };
}

export async function askQuantity() {
  const line = chosenLine();
  const index = basket.selectedIndex();
  if (line.item.grams !== undefined) {
    const grams = await askGrams(line.name ?? "", String(line.item.grams));
    if (grams !== null) basket.setGrams(index, grams);
    return;
  }
  if (line.item.units === undefined) throw new Unusable("quantityInLabel");
  const units = await askForm({
    title: "quantityTitle", intro: line.name,
    fields: [{ name: "units", label: "units", type: "count", value: String(line.item.units) }],
    submit: ({ units: count }) => count,
  });
  if (units !== null) basket.setUnits(index, units);
}

export async function step(by) {
  const line = chosenLine();
  if (line.item.units === undefined) return askQuantity();
  const units = line.item.units + by;
  if (units < 1) throw new Unusable("useDelete");
  basket.setUnits(basket.selectedIndex(), units);
}

export function removeSelected() {
  const one = basket.selectedShown();
  if (one !== null) return takeOff(one);
  const line = chosenLine();
  basket.remove(basket.selectedIndex());
  say(t("removed", { name: line.name ?? "" }));
}

function takeOff(one) {
  basket.takeOff(one);
  const names = { member: () => t("memberOf", one), voucher: () => voucherTitle(one.code.slice(-4)) };
  say(t("takenOff", { name: names[one.kind]?.() ?? `${t("coupon")} ${one.code}` }));
}

export async function askPrice(needsApproval) {
  const line = chosenLine();
  const index = basket.selectedIndex();
  const old = line.item.override;
  const changed = await askForm({
    title: "priceTitle",
    intro: needsApproval ? `${line.name ?? ""} · ${t("priceNeedsManager")}` : line.name,
    fields: [
      { name: "price", label: "newPrice", type: "text", optional: true, value: old ? yuan(old.priceFen) : "" },
      { name: "reason", label: "reason", type: "choice", options: reasonOptions(), value: old?.reason ?? "nearExpiry" },
    ],
    submit: ({ price, reason }) => ({ override: price === null ? null : { priceFen: amount(price), reason } }),
  });
  if (changed !== null) basket.setOverride(index, changed.override);
}

function askGrams(name, value) {
  return askForm({
    title: "gramsTitle", intro: name,
    fields: [{ name: "grams", label: "grams", type: "count", value }],
    submit: ({ grams }) => grams,
  });
}

function amount(text) {
  const fen = fenFromYuan(text);
  if (fen === null) throw new Unusable("badAmount", "price");
  return fen;
}

function chosenLine() {
  const line = basket.selectedLine();
  if (line === null) throw new Unusable("noLine");
  return line;
}
