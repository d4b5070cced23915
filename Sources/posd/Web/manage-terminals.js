// Face terminals: whether they are heard of, unknown ones to enrol, what could not be read, commands.

import { get, post } from "./api.js";
import { chooseOne, confirm, dateField, dateOf } from "./ask.js";
import { timeText } from "./clock.js";
import { askForm } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { List, table } from "./list.js";
import { allCentres, centre, loadCentres } from "./manage-centre.js";
import { nameOf } from "./reasons.js";

const silentMs = 300_000;
const clockMs = 300_000;
const families = ["zktecoAttendance", "zktecoIdentityCard", "zktecoSecurity", "hikvision"];
const words = ["check", "count", "fetch", "info", "reboot", "putPeople"];
let strangers = [];
let detail = null;

const list = new List([
  { label: "t.serial", text: (row) => row.serial },
  { label: "c.centre", text: (row) => nameOf(allCentres().find(({ id }) => id === row.centreID) ?? { name: "" }) },
  { label: "t.family", text: (row) => [t(`t.family.${row.family}`), row.model].filter(Boolean).join(" ") },
  { label: "m.state", element: stateElement },
  { label: "t.lastContact", text: (row) => (row.lastContactMs === null ? t("t.never") : timeText(row.lastContactMs)) },
  { label: "t.people", text: (row) => String(row.numberCount), class: "amount" },
], { onChoose: () => { detail = null; } });

export const terminals = {
  title: "t.terminals",
  lead: "t.terminalsLead",
  roles: ["manager", "auditor"],
  list,

  async load(context) {
    await loadCentres(context);
    list.set((await get("/terminals")).items.sort((a, b) => Number(b.isInUse) - Number(a.isInUse)));
    strangers = (await get("/terminals/unknown")).items;
    if (detail !== null) await loadDetail(list.current);
  },

  actions({ user }) {
    const one = list.current;
    const may = user.role === "manager";
    return [
      one && { label: "t.detail", run: () => loadDetail(one) },
      may && { label: "t.enrol", run: enrol },
      may && one?.isInUse && { label: "t.command", run: () => command(one) },
      may && one?.isInUse && { label: "t.replace", run: () => replace(one) },
      may && one?.isInUse && { label: "t.retire", run: () => retire(one) },
    ].filter(Boolean);
  },

  content: () => [
    ...(strangers.length === 0 ? [] : strangerElements()),
    list.rows.length === 0 ? h("p", { class: "big", say: "t.none" }) : list.element(),
    ...(detail === null ? [] : detailElements()),
  ],
};

function stateElement({ isInUse, lastContactMs, clockAheadMs }) {
  if (!isInUse) return h("span", { say: "t.retired" });
  if (lastContactMs === null || Date.now() - lastContactMs > silentMs) return h("span", { class: "bad", say: "t.silent" });
  if (clockAheadMs !== null && Math.abs(clockAheadMs) > clockMs) return h("span", { class: "bad", say: "t.clockOff" });
  return h("span", { class: "good", say: "t.connected" });
}

function strangerElements() {
  return [h("h2", { class: "bad", say: "t.unknown" }), table([
    { label: "t.serial", text: ({ serial }) => serial },
    { label: "t.family", text: ({ family }) => (family === null ? "" : t(`t.family.${family}`)) },
    { label: "t.address", text: ({ address }) => address },
    { label: "t.lastContact", text: ({ lastAtMs }) => timeText(lastAtMs) },
    { label: "t.attempts", text: ({ attempts }) => String(attempts), class: "amount" },
  ], strangers)];
}

const familyField = (value) => ({
  name: "family", label: "t.family", type: "choice", rows: 4, value: value ?? families[0],
  options: families.map((each) => ({ value: each, label: t(`t.family.${each}`) })),
});

const fieldsOf = (serial, family) => [
  { name: "serial", label: "t.serial", type: "code", value: serial }, familyField(family),
  { name: "model", label: "t.model", type: "text", optional: true },
  { name: "secret", label: "t.secret", type: "password", optional: true },
];

const present = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

async function enrol() {
  const id = newID();
  const typed = { serial: "", family: null };
  const stranger = strangers.length === 0 ? typed : await chooseOne(
    "t.enrol", "t.whichTerminal", [...strangers, typed], ({ serial }) => serial || t("t.otherSerial"));
  if (stranger === null) return null;
  return askForm({
    title: "t.enrol", size: "wide columns", fields: [
      ...fieldsOf(stranger.serial, stranger.family),
      { name: "centreID", label: "c.centre", type: "choice", rows: 6, value: centre()?.id,
        options: allCentres().map((each) => ({ value: each.id, label: nameOf(each) })) },
    ],
    async submit(values) {
      const terminal = await post("/terminals", { id, ...present(values) });
      return t("t.enrolled", terminal);
    },
  });
}

function replace(old) {
  const id = newID();
  const [stranger] = strangers;
  return askForm({
    title: "t.replace", intro: t("t.replaceIntro", old), size: "wide columns",
    fields: [
      ...fieldsOf(stranger?.serial ?? "", stranger?.family ?? old.family),
      { name: "numbers", label: "t.numbers", type: "text", optional: true },
    ],
    async submit({ numbers, ...values }) {
      const terminal = await post(`/terminals/${old.id}/replace`, { id, ...present(values), numbers: numbersOf(numbers) });
      return t("t.replaced", { old: old.serial, serial: terminal.serial });
    },
  });
}

/** Pairs like `1=0000017`, parted by blanks or commas: the number on the new terminal and the one at the centre. */
const numbersOf = (text) => (text ?? "").split(/[\s,，;；]+/).filter(Boolean).map((pair) => {
  const [wireNumber, number = ""] = pair.split(/[=＝]/);
  return { wireNumber, number };
});

async function retire(terminal) {
  if (!(await confirm("t.retire", t("t.retireIntro", terminal)))) return null;
  await post(`/terminals/${terminal.id}/retire`, { id: newID() });
  return t("t.isRetired", terminal);
}

function command(terminal) {
  const id = newID();
  return askForm({
    title: "t.command", intro: t("t.commandIntro"),
    fields: [
      { name: "kind", label: "t.command", type: "number", options: words.map((value) => ({ value, label: t(`t.command.${value}`) })) },
      dateField("from", "t.commandFrom", "", true), dateField("through", "t.commandThrough", "", true),
    ],
    async submit({ kind, from, through }) {
      const dates = ["count", "fetch"].includes(kind) ? { from: dateOf(from, "from"), through: dateOf(through, "through") } : {};
      await post(`/terminals/${terminal.id}/commands`, { id, kind, ...present(dates) });
      await loadDetail(terminal);
      return t("t.commanded", { kind: t(`t.command.${kind}`) });
    },
  });
}

async function loadDetail(terminal) {
  if (terminal === null) return;
  const path = `/terminals/${terminal.id}`;
  const [work, quarantine, evidence] = await Promise.all([
    get(`${path}/commands`), get(`${path}/quarantine?limit=20`), get(`${path}/evidence?limit=20`)]);
  detail = { terminal, work, quarantine: quarantine.items, evidence: evidence.items };
}

function detailElements() {
  const { terminal, work, quarantine, evidence } = detail;
  return [
    h("h2", { text: t("t.detailOf", terminal) }),
    section("t.commands", work.items, [
      { label: "m.time", text: ({ createdAtMs }) => timeText(createdAtMs) },
      { label: "t.command", text: ({ kind, personNumber }) => [t(`t.command.${kind}`), personNumber].filter(Boolean).join(" ") },
      { label: "m.state", text: ({ state, result }) => [t(`t.commandState.${state}`), result].filter(Boolean).join(" ") },
    ]),
    section("t.counts", work.counts, [
      { label: "t.days", text: ({ from, through }) => `${from} – ${through}` },
      { label: "t.theirs", text: ({ theirs }) => String(theirs), class: "amount" },
      { label: "t.ours", text: ({ ours }) => String(ours), class: "amount" },
      { label: "m.state", element: ({ theirs, ours, isFetched }) => h("span", {
        class: theirs === ours ? "good" : "bad", say: theirs === ours ? "m.agrees" : isFetched ? "t.fetched" : "m.differs" }) },
    ]),
    section("t.quarantine", quarantine, [
      { label: "t.lastContact", text: ({ lastAtMs }) => timeText(lastAtMs) },
      { label: "m.kind", text: ({ kind }) => kind }, { label: "reason", text: ({ reason }) => reason },
      { label: "t.row", text: ({ redacted }) => redacted }, { label: "t.seen", text: ({ seenCount }) => String(seenCount), class: "amount" },
    ]),
    section("t.evidence", evidence, [
      { label: "m.time", text: ({ receivedAtMs }) => timeText(receivedAtMs) },
      { label: "t.meaning", text: ({ meaning }) => meaning }, { label: "t.row", text: ({ detail: text }) => text },
    ]),
  ].flat();
}

const section = (title, rows, columns) => [
  h("h3", { say: title }), rows.length === 0 ? h("p", { say: "t.nothing" }) : table(columns, rows)];
