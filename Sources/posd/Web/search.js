// Search as you type. Stale answers are dropped; arrow keys and Enter choose.

import { get, Superseded } from "./api.js";
import { h, show } from "./dom.js";
import { t } from "./i18n.js";
import { plainDigits, yuan } from "./money.js";

const pauseMs = 80;
const limit = 20;

/** "3*nnz" → {units: 3, term: "nnz"} */
export function parseEntry(text) {
  const match = /^([0-9]{1,4})\*(.*)$/.exec(plainDigits(text));
  if (match === null) return { units: null, term: plainDigits(text) };
  return { units: Number(match[1]) || null, term: match[2].trim() };
}

export class Search {
  constructor({ input, list, onChoose, onError }) {
    Object.assign(this, { input, list, onChoose, onError });
    this.products = [];
    this.index = 0;
    this.term = "";
    this.stop = new AbortController();
    this.answer = Promise.resolve();
    input.addEventListener("input", (event) => this.typed(event.isComposing));
    input.addEventListener("compositionend", () => this.typed(false));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  typed(isComposing) {
    let { term } = parseEntry(this.input.value);
    // An input method shows its syllables parted: ni'nai'zi.
    if (isComposing) term = term.replace(/['’ ]/g, "");
    if (term === this.term) return;
    this.term = term;
    this.stop.abort();
    this.products = [];
    if (term === "" || /^[0-9]{8,}$/.test(term)) return this.close();
    this.answer = this.fetchAfterPause(term);
  }

  /** Always ends, also when other typing took its place: Enter waits for it. */
  async fetchAfterPause(term) {
    await new Promise((resolve) => { setTimeout(resolve, pauseMs); });
    if (term === this.term) await this.fetch(term);
  }

  async fetch(term) {
    this.stop = new AbortController();
    try {
      const path = `/products/search?q=${encodeURIComponent(term)}&limit=${limit}`;
      const { items } = await get(path, { signal: this.stop.signal });
      if (term !== this.term) return;
      this.products = items;
      this.index = 0;
      this.render();
    } catch (error) {
      if (!(error instanceof Superseded) && term === this.term) this.onError(error);
    }
  }

  /** Enter: waits for the answer to what is typed, then takes the marked product; false if there is none. */
  async choose() {
    const term = this.term;
    if (term === "") return true;
    await this.answer;
    if (term !== this.term) return true;
    if (this.products.length === 0) return false;
    this.onChoose(this.products[this.index]);
    return true;
  }

  move(step) {
    const count = this.products.length;
    if (count === 0) return;
    this.index = (this.index + step + count) % count;
    this.render();
  }

  close() {
    this.stop.abort();
    this.term = parseEntry(this.input.value).term;
    this.products = [];
    this.list.replaceChildren();
    show(this.list, false);
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  render() {
    const rows = this.products.map((product, index) => this.row(product, index));
    if (rows.length === 0) rows.push(h("li", { class: "none", text: t("nothingFound") }));
    this.list.replaceChildren(...rows);
    show(this.list, true);
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-activedescendant", `found-${this.index}`);
    this.list.children[this.index]?.scrollIntoView({ block: "nearest" });
  }

  row(product, index) {
    const isMarked = index === this.index;
    return h(
      "li",
      {
        id: `found-${index}`, role: "option", "aria-selected": String(isMarked),
        onclick: () => this.onChoose(product),
      },
      h("span", { class: "name", text: product.name }),
      h("span", { class: "unit", text: product.pricing === "weighed" ? t("perKilogram") : product.unit }),
      h("s", { text: yuan(product.listPriceFen) }),
      h("strong", { text: yuan(product.stationPriceFen) }),
    );
  }
}
