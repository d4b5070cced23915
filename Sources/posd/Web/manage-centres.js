// Meal centres: the meals of a day, what waits for a word, who is enrolled, what is claimed, terminals.

import { get, post } from "./api.js";
import { askDate, chooseOne } from "./ask.js";
import { timeText } from "./clock.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { List } from "./list.js";
import { useCentre, centre, loadCentres, allCentres } from "./manage-centre.js";
import { enrolments } from "./manage-enrolments.js";
import { mealClaims } from "./manage-meal-claims.js";
import { terminals } from "./manage-terminals.js";
import { yuan } from "./money.js";
import { nameOf } from "./reasons.js";
import { tabbed } from "./tabs.js";

const limit = 100;
let date = null;

const columns = [
  { label: "m.time", text: (row) => timeText(row.atMs) },
  { label: "p.name", text: (row) => row.name ?? row.masked ?? t("c.unknown") },
  { label: "c.number", text: (row) => row.number ?? "" },
  { label: "c.verdict", element: (row) => h("span", { class: moodOf(row), text: verdictText(row) }) },
  { label: "c.way", text: (row) => t(`c.way.${row.way}`) },
  { label: "c.price", text: (row) => amount(row.priceFen), class: "amount" },
  { label: "c.subsidy", text: (row) => amount(row.subsidyFen), class: "amount" },
  { label: "c.rest", text: (row) => (row.paidBy ? `${amount(row.restFen)} ${t(`c.paidBy.${row.paidBy}`)}` : amount(row.restFen)), class: "amount" },
];
const amount = (fen) => (fen ? yuan(fen) : "");
const dayList = new List(columns);
const waitingList = new List(columns);

function verdictText({ verdict, ruling, reason }) {
  if (ruling) return t(`c.ruling.${ruling}`);
  return reason ? `${t(`c.verdict.${verdict}`)}：${t(`c.reason.${reason}`)}` : t(`c.verdict.${verdict}`);
}

const moodOf = ({ verdict, ruling, isWaiting }) => (
  isWaiting ? "bad" : verdict === "served" && ruling !== "dismissed" ? "good" : null);

const centreActions = ({ user }) => [
  allCentres().length > 1 && { label: "c.otherCentre", run: otherCentre },
  user.role === "manager" && { label: "c.addCentre", run: addCentre },
].filter(Boolean);

const head = (text) => h("h2", { text: `${centre() === null ? t("c.noCentre") : nameOf(centre())}　${text}` });

const meals = {
  title: "c.meals",
  lead: "c.mealsLead",
  roles: ["manager", "auditor", "centre"],
  list: dayList,

  async load(context) {
    await loadCentres(context);
    date ??= context.businessDate;
    dayList.set(centre() === null ? [] : (await get(`/centres/${centre().id}/meals?date=${date}&limit=${limit}`)).items);
  },

  actions(context) {
    const one = dayList.current;
    const may = context.user.role !== "auditor" && one !== null;
    const mayDismiss = may && one.ruling !== "dismissed" && (one.verdict !== "served" || context.user.role === "manager");
    return [
      { label: "m.otherDay", run: async () => { date = (await askDate("m.otherDay", date)) ?? date; } },
      may && one.verdict === "second" && { label: "c.confirm", run: () => rule(one, "confirm") },
      may && one.verdict === "conflict" && { label: "c.settle", run: () => rule(one, "settle") },
      mayDismiss && { label: "c.dismiss", run: () => rule(one, "dismiss") },
      ...centreActions(context),
    ].filter(Boolean);
  },

  content: () => [head(date ?? ""), dayList.rows.length === 0 ? h("p", { class: "big", say: "c.noMeal" }) : dayList.element()],
};

const waiting = {
  title: "c.waiting",
  lead: "c.waitingLead",
  roles: ["manager", "auditor", "centre"],
  list: waitingList,

  async load(context) {
    await loadCentres(context);
    waitingList.set(centre() === null ? [] : (await get(`/centres/${centre().id}/exceptions`)).items);
  },

  actions(context) {
    const one = waitingList.current;
    const may = context.user.role !== "auditor" && one !== null;
    const yes = { second: ["c.confirm", "confirm"], conflict: ["c.settle", "settle"] }[one?.verdict];
    return [
      may && yes && { label: yes[0], run: () => rule(one, yes[1]) },
      may && { label: yes ? "c.dismiss" : "c.looked", run: () => rule(one, "dismiss") },
      ...centreActions(context),
    ].filter(Boolean);
  },

  content: () => [
    head(t("c.waiting")),
    waitingList.rows.length === 0 ? h("p", { class: "big good", say: "c.nothingWaits" }) : waitingList.element(),
  ],
};

async function rule(meal, word) {
  await post(`/meals/${meal.id}/${word}`, { id: newID() });
  return t("c.ruled", { name: meal.name ?? meal.masked ?? t("c.unknown") });
}

async function otherCentre() {
  const one = await chooseOne("c.otherCentre", "c.centre", allCentres(), nameOf);
  if (one !== null) useCentre(one);
}

function addCentre() {
  const id = newID();
  return askForm({
    title: "c.addCentre", fields: [
      { name: "name", label: "c.centreName", type: "text" }, { name: "nameEn", label: "c.centreNameEn", type: "text" }],
    async submit(values) {
      if (/[^\x20-\x7e]/.test(values.nameEn)) throw new Unusable("c.plainEnglish", "nameEn");
      useCentre(await post("/centres", { id, ...values }));
      return t("c.centreAdded", values);
    },
  });
}

export const centres = tabbed({
  id: "centres", title: "c.centres", roles: ["manager", "auditor", "centre"],
  views: [meals, waiting, enrolments, mealClaims, terminals],
});
