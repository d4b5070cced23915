// The basket not yet paid: what was put in and how much of it. Prices come from the daemon.
// Every change is kept in localStorage before anybody hears of it, so a reload loses nothing.

import { newID } from "./ids.js";
import * as store from "./store.js";

const undoDepth = 50;
const listeners = [];
let draft = { ...emptyDraft(), ...store.load("draft") };
let past = [];

/**
 * Line: {item, name, productID}; `item` is what the daemon gets. Shown: {kind: "member", id, number},
 * {kind: "coupon", code} or {kind: "voucher", code}: what the shopper has shown beside the goods.
 */
function emptyDraft() {
  return { saleID: newID(), basketID: null, lines: [], gift: null, shown: [], selected: -1 };
}

export const lines = () => draft.lines;
export const gift = () => draft.gift;
export const saleID = () => draft.saleID;
export const basketID = () => draft.basketID;
export const selectedIndex = () => draft.selected;
export const selectedLine = () => draft.lines[draft.selected] ?? null;
/** Members, coupons and vouchers come after the goods. */
export const shown = () => draft.shown;
export const selectedShown = () => draft.shown[draft.selected - draft.lines.length] ?? null;
export const hasGoods = () => draft.lines.length > 0 || draft.gift !== null;
export const isEmpty = () => !hasGoods() && draft.shown.length === 0;
export const canUndo = () => past.length > 0;

export function onChange(listener) {
  listeners.push(listener);
}

/** The members of a quote or a sale that describe the basket. */
export function request(shownNow = draft.shown) {
  const result = goodsRequest();
  const codes = (kind) => shownNow.filter((each) => each.kind === kind).map(({ code }) => code);
  const [vouchers, coupons] = [codes("voucher"), codes("coupon")];
  const member = shownNow.find(({ kind }) => kind === "member");
  if (vouchers.length > 0) result.vouchers = vouchers;
  if (coupons.length > 0) result.coupons = coupons;
  if (member !== undefined) result.memberID = member.id;
  return result;
}

/** The goods alone, as a held basket has them: nobody keeps codes. */
export function goodsRequest() {
  const items = draft.lines.map((line) => line.item);
  return draft.gift === null ? { items } : { items, gift: draft.gift };
}

/** One member at a time; each code once. */
export function isShown(one) {
  return draft.shown.some((each) => each.kind === one.kind && each.code === one.code && each.id === one.id);
}

/** What is shown when this comes too. */
export function shownWith(one) {
  return [...draft.shown.filter(({ kind }) => kind !== "member" || one.kind !== "member"), one];
}

export function show(one) {
  const next = shownWith(one);
  change({ shown: next, selected: draft.lines.length + next.length - 1 });
}

export function takeOff(one) {
  const rest = draft.shown.filter((each) => each !== one);
  change({ shown: rest, selected: Math.min(draft.selected, draft.lines.length + rest.length - 1) });
}

/** Counted goods already in the basket at the usual price grow; anything else is a new line. */
export function add(line) {
  const at = draft.lines.findIndex((other) => canJoin(other, line));
  if (at >= 0) return setUnits(at, draft.lines[at].item.units + line.item.units);
  return change({ lines: [...draft.lines, line], selected: draft.lines.length });
}

export function setUnits(index, units) {
  changeItem(index, { units });
}

export function setGrams(index, grams) {
  changeItem(index, { grams });
}

export function setOverride(index, override) {
  changeItem(index, { override });
}

export function remove(index) {
  const rest = draft.lines.filter((_, position) => position !== index);
  change({ lines: rest, selected: Math.min(index, rest.length + draft.shown.length - 1) });
}

export function setGift(value) {
  change({ gift: value });
}

export function select(index) {
  const count = draft.lines.length + draft.shown.length;
  if (count === 0) return;
  draft.selected = Math.max(0, Math.min(index, count - 1));
  announce();
}

/** Lines of a held basket have no names of their own: the quote has them. */
export function learn(pricedLines) {
  for (const { index, name, productID } of pricedLines) {
    const line = draft.lines[index];
    if (line !== undefined && line.name === null) Object.assign(line, { name, productID });
  }
}

export function resume(held) {
  past = [];
  draft = {
    ...emptyDraft(), basketID: held.id, gift: giftRequest(held.gift),
    lines: held.items.map((item) => (
      { item, name: item.open?.name ?? null, productID: item.productID ?? null })),
    selected: held.items.length - 1,
  };
  announce();
}

export function clear({ keepUndo = false } = {}) {
  past = keepUndo ? [...past, draft] : [];
  draft = emptyDraft();
  announce();
}

/** The sale was refused for its id, or its held basket is gone: go on under a new one. */
export function renew() {
  draft = { ...draft, saleID: newID(), basketID: null };
  announce();
}

export function undo() {
  const before = past.pop();
  if (before === undefined) return false;
  draft = { ...before, saleID: draft.saleID, basketID: draft.basketID };
  announce();
  return true;
}

export const snapshot = () => draft;

/** Back to a basket the daemon could price. */
export function restore(earlier) {
  draft = { ...earlier, saleID: draft.saleID, basketID: draft.basketID };
  announce();
}

function changeItem(index, members) {
  const changed = draft.lines.map((line, position) => (
    position === index ? { ...line, item: withMembers(line.item, members) } : line));
  change({ lines: changed, selected: index });
}

function withMembers(item, members) {
  const result = { ...item, ...members };
  for (const [name, value] of Object.entries(members)) if (value === null) delete result[name];
  return result;
}

function canJoin(old, added) {
  const isPlain = [old, added].every((line) => (
    line.item.units !== undefined && line.item.override === undefined && line.item.open === undefined));
  return isPlain && added.productID !== null && old.productID === added.productID;
}

/** A gift as a request has it, from one as an answer has it. */
export function giftRequest(held) {
  if (!held) return null;
  const campaign = held.campaign ? { campaign: held.campaign } : {};
  return held.roundUp ? { roundUp: true, ...campaign } : { amountFen: held.amountFen, ...campaign };
}

function change(members) {
  past = [...past, draft].slice(-undoDepth);
  draft = { ...draft, ...members };
  announce();
}

function announce() {
  store.save("draft", draft);
  for (const listener of listeners) listener();
}
