// Goods handed out at no charge against a programme: one hand-out per person and programme.

import { get, post } from "./api.js";
import { askPerson, askTill, confirm, personText } from "./ask.js";
import { timeText } from "./clock.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { table } from "./list.js";
import { allProgrammes, chooseProgramme, programmes } from "./manage-programmes.js";
import { wholeNumber } from "./money.js";
import { countText, pickProduct } from "./pick.js";

let rows = [];

export const handOuts = {
  title: "r.handOuts",
  lead: "r.handOutsLead",
  roles: ["manager", "auditor"],

  async load() {
    await programmes.load();
    rows = (await get("/hand-outs?limit=50")).items;
  },

  actions: ({ user }) => (user.role === "manager" ? [{ label: "r.handOut", run: handOut }] : []),

  content: () => [rows.length === 0 ? h("p", { class: "big", say: "r.noHandOut" }) : table([
    { label: "m.time", text: (row) => timeText(row.atMs) },
    { label: "r.programme", text: (row) => allProgrammes().find(({ id }) => id === row.programmeID)?.name ?? "" },
    { label: "goods", text: (row) => row.lines.map(({ name, units, grams, unit }) => `${name ?? ""} ${units ?? grams} ${units ? unit ?? "" : t("m.gram")}`).join("、") },
  ], rows)],
};

async function handOut(context) {
  const id = newID();
  const programme = await chooseProgramme("r.handOut");
  if (programme === null) return null;
  const person = await askPerson("r.handOut", t("r.handOutWho", programme));
  if (person === null) return null;
  const lines = await askGoods();
  if (lines.length === 0) return null;
  const till = await askTill(context, "r.handOutTill");
  if (till === null) return null;
  const goods = lines.map(({ product, count }) => `${product.name} ${countText(product, count)}`).join("、");
  if (!(await confirm("r.handOut", t("r.handOutAsk", { person: personText(person), goods })))) return null;
  await post("/hand-outs", {
    id, programmeID: programme.id, personID: person.personID, tillID: till.id,
    lines: lines.map(({ product, count }) => ({ productID: product.id, [product.pricing === "weighed" ? "grams" : "units"]: count })),
  });
  return t("r.handedOut", { goods });
}

/** One product after the other; an empty field ends the list. */
async function askGoods() {
  const lines = [];
  for (;;) {
    const line = await askForm({
      title: "r.handOut", intro: lines.map(({ product, count }) => `${product.name} ${countText(product, count)}`).join("、") || t("r.goodsIntro"),
      fields: [
        { name: "text", label: "m.addGoods", type: "code", optional: lines.length > 0 },
        { name: "count", label: "quantity", type: "count", value: "1" },
      ],
      async submit({ text, count }) {
        if (text === null) return { isEnd: true };
        const product = await pickProduct(text);
        if (product === null) throw new Unusable("m.noProduct", "text");
        return { product, count: wholeNumber(String(count)) };
      },
    });
    if (line === null) return [];
    if (line.isEnd) return lines;
    if (!lines.some(({ product }) => product.id === line.product.id)) lines.push(line);
  }
}
