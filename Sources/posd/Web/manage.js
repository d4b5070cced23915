// The managers' page: sections by function key, what can be done in one by number key.

import { checkHealth, onExpired, onReachable } from "./api.js";
import { cardTexts } from "./card-texts.js";
import { topDialog } from "./dialog.js";
import { byID, keyButton, retranslate, show } from "./dom.js";
import { watchOwner } from "./elsewhere.js";
import { addTexts, language, problemText, switchLanguage, t } from "./i18n.js";
import { centres } from "./manage-centres.js";
import { day } from "./manage-day.js";
import { goods } from "./manage-goods.js";
import { help } from "./manage-help.js";
import { mealTexts } from "./manage-meal-texts.js";
import { people } from "./manage-people.js";
import { peopleTexts } from "./manage-people-texts.js";
import { records } from "./manage-records.js";
import { relief } from "./manage-relief.js";
import { reliefTexts } from "./manage-relief-texts.js";
import { stock } from "./manage-stock.js";
import { texts } from "./manage-texts.js";
import { tills } from "./manage-tills.js";
import { memberTexts } from "./member-texts.js";
import { hidePaper } from "./paper.js";
import * as session from "./session.js";
import { watchScanner } from "./scanner.js";

const healthMs = 5000;
const retryMs = 3000;
/** A digit of a person stands alone; the digits of a scanner follow one another within 80 ms. */
const aloneMs = 120;
const sections = { F1: help, F2: tills, F3: day, F4: records, F5: stock, F6: goods, F7: relief, F8: people, F9: centres };
let context = null;
let current = tills;
let isBusy = false;
let digitTimer = null;

addTexts(texts);
for (const more of [cardTexts, memberTexts, peopleTexts, reliefTexts, mealTexts]) addTexts(more);
start();

async function start() {
  watchOwner();
  session.allowRoles(["manager", "auditor", "cashier", "centre"]);
  retranslate(document);
  onReachable((isReachable) => show(byID("banner"), !isReachable));
  setInterval(checkHealth, healthMs);
  document.addEventListener("keydown", pressed);
  document.addEventListener("rowchosen", renderActions);
  byID("language").addEventListener("click", changeLanguage);
  watchScanner(scanned);
  await enter();
  onExpired(() => { if (context !== null) enter(); });
}

/** Log-in and the first section, again and again until all is well. */
async function enter() {
  context = null;
  while (context === null) {
    try {
      context = await session.ensureUser();
      showProblem(null);
    } catch (error) {
      showProblem(error);
      await new Promise((resolve) => { setTimeout(resolve, retryMs); });
    }
  }
  const wanted = mySections().find(([, section]) => section.id === location.hash.slice(1));
  current = wanted?.[1] ?? mySections().find(([, section]) => section !== help)[1];
  renderFrame();
  await open(current);
}

const mySections = () => Object.entries(sections)
  .filter(([, section]) => section.roles.includes(context.user.role));

async function open(section) {
  current = section;
  history.replaceState(null, "", `#${section.id}`);
  hidePaper();
  showProblem(null);
  await reload();
}

function scanned(digits) {
  if (current.scanned) run({ run: () => current.scanned(digits) });
}

async function reload() {
  try {
    await current.load?.(context);
    render();
  } catch (error) {
    render();
    showProblem(error);
  }
}

/** Runs what a key or button asks for; afterwards the section shows what is so now. */
async function run(action) {
  if (isBusy || topDialog() !== null) return;
  isBusy = true;
  showProblem(null);
  try {
    const message = await action.run(context);
    await reload();
    if (typeof message === "string") say(message);
  } catch (error) {
    await reload();
    showProblem(error);
  } finally {
    isBusy = false;
  }
}

function pressed(event) {
  if (event.ctrlKey && event.code === "KeyE") {
    event.preventDefault();
    return changeLanguage();
  }
  if (event.ctrlKey && event.code === "KeyM") {
    event.preventDefault();
    if (topDialog() === null) location.assign(byID("to-till").href);
    return;
  }
  clearTimeout(digitTimer);
  if (event.altKey || event.metaKey || event.ctrlKey || event.repeat && event.key === "Enter") return;
  const dialog = topDialog();
  const isFunctionKey = /^F([1-9]|1[02])$/.test(event.key);
  if (isFunctionKey) event.preventDefault();
  if (dialog !== null) return dialog.keys[event.key]?.();
  if (context === null) return;
  if (event.key === "F10") return run({ run: session.changeUser }).then(enter);
  if (isFunctionKey) return openByKey(event.key);
  if (["INPUT", "SELECT", "BUTTON", "A"].includes(event.target.tagName)) return current.typed?.(event, run);
  pressedInList(event);
}

function pressedInList(event) {
  const arrow = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (arrow !== undefined && current.list) {
    event.preventDefault();
    return current.list.move(arrow);
  }
  const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (turn !== undefined && current.turn) {
    event.preventDefault();
    return run({ run: () => current.turn(turn) });
  }
  const actions = current.actions(context);
  if (event.key === "Enter" && actions[0]) {
    event.preventDefault();
    return run(actions[0]);
  }
  if (/^\D$/u.test(event.key)) document.getElementById("find")?.focus();
  const action = /^[1-9]$/.test(event.key) ? actions[Number(event.key) - 1] : undefined;
  if (action) {
    event.preventDefault();
    digitTimer = setTimeout(() => run(action), aloneMs);
  }
}

function openByKey(key) {
  const section = mySections().find(([each]) => each === key)?.[1];
  if (section) open(section);
}

function renderFrame() {
  byID("station").textContent = context.station.name;
  byID("who").textContent = context.user.displayName;
  byID("today").textContent = context.businessDate;
  byID("language").textContent = t("otherLanguage");
  document.title = t("m.title");
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
}

function render() {
  byID("title").textContent = t(current.title);
  byID("lead").textContent = t(current.lead);
  byID("keys").replaceChildren(
    ...mySections().map(([key, section]) => keyButton(key, section.title, () => open(section), {
      "data-key": key, tabindex: "-1", "aria-current": section === current ? "page" : null,
    })),
    keyButton("F10", "key.user", () => run({ run: session.changeUser }).then(enter), { tabindex: "-1" }));
  renderActions();
  byID("content").replaceChildren(...current.content(context));
  current.drawn?.(run);
}

/** What can be done depends on the row that is chosen. */
function renderActions() {
  byID("actions").replaceChildren(...current.actions(context).map((action, index) => keyButton(
    String(index + 1), action.label, () => run(action), { class: index === 0 ? "main" : null })));
}

function changeLanguage() {
  switchLanguage();
  retranslate(document);
  if (context === null) return;
  renderFrame();
  render();
}

function say(text) {
  byID("message").textContent = text;
}

function showProblem(error) {
  byID("message").textContent = "";
  byID("problem").textContent = error === null ? "" : problemText(error);
}
