// The day: what still stands in the way of its close, its streams, statements, the close; the month.

import { get, post } from "./api.js";
import { askDate, chooseFile, textOf } from "./ask.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { table } from "./list.js";
import { microYuan, plainDigits, yuan } from "./money.js";
import { showPaper } from "./paper.js";

const statementKinds = ["wechat", "alipay", "bankCard"];
let date = null;
let shown = null;
let statements = [];

export const day = {
  id: "day",
  title: "m.day",
  lead: "m.dayLead",
  roles: ["manager", "auditor"],

  async load(context) {
    date ??= context.businessDate;
    shown = await get(`/days/${date}`);
    statements = (await get(`/statements?businessDate=${date}`)).items;
  },

  actions({ user }) {
    const isManager = user.role === "manager";
    const isClosed = shown?.isClosed === true;
    return [
      isClosed && { label: "m.show", run: () => showPaper(`/day-closes/${date}/report`) },
      isManager && !isClosed && { label: "m.closeDay", run: closeDay },
      isManager && { label: "m.importStatement", run: importStatement },
      { label: "m.otherDay", run: otherDay },
      isManager && { label: "m.closeMonth", run: closeMonth },
    ].filter(Boolean);
  },

  content() {
    if (shown === null) return [];
    return [
      h("h2", { text: date }), standing(), streams(), fund(), tenders(), differences(),
    ].flat().filter(Boolean);
  },
};

function standing() {
  const { isClosed, blockedBy } = shown;
  if (isClosed) return h("ul", { class: "notes" }, h("li", { class: "good", say: "m.isClosed" }));
  if (blockedBy === null) return h("ul", { class: "notes" }, h("li", { class: "good", say: "m.ready" }));
  return h("ul", { class: "notes" }, h("li", { class: "bad", text: t(`m.blocker.${blockedBy.code}`, {
    ...blockedBy, count: blockedBy.tillSessionIDs?.length,
  }) }));
}

function streams() {
  return table([
    { label: "m.stream", text: ({ stream }) => t(`m.stream.${stream}`) },
    { label: "m.account", text: ({ account }) => account },
    { label: "m.amount", text: ({ amountMicroYuan }) => microYuan(amountMicroYuan), class: "amount" },
  ], shown.streams.filter(({ amountMicroYuan }) => amountMicroYuan !== 0));
}

function fund() {
  const { carriedInMicroYuan, pledgeMicroYuan, transferFen, carriedOutMicroYuan } = shown.fundTransfer;
  return h("p", { class: "big", text: t("m.fundLine", {
    in: microYuan(carriedInMicroYuan), pledge: microYuan(pledgeMicroYuan), transfer: yuan(transferFen), out: microYuan(carriedOutMicroYuan),
  }) });
}

function tenders() {
  return table([
    { label: "m.tender", text: ({ kind }) => t(`kind.${kind}`) },
    { label: "m.ours", text: ({ netFen }) => yuan(netFen), class: "amount" },
    { label: "m.theirs", text: ({ statementFen }) => (statementFen === null ? "" : yuan(statementFen)), class: "amount" },
    { label: "m.matches", element: matchText },
  ], shown.tenders);
}

function matchText({ kind, statementFen, isMatched }) {
  if (kind === "cash") return "";
  if (statementFen === null) return t("m.noStatement");
  return h("span", { class: isMatched ? "good" : "bad", say: isMatched ? "m.agrees" : "m.differs" });
}

/** What a network and the books do not agree on, a line each. */
function differences() {
  const rows = statements.flatMap((statement) => [
    ...statement.amountDiffers.map(({ ours, theirs }) => row("amountDiffers", statement, ours, theirs)),
    ...statement.onlyOurs.map((ours) => row("onlyOurs", statement, ours, null)),
    ...statement.onlyTheirs.map((theirs) => row("onlyTheirs", statement, null, theirs)),
    ...statement.duplicates.ours.map((ours) => row("twice", statement, ours, null)),
    ...statement.duplicates.theirs.map((theirs) => row("twice", statement, null, theirs)),
  ]);
  if (rows.length === 0) return null;
  const amount = (side) => (side === null ? "" : yuan(side.amountFen));
  return [
    h("h2", { say: "m.statementDiffers" }),
    table([
      { label: "m.tender", text: ({ kind }) => t(`kind.${kind}`) },
      { label: "m.kind", text: ({ problem }) => t(`m.problem.${problem}`) },
      { label: "m.reference", text: ({ ours, theirs }) => ours?.reference ?? theirs.references.join(" ") },
      { label: "m.ours", text: ({ ours }) => amount(ours), class: "amount" },
      { label: "m.theirs", text: ({ theirs }) => amount(theirs), class: "amount" },
    ], rows),
  ];
}

const row = (problem, { kind }, ours, theirs) => ({ problem, kind, ours, theirs });

function closeDay() {
  const id = newID();
  return askForm({
    title: "m.closeDay", intro: t("m.closeDayIntro", { date }), isIntroBig: true, fields: [], submitLabel: "m.closeDay",
    async submit() {
      const close = await post(`/days/${date}/close`, { id });
      await showPaper(`/day-closes/${date}/report`);
      return t("m.dayClosed", { date, number: close.number, yuan: yuan(close.fundTransfer.transferFen) });
    },
  });
}

async function otherDay(context) {
  date = (await askDate("m.otherDay", date ?? context.businessDate)) ?? date;
}

function closeMonth() {
  const id = newID();
  return askForm({
    title: "m.closeMonth", intro: t("m.closeMonthIntro", { month: date.slice(0, 7) }),
    fields: [{ name: "month", label: "m.month", type: "text", value: date.slice(0, 7) }], submitLabel: "m.closeMonth",
    async submit(values) {
      const month = plainDigits(values.month);
      if (!/^[0-9]{4}-[0-9]{2}$/.test(month)) throw new Unusable("m.badMonth", "month");
      await post(`/months/${month}/close`, { id });
      await showPaper(`/months/${month}/report`);
      return t("m.monthClosed", { month });
    },
  });
}

async function importStatement() {
  const id = newID();
  const kind = await askForm({
    title: "m.importStatement", intro: t("m.importStatementIntro"),
    fields: [{ name: "kind", label: "m.tender", type: "number", options: statementKinds.map((each) => ({ value: each, label: t(`kind.${each}`) })) }],
    submitLabel: "m.chooseFile", submit: (values) => values.kind,
  });
  if (kind === null) return null;
  const file = await chooseFile();
  if (file === null) return null;
  const result = await post("/statements", { id, kind, businessDate: date, csv: await textOf(file) });
  const differing = ["amountDiffers", "onlyOurs", "onlyTheirs"].reduce((count, name) => count + result[name].length, 0);
  return t("m.statementDone", { matched: result.matched.length, differing });
}
