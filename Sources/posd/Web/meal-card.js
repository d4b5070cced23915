// Money for meals at the till: into a person's meal account, for meals owed, or given back because
// it was taken by mistake.

import { get, post } from "./api.js";
import { askApproval } from "./approval.js";
import { clockText } from "./clock.js";
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
  const account = await askAccount();
  if (account === null) return null;
  if (account === "undo") return askUndo(tillSessionID);
  const asked = await askPayment(account);
  if (asked === null) return null;
  const body = { id: newID(), tillSessionID, ...asked };
  return outbox.send({ kind: "topUp", path: `/meal-accounts/${account.personID}/top-ups`, body });
}

/** By what the person says or shows: the till learns no more of a person than this. */
async function askAccount() {
  const { items: centres } = await get("/centres");
  if (centres.length === 0) throw new Unusable("meal.noCentre");
  const centreField = { name: "centreID", label: "meal.centre", type: "choice", rows: 5,
    value: centres.find(({ id }) => id === store.load("centre")?.id)?.id,
    options: centres.map((each) => ({ value: each.id, label: nameOf(each) })) };
  const found = await askForm({
    title: "mealCard", intro: t("meal.intro"), size: "wide",
    fields: [{ name: "text", label: "meal.number", type: "code" }, ...(centres.length > 1 ? [centreField] : [])],
    keys: { F8: { label: "meal.undo", run: (dialog) => dialog.close("undo") } },
    async submit({ text, centreID = centres[0].id }) {
      const { items } = await post("/meal-accounts/search", queryOf(text, centreID));
      store.save("centre", { id: centreID });
      return items;
    },
  });
  if (found === null || found === "undo" || found.length === 1) return found === "undo" ? found : found?.[0] ?? null;
  const personID = await askForm({
    title: "mealCard", fields: [{ name: "id", label: "meal.whichPerson", type: "choice", rows: 8,
      options: found.map((each) => ({ value: each.personID, label: each.masked })) }],
    submit: ({ id }) => id,
  });
  return found.find((each) => each.personID === personID) ?? null;
}

/** "0001764" is a number at the centre, "317X 张小英" the last four and the whole name. */
function queryOf(text, centreID) {
  const typed = plainDigits(text);
  const lastFour = /^([0-9]{3}[0-9Xx])\s*([^\s\d].*)$/.exec(typed);
  return lastFour === null ? { number: typed, centreID } : { last4: lastFour[1].toUpperCase(), name: lastFour[2].trim() };
}

const figure = (key, fen) => h("p", {}, h("span", { say: key }), h("strong", { text: yuan(fen) }));

function askPayment({ masked, balanceFen, owedFen }) {
  const options = ["payment", "topUp"].map((value) => ({ value, label: t(`meal.${value}`) }));
  return askForm({
    title: "mealCard", size: "wide columns",
    head: h("div", { class: "account" }, h("p", { class: "big", text: masked }),
      h("div", { class: "figures" }, figure("meal.balance", balanceFen), figure("meal.owed", owedFen))),
    fields: [
      ...(owedFen > 0 ? [{ name: "purpose", label: "meal.purpose", type: "choice", rows: 2, options }] : []),
      { name: "amountFen", label: owedFen > 0 ? "amountYuan" : "meal.topUpYuan", type: "money", value: owedFen > 0 ? yuan(owedFen) : "" },
      { name: "kind", label: "meal.tender", type: "choice", rows: 4, options: tenders.map((value) => ({ value, label: t(`kind.${value}`) })) },
      { name: "given", label: "meal.given", type: "text", isScannable: true, optional: true },
    ],
    submitLabel: "completePayment",
    submit: ({ purpose = "topUp", amountFen, kind, given }) => ({ purpose, amountFen, tender: tenderOf(kind, given, amountFen) }),
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
export function showTopUp({ id, amountFen, balanceFen, owedFen, tender }) {
  const text = t("meal.done", { amount: yuan(amountFen), balance: yuan(balanceFen) });
  say(text);
  showResult(
    "mealCard", [figure("change", tender.changeFen ?? 0), figure("meal.balance", balanceFen)],
    [text, owedFen > 0 ? t("meal.stillOwed", { owed: yuan(owedFen) }) : ""], () => undo({ id, amountFen }));
}

/** Money of this session that may have been a mistake, newest first. */
async function askUndo(tillSessionID) {
  const { items } = await get(`/till-sessions/${tillSessionID}/meal-money`);
  const left = items.filter(({ isUndone }) => !isUndone);
  if (left.length === 0) throw new Unusable("meal.nothingToUndo");
  const label = (one) => `${clockText(one.atMs)}　${one.masked ?? "—"}　${t(`meal.${one.purpose}`)} ${yuan(one.amountFen)}　${t(`kind.${one.kind}`)}`;
  const id = await askForm({
    title: "meal.undo", intro: t("meal.undoIntro"), size: "wide",
    fields: [{ name: "id", label: "meal.whichMoney", type: "choice", rows: 8, options: left.map((one) => ({ value: one.id, label: label(one) })) }],
    submitLabel: "meal.undo", submit: (values) => values.id,
  });
  return id === null ? null : undo(left.find((one) => one.id === id));
}

/** Above what a cashier refunds alone a manager agrees first. */
async function undo({ id, amountFen }) {
  const body = { id: newID() };
  const send = (more) => outbox.send({ kind: "mealUndo", path: `/meal-money/${id}/undo`, body: { ...body, ...more } });
  try {
    return await send({});
  } catch (error) {
    if (error.code !== "approval_needed") throw error;
    const approvalID = await askApproval("refund", body.id, amountFen);
    if (approvalID === null) throw new Unusable("notApproved");
    return send({ approvalID });
  }
}

export function showUndone({ amountFen, tender }) {
  const text = t(tender.kind === "cash" ? "meal.undoneCash" : "meal.undoneCode", { amount: yuan(amountFen), kind: t(`kind.${tender.kind}`) });
  say(text);
  showResult("meal.undone", [figure("meal.giveBack", amountFen)], [text]);
}

/** `wrong` undoes it at once. */
function showResult(title, figures, sentences, wrong = null) {
  const dialog = openDialog({
    title, isScannedAway: true, keys: wrong === null ? {} : { F8: undoThis },
    body: h("div", {},
      h("div", { class: "figures" }, figures),
      sentences.filter((text) => text !== "").map((text) => h("p", { class: "big", text })),
      h("div", { class: "buttons" }, keyButton("Esc", "back", () => dialog.close(), { class: "main" }),
        wrong === null ? null : keyButton("F8", "meal.undoThis", () => undoThis()))),
  });
  dialog.element.querySelector("button").focus();

  async function undoThis() {
    try {
      await wrong();
      dialog.close();
    } catch (error) {
      dialog.fail(error);
    }
  }
}
