// What was closed: Z reports, days and months, each as the slip that was printed.

import { get } from "./api.js";
import { timeText } from "./clock.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { List } from "./list.js";
import { yuan } from "./money.js";
import { showPaper } from "./paper.js";

let shown = "z";
let names = {};

const reports = new List([
  { label: "m.zNumber", text: (row) => `Z ${row.number}` },
  { label: "m.till", text: (row) => names[row.tillID] ?? "" },
  { label: "m.businessDate", text: (row) => row.businessDate },
  { label: "m.time", text: (row) => timeText(row.atMs) },
  { label: "m.salesTotal", text: (row) => yuan(row.sales.totalFen), class: "amount" },
  { label: "m.countedCash", text: (row) => yuan(row.countedFen), class: "amount" },
  { label: "m.difference", element: (row) => h(
    "span", { class: row.differenceFen === 0 ? "good" : "bad", text: yuan(row.differenceFen) }), class: "amount" },
], { key: (row) => row.number, onChoose: showChosen });

const days = new List([
  { label: "m.businessDate", text: (row) => row.businessDate },
  { label: "m.dayNumber", text: (row) => `№ ${row.number}` },
  { label: "m.saleCount", text: (row) => String(row.saleCount), class: "amount" },
  { label: "m.fundTransfer", text: (row) => yuan(row.fundTransfer.transferFen), class: "amount" },
  { label: "m.time", text: (row) => timeText(row.atMs) },
], { key: (row) => row.businessDate, onChoose: showChosen });

export const records = {
  id: "records",
  title: "m.records",
  lead: "m.recordsLead",
  roles: ["manager", "auditor"],
  get list() { return shown === "z" ? reports : days; },

  async load(context) {
    names = Object.fromEntries(context.tills.map(({ id, name }) => [id, name]));
    if (shown === "z") reports.set((await get("/z-reports?limit=50")).items);
    else days.set((await get("/day-closes?limit=50")).items);
  },

  actions() {
    return [
      { label: "m.show", run: showChosen },
      { label: shown === "z" ? "m.toDays" : "m.toReports", run: switchList },
      { label: "m.printPage", run: () => window.print() },
    ];
  },

  content() {
    const list = records.list;
    return [list.rows.length === 0 ? h("p", { class: "big", say: "m.noRecords" }) : list.element()];
  },
};

function switchList() {
  shown = shown === "z" ? "days" : "z";
  return t(shown === "z" ? "m.reportsShown" : "m.daysShown");
}

async function showChosen() {
  const row = records.list.current;
  if (row === null) return;
  await showPaper(shown === "z" ? `/z-reports/${row.number}/report` : `/day-closes/${row.businessDate}/report`);
}
