// Start-up, the keys, and what happens after each of them.

import { checkHealth, get, onExpired, onReachable, Unreachable } from "./api.js";
import * as basket from "./basket.js";
import { add as addCard, askCard, mayBeCode } from "./cards.js";
import { cardTexts } from "./card-texts.js";
import { topDialog, Unusable } from "./dialog.js";
import { byID, keyButton } from "./dom.js";
import { watchOwner } from "./elsewhere.js";
import { askGift, setCampaigns } from "./gift.js";
import * as goods from "./goods.js";
import { showHelp } from "./help.js";
import { dropGoneBasket, holdOrResume, voidBasket } from "./hold.js";
import { addTexts, switchLanguage, t } from "./i18n.js";
import { showTopUp, showUndone } from "./meal-card.js";
import { memberTexts } from "./member-texts.js";
import * as outbox from "./outbox.js";
import { pay } from "./pay.js";
import * as pricing from "./pricing.js";
import { hideDone, isDoneShown, renderDone, reprint, showDone } from "./receipt.js";
import { setReasons } from "./reasons.js";
import { askReturn } from "./returns.js";
import { watchScanner } from "./scanner.js";
import * as screen from "./screen.js";
import { parseEntry, Search } from "./search.js";
import * as session from "./session.js";
import { renderPrinter, showSlips, watchPrinter } from "./slips.js";
import * as sound from "./sound.js";

const healthMs = 5000;
const retryMs = 3000;
const staleMs = 3000;
const input = byID("scan");
const actions = {
  F1: ["key.help", showHelp],
  F2: ["key.quantity", goods.askQuantity],
  F3: ["key.openGoods", () => goods.addOpenGoods()],
  F4: ["key.hold", holdOrResume],
  F5: ["key.void", () => voidBasket(session.terms())],
  F6: ["key.gift", askGift],
  F7: ["key.price", () => goods.askPrice(!session.isManager())],
  F8: ["key.return", () => askReturn(session.terms())],
  F9: ["key.reprint", reprint],
  F10: ["key.user", changeUser],
  F12: ["key.pay", payNow],
};
let acting = Promise.resolve();
let isReady = false;
let hasPriceProblem = false;
let entering = Promise.resolve();

addTexts(cardTexts);
addTexts(memberTexts);
const search = new Search({ input, list: byID("found"), onChoose: choose, onError: screen.showProblem });

start();

async function start() {
  watchOwner();
  makeKeyBar();
  screen.renderAll();
  screen.startClock();
  watchKeys();
  onReachable((isReachable) => screen.showDown(!isReachable));
  setInterval(checkHealth, healthMs);
  const settle = { sale: settleSale, return: showDone, void: settleVoid, topUp: showTopUp, mealUndo: showUndone, replayed: dropReplayed };
  outbox.setUpOutbox({ logIn: session.logIn, settle });
  await enterTill();
  onExpired(() => { if (isReady) enterTill().then(pricing.askAgain); });
  basket.onChange(() => { if (!basket.isEmpty()) hideDone(); screen.render(); });
  pricing.watchBasket(priced);
  watchPrinter();
}

/** Log-in, the request of an earlier page, the till: again and again until all is well. */
function enterTill() {
  isReady = false;
  entering = tryToEnter();
  return entering;
}

async function tryToEnter() {
  let hasFailed = false;
  while (!isReady) {
    try {
      const context = await session.ensureUser();
      if (hasFailed) screen.showProblem(null);
      goods.setCategories(context.categories);
      setCampaigns(context.campaigns);
      setReasons(context.reasons);
      screen.setPeople(context, session.currentTill());
      await outbox.resumePending().catch(screen.showProblem);
      screen.setPeople(context, await session.ensureTill());
      isReady = true;
    } catch (error) {
      hasFailed = true;
      screen.showProblem(error);
      await new Promise((resolve) => { setTimeout(resolve, retryMs); });
    }
  }
  focusInput();
}

function makeKeyBar() {
  const button = ([key, [label, action]]) => (
    keyButton(key, label, () => act(action), { "data-key": key, tabindex: "-1" }));
  const buttons = Object.entries(actions).map(button);
  buttons.splice(-1, 0, button(["Ctrl+K", ["key.card", () => askCard(session.terms)]]));
  byID("keys").replaceChildren(...buttons);
  byID("language").addEventListener("click", changeLanguage);
  byID("pay-now").addEventListener("click", () => act(payNow));
  byID("printer").addEventListener("click", () => act(showSlips));
}

function watchKeys() {
  watchScanner(scanned, codeScanned);
  document.addEventListener("keydown", pressed);
  document.addEventListener("dialogclosed", focusInput);
  document.addEventListener("click", focusInput);
  window.addEventListener("focus", focusInput);
  input.addEventListener("input", signTyped);
}

/** The entry field has the focus whenever no dialog is open; touch screens keep their keyboard down. */
function focusInput() {
  if (topDialog() === null && !matchMedia("(pointer: coarse)").matches) input.focus();
}

function pressed(event) {
  if (event.ctrlKey && event.code === "KeyE") {
    event.preventDefault();
    return changeLanguage();
  }
  if (event.ctrlKey && event.code === "KeyP") {
    event.preventDefault();
    return act(showSlips);
  }
  if (event.ctrlKey && event.code === "KeyK") {
    event.preventDefault();
    return act(() => askCard(session.terms));
  }
  if (event.ctrlKey && event.code === "KeyM") {
    event.preventDefault();
    if (topDialog() === null) location.assign(byID("to-manage").href);
    return;
  }
  if (event.altKey || event.metaKey) return;
  const isFunctionKey = /^F([1-9]|1[02])$/.test(event.key) && !event.ctrlKey;
  if (isFunctionKey) event.preventDefault();
  if (event.repeat && (isFunctionKey || event.key === "Enter")) return event.preventDefault();
  const dialog = topDialog();
  if (dialog !== null) return dialog.keys[event.key]?.();
  if (isFunctionKey) return act(actions[event.key][1]);
  if (!event.isComposing && event.keyCode !== 229) pressedInEntry(event);
}

function pressedInEntry(event) {
  if (document.activeElement !== input && event.key !== "Tab") input.focus();
  const action = entryAction(event);
  if (action === null) return;
  event.preventDefault();
  act(action);
}

function entryAction(event) {
  const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Escape") return leave;
  if (event.key === "Enter") return enter;
  if (arrow !== undefined) return () => move(arrow);
  if (input.value !== "") return null;
  if (event.ctrlKey) return event.code === "KeyZ" ? undo : null;
  if (event.key === "Delete") return goods.removeSelected;
  if (event.key === "+" || event.key === "=") return () => goods.step(1);
  return event.key === "-" ? () => goods.step(-1) : null;
}

function move(by) {
  if (search.isOpen) search.move(by);
  else basket.select(basket.selectedIndex() + by);
}

/** An input method hands over a sign only as text. */
function signTyped() {
  const by = { "+": 1, "＋": 1, "-": -1, "－": -1 }[input.value];
  if (by === undefined) return;
  clearInput();
  act(() => goods.step(by));
}

/** One action at a time, after the scans before it; what it refuses is shown. */
async function act(action) {
  if (topDialog() !== null) return;
  const pressedMs = performance.now();
  const before = acting;
  let finish;
  acting = new Promise((resolve) => { finish = resolve; });
  await before;
  try {
    await entering;
    await goods.settled();
    const isStale = topDialog() !== null || performance.now() - pressedMs > staleMs;
    if (!isStale) await action();
  } catch (error) {
    sound.warn();
    screen.showProblem(error);
  } finally {
    finish();
    focusInput();
  }
}

function enter() {
  const { units, term } = parseEntry(input.value);
  if (!/^[0-9]{8,}$/.test(term)) return chooseOrAddCode(term);
  clearInput();
  return addScanned(term, units);
}

/** Goods of that name, else a coupon or voucher of that code. */
async function chooseOrAddCode(term) {
  if (await search.choose() || !mayBeCode(term)) return;
  clearInput();
  await addCard(term);
}

function scanned(digits, textBefore) {
  if (!mayScan()) return;
  clearInput();
  addScanned(digits, parseEntry(textBefore).units);
}

function codeScanned(text) {
  if (!mayScan()) return;
  clearInput();
  act(() => addCard(text));
}

/** A scan while a window is open is refused, or closes it. */
function mayScan() {
  const dialog = topDialog();
  if (dialog === null) return true;
  if (dialog.isScannedAway) {
    dialog.close();
    return true;
  }
  sound.warn();
  dialog.fail(new Unusable("finishDialogFirst"));
  return false;
}

function addScanned(digits, units) {
  screen.showProblem(null);
  return entering.then(() => goods.addBarcode(digits, units));
}

function choose(product) {
  const { units } = parseEntry(input.value);
  clearInput();
  goods.addProduct(product, units).catch(screen.showProblem);
}

function clearInput() {
  input.value = "";
  search.close();
}

function leave() {
  if (input.value === "" && isDoneShown()) hideDone();
  clearInput();
  screen.say("");
}

function undo() {
  screen.say(basket.undo() ? t("undone") : t("nothingToUndo"));
}

function priced(error) {
  const quote = pricing.currentQuote();
  if (quote !== null) basket.learn(quote.lines);
  if (error === null && hasPriceProblem) screen.showProblem(null);
  hasPriceProblem = error instanceof Unreachable;
  if (error !== null) {
    if (!(error instanceof Unreachable)) sound.warn();
    screen.showProblem(error);
  }
  screen.render();
}

async function payNow() {
  const saleID = basket.saleID();
  const { refusal } = (await pay(session.terms())) ?? {};
  if (refusal === undefined) return;
  if (refusal.code === "basket_gone") dropGoneBasket();
  if (refusal.code === "till_session_closed") await enterTill();
  if (["voucher_refused", "vouchers_changed"].includes(refusal.code)) await pricing.askAgain();
  if (refusal.code === "id_reused") {
    const sale = await get(`/sales/${saleID}`);
    basket.renew();
    throw new Unusable("alreadySold", null, { number: sale.number });
  }
  throw refusal;
}

function settleSale(sale, entry) {
  if (entry.saleID === basket.saleID()) basket.clear();
  showDone(sale);
}

/** Already sold: nobody may take money for these goods again. */
function dropReplayed(entry) {
  if (entry.saleID === basket.saleID()) basket.clear();
}

function settleVoid(_, entry) {
  if (entry.saleID === basket.saleID()) basket.clear();
  screen.say(t("voided"));
}

async function changeUser() {
  if (await session.changeUser()) await enterTill();
}

function changeLanguage() {
  switchLanguage();
  screen.renderAll();
  renderDone();
  renderPrinter();
}
