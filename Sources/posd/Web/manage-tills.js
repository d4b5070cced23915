// Tills: cash put in and taken out, handover, the blind count and the Z report that closes.

import { get, post } from "./api.js";
import { askApproval } from "./approval.js";
import { clockText } from "./clock.js";
import { askForm, openDialog, Unusable } from "./dialog.js";
import { h, keyButton } from "./dom.js";
import { newID } from "./ids.js";
import { language, t } from "./i18n.js";
import { List } from "./list.js";
import { wholeNumber, yuan } from "./money.js";
import { showPaper } from "./paper.js";

const denominations = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
let names = {};

const list = new List([
  { label: "m.till", text: (row) => names[row.tillID] ?? "" },
  { label: "m.state", text: (row) => t(`m.state.${row.state}`) },
  { label: "m.openedAt", text: (row) => `${row.businessDate} ${clockText(row.openedAtMs)}` },
  { label: "m.responsible", text: (row) => row.responsible.displayName },
  { label: "float", text: (row) => yuan(row.floatFen), class: "amount" },
  { label: "m.saleCount", text: (row) => String(row.saleCount), class: "amount" },
]);

export const tills = {
  id: "tills",
  title: "m.tills",
  lead: "m.tillsLead",
  roles: ["manager", "cashier", "auditor"],
  list,

  async load(context) {
    names = Object.fromEntries(context.tills.map(({ id, name }) => [id, name]));
    const open = await get("/till-sessions?state=open&limit=50");
    const ended = await get("/till-sessions?state=ended&limit=50");
    list.set([...ended.items, ...open.items]);
  },

  actions({ user }) {
    if (list.current === null || user.role === "auditor") return [];
    const isOpen = list.current.state === "open";
    const isManager = user.role === "manager";
    return [
      { label: "m.count", run: (context) => countAndClose(list.current, context) },
      isOpen && { label: "m.moveCash", run: (context) => moveCash(list.current, context) },
      isOpen && { label: "m.openDrawer", run: (context) => openDrawer(list.current, context) },
      isOpen && { label: "m.handOver", run: () => handOver(list.current) },
      isOpen && { label: "m.end", run: () => end(list.current) },
      isManager && { label: "m.xReport", run: () => showX(list.current) },
      isManager && { label: "m.printX", run: () => printX(list.current) },
    ].filter(Boolean);
  },

  content() {
    if (list.rows.length === 0) return [h("p", { class: "big", say: "m.noSessions" })];
    return [list.element()];
  },
};

/** The name of a reason that the daemon lists. */
const named = ({ code, name, nameEn }) => ({ value: code, label: language() === "zh" ? name : nameEn });

/** The blind count, what it comes to, and the Z report. */
async function countAndClose(session, context) {
  for (;;) {
    const counted = await count(session);
    if (counted === null) return null;
    const choice = await showCounted(counted);
    if (choice === "again") continue;
    if (choice !== "close") return t("m.countKept");
    const report = await close(session, counted, context);
    if (report === null) return t("m.countKept");
    await showPaper(`/z-reports/${report.number}/report`);
    return t("m.closed", { number: report.number });
  }
}

function count(session) {
  const id = newID();
  return askForm({
    title: "m.countTitle", intro: t("m.countIntro", { till: names[session.tillID] }), size: "wide money",
    fields: denominations.map((fen) => ({
      name: `d${fen}`, label: `m.d${fen}`, type: "pieces", value: "", optional: true,
    })),
    submitLabel: "m.countDone",
    submit(values) {
      const counts = [];
      for (const fen of denominations) {
        const text = values[`d${fen}`];
        if (text === null || /^[0０]+$/.test(text)) continue;
        const pieces = wholeNumber(text);
        if (pieces === null) throw new Unusable("m.notPieces", `d${fen}`);
        counts.push({ denominationFen: fen, count: pieces });
      }
      return post(`/till-sessions/${session.id}/counts`, { id, counts });
    },
  });
}

/** Resolves with "close", "again" or null. */
function showCounted(counted) {
  const mood = counted.isOverTolerance ? "bad" : "good";
  const figure = (say, fen, className) => (
    h("p", { class: className }, h("span", { say }), h("strong", { text: yuan(fen) })));
  const body = h(
    "div", {},
    h(
      "div", { class: "result" }, figure("m.countedCash", counted.countedFen),
      figure("m.expectedCash", counted.expectedFen), figure("m.difference", counted.differenceFen, mood)),
    h("p", {
      class: "big",
      text: t(counted.isOverTolerance ? "m.overTolerance" : "m.withinTolerance", { yuan: yuan(counted.toleranceFen) }),
    }),
    h(
      "div", { class: "buttons" },
      keyButton("Enter", "m.closeNow", () => dialog.close("close"), { class: "main" }),
      keyButton("F8", "m.countAgain", () => dialog.close("again")),
      keyButton("Esc", "m.notYet", () => dialog.close())));
  const dialog = openDialog({
    title: "m.countedTitle", body, size: "wide",
    keys: { F8: () => dialog.close("again") },
  });
  body.querySelector("button").focus();
  return dialog.result;
}

async function close(session, counted, context) {
  const id = newID();
  if (!counted.isOverTolerance) {
    return post(`/till-sessions/${session.id}/close`, { id, countID: counted.id });
  }
  return askForm({
    title: "m.whyDifference", intro: t("m.whyDifferenceIntro", { yuan: yuan(counted.differenceFen) }),
    fields: [{ name: "reason", label: "reason", type: "number", options: context.overShortReasons.map(named) }],
    submitLabel: "m.closeNow",
    async submit({ reason }) {
      const body = { id, countID: counted.id, reason };
      return post(`/till-sessions/${session.id}/close`, await approved(body, context, "closeOverTolerance", session.id));
    },
  });
}

/** The body with a manager's approval, which a manager does not need. */
async function approved(body, context, act, subjectID) {
  if (context.user.role === "manager") return body;
  const approvalID = await askApproval(act, subjectID, body.amountFen);
  if (approvalID === null) throw new Unusable("notApproved");
  return { ...body, approvalID };
}

function moveCash(session, context) {
  const id = newID();
  const kinds = ["paidIn", "paidOut", "pickup"].map((kind) => ({ value: kind, label: t(`m.${kind}`) }));
  const reasons = context.cashReasons.filter(({ code }) => code !== "correction").map(named);
  return askForm({
    title: "m.moveCash", intro: t("m.moveCashIntro"),
    fields: [
      { name: "kind", label: "m.kindOfMove", type: "number", options: kinds },
      { name: "amountFen", label: "m.amount", type: "money" },
      { name: "reason", label: "reason", type: "number", options: reasons },
    ],
    async submit(values) {
      const body = { id, ...values };
      const isManaged = values.kind !== "paidIn";
      await post(
        `/till-sessions/${session.id}/movements`,
        isManaged ? await approved(body, context, "cashMovement", id) : body);
      return t("m.moved", { kind: t(`m.${values.kind}`), yuan: yuan(values.amountFen) });
    },
  });
}

function openDrawer(session, context) {
  const id = newID();
  return askForm({
    title: "m.openDrawer", intro: t("m.openDrawerIntro"),
    fields: [{ name: "reason", label: "reason", type: "number", options: context.cashReasons.map(named) }],
    async submit({ reason }) {
      const body = await approved({ id, reason }, context, "openDrawer", id);
      await post(`/till-sessions/${session.id}/drawer-openings`, body);
      return t("m.drawerOpened");
    },
  });
}

function handOver(session) {
  const id = newID();
  return askForm({
    title: "m.handOver", intro: t("m.handOverIntro"),
    fields: [
      { name: "toUser", label: "m.toUser", type: "text" },
      { name: "pin", label: "pin", type: "password" },
    ],
    async submit({ toUser, pin }) {
      const done = await post(`/till-sessions/${session.id}/handovers`, { id, toUser, pin });
      return t("m.handedOver", { name: done.to.displayName });
    },
  });
}

function end(session) {
  const id = newID();
  return askForm({
    title: "m.end", intro: t("m.endIntro"), fields: [], submitLabel: "m.end",
    async submit() {
      await post(`/till-sessions/${session.id}/end`, { id });
      return t("m.ended");
    },
  });
}

function showX(session) {
  return showPaper(`/till-sessions/${session.id}/x-report`);
}

async function printX(session) {
  await post(`/till-sessions/${session.id}/x-reports`, { id: newID() });
  return t("m.xPrinted");
}
