// The subsidy claim of a stretch of days, by centre and funder; its checks; every line.

import { get } from "./api.js";
import { askDays } from "./ask.js";
import { timeText } from "./clock.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { List, table } from "./list.js";
import { allCentres, loadCentres } from "./manage-centre.js";
import { yuan } from "./money.js";
import { showPaper } from "./paper.js";
import { nameOf } from "./reasons.js";

const limit = 200;
let days = null;
let claim = null;
let lines = null;

const list = new List([
  { label: "c.centre", text: (row) => row.centre?.name ?? row.centre ?? row.centreID },
  { label: "r.funder", text: (row) => row.funder },
  { label: "c.mealCount", text: (row) => String(row.mealCount), class: "amount" },
  { label: "m.amount", text: (row) => yuan(row.amountFen), class: "amount" },
  { label: "c.corrections", text: (row) => (row.correctionCount === 0 ? "" : `${row.correctionCount} / ${yuan(row.correctionFen)}`), class: "amount" },
  { label: "c.total", element: (row) => h("strong", { text: yuan(row.totalFen) }), class: "amount" },
], { key: (row) => `${row.centreID} ${row.funder}` });

export const mealClaims = {
  title: "c.claims",
  lead: "c.claimsLead",
  roles: ["manager", "auditor"],
  list,

  async load(context) {
    await loadCentres(context);
    days ??= { from: context.businessDate, until: context.businessDate };
    claim = await get(`/meal-claims?from=${days.from}&until=${days.until}`);
    list.set(claim.items);
  },

  actions() {
    return [
      list.current && { label: "m.show", run: () => showSheet(list.current) },
      list.current && { label: "c.lines", run: () => loadLines(list.current, null) },
      { label: "c.otherDays", run: otherDays },
      lines?.next && { label: "r.nextPage", run: () => loadLines(lines.of, lines.next) },
      { label: "m.printPage", run: () => window.print() },
    ].filter(Boolean);
  },

  content: () => [
    h("h2", { text: `${days?.from} – ${days?.until}` }),
    list.rows.length === 0 ? h("p", { class: "big", say: "c.nothingToClaim" }) : list.element(),
    checks(),
    ...(lines === null ? [] : lineElements()),
  ],
};

/** What is looked at before a claim goes out. */
function checks() {
  const name = (id) => nameOf(allCentres().find((each) => each.id === id) ?? { name: "" });
  const bad = (claim?.checks ?? []).filter(({ isOK }) => !isOK);
  if (bad.length === 0) return h("ul", { class: "notes" }, h("li", { class: "good", say: "r.checksGood" }));
  return h("ul", { class: "notes" }, bad.map(({ check, centreID, count }) => h(
    "li", { class: "bad", text: t(`c.check.${check}`, { centre: name(centreID), count }) })));
}

/** The sheet to be signed. */
const showSheet = ({ centreID, funder }) => showPaper(
  `/meal-claims/${centreID}/report`, { query: `&from=${days.from}&until=${days.until}&funder=${encodeURIComponent(funder)}` });

async function otherDays() {
  days = (await askDays("c.otherDays", days.from, days.until)) ?? days;
  lines = null;
}

async function loadLines(row, cursor) {
  const from = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  const page = await get(`/meal-claims/lines?from=${days.from}&until=${days.until}&centreID=${row.centreID}`
    + `&funder=${encodeURIComponent(row.funder)}&limit=${limit}${from}`);
  lines = { of: row, items: page.items, next: page.nextCursor };
}

function lineElements() {
  return [h("h2", { say: "c.lines" }), table([
    { label: "m.time", text: ({ atMs }) => timeText(atMs) },
    { label: "p.name", text: ({ masked }) => masked ?? "" },
    { label: "c.rule", text: ({ rule, isCorrection }) => `${rule}${isCorrection ? `　${t("c.correction")}` : ""}` },
    { label: "c.subsidy", text: ({ subsidyFen }) => yuan(subsidyFen), class: "amount" },
    { label: "c.record", text: ({ record }) => record },
  ], lines.items)];
}
