// How one meal looks on the board: in huge type, in the list, and as a question.

import { clockText } from "./clock.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { yuan } from "./money.js";

/** What a terminal sends late is no news for those who stand in the queue. */
const newsMs = 180_000;

export const isFresh = (meal, nowMs) => nowMs - meal.atMs < newsMs;

export const verdictText = ({ verdict, ruling }) => t(ruling ? `b.ruling.${ruling}` : `b.verdict.${verdict}`);

const reasonText = ({ reason }) => (reason ? t(`b.reason.${reason}`) : "");

const nameText = ({ masked }) => masked ?? t("b.unknown");

/** Fine, to be looked at, or not counted. */
function mood({ verdict, ruling, isWaiting }) {
  if (isWaiting) return verdict === "exception" ? "bad" : "look";
  if (ruling === "dismissed" || verdict === "exception") return "off";
  return verdict === "repeat" ? "look" : "good";
}

const isCharged = ({ priceFen }) => priceFen > 0;

/** The one at the counter, as large as the screen allows. */
export function latestCard(meal, counts) {
  if (meal === null) {
    return h("div", { class: "latest" }, h("p", { class: "name", text: t("b.waitTitle") }),
      h("p", { class: "hint", text: t(counts?.period ? "b.wait" : "b.noPeriod") }));
  }
  return h(
    "div", { class: `latest ${mood(meal)}`, "data-meal": meal.id },
    h("p", { class: "verdict", text: verdictText(meal) }),
    h("p", { class: "name", text: nameText(meal) }),
    isCharged(meal) ? amounts(meal) : h("p", { class: "hint", text: reasonText(meal) }),
    isCharged(meal) ? h("p", { class: "pays", text: paysText(meal) }) : null,
    meal.isLow && isCharged(meal) ? h("p", { class: "low", text: t("b.low") }) : null,
  );
}

function amounts({ priceFen, subsidyFen, restFen }) {
  const figure = (say, fen, className) => (
    h("p", { class: className }, h("span", { say }), h("strong", { text: yuan(fen) })));
  return h(
    "div", { class: "amounts" }, figure("b.price", priceFen), figure("b.subsidy", subsidyFen, "good"),
    figure("b.rest", restFen, "rest"));
}

function paysText({ paidBy, restFen, balanceFen, owedFen }) {
  return t(`b.paidBy.${paidBy}`, { rest: yuan(restFen), balance: yuan(balanceFen ?? 0), owed: yuan(owedFen ?? 0) });
}

export function listRow(meal) {
  return h(
    "li", { class: mood(meal), "data-meal": meal.id },
    h("time", { text: clockText(meal.atMs) }), h("strong", { text: nameText(meal) }),
    h("span", { class: "verdict", text: verdictText(meal) }),
    h("span", { class: "amount", text: isCharged(meal) ? yuan(meal.restFen) : "" }));
}

/** What somebody must settle. */
export function question(meal, isChosen, onclick) {
  return h(
    "p", { class: mood(meal), "data-meal": meal.id, "aria-current": isChosen ? "true" : null, onclick },
    h("time", { text: clockText(meal.atMs) }),
    h("span", { text: t(`b.ask.${meal.verdict}`, { name: nameText(meal), reason: reasonText(meal) }) }));
}
