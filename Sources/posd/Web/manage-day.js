// The day: what still stands in the way of its close, its streams, statements, the close; the month.

import { get, post } from "./api.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { table } from "./list.js";
import { microYuan, plainDigits, yuan } from "./money.js";
import { showPaper } from "./paper.js";

const statementKinds = ["wechat", "alipay", "bankCard"];
let date = null;
let day_ = null;
let statements = [];

export const day = {
  id: "day",
  title: "m.day",
  lead: "m.dayLead",
  roles: ["manager", "auditor"],

  async load(context) {
    date ??= context.businessDate;
    day_ = await get(`/days/${date}`);
    statements = (await get(`/statements?businessDate=${date}`)).items;
  },

  actions({ user }) {
    const isManager = user.role === "manager";
    const isClosed = day_?.close !== null && day_?.close !== undefined;
    return [
      isClosed && { label: "m.show", run: () => showPaper(`/day-closes/${date}/report`) },
      isManager && !isClosed && { label: "m.closeDay", run: closeDay },
      isManager && { label: "m.importStatement", run: importStatement },
      { label: "m.otherDay", run: otherDay },
      isManager && { label: "m.closeMonth", run: closeMonth },
    ].filter(Boolean);
  },

  content() {
    if (day_ === null) return [];
    return [
      h("h2", { text: date }), standing(), streams(), fund(), tenders(), differences(),
    ].flat().filter(Boolean);
  },
};

function standing() {
  if (day_.close) return h("ul", { class: "notes" }, h("li", { class: "good", text: t("m.isClosed", day_.close) }));
  const lines = day_.blockers.map((blocker) => h("li", { class: "bad", text: t(`m.blocker.${blocker.code}`, blocker) }));
  return h("ul", { class: "notes" }, lines.length > 0 ? lines : h("li", { class: "good", say: "m.ready" }));
}

function streams() {
  return table([
    { label: "m.stream", text: ({ stream }) => streamName(stream) },
    { label: "m.amount", text: ({ amountMicroYuan }) => microYuan(amountMicroYuan), class: "amount" },
  ], day_.streams);
}

/** `coupons:fund` is the stream `coupons` of `fund`. */
function streamName(stream) {
  const [kind, ...rest] = stream.split(":");
  return rest.length === 0 ? t(`m.stream.${kind}`) : `${t(`m.stream.${kind}`)} · ${rest.join(":")}`;
}

function fund() {
  const { carriedInMicroYuan, pledgeMicroYuan, transferFen, carriedOutMicroYuan } = day_.fundTransfer;
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
  ], day_.tenders);
}

function matchText({ kind, statementFen, isMatched }) {
  if (kind === "cash") return "";
  if (statementFen === null) return t("m.noStatement");
  return h("span", { class: isMatched ? "good" : "bad", say: isMatched ? "m.agrees" : "m.differs" });
}

function differences() {
  const rows = statements.flatMap((statement) => (statement.differences ?? []).map((each) => ({ ...each, kind: statement.kind })));
  if (rows.length === 0) return null;
  return [
    h("h2", { say: "m.statementDiffers" }),
    table([
      { label: "m.tender", text: ({ kind }) => t(`kind.${kind}`) },
      { label: "m.kind", text: ({ problem }) => t(`m.problem.${problem}`) },
      { label: "m.reference", text: ({ reference }) => reference },
      { label: "m.ours", text: ({ ourFen }) => (ourFen === null ? "" : yuan(ourFen)), class: "amount" },
      { label: "m.theirs", text: ({ theirFen }) => (theirFen === null ? "" : yuan(theirFen)), class: "amount" },
    ], rows),
  ];
}

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

function otherDay(context) {
  return askForm({
    title: "m.otherDay", fields: [{ name: "date", label: "m.date", type: "text", value: date ?? context.businessDate }],
    submit(values) {
      const text = plainDigits(values.date);
      if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) throw new Unusable("m.badDate", "date");
      date = text;
      return true;
    },
  });
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
  const result = await post("/statements", { id, kind, businessDate: date, csv: await text(file) });
  return t("m.statementDone", { matched: result.matchedCount, differing: result.differences.length });
}

/** The file that is chosen; null when the person gives up. */
function chooseFile() {
  return new Promise((resolve) => {
    const input = h("input", { type: "file", accept: ".csv,text/csv", hidden: true });
    input.addEventListener("change", () => resolve(input.files[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    document.body.append(input);
    input.click();
    input.remove();
  });
}

/** UTF-8, or GB18030 as Alipay writes it. */
async function text(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
