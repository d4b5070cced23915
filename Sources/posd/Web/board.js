// The meal board of a centre: who was just served, the last ones, what somebody must settle.

import { get, onExpired, post } from "./api.js";
import { boardTexts } from "./board-texts.js";
import { logMeal } from "./board-log.js";
import { isFresh, latestCard, listRow, question, verdictText } from "./board-view.js";
import { clockText } from "./clock.js";
import { askForm, openDialog, topDialog, Unusable } from "./dialog.js";
import { byID, h, keyButton, retranslate, show } from "./dom.js";
import { watchOwner } from "./elsewhere.js";
import { newID } from "./ids.js";
import { addTexts, language, problemText, switchLanguage, t } from "./i18n.js";
import { yuan } from "./money.js";
import { nameOf } from "./reasons.js";
import * as session from "./session.js";
import * as sound from "./sound.js";
import * as store from "./store.js";
import { follow } from "./stream.js";

const shownCount = 12;
const retryMs = 3000;
const clockMs = 1000;
const terminalsMs = 30_000;
const silentMs = 300_000;
const keys = {
  F1: ["key.help", showHelp],
  F2: ["b.key.log", () => log()],
  F9: ["b.key.centre", chooseCentre],
  F10: ["key.user", changeUser],
};
const helpKeys = ["b.help.1", "b.help.2", "b.help.3", "b.help.4", "b.help.5", "b.help.6"];
let context = null;
let centre = null;
let state = emptyState();
let stop = () => {};
let isBusy = false;
let isLost = false;
let silentTerminals = [];
/** By how much the daemon's clock is ahead of ours. */
let aheadMs = 0;

addTexts(boardTexts);
start();

function emptyState() {
  return { meals: [], waiting: [], latest: null, chosen: null, counts: null };
}

async function start() {
  watchOwner();
  session.allowRoles(["centre", "manager"]);
  document.addEventListener("keydown", pressed);
  byID("language").addEventListener("click", changeLanguage);
  byID("keys").replaceChildren(...Object.entries(keys).map(
    ([key, [label, action]]) => keyButton(key, label, () => run(action), { "data-key": key, tabindex: "-1" })));
  setInterval(renderClock, clockMs);
  setInterval(checkTerminals, terminalsMs);
  render();
  await enter();
  onExpired(() => { if (context !== null) enter(); });
}

/** Log-in, the centre, the stream: again and again until all is well. */
async function enter() {
  context = null;
  stop();
  while (context === null) {
    try {
      context = await session.ensureUser();
      showProblem(null);
      await useCentre(await ownCentre());
    } catch (error) {
      context = null;
      showProblem(error);
      await new Promise((resolve) => { setTimeout(resolve, retryMs); });
    }
  }
}

async function ownCentre() {
  const { items } = await get("/centres");
  const wanted = context.user.centreID ?? store.load("centre")?.id;
  const known = items.find(({ id }) => id === wanted) ?? (items.length === 1 ? items[0] : null);
  return known ?? pickCentre(items);
}

async function pickCentre(items) {
  if (items.length === 0) throw new Unusable("b.noCentre");
  const id = await askForm({
    title: "b.centreTitle", isClosable: centre !== null,
    fields: [{ name: "id", label: "b.centre", type: "choice", rows: 10, value: centre?.id,
      options: items.map((each) => ({ value: each.id, label: nameOf(each) })) }],
    submit: (values) => values.id,
  });
  return items.find((each) => each.id === id) ?? centre;
}

async function chooseCentre() {
  if (context.user.role !== "manager") throw new Unusable("wrongRole");
  await useCentre(await pickCentre((await get("/centres")).items));
}

async function useCentre(chosen) {
  stop();
  centre = chosen;
  state = emptyState();
  store.save("centre", { id: centre.id });
  render();
  stop = follow(`/centres/${centre.id}/board`, { onEvent: told, onState: lineChanged });
  await loadWaiting();
  checkTerminals();
}

/** What waits may be older than the last thirty meals. */
async function loadWaiting() {
  state.waiting = (await get(`/centres/${centre.id}/exceptions`)).items;
  render();
}

function told(name, data) {
  if (name === "state") {
    state.meals = data.meals;
    state.counts = data;
    state.latest = data.meals.find((meal) => isFresh(meal, data.nowMs)) ?? null;
    loadWaiting().catch(showProblem);
  }
  if (data.nowMs !== undefined) aheadMs = data.nowMs - Date.now();
  if (name === "meal") takeMeal(data);
  if (name === "counts") state.counts = { ...state.counts, ...data };
  render();
}

function takeMeal(meal) {
  const at = state.meals.findIndex(({ id }) => id === meal.id);
  if (at >= 0) state.meals[at] = meal;
  else state.meals = [meal, ...state.meals].sort((a, b) => b.atMs - a.atMs).slice(0, 30);
  state.waiting = state.waiting.filter(({ id }) => id !== meal.id);
  if (meal.isWaiting) state.waiting.push(meal);
  const isNew = at < 0 && isFresh(meal, meal.receivedAtMs);
  if (isNew && meal.isWaiting) sound.warn();
  if (isNew || state.latest?.id === meal.id) state.latest = meal;
}

function lineChanged(what, error) {
  const wasLost = isLost;
  isLost = what !== "open";
  if (what === "refused" && error.status !== 401) showProblem(error);
  if (wasLost && !isLost) showProblem(null);
  if (wasLost !== isLost) render();
}

/** A terminal that is silent tells nothing: so it is asked for, by the daemon's clock. */
async function checkTerminals() {
  if (centre === null || context === null || isLost) return;
  try {
    const { items } = await get("/terminals");
    const now = Date.now() + aheadMs;
    silentTerminals = items.filter((each) => each.isInUse && each.centreID === centre.id
      && (each.lastContactMs === null || now - each.lastContactMs > silentMs));
  } catch {
    silentTerminals = [];
  }
  renderBanner();
}

function pressed(event) {
  if (event.ctrlKey && event.code === "KeyE") {
    event.preventDefault();
    return changeLanguage();
  }
  if (event.ctrlKey && event.code === "KeyM") {
    event.preventDefault();
    if (topDialog() === null) location.assign(byID("to-manage").href);
    return;
  }
  if (event.altKey || event.metaKey || event.ctrlKey) return;
  const isFunctionKey = /^F([1-9]|1[02])$/.test(event.key);
  if (isFunctionKey) event.preventDefault();
  if (event.repeat && (isFunctionKey || /^[0-9]$|^Enter$/.test(event.key))) return event.preventDefault();
  const dialog = topDialog();
  if (dialog !== null) return dialog.keys[event.key]?.();
  if (context === null) return;
  if (keys[event.key]) return run(keys[event.key][1]);
  pressedOnBoard(event);
}

function pressedOnBoard(event) {
  const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (arrow !== undefined) {
    event.preventDefault();
    const at = state.waiting.findIndex(({ id }) => id === chosen()?.id);
    return choose(state.waiting[Math.max(0, Math.min(state.waiting.length - 1, at + arrow))]?.id ?? null);
  }
  const action = /^[12]$/.test(event.key) ? choices()[Number(event.key) - 1] : undefined;
  if (action) run(action.act);
}

function choose(id) {
  state.chosen = id;
  render();
}

function chosen() {
  return state.waiting.find(({ id }) => id === state.chosen) ?? state.waiting[0] ?? null;
}

/** The two keys of what is chosen. */
function choices() {
  const meal = chosen();
  if (meal === null) return [];
  const price = yuan(meal.priceFen || (state.counts?.period?.priceFen ?? 0));
  const no = { label: t("b.notEaten"), act: () => settle(meal, "dismiss") };
  if (meal.verdict === "second") return [{ label: t("b.ate", { price }), act: () => settle(meal, "confirm") }, no];
  if (meal.verdict === "conflict") return [{ label: t("b.ateHere", { price }), act: () => settle(meal, "settle") }, no];
  return [
    { label: t("b.looked"), act: () => settle(meal, "dismiss") },
    { label: t("b.logInstead"), act: () => log(meal) },
  ];
}

async function settle(meal, word) {
  const settled = await post(`/meals/${meal.id}/${word}`, { id: newID() });
  state.waiting = state.waiting.filter(({ id }) => id !== meal.id);
  say(t("b.settled", { name: settled.masked ?? t("b.unknown") }));
}

/** A meal without a face; with an exception, that one is done with too. */
async function log(exception = null) {
  const meal = await logMeal(centre);
  if (meal === null) return;
  if (exception !== null) await settle(exception, "dismiss");
  say(t("b.logged", { name: meal.masked ?? t("b.unknown"), verdict: verdictText(meal) }));
}

/** One thing at a time; what is refused is shown. */
async function run(action) {
  if (isBusy || topDialog() !== null || context === null) return;
  isBusy = true;
  showProblem(null);
  try {
    await action();
  } catch (error) {
    sound.warn();
    showProblem(error);
  } finally {
    isBusy = false;
    render();
  }
}

async function changeUser() {
  if (await session.changeUser()) await enter();
}

function showHelp() {
  const dialog = openDialog({
    title: "b.helpTitle", size: "wide",
    body: h("div", { class: "help" }, h("ol", {}, helpKeys.map((key) => h("li", { say: key }))),
      h("div", { class: "buttons" }, keyButton("Esc", "back", () => dialog.close(), { class: "main" }))),
  });
  dialog.element.querySelector("button").focus();
  return dialog.result;
}

function render() {
  renderHeader();
  renderBanner();
  byID("latest").replaceChildren(latestCard(state.latest, state.counts));
  byID("served-count").textContent = String(state.counts?.servedCount ?? 0);
  byID("list").replaceChildren(...state.meals.slice(0, shownCount).map(listRow));
  renderWaiting();
}

function renderHeader() {
  const period = state.counts?.period;
  byID("centre").textContent = centre === null ? t("b.title") : nameOf(centre);
  byID("period").textContent = state.counts === null ? "" : period
    ? t("b.period", { name: nameOf(period), price: yuan(period.priceFen) }) : t("b.noPeriod");
  byID("who").textContent = context?.user.displayName ?? "";
  show(byID("to-manage"), context?.user.role === "manager");
  show(document.querySelector('#keys [data-key="F9"]'), context?.user.role === "manager");
  byID("language").textContent = t("otherLanguage");
  document.title = t("b.title");
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  renderClock();
}

function renderClock() {
  byID("clock").textContent = clockText(Date.now());
}

function renderBanner() {
  const names = silentTerminals.map(({ serial }) => serial).join("、");
  byID("banner").textContent = isLost ? t("b.lost") : t("b.terminalDown", { names });
  show(byID("banner"), isLost || silentTerminals.length > 0);
}

function renderWaiting() {
  const { waiting } = state;
  show(byID("waiting"), waiting.length > 0);
  byID("waiting-title").textContent = t("b.waiting", { count: waiting.length });
  const current = chosen();
  byID("waiting-list").replaceChildren(...waiting.map((meal) => question(meal, meal === current, () => choose(meal.id))));
  byID("actions").replaceChildren(...choices().map(({ label, act }, index) => h(
    "button", { type: "button", tabindex: "-1", onclick: () => run(act), class: index === 0 ? "main" : null },
    h("kbd", { text: String(index + 1) }), h("span", { text: label }))));
  document.querySelector("#waiting-list [aria-current]")?.scrollIntoView({ block: "nearest" });
}

function changeLanguage() {
  switchLanguage();
  retranslate(document);
  render();
}

function say(text) {
  byID("problem").textContent = "";
  byID("message").textContent = text;
}

function showProblem(error) {
  byID("message").textContent = "";
  byID("problem").textContent = error === null ? "" : problemText(error);
}
