// A table whose rows are chosen with the arrow keys or a click, and one that only shows.

import { h } from "./dom.js";
import { t } from "./i18n.js";

/** Column: {label, text(row) or element(row), class?}. */
export function table(columns, rows, rowAttributes = () => ({})) {
  return h(
    "table", { class: "list" },
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { say: column.label, class: column.class })))),
    h("tbody", {}, rows.map((row, index) => h(
      "tr", rowAttributes(row, index), columns.map((column) => h(
        "td", { class: column.class, "data-label": t(column.label) }, cell(column, row)))))));
}

function cell(column, row) {
  const content = column.element?.(row) ?? column.text(row);
  return content === null || content === undefined ? "" : content;
}

/** Rows to choose one of; the choice stays when the rows are loaded again. */
export class List {
  constructor(columns, { key = (row) => row.id, onChoose = () => {} } = {}) {
    this.columns = columns;
    this.key = key;
    this.onChoose = onChoose;
    this.rows = [];
    this.chosen = null;
    this.body = null;
  }

  set(rows) {
    this.rows = rows;
    if (!rows.some((row) => this.key(row) === this.chosen)) this.chosen = rows[0] ? this.key(rows[0]) : null;
  }

  get current() {
    return this.rows.find((row) => this.key(row) === this.chosen) ?? null;
  }

  element() {
    this.body = table(this.columns, this.rows, (row) => ({
      "data-row": this.key(row), "aria-current": this.key(row) === this.chosen ? "true" : null,
      onclick: () => this.choose(this.key(row)),
    }));
    return this.body;
  }

  move(by) {
    const index = this.rows.findIndex((row) => this.key(row) === this.chosen);
    const next = this.rows[Math.max(0, Math.min(this.rows.length - 1, index + by))];
    if (next) this.choose(this.key(next));
  }

  choose(key) {
    this.chosen = key;
    for (const row of this.body.querySelectorAll("tr[data-row]")) {
      const isChosen = row.dataset.row === String(key);
      if (isChosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (isChosen) row.scrollIntoView({ block: "nearest" });
    }
    this.onChoose(this.current);
    document.dispatchEvent(new Event("rowchosen"));
  }
}
