// A meal without a face: who, by what, and who saw it.

import { post } from "./api.js";
import { askForm, Unusable } from "./dialog.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { plainDigits } from "./money.js";

const minuteMs = 60_000;

const means = ["card", "code", "name"];

/** Resolves with the meal, or null. */
export async function logMeal(centre) {
  const people = await askForm({
    title: "b.logTitle", intro: t("b.logIntro"), fields: [{ name: "text", label: "b.find", type: "text" }],
    submit: ({ text }) => findPeople(centre, text),
  });
  if (people === null) return null;
  const id = newID();
  return askForm({
    title: "b.logTitle", size: "wide columns",
    fields: [
      { name: "personID", label: "b.person", type: "choice", rows: 8,
        options: people.map((each) => ({ value: each.personID, label: personText(each) })) },
      { name: "means", label: "b.means", type: "number", options: means.map((each) => ({ value: each, label: t(`b.means.${each}`) })) },
      { name: "at", label: "b.at", type: "text", optional: true },
      { name: "witness", label: "b.witness", type: "text" },
      { name: "pin", label: "b.witnessPIN", type: "password" },
    ],
    submitLabel: "b.logNow",
    submit({ at, ...values }) {
      const atMs = momentOf(at);
      return post(`/centres/${centre.id}/meals`, { id, ...values, ...(atMs === null ? {} : { atMs }) });
    },
  });
}

/** "11:45", "11-21 11:45" or "2026-11-21 11:45" on the wall clock of China; blank is now: null. */
export function momentOf(text, nowMs = Date.now()) {
  if (text === null) return null;
  const match = /^(?:(?:([0-9]{4})-)?([0-9]{1,2})-([0-9]{1,2})\s+)?([0-9]{1,2}):([0-9]{2})$/.exec(plainDigits(text).replace(/：/g, ":"));
  if (match === null) throw new Unusable("b.badTime", "at");
  const today = new Date(nowMs + 480 * minuteMs);
  const [year, month, day] = [match[1] ?? today.getUTCFullYear(), match[2] ?? today.getUTCMonth() + 1, match[3] ?? today.getUTCDate()];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(match[4]), Number(match[5])) - 480 * minuteMs;
}

/** People of the centre by name or number; anybody by the last four of the identity number and the name. */
export async function findPeople(centre, text) {
  const typed = plainDigits(text);
  const lastFour = /^([0-9]{3}[0-9Xx])\s*([^\s\d].*)$/.exec(typed);
  const { items } = lastFour === null
    ? await post(`/centres/${centre.id}/people/search`, { text: typed })
    : await post("/beneficiaries/search", { last4: lastFour[1].toUpperCase(), name: lastFour[2].trim() });
  if (items.length === 0) throw new Unusable("b.noPerson", "text");
  return items;
}

const personText = ({ name, masked, number, birthDate }) => (
  [name ?? masked, number ?? birthDate].filter(Boolean).join("　"));
