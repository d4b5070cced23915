// Goods and prices: search, add, change, when to order, shelf labels.

import { del, get, post, put } from "./api.js";
import { askForm } from "./dialog.js";
import { h } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { List } from "./list.js";
import { yuan } from "./money.js";
import { showPaper } from "./paper.js";
import { countText } from "./pick.js";

let wanted = "";
let unlisted = [];

const list = new List([
  { label: "goods", text: (row) => row.name },
  { label: "m.category", text: (row) => row.category },
  { label: "column.list", text: (row) => yuan(row.listPriceFen), class: "amount" },
  { label: "column.station", text: (row) => yuan(row.stationPriceFen), class: "amount" },
  { label: "m.inStock", text: (row) => countText(row, row.stock), class: "amount" },
  { label: "m.barcode", text: (row) => row.barcode ?? "" },
]);

export const goods = {
  id: "goods",
  title: "m.goods",
  lead: "m.goodsLead",
  roles: ["manager", "auditor"],
  list,

  async load() {
    const path = wanted === "" ? "/products?limit=50" : `/products/search?limit=50&q=${encodeURIComponent(wanted)}`;
    list.set((await get(path)).items);
    unlisted = (await get("/unlisted-goods")).items;
  },

  actions({ user }) {
    if (user.role !== "manager") return [];
    const some = list.current !== null;
    return [
      some && { label: "m.changePrice", run: () => changePrice(list.current) },
      some && { label: "m.shelfLabel", run: () => showPaper(`/products/${list.current.id}/shelf-label`, { columns: 32 }) },
      some && { label: "m.changeProduct", run: (context) => changeProduct(list.current, context) },
      some && { label: "m.reorderLevel", run: () => setReorderLevel(list.current) },
      { label: "m.addProduct", run: (context) => addProduct(context) },
    ].filter(Boolean);
  },

  content() {
    return [
      h(
        "div", { class: "entry" }, h("label", { for: "find", say: "m.find" }),
        h("input", { id: "find", value: wanted, hint: "scanHint", autocomplete: "off", spellcheck: "false" })),
      list.rows.length === 0 ? h("p", { say: "nothingFound" }) : list.element(),
      unlisted.length > 0 && h("h2", { say: "m.unlisted" }),
      unlisted.length > 0 && h("ul", { class: "notes" }, unlisted.map((each) => h("li", {
        text: `${each.name}　${each.barcode ?? ""}　${yuan(each.lastPriceFen)} ${t("yuanSign")} × ${each.saleCount}`,
      }))),
    ].filter(Boolean);
  },

  scanned(digits) {
    wanted = digits;
  },

  typed(event, run) {
    if (event.target.id !== "find") return;
    if (event.key === "Escape") event.target.blur();
    if (event.key === "ArrowDown") {
      event.preventDefault();
      event.target.blur();
      return list.move(0);
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    wanted = event.target.value.trim();
    run({ run: () => {} }).then(() => document.activeElement?.blur());
  },
};

const fieldsOf = (product, context) => [
  { name: "name", label: "m.productName", type: "text", value: product?.name },
  { name: "listPriceFen", label: "listPrice", type: "money", value: product ? yuan(product.listPriceFen) : "" },
  { name: "category", label: "m.category", type: "text", value: product?.category ?? context.categories[0] },
  { name: "unit", label: "m.unit", type: "text", value: product?.unit },
  { name: "barcode", label: "m.barcode", type: "text", value: product?.barcode ?? "", optional: true },
];

/** The whole product as it is to be. */
const bodyOf = (product, values) => {
  const body = {
    name: product.name, category: product.category, unit: product.unit, pricing: product.pricing,
    listPriceFen: product.listPriceFen, barcode: product.barcode, itemCode: product.itemCode, origin: product.origin, ...values,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
};

function changePrice(product) {
  const id = newID();
  return askForm({
    title: "m.changePrice", intro: `${product.name}　${t("m.nowPrice", { yuan: yuan(product.listPriceFen) })}`,
    fields: [{ name: "listPriceFen", label: "listPrice", type: "money" }],
    async submit(values) {
      const changed = await post(`/products/${product.id}/changes`, { id, ...bodyOf(product, values) });
      return t("m.priceChanged", {
        name: changed.name, list: yuan(changed.listPriceFen), station: yuan(changed.stationPriceFen),
      });
    },
  });
}

function changeProduct(product, context) {
  const id = newID();
  return askForm({
    title: "m.changeProduct", size: "wide columns", fields: fieldsOf(product, context),
    async submit(values) {
      await post(`/products/${product.id}/changes`, { id, ...bodyOf(product, values) });
      return t("m.productChangedNow", { name: values.name });
    },
  });
}

function addProduct(context) {
  const id = newID();
  const pricings = ["counted", "weighed"].map((pricing) => ({ value: pricing, label: t(`m.${pricing}`) }));
  return askForm({
    title: "m.addProduct", size: "wide columns",
    fields: [...fieldsOf(null, context), { name: "pricing", label: "m.pricing", type: "choice", options: pricings, rows: 2 }],
    async submit(values) {
      const { barcode, ...others } = values;
      await post("/products", { id, ...others, ...(barcode === null ? {} : { barcode }) });
      wanted = values.name;
      return t("m.productAddedNow", { name: values.name });
    },
  });
}

function setReorderLevel(product) {
  return askForm({
    title: "m.reorderLevel", intro: t("m.reorderIntro", { name: product.name, stock: countText(product, product.stock) }),
    fields: [
      { name: "orderAt", label: "m.orderAt", type: "count", optional: true },
      { name: "orderUpTo", label: "m.orderUpTo", type: "count", optional: true },
    ],
    async submit(values) {
      if (values.orderAt === null || values.orderUpTo === null) {
        await del(`/products/${product.id}/reorder-level`);
        return t("m.reorderOff");
      }
      await put(`/products/${product.id}/reorder-level`, values);
      return t("m.reorderSet");
    },
  });
}
