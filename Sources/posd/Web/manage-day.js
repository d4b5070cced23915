// The day: what still stands in the way of its close, its streams, the close; the month.

import { get, post } from "./api.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { table } from "./list.js";
import { microYuan, plainDigits, yuan } from "./money.js";
import { showPaper } from "./paper.js";

let date = null;
let shown = null;

export const day = {
  id: "day",
  title: "m.day",
  lead: "m.dayLead",
  roles: ["manager", "auditor"],

  async load(context) {
    date ??= context.businessDate;
    shown = await get(`/days/${date}`);
  },

  actions({ user }) {
    const isManager = user.role === "manager";
    const isClosed = shown?.isClosed === true;
    return [
      isClosed && { label: "m.show", run: () => showPaper(`/day-closes/${date}/report`) },
      isManager && !isClosed && { label: "m.closeDay", run: closeDay },
      { label: "m.otherDay", run: otherDay },
      isManager && { label: "m.closeMonth", run: closeMonth },
    ].filter(Boolean);
  },

  content() {
    if (shown === null) return [];
    return [
      h("h2", { text: date }), standing(), streams(), fund(), tenders(),
    ];
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
