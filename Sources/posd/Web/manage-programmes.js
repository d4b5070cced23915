// Programmes: what their vouchers are for; vouchers are issued to people of a list or to bearers.

import { get, post } from "./api.js";
import { askPerson, categoryCode, chooseFile, chooseOne, confirm, dateField, dateOf, personText, searchPeople, textOf, words } from "./ask.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { language, t } from "./i18n.js";
import { newID } from "./ids.js";
import { List, table } from "./list.js";
import { askLimits, limitsOf, limitsText } from "./manage-limits.js";
import { yuan } from "./money.js";

let look = () => {};
let categories = [];
/** People gathered for an issue: {programme, people, missed}. */
let gathered = null;

const kinds = ["singleUse", "balance"];
const policies = { singleUse: ["toProgramme", "lost"], balance: ["toBalance", "toProgramme", "lost"] };

const list = new List([
  { label: "r.programme", text: (row) => row.name },
  { label: "r.funder", text: (row) => row.funder },
  { label: "m.kind", text: (row) => t(`r.kind.${row.kind}`) },
  { label: "r.limits", text: (row) => limitsText(row) },
  { label: "r.people", text: (row) => row.people?.map(categoryName).join("、") ?? t("r.everybody") },
  { label: "r.voucherCount", text: (row) => (row.voucherCount ? String(row.voucherCount) : ""), class: "amount" },
  { label: "r.open", text: (row) => (row.openFen ? yuan(row.openFen) : ""), class: "amount" },
  { label: "m.state", element: (row) => h("span", { class: row.isEnded ? "bad" : "good", say: row.isEnded ? "r.ended" : "r.running" }) },
]);

export const programmes = {
  title: "r.programmes",
  lead: "r.programmesLead",
  roles: ["manager", "auditor"],
  get list() { return gathered === null ? list : null; },

  async load() {
    list.set((await get("/programmes")).items);
    categories = (await get("/categories")).items;
  },

  actions({ user }) {
    const one = list.current;
    const isManager = user.role === "manager";
    if (gathered !== null) return gatheringActions();
    return [
      one && { label: "r.lookVouchers", run: () => look(one) },
      isManager && one && !one.isEnded && { label: "r.issueToPeople", run: () => { gathered = { programme: one, people: [], missed: [] }; } },
      isManager && one && !one.isEnded && { label: "r.issueToBearers", run: () => issue(one, null) },
      isManager && { label: "r.addProgramme", run: addProgramme },
      isManager && one && { label: "r.changeProgramme", run: () => changeProgramme(one) },
      isManager && one && !one.isEnded && { label: "r.endProgramme", run: () => endProgramme(one) },
      isManager && one?.voucherCount > 0 && { label: "r.endRepeat", run: () => endRepeat(one) },
    ].filter(Boolean);
  },

  content() {
    if (gathered !== null) return gathering();
    return [list.rows.length === 0 ? h("p", { class: "big", say: "r.noProgramme" }) : list.element()];
  },
};

/** Calls `listener(programme)` when its vouchers are wanted. */
export function onLook(listener) {
  look = listener;
}

export const allProgrammes = () => list.rows;

const categoryName = (code) => {
  const category = categories.find((each) => each.code === code);
  return (language() === "en" ? category?.nameEn : category?.name) ?? code;
};

function gatheringActions() {
  const { programme, people } = gathered;
  return [
    { label: "r.addPerson", run: addPerson },
    { label: "r.addFile", run: addFile },
    people.length > 0 && { label: "r.issueNow", run: () => issue(programme, people) },
    people.length > 0 && { label: "r.dropLast", run: () => { people.pop(); } },
    { label: "m.leaveSheet", run: () => { gathered = null; } },
  ].filter(Boolean);
}

function gathering() {
  const { programme, people, missed } = gathered;
  return [
    h("h2", { text: t("r.gathering", { name: programme.name, count: people.length }) }),
    people.length === 0 ? h("p", { say: "r.nobodyYet" }) : table([
      { label: "r.person", text: (person) => personText(person) },
      { label: "r.categories", text: (person) => person.categories?.map(categoryName).join("、") ?? "" },
    ], people),
    missed.length > 0 && h("ul", { class: "notes" }, missed.map((text) => h("li", { class: "bad", text: t("r.missed", { text }) }))),
  ].filter(Boolean);
}

async function addPerson() {
  for (;;) {
    const person = await askPerson("r.addPerson");
    if (person === null) return;
    take(person);
  }
}

function take(person) {
  if (!gathered.people.some(({ personID }) => personID === person.personID)) gathered.people.push(person);
}

/** A list of lines "last four, name" or identity numbers, as people write them; each is looked up. */
async function addFile() {
  const file = await chooseFile();
  if (file === null) return;
  const lines = (await textOf(file)).split(/\r?\n/).map((line) => line.replace(/["\t,，]+/g, " ").trim());
  gathered.missed = [];
  for (const [index, line] of lines.entries()) {
    if (line === "" || (index === 0 && !/[0-9]/.test(line))) continue;
    await addLine(line, index + 1);
  }
}

async function addLine(line, number) {
  const missed = (why) => gathered.missed.push(t(why, { number }));
  try {
    const whole = /[0-9]{17}[0-9Xx]/.exec(line)?.[0];
    const found = await searchPeople(whole ?? line);
    if (found.length === 1) take(found[0]);
    else missed(found.length === 0 ? "r.lineUnknown" : "r.lineSeveral");
  } catch (error) {
    if (!(error instanceof Unusable) && error.code !== "bad_identity_number") throw error;
    missed("r.lineUnreadable");
  }
}

function issue(programme, people) {
  const id = newID();
  return askForm({
    title: "r.issue", size: "wide columns",
    intro: people === null ? programme.name : t("r.issueTo", { name: programme.name, count: people.length }),
    fields: [
      ...(people === null ? [{ name: "bearerCount", label: "r.bearerCount", type: "count" }] : []),
      { name: "amountFen", label: "r.amountEach", type: "money" },
      dateField("validFrom", "r.validFrom"), dateField("validUntil", "r.validUntil"),
      { name: "repeatMonthly", label: "r.repeatMonthly", type: "text", optional: true },
    ],
    submitLabel: "r.issue",
    async submit({ bearerCount, amountFen, repeatMonthly, ...dates }) {
      const body = {
        id, amountFen, validFrom: dateOf(dates.validFrom, "validFrom"), validUntil: dateOf(dates.validUntil, "validUntil"),
        ...(people === null ? { bearerCount } : { people: people.map(({ personID }) => personID) }),
        ...(repeatMonthly === null ? {} : { repeatMonthly }),
      };
      const issued = await post(`/programmes/${programme.id}/issues`, body);
      gathered = null;
      look(programme);
      return t("r.issued", { count: issued.voucherCount, amount: yuan(issued.worthFen) });
    },
  });
}

const named = (values, prefix) => values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));

const fieldsOf = (programme) => [
  { name: "name", label: "r.programmeName", type: "text", value: programme?.name },
  { name: "nameEn", label: "r.programmeNameEn", type: "text", value: programme?.nameEn, optional: true },
  { name: "funder", label: "r.funder", type: "text", value: programme?.funder },
  { name: "people", label: "r.peopleCodes", type: "text", value: programme?.people?.map(categoryName).join("、"), optional: true },
  { name: "kind", label: "m.kind", type: "choice", rows: 2, options: named(kinds, "r.kind"), value: programme?.kind ?? "balance" },
];

async function askProgramme(title, programme) {
  const head = await askForm({
    title, intro: t("r.programmeIntro", { names: categories.map(({ code }) => categoryName(code)).join("、") }),
    size: "wide columns", fields: fieldsOf(programme), submitLabel: "r.next",
    submit: (values) => ({ ...values, people: words(values.people)?.map((word) => categoryCode(word, categories)) ?? null }),
  });
  if (head === null) return null;
  const limits = await askLimits(title, programme, {
    hasDailyCap: head.kind === "balance",
    fields: [{ name: "refundPolicy", label: "r.refundPolicy", type: "choice", rows: 3,
      options: named(policies[head.kind], "r.refund"), value: programme?.refundPolicy }],
  });
  if (limits === null) return null;
  const { people, nameEn, ...rest } = head;
  return { ...rest, ...(nameEn === null ? {} : { nameEn }), ...(people === null ? {} : { people }), ...limits };
}

async function addProgramme() {
  const id = newID();
  const body = await askProgramme("r.addProgramme", null);
  if (body === null) return null;
  await post("/programmes", { id, ...body });
  return t("r.programmeAdded", body);
}

async function changeProgramme(programme) {
  const id = newID();
  const body = await askProgramme("r.changeProgramme", programme);
  if (body === null) return null;
  await post(`/programmes/${programme.id}/changes`, { id, ...body, isEnded: programme.isEnded });
  return t("r.programmeChanged", body);
}

async function endProgramme(programme) {
  if (!(await confirm("r.endProgramme", t("r.endProgrammeIntro", programme)))) return null;
  const { name, nameEn, funder, kind, refundPolicy, people } = programme;
  const kept = Object.fromEntries(Object.entries({ name, nameEn, funder, kind, refundPolicy, people, ...limitsOf(programme) })
    .filter(([, value]) => value !== null && value !== undefined && value !== ""));
  await post(`/programmes/${programme.id}/changes`, { id: newID(), ...kept, isEnded: true });
  return t("r.programmeEnded", programme);
}

/** What is issued again each month ends with the month it was issued for last. */
async function endRepeat(programme) {
  const { items } = await get(`/programmes/${programme.id}/issues?limit=100`);
  const repeating = items.filter(({ repeatsNow }) => repeatsNow);
  if (repeating.length === 0) throw new Unusable("r.noRepeat");
  const one = await chooseOne("r.endRepeat", "r.repeating", repeating, ({ worthFen, voucherCount, repeatsNow }) => (
    t("r.repeatLine", { count: voucherCount, amount: yuan(worthFen), last: repeatsNow.lastMonth, until: repeatsNow.untilMonth })));
  if (one === null) return null;
  await post(`/voucher-issues/${one.id}/end`, { id: newID() });
  return t("r.repeatEnded");
}

/** For a hand-out: a programme that runs. */
export const chooseProgramme = (title) => {
  const running = list.rows.filter(({ isEnded }) => !isEnded);
  if (running.length === 0) throw new Unusable("r.noProgramme");
  return running.length === 1 ? running[0] : chooseOne(title, "r.programme", running, ({ name, funder }) => `${name}　${funder}`);
};
