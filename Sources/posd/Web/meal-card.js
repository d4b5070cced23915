// Money for meals at the till: into a person's meal account, or for meals owed.

import { get, post } from "./api.js";
import { askForm, openDialog, Unusable } from "./dialog.js";
import { h, keyButton } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { fenFromYuan, plainDigits, yuan } from "./money.js";
import * as outbox from "./outbox.js";
import { nameOf } from "./reasons.js";
import { say } from "./screen.js";
import * as store from "./store.js";

const tenders = ["cash", "wechat", "alipay", "bankCard"];

/** Resolves with the top-up, or null. */
export async function askMealCard({ tillSessionID }) {
  const person = await askPerson();
  if (person === null) return null;
  const account = await get(`/meal-accounts/${person.personID}`);
  const asked = await askPayment(person, account);
  if (asked === null) return null;
  const body = { id: newID(), tillSessionID, ...asked };
  return outbox.send({ kind: "topUp", path: `/meal-accounts/${person.personID}/top-ups`, body });
}

/** By the number on the terminal of a centre: a cashier learns no more of a person than this. */
async function askPerson() {
  const { items: centres } = await get("/centres");
  if (centres.length === 0) throw new Unusable("meal.noCentre");
  const centreField = { name: "centreID", label: "meal.centre", type: "choice", rows: 5,
    value: centres.find(({ id }) => id === store.load("centre")?.id)?.id,
    options: centres.map((each) => ({ value: each.id, label: nameOf(each) })) };
  const found = await askForm({
    title: "mealCard", intro: t("meal.intro"),
    fields: [{ name: "text", label: "meal.number", type: "code" }, ...(centres.length > 1 ? [centreField] : [])],
    async submit({ text, centreID = centres[0].id }) {
      const { items } = await post(`/centres/${centreID}/people/search`, { text: plainDigits(text) });
      if (items.length === 0) throw new Unusable("meal.nobody", "text");
      store.save("centre", { id: centreID });
      return items;
    },
  });
  if (found === null || found.length === 1) return found?.[0] ?? null;
  const personID = await askForm({
    title: "mealCard", fields: [{ name: "id", label: "meal.whichPerson", type: "choice", rows: 8,
      options: found.map((each) => ({ value: each.personID, label: `${each.masked}　${each.number}` })) }],
    submit: ({ id }) => id,
  });
  return found.find((each) => each.personID === personID) ?? null;
}

function askPayment({ masked, number }, { balanceFen, owedFen }) {
  const purposes = (owedFen > 0 ? ["payment", "topUp"] : ["topUp"]).map((value) => ({ value, label: t(`meal.${value}`) }));
  return askForm({
    title: "mealCard", size: "wide columns",
    intro: t("meal.account", { name: masked ?? "", number: number ?? "", balance: yuan(balanceFen), owed: yuan(owedFen) }),
    fields: [
      { name: "purpose", label: "meal.purpose", type: "choice", rows: 2, options: purposes },
      { name: "amountFen", label: "amountYuan", type: "money", value: owedFen > 0 ? yuan(owedFen) : "" },
      { name: "kind", label: "meal.tender", type: "choice", rows: 4, options: tenders.map((value) => ({ value, label: t(`kind.${value}`) })) },
      { name: "given", label: "meal.given", type: "text", isScannable: true, optional: true },
    ],
    submitLabel: "completePayment",
    submit: ({ purpose, amountFen, kind, given }) => ({ purpose, amountFen, tender: tenderOf(kind, given, amountFen) }),
  });
}

/** Cash as given, else the exact amount; a code or card with its reference. */
function tenderOf(kind, given, amountFen) {
  if (kind !== "cash") {
    if (given === null) throw new Unusable("referenceNeeded", "given");
    return { kind, reference: given };
  }
  const givenFen = given === null ? amountFen : fenFromYuan(given);
  if (givenFen === null) throw new Unusable("badAmount", "given");
  return { kind, givenFen };
}

/** After it is on record, also when the answer came only after a reload. */
export function showTopUp({ amountFen, balanceFen, owedFen, tender }) {
  say(t("meal.done", { amount: yuan(amountFen), balance: yuan(balanceFen) }));
  const figure = (key, fen) => h("p", {}, h("span", { say: key }), h("strong", { text: yuan(fen) }));
  const dialog = openDialog({
    title: "mealCard", isScannedAway: true,
    body: h("div", {},
      h("div", { class: "figures" }, figure("change", tender.changeFen ?? 0), figure("meal.balance", balanceFen)),
      h("p", { class: "big", text: t("meal.done", { amount: yuan(amountFen), balance: yuan(balanceFen) }) }),
      owedFen > 0 ? h("p", { text: t("meal.stillOwed", { owed: yuan(owedFen) }) }) : null,
      h("div", { class: "buttons" }, keyButton("Esc", "back", () => dialog.close(), { class: "main" }))),
  });
  dialog.element.querySelector("button").focus();
}
