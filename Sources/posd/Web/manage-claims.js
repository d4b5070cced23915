// What funders and sponsors owe for a day: one document each, every line with its sale.

import { get } from "./api.js";
import { askDate } from "./ask.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { List, table } from "./list.js";
import { yuan } from "./money.js";
import { showPaper } from "./paper.js";

let date = null;
let shown = null;
let claim = null;

const list = new List([
  { label: "m.kind", text: (row) => t(`r.claim.${row.kind}`) },
  { label: "r.claimOf", text: (row) => row.name },
  { label: "r.funder", text: (row) => row.funder },
  { label: "m.lines", text: (row) => String(row.lineCount), class: "amount" },
  { label: "m.amount", text: (row) => yuan(row.amountFen), class: "amount" },
  { label: "r.forfeited", text: (row) => (row.forfeitedFen === 0 ? "" : yuan(row.forfeitedFen)), class: "amount" },
  { label: "r.checks", element: (row) => checksElement(row) },
]);

export const claims = {
  title: "r.claims",
  lead: "r.claimsLead",
  roles: ["manager", "auditor"],
  list,

  async load(context) {
    date ??= context.businessDate;
    shown = await get(`/claims?date=${date}`);
    list.set(shown.items);
  },

  actions() {
    const one = list.current;
    return [
      one && { label: "m.show", run: () => show(one) },
      one && { label: "m.printPage", run: () => window.print() },
      { label: "m.otherDay", run: otherDay },
    ].filter(Boolean);
  },

  content: () => [
    h("h2", { text: `${date}　${t(shown?.isClosed ? "m.isClosed" : "r.dayOpen")}` }),
    list.rows.length === 0 ? h("p", { class: "big", say: "r.noClaim" }) : list.element(),
    ...(claim === null || claim.id !== list.current?.id || claim.date !== date ? [] : lines()),
  ],
};

function checksElement({ checks }) {
  const bad = checks.filter(({ isGood }) => !isGood);
  if (bad.length === 0) return h("span", { class: "good", say: "r.checksGood" });
  return h("span", { class: "bad", text: bad.map(({ check }) => t(`r.check.${check}`)).join("；") });
}

async function show(one) {
  const path = `/claims/${date}/${encodeURIComponent(one.id)}`;
  claim = await get(path);
  await showPaper(`${path}/report`);
}

function lines() {
  return [h("h2", { text: claim.name }), table([
    { label: "receiptNumber", text: ({ number, isReturn }) => `${number}${isReturn ? `　${t("slips.return")}` : ""}` },
    { label: "goods", text: ({ name }) => name },
    { label: "m.category", text: ({ category }) => category },
    { label: "m.amount", text: ({ amountFen }) => yuan(amountFen), class: "amount" },
  ], claim.lines)];
}

async function otherDay(context) {
  date = (await askDate("m.otherDay", date ?? context.businessDate)) ?? date;
}
