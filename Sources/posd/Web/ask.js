// Questions that several sections of the managers' page ask: a person, a day, a till, a file.

import { post } from "./api.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { plainDigits } from "./money.js";

const dateForm = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** "1234 张小英", or a whole identity number: what the daemon looks for. */
export function personQuery(text) {
  const typed = plainDigits(text).replace(/[Ｘｘ]/g, "X");
  const short = /^([0-9]{3}[0-9Xx])\s*([^\s\d].*)$/.exec(typed);
  if (short !== null) return { last4: short[1].toUpperCase(), name: short[2].trim() };
  if (/^[0-9]{17}[0-9Xx]$/.test(typed)) return { identityNumber: typed.toUpperCase() };
  throw new Unusable("m.badPersonQuery");
}

export const searchPeople = async (text) => (await post("/beneficiaries/search", personQuery(text))).items;

/** Asks for a person until one is chosen; null when left. */
export async function askPerson(title, intro = t("m.personIntro")) {
  const found = await askForm({
    title, intro, fields: [{ name: "text", label: "m.personQuery", type: "text", isScannable: true }],
    async submit({ text }) {
      const people = await searchPeople(text);
      if (people.length === 0) throw new Unusable("m.noPerson", "text");
      return people;
    },
  });
  if (found === null) return null;
  return found.length === 1 ? found[0] : chooseOne(title, "m.whichPerson", found, personText);
}

export const personText = ({ name, last4, birthDate, community }) => (
  [name, last4 ? `…${last4}` : null, birthDate, community].filter(Boolean).join("　"));

/** One of several, or null. */
export async function chooseOne(title, label, items, text) {
  const id = await askForm({
    title, fields: [{ name: "id", label, type: "choice", rows: 10,
      options: items.map((item, index) => ({ value: String(index), label: text(item) })) }],
    submit: (values) => values.id,
  });
  return id === null ? null : items[Number(id)];
}

/** The till of this station; asks when there are several. */
export async function askTill(context, title) {
  if (context.tills.length === 0) throw new Unusable("noTill");
  return context.tills.length === 1 ? context.tills[0] : chooseOne(title, "till", context.tills, ({ name }) => name);
}

/** The date in a field, or null where it may be left out. */
export function dateOf(text, field) {
  if (text === null) return null;
  const date = plainDigits(text);
  if (!dateForm.test(date)) throw new Unusable("m.badDate", field);
  return date;
}

export const dateField = (name, label, value, optional = false) => ({ name, label, type: "text", value, optional });

export async function askDate(title, value) {
  return askForm({
    title, fields: [dateField("date", "m.date", value)], submit: ({ date }) => dateOf(date, "date"),
  });
}

export async function askDays(title, from, until) {
  return askForm({
    title, fields: [dateField("from", "m.from", from), dateField("until", "m.until", until)],
    submit: (values) => ({ from: dateOf(values.from, "from"), until: dateOf(values.until, "until") }),
  });
}

/** "粮油、乳品" → ["粮油","乳品"]; nothing typed: null. */
export function words(text) {
  if (text === null) return null;
  const list = text.split(/[、，,;；\s]+/).filter((word) => word !== "");
  return list.length === 0 ? null : [...new Set(list)];
}

/** The code of a category of people by its name or its code. */
export function categoryCode(word, categories) {
  const category = categories.find(({ code, name, nameEn }) => [code, name, nameEn].includes(word));
  if (category === undefined) {
    throw new Unusable("p.unknownCategory", null, { word, all: categories.map(({ name }) => name).join("、") });
  }
  return category.code;
}

/** A question that Enter answers with yes; true or null. */
export const confirm = (title, intro, submitLabel = title) => askForm({
  title, intro, isIntroBig: true, fields: [], submitLabel, submit: () => true,
});

/** The file that is chosen; null when the person gives up. */
export function chooseFile() {
  return new Promise((resolve) => {
    const input = h("input", { type: "file", accept: ".csv,text/csv", hidden: true });
    input.addEventListener("change", () => resolve(input.files[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    document.body.append(input);
    input.click();
    input.remove();
  });
}

/** UTF-8, or GB18030 as Alipay and many offices write it. */
export async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
