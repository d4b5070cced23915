// Which number at a centre is which person, from when to when; and a person's meal account.

import { get, post } from "./api.js";
import { askPerson, chooseOne, dateField, dateOf } from "./ask.js";
import { timeText } from "./clock.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { List, table } from "./list.js";
import { centre, loadCentres } from "./manage-centre.js";
import { plainDigits, yuan } from "./money.js";
import { nameOf } from "./reasons.js";

const limit = 50;
const statementDays = 62;
const dayMs = 86_400_000;
let cursors = [null];
let next = null;
let statement = null;
let shownCentre = null;

const list = new List([
  { label: "c.number", text: (row) => row.number },
  { label: "p.name", text: (row) => row.name ?? t("c.forgotten") },
  { label: "m.from", text: (row) => row.from },
  { label: "m.until", text: (row) => row.until ?? t("c.noEnd") },
]);

export const enrolments = {
  title: "c.enrolments",
  lead: "c.enrolmentsLead",
  roles: ["manager", "auditor", "centre"],
  list,

  async load(context) {
    await loadCentres(context);
    if (centre()?.id !== shownCentre) [cursors, statement, shownCentre] = [[null], null, centre()?.id];
    if (centre() === null) return list.set([]);
    const from = cursors.at(-1) === null ? "" : `&cursor=${encodeURIComponent(cursors.at(-1))}`;
    const page = await get(`/centres/${centre().id}/enrolments?limit=${limit}${from}`);
    list.set(page.items);
    next = page.nextCursor ?? null;
  },

  actions({ user, businessDate }) {
    const one = list.current;
    const may = user.role !== "auditor" && centre() !== null;
    return [
      may && { label: "c.enrol", run: () => enrol(businessDate) },
      one && { label: "c.statement", run: () => showStatement(one, businessDate) },
      may && one && one.until === null && { label: "c.endEnrolment", run: () => end(one, businessDate) },
      may && { label: "c.find", run: () => find(businessDate) },
      next !== null && { label: "r.nextPage", run: () => { cursors.push(next); } },
      cursors.length > 1 && { label: "r.firstPage", run: () => { cursors = [null]; } },
    ].filter(Boolean);
  },

  content: () => [
    h("h2", { text: centre() === null ? t("c.noCentre") : nameOf(centre()) }),
    list.rows.length === 0 ? h("p", { class: "big", say: "c.nobodyEnrolled" }) : list.element(),
    ...(statement === null ? [] : statementElements()),
  ],
};

async function enrol(today) {
  const id = newID();
  const person = await askPerson("c.enrol");
  if (person === null) return null;
  return askForm({
    title: "c.enrol", intro: person.name,
    fields: [
      { name: "number", label: "c.terminalNumber", type: "text" },
      dateField("from", "m.from", today), dateField("until", "m.until", "", true),
    ],
    async submit({ number, from, until }) {
      const last = dateOf(until, "until");
      await post(`/centres/${centre().id}/enrolments`, {
        id, number: plainDigits(number), personID: person.personID, from: dateOf(from, "from"), ...(last === null ? {} : { until: last }),
      });
      return t("c.enrolled", { name: person.name, number });
    },
  });
}

function end(enrolment, today) {
  const id = newID();
  return askForm({
    title: "c.endEnrolment", intro: t("c.endIntro", { name: enrolment.name ?? enrolment.number }),
    fields: [dateField("until", "c.lastDay", today)],
    async submit({ until }) {
      await post(`/enrolments/${enrolment.id}/end`, { id, until: dateOf(until, "until") });
      return t("c.enrolmentEnded", { name: enrolment.name ?? enrolment.number });
    },
  });
}

/** Somebody of the centre by part of the name or number, with what is in the account. */
async function find(today) {
  const people = await askForm({
    title: "c.find", fields: [{ name: "text", label: "c.nameOrNumber", type: "text" }],
    async submit({ text }) {
      const { items } = await post(`/centres/${centre().id}/people/search`, { text: plainDigits(text) });
      if (items.length === 0) throw new Unusable("m.noPerson", "text");
      return items;
    },
  });
  if (people === null) return;
  const one = people.length === 1 ? people[0] : await chooseOne("c.find", "m.whichPerson", people, ({ name, number }) => `${name}　${number}`);
  if (one !== null) await showStatement(one, today);
}

/** The last two months. */
async function showStatement({ personID, name }, today) {
  const from = new Date(Date.parse(today) - statementDays * dayMs).toISOString().slice(0, 10);
  statement = { name, ...(await get(`/meal-accounts/${personID}/statement?from=${from}&until=${today}`)) };
}

function statementElements() {
  const { name, balanceFen, owedFen, items } = statement;
  return [
    h("h2", { text: t("c.statementOf", { name: name ?? "", balance: yuan(balanceFen), owed: yuan(owedFen) }) }),
    table([
      { label: "m.time", text: ({ atMs }) => timeText(atMs) },
      { label: "m.kind", text: ({ kind }) => t(`c.account.${kind}`) },
      { label: "c.price", text: ({ priceFen }) => (priceFen ? yuan(priceFen) : ""), class: "amount" },
      { label: "c.subsidy", text: ({ subsidyFen }) => (subsidyFen ? yuan(subsidyFen) : ""), class: "amount" },
      { label: "c.account", text: ({ amountFen }) => (amountFen ? yuan(amountFen) : ""), class: "amount" },
      { label: "c.owed", text: ({ owedFen: owed }) => (owed ? yuan(owed) : ""), class: "amount" },
    ], [...items].reverse()),
  ];
}
