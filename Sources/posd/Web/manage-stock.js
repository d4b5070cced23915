// Stock: goods that come, go back, go bad or are counted; what to order; what goes bad soon.

import { get, post } from "./api.js";
import { timeText } from "./clock.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { table } from "./list.js";
import { fenFromYuan, plainDigits, wholeNumber, yuan } from "./money.js";
import { countText, pickProduct } from "./pick.js";

const writeOffReasons = ["expired", "damaged", "spoiled", "lost", "ownUse"];
let sheet = null;
let partners = [];
let reorder = [];
let expiring = [];
let events = [];

export const stock = {
  id: "stock",
  title: "m.stock",
  lead: "m.stockLead",
  roles: ["manager", "auditor"],

  async load() {
    if (sheet !== null) return keepTyped();
    partners = (await get("/partners")).items;
    reorder = (await get("/stock/reorder")).items;
    expiring = (await get("/stock/expiring?days=30")).items;
    events = (await get("/stock/events?limit=20")).items;
  },

  actions({ user }) {
    if (user.role !== "manager") return [];
    if (sheet !== null) {
      return [{ label: "m.saveSheet", run: saveSheet }, { label: "m.leaveSheet", run: leaveSheet }];
    }
    return [
      { label: "m.delivery", run: () => begin("delivery") },
      { label: "m.stocktake", run: () => begin("stocktake") },
      { label: "m.writeOff", run: () => begin("writeOff") },
      { label: "m.sendBack", run: () => begin("sendBack") },
      { label: "m.addPartner", run: addPartner },
    ];
  },

  content: () => (sheet === null ? lists() : sheetContent()),

  drawn() {
    if (sheet !== null) document.getElementById("add")?.focus();
  },

  /** Scanned goods go onto the sheet. */
  scanned: (digits) => (sheet === null ? null : add(digits)),

  typed(event, run) {
    const isOnSheet = sheet !== null && event.target.closest("#content") !== null;
    if (event.target.tagName !== "INPUT" || !isOnSheet) return;
    if (event.key === "Escape" && event.target.id === "add") run({ run: leaveSheet });
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (event.target.id !== "add") return nextField(event.target);
    const text = event.target.value.trim();
    if (text === "") return run({ run: saveSheet });
    run({ run: () => add(text) });
  },
};

function lists() {
  return [
    h("h2", { say: "m.reorder" }),
    reorder.length === 0 ? h("p", { say: "m.nothingToOrder" }) : table([
      { label: "goods", text: ({ product }) => product.name },
      { label: "m.inStock", text: ({ product }) => countText(product, product.stock), class: "amount bad" },
      { label: "m.toOrder", text: ({ product, toOrder }) => countText(product, toOrder), class: "amount" },
      { label: "m.soldIn28Days", text: ({ product, soldIn28Days }) => countText(product, soldIn28Days), class: "amount" },
    ], reorder),
    h("h2", { say: "m.expiring" }),
    expiring.length === 0 ? h("p", { say: "m.nothingExpires" }) : table([
      { label: "m.bestBefore", text: ({ bestBefore }) => bestBefore },
      { label: "m.daysLeft", element: ({ daysLeft }) => h(
        "span", { class: daysLeft < 7 ? "bad" : null, text: daysLeft < 0 ? t("m.expired") : String(daysLeft) }) },
      { label: "goods", text: ({ product }) => product.name },
      { label: "m.inStock", text: ({ product }) => countText(product, product.stock), class: "amount" },
    ], expiring),
    h("h2", { say: "m.stockEvents" }),
    table([
      { label: "m.time", text: ({ atMs }) => timeText(atMs) },
      { label: "m.kind", text: ({ kind, reason }) => t(`m.${kind}`) + (reason ? ` · ${t(`m.reason.${reason}`)}` : "") },
      { label: "m.partner", text: ({ partnerID }) => partners.find(({ id }) => id === partnerID)?.name ?? "" },
      { label: "m.lines", text: ({ lines }) => String(lines.length), class: "amount" },
      { label: "m.cost", text: ({ costFen }) => (costFen === 0 ? "" : yuan(costFen)), class: "amount" },
      { label: "m.responsible", text: ({ recordedBy }) => recordedBy.displayName },
    ], events),
  ];
}

async function addPartner() {
  const id = newID();
  return askForm({
    title: "m.addPartner", intro: t("m.addPartnerIntro"),
    fields: [
      { name: "kind", label: "m.kind", type: "number", options: ["supplier", "donor"].map((kind) => ({ value: kind, label: t(`m.${kind}`) })) },
      { name: "name", label: "m.partnerName", type: "text" },
    ],
    async submit(values) {
      await post("/partners", { id, ...values });
      return t("m.partnerAdded", values);
    },
  });
}

/** A sheet: its kind and what belongs to it, then rows of products. */
async function begin(kind) {
  const head = await askHead(kind);
  if (head === null) return;
  sheet = { id: newID(), kind, ...head, rows: [] };
}

function askHead(kind) {
  if (kind === "stocktake") return {};
  if (kind === "writeOff") {
    const options = writeOffReasons.map((reason) => ({ value: reason, label: t(`m.reason.${reason}`) }));
    return askForm({
      title: "m.writeOff", fields: [{ name: "reason", label: "reason", type: "number", options }], submit: (values) => values,
    });
  }
  const usable = partners.filter((partner) => kind === "delivery" || partner.kind === "supplier");
  if (usable.length === 0) throw new Unusable("m.partnerFirst");
  const options = usable.map(({ id, name, kind: partnerKind }) => ({ value: id, label: `${name}（${t(`m.${partnerKind}`)}）` }));
  return askForm({
    title: `m.${kind}`, fields: [{ name: "partnerID", label: "m.partner", type: "choice", rows: 8, options }],
    submit: (values) => values,
  });
}

function leaveSheet() {
  sheet = null;
  return t("m.sheetLeft");
}

async function add(text) {
  const product = await pickProduct(text);
  if (product === null) return;
  keepTyped();
  const known = sheet.rows.find((row) => row.product.id === product.id);
  if (known === undefined) sheet.rows.push({ product, count: "", cost: "", bestBefore: "" });
  sheet.focus = product.id;
  setTimeout(() => document.querySelector(`[data-count="${product.id}"]`)?.focus());
}

const needsCost = () => {
  const partner = partners.find(({ id }) => id === sheet.partnerID);
  return partner?.kind === "supplier";
};

function sheetContent() {
  const input = (row, name, attributes = {}) => h("input", { value: row[name], autocomplete: "off", ...attributes });
  const columns = [
    { label: "goods", text: ({ product }) => product.name },
    { label: "m.inStock", text: ({ product }) => countText(product, product.stock), class: "amount" },
    { label: sheet.kind === "stocktake" ? "m.countedStock" : "quantity", element: (row) => h(
      "span", {}, input(row, "count", { "data-count": row.product.id, inputmode: "numeric" }),
      ` ${row.product.pricing === "weighed" ? t("m.gram") : row.product.unit}`) },
  ];
  if (needsCost()) {
    columns.push({ label: "m.lineCost", element: (row) => input(row, "cost", { "data-cost": row.product.id, inputmode: "decimal" }) });
  }
  if (sheet.kind === "delivery") {
    columns.push({ label: "m.bestBefore", element: (row) => input(row, "bestBefore", {
      "data-before": row.product.id, type: "date", class: "date",
    }) });
  }
  return [
    h("h2", { say: `m.${sheet.kind}` }),
    h(
      "div", { class: "entry" }, h("label", { for: "add", say: "m.addGoods" }),
      h("input", { id: "add", hint: "m.addGoodsHint", autocomplete: "off", spellcheck: "false" })),
    sheet.rows.length === 0 ? h("p", { say: "m.emptySheet" }) : table(columns, sheet.rows),
  ];
}

/** Enter goes through the fields of a row, then to the next product. */
function nextField(field) {
  const fields = [...field.closest("tr").querySelectorAll("input")];
  const next = fields[fields.indexOf(field) + 1] ?? document.getElementById("add");
  next.focus();
  next.select?.();
}

/** What stands in the fields, before they are drawn anew. */
function keepTyped() {
  for (const row of sheet.rows) {
    const typed = (name) => document.querySelector(`[data-${name}="${row.product.id}"]`)?.value;
    row.count = typed("count") ?? row.count;
    row.cost = typed("cost") ?? row.cost;
    row.bestBefore = typed("before") ?? row.bestBefore;
  }
}

async function saveSheet() {
  keepTyped();
  if (sheet.rows.length === 0) throw new Unusable("m.emptySheet");
  const lines = sheet.rows.map(line);
  const paths = { delivery: "deliveries", stocktake: "counts", writeOff: "write-offs", sendBack: "sent-back" };
  const body = { id: sheet.id, lines };
  if (sheet.partnerID) body.partnerID = sheet.partnerID;
  if (sheet.reason) body.reason = sheet.reason;
  const saved = await post(`/stock/${paths[sheet.kind]}`, body);
  const differs = saved.lines.filter(({ moved }) => moved !== 0).length;
  const text = sheet.kind === "stocktake" ? t("m.counted.differ", { count: differs }) : t("m.sheetSaved");
  sheet = null;
  return text;
}

function line({ product, count, cost, bestBefore }) {
  const isZero = sheet.kind === "stocktake" && /^0+$/.test(plainDigits(count));
  const number = isZero ? 0 : wholeNumber(count);
  if (number === null) throw new Unusable("m.badLineCount", null, { name: product.name });
  const made = { productID: product.id, [product.pricing === "weighed" ? "grams" : "units"]: number };
  if (needsCost() && cost !== "") {
    const fen = fenFromYuan(cost);
    if (fen === null) throw new Unusable("m.badLineCost", null, { name: product.name });
    made.costFen = fen;
  }
  if (bestBefore !== "") made.bestBefore = bestBefore;
  return made;
}
