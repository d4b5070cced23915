// Baskets set aside, and baskets given up before payment.

import { get, post, put } from "./api.js";
import { askApproval } from "./approval.js";
import * as basket from "./basket.js";
import { clockText } from "./clock.js";
import { askForm, Unusable } from "./dialog.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { yuan } from "./money.js";
import * as outbox from "./outbox.js";
import { reasonOptions } from "./reasons.js";
import { say } from "./screen.js";

const mostPriced = 20;

export function holdOrResume() {
  return basket.hasGoods() ? holdBasket() : resumeBasket();
}

async function holdBasket() {
  const id = basket.basketID() ?? newID();
  const held = await askForm({
    title: "holdTitle", intro: t("holdIntro"),
    fields: [{ name: "label", label: "holdLabel", type: "text", value: clockText(Date.now()) }],
    submitLabel: "hold",
    submit: ({ label }) => put(`/baskets/${id}`, { label, ...basket.goodsRequest() }),
  });
  if (held === null) return;
  const hadShown = basket.shown().length > 0;
  basket.clear();
  say(t(hadShown ? "heldWithoutCodes" : "held"));
}

async function resumeBasket() {
  const { items } = await get("/baskets");
  if (items.length === 0) throw new Unusable("nothingHeld");
  const quotes = await Promise.all(items.map(quoteOf));
  const held = await askForm({
    title: "resumeTitle", intro: t("resumeIntro"),
    fields: [{ name: "id", label: "heldBaskets", type: "choice", options: items.map((each, index) => ({
      value: each.id, label: heldText(each, quotes[index]),
    })) }],
    submitLabel: "resume",
    submit: ({ id }) => get(`/baskets/${id}`),
  });
  if (held === null) return;
  basket.resume(held);
  say(t("resumed", { label: held.label }));
}

/** Everything in the basket, on record with its reason. */
export async function voidBasket({ tillSessionID, isManager }) {
  if (basket.isEmpty()) throw new Unusable("emptyBasket");
  if (basket.lines().length === 0) return basket.clear({ keepUndo: true });
  const id = newID();
  await askForm({
    title: "voidTitle", intro: t("voidIntro"),
    fields: [{ name: "reason", label: "reason", type: "choice", options: reasonOptions(), value: "changedMind" }],
    submitLabel: "voidAll",
    async submit({ reason }) {
      const body = { id, tillSessionID, items: basket.request().items, reason };
      if (basket.basketID() !== null) body.basketID = basket.basketID();
      return sendVoid(body, isManager);
    },
  });
}

async function sendVoid(body, isManager) {
  const entry = { kind: "void", path: "/voids", body, saleID: basket.saleID() };
  if (!isManager) {
    const approvalID = await askApproval("voidBasket", body.id);
    if (approvalID === null) throw new Unusable("notApproved");
    body.approvalID = approvalID;
  }
  return outbox.send(entry);
}

/** A held basket that another till sold or gave up. */
export function dropGoneBasket() {
  basket.clear({ keepUndo: true });
}

/** The price of a held basket today; the list also does without. */
async function quoteOf({ items, gift }, index) {
  if (!items?.length || index >= mostPriced) return null;
  try {
    return await post("/quotes", gift ? { items, gift: basket.giftRequest(gift) } : { items });
  } catch {
    return null;
  }
}

function heldText({ label, items, heldAtMs }, quote) {
  const sum = quote ? ` · ${yuan(quote.totals.dueFen)} ${t("yuanSign")} · ${quote.lines[0].name}` : "";
  const count = items ? ` · ${t("goodsCount", { count: items.length })}` : "";
  const time = heldAtMs && !label.includes(clockText(heldAtMs)) ? ` · ${clockText(heldAtMs)}` : "";
  return `${label}${time}${sum}${count}`;
}
