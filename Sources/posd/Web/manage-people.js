// People in need, found by the last four of the identity number and the name, never listed; members.

import { get, post } from "./api.js";
import { categoryCode, confirm, dateOf, personQuery, words } from "./ask.js";
import { timeText } from "./clock.js";
import { memberNumber, phoneNumber } from "./codes.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { language, t } from "./i18n.js";
import { newID } from "./ids.js";
import { List, table } from "./list.js";
import { microYuan, plainDigits, yuan } from "./money.js";
import { tabbed } from "./tabs.js";

let categories = [];
let communities = [];
let found = false;

const nameOf = (code) => {
  const category = categories.find((each) => each.code === code);
  return (language() === "en" ? category?.nameEn : category?.name) ?? code;
};

const list = new List([
  { label: "p.name", text: (row) => row.name },
  { label: "p.last4", text: (row) => `…${row.last4}` },
  { label: "p.birthDate", text: (row) => row.birthDate },
  { label: "p.community", text: (row) => row.community ?? "" },
  { label: "r.categories", text: (row) => row.categories.map(nameOf).join("、") },
  { label: "m.state", element: (row) => (row.deceasedOn ? h("span", { class: "bad", text: t("p.deceasedOn", { date: row.deceasedOn }) }) : "") },
], {
  key: (row) => row.personID,
  onChoose: (person) => document.getElementById("sources")?.replaceChildren(...sources(person)),
});

const beneficiaries = {
  title: "p.beneficiaries",
  lead: "p.beneficiariesLead",
  roles: ["manager"],
  list,

  async load() {
    const known = await get("/categories");
    categories = known.items;
    communities = known.communities;
  },

  actions() {
    const one = list.current;
    return [
      { label: "p.search", run: search },
      { label: "p.add", run: add },
      one && { label: "p.change", run: () => change(one) },
      one && { label: "p.forget", run: () => forget(one) },
      found && { label: "p.clear", run: clear },
    ].filter(Boolean);
  },

  content() {
    if (!found) return [h("p", { class: "big", say: "p.searchFirst" })];
    if (list.rows.length === 0) return [h("p", { class: "big", say: "m.noPerson" })];
    return [list.element(), h("div", { id: "sources" }, sources(list.current))];
  },
};

async function search() {
  const rows = await askForm({
    title: "p.search", intro: t("m.personIntro"), fields: [{ name: "text", label: "m.personQuery", type: "text", isScannable: true }],
    submit: async ({ text }) => (await post("/beneficiaries/search", personQuery(text))).items,
  });
  if (rows === null) return;
  found = true;
  list.set(rows);
}

function clear() {
  found = false;
  list.set([]);
}

/** Who said what, newest last. */
function sources(person) {
  const saidOf = (source) => [
    source.community, source.categories?.map(nameOf).join("、"), source.phone && t("p.hasPhone"),
    source.isResident === undefined ? null : t(source.isResident ? "p.resident" : "p.notResident"), source.note,
    source.deceasedOn && t("p.deceasedOn", { date: source.deceasedOn }),
  ].filter(Boolean).join("；");
  return [h("h2", { text: t("p.sources", person) }), table([
    { label: "p.source", text: ({ kind, source }) => (kind === "staff" ? t("p.staff") : source) },
    { label: "m.time", text: ({ atMs }) => timeText(atMs) },
    { label: "p.says", text: saidOf },
  ], person.sources)];
}

const detailFields = (person) => [
  { name: "community", label: "p.community", type: "text", value: person?.community ?? "", optional: true },
  { name: "categories", label: "p.categoryCodes", type: "text", value: person?.categories?.map(nameOf).join("、"), optional: true },
  { name: "isResident", label: "p.isResident", type: "choice", rows: 2, value: String(person?.isResident ?? true),
    options: ["true", "false"].map((value) => ({ value, label: t(value === "true" ? "p.resident" : "p.notResident") })) },
  { name: "phone", label: "p.phone", type: "text", value: person?.phone ?? "", optional: true },
  { name: "note", label: "p.note", type: "text", value: person?.note ?? "", optional: true },
  { name: "deceasedOn", label: "p.deceased", type: "text", value: person?.deceasedOn ?? "", optional: true },
];

function detailsOf(values) {
  const { community, phone, note, isResident } = values;
  const typed = words(values.categories)?.map((word) => categoryCode(word, categories)) ?? null;
  if (community !== null && communities.length > 0 && !communities.includes(community)) throw new Unusable("p.unknownCommunity", "community");
  const all = { community, phone, note, isResident: isResident === "true", categories: typed, deceasedOn: dateOf(values.deceasedOn, "deceasedOn") };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

async function add() {
  const id = newID();
  return askForm({
    title: "p.add", intro: t("p.addIntro"), size: "wide columns",
    fields: [
      { name: "identityNumber", label: "p.identityNumber", type: "text", isScannable: true },
      { name: "name", label: "p.name", type: "text" }, ...detailFields(null),
    ],
    async submit({ identityNumber, name, ...values }) {
      const person = await post("/beneficiaries", { id, identityNumber: plainDigits(identityNumber), name, ...detailsOf(values) });
      show(person);
      return t("p.added", person);
    },
  });
}

async function change(person) {
  const id = newID();
  return askForm({
    title: "p.change", intro: t("p.changeIntro"), size: "wide columns",
    fields: [{ name: "name", label: "p.name", type: "text", value: person.name }, ...detailFields(person)],
    async submit({ name, ...values }) {
      const changed = await post(`/beneficiaries/${person.personID}/changes`, { id, name, ...detailsOf(values) });
      show(changed);
      return t("p.changed", changed);
    },
  });
}

function show(person) {
  found = true;
  list.set([person]);
}

/** Twice: what is forgotten cannot be had back. */
async function forget(person) {
  const id = newID();
  if (!(await confirm("p.forget", t("p.forgetIntro", person)))) return null;
  return askForm({
    title: "p.forget", intro: t("p.forgetType"), fields: [{ name: "last4", label: "p.last4", type: "text" }], size: "warning",
    submitLabel: "p.forget",
    async submit({ last4 }) {
      if (plainDigits(last4).toUpperCase() !== person.last4) throw new Unusable("p.forgetWrong", "last4");
      await post(`/beneficiaries/${person.personID}/forget`, { id });
      clear();
      return t("p.forgotten");
    },
  });
}

let hasSearched = false;
let shownMember = null;
const memberList = new List([
  { label: "p.memberNumber", text: (row) => row.number },
  { label: "phone", text: (row) => row.phone },
  { label: "p.joined", text: (row) => new Date(row.joinedAtMs).toLocaleDateString("zh-CN", { timeZone: "Asia/Shanghai" }) },
]);

const members = {
  title: "p.members",
  lead: "p.membersLead",
  roles: ["manager"],
  list: memberList,

  async load() {
    if (!hasSearched) memberList.set((await get("/members?limit=50")).items);
  },

  actions() {
    const one = memberList.current;
    return [
      { label: "p.searchMember", run: searchMember },
      { label: "joinMember", run: join },
      one && { label: "m.show", run: async () => { shownMember = await get(`/members/${one.id}`); } },
      one && { label: "p.forgetMember", run: () => forgetMember(one) },
      hasSearched && { label: "p.allMembers", run: () => { hasSearched = false; } },
    ].filter(Boolean);
  },

  content: () => [
    memberList.rows.length === 0 ? h("p", { class: "big", say: "p.noMember" }) : memberList.element(),
    ...(shownMember === null ? [] : memberElements(shownMember)),
  ],
};

/** What the member bought lately, what the shopping has given, the coupons for this member alone. */
function memberElements({ number, coupons, history: { saleCount, paidFen, given, sales } }) {
  return [
    h("h2", { text: t("memberOf", { number }) }),
    h("p", { class: "big", text: t("p.memberTotals", { count: saleCount, paid: yuan(paidFen) }) }),
    h("p", { class: "big good", text: t("p.memberGave", {
      pledge: microYuan(given.pledgeMicroYuan), gift: microYuan(given.giftMicroYuan), saved: microYuan(given.concessionMicroYuan) }) }),
    ...(coupons.length === 0 ? [] : [h("ul", { class: "notes" }, coupons.map(({ code, name }) => h("li", { text: `${code}　${name}` })))]),
    table([
      { label: "receiptNumber", text: (sale) => String(sale.number) },
      { label: "m.time", text: ({ atMs }) => timeText(atMs) },
      { label: "m.amount", text: ({ totalFen }) => yuan(totalFen), class: "amount" },
      { label: "column.pledge", text: ({ pledgeMicroYuan }) => microYuan(pledgeMicroYuan), class: "amount" },
    ], sales),
  ];
}

async function searchMember() {
  shownMember = null;
  const rows = await askForm({
    title: "p.searchMember", fields: [{ name: "text", label: "p.numberOrPhone", type: "code" }],
    async submit({ text }) {
      const [number, phone] = [memberNumber(plainDigits(text)), phoneNumber(plainDigits(text))];
      if (number === null && phone === null) throw new Unusable("p.badNumberOrPhone", "text");
      return (await post("/members/search", number === null ? { phone } : { number })).items;
    },
  });
  if (rows === null) return;
  hasSearched = true;
  memberList.set(rows);
}

function join() {
  const id = newID();
  return askForm({
    title: "joinMember", intro: t("joinIntro"), fields: [{ name: "phone", label: "phone", type: "text" }],
    async submit({ phone }) {
      const digits = phoneNumber(plainDigits(phone));
      if (digits === null) throw new Unusable("badPhone", "phone");
      const member = await post("/members", { id, phone: digits });
      hasSearched = true;
      memberList.set([member]);
      return t("p.memberAdded", member);
    },
  });
}

async function forgetMember(member) {
  if (!(await confirm("p.forgetMember", t("p.forgetMemberIntro", member)))) return null;
  await post(`/members/${member.id}/forget`, { id: newID() });
  hasSearched = false;
  shownMember = null;
  return t("p.memberForgotten", member);
}

export const people = tabbed({ id: "people", title: "p.people", roles: ["manager"], views: [beneficiaries, members] });

