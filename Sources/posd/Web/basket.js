// The basket not yet paid: what was put in and how much of it. Prices come from the daemon.
// Every change is kept in localStorage before anybody hears of it, so a reload loses nothing.

import { newID } from "./ids.js";
import * as store from "./store.js";

const undoDepth = 50;
const listeners = [];
let draft = store.load("draft") ?? emptyDraft();
let past = [];

/** Line: {item, name, productID}; `item` is what the daemon gets. */
function emptyDraft() {
  return { saleID: newID(), basketID: null, lines: [], gift: null, selected: -1 };
}

export const lines = () => draft.lines;
export const gift = () => draft.gift;
export const saleID = () => draft.saleID;
export const basketID = () => draft.basketID;
export const selectedIndex = () => draft.selected;
export const selectedLine = () => draft.lines[draft.selected] ?? null;
export const isEmpty = () => draft.lines.length === 0 && draft.gift === null;
export const canUndo = () => past.length > 0;

export function onChange(listener) {
  listeners.push(listener);
}

/** The members of a quote, a sale or a held basket that describe the basket. */
export function request() {
  const items = draft.lines.map((line) => line.item);
  return draft.gift === null ? { items } : { items, gift: draft.gift };
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
  change({ lines: rest, selected: Math.min(index, rest.length - 1) });
}

export function setGift(value) {
  change({ gift: value });
}

export function select(index) {
  if (draft.lines.length === 0) return;
  draft.selected = Math.max(0, Math.min(index, draft.lines.length - 1));
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
