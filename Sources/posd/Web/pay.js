// Paying: cash, code or card, or several of them. What is left and what goes back comes from the daemon.

import { post } from "./api.js";
import { askApproval } from "./approval.js";
import * as basket from "./basket.js";
import { openDialog, Unusable } from "./dialog.js";
import { byID, h, keyButton, show } from "./dom.js";
import { t } from "./i18n.js";
import { fenFromYuan, yuan } from "./money.js";
import * as outbox from "./outbox.js";
import { askAgain, settled } from "./pricing.js";
import { agreeToVouchers, seen, toPay } from "./shown.js";

const kinds = { F6: "cash", F7: "wechat", F8: "alipay", F9: "bankCard" };
const pauseMs = 120;
const suggestionKeys = 5;
let approval = null;

/** Resolves with the sale, with {refusal} when paying cannot go on, or null when the cashier went back. */
export async function pay({ tillSessionID, isManager }) {
  if (!basket.hasGoods()) throw new Unusable("emptyBasket");
  if ((await settled()) === null) throw new Unusable("noPriceYet");
  const quote = await post("/quotes", { ...basket.request(), tenders: [] });
  if (!(await agreeToVouchers(quote))) return null;
  return new Payment(quote, { tillSessionID, isManager }).dialog.result;
}

class Payment {
  constructor(quote, terms) {
    Object.assign(this, { quote, terms, base: quote, live: quote });
    this.parts = [];
    this.kind = "cash";
    this.isBusy = false;
    this.question = 0;
    const keys = { Delete: () => this.dropPart() };
    for (const [key, kind] of Object.entries(kinds)) keys[key] = () => this.choose(kind);
    for (let index = 0; index < suggestionKeys; index += 1) {
      keys[`F${index + 1}`] = () => this.suggest(index);
    }
    this.dialog = openDialog({ title: "payTitle", size: "wide pay", keys, body: this.body() });
    this.choose("cash");
  }

  body() {
    return h(
      "form", { id: "pay", novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault(),
        onkeydown: (event) => this.pressed(event), oninput: () => this.typed() },
      h("div", { class: "figures" },
        h("p", {}, h("span", { say: "due" }), h("strong", { id: "pay-due" })),
        h("p", { id: "pay-left" },
          h("span", { id: "pay-left-label" }), h("strong", { id: "pay-left-amount" }))),
      h("div", { class: "methods" }, Object.entries(kinds).map(([key, kind]) => (
        keyButton(key, `kind.${kind}`, () => this.choose(kind), { "data-kind": kind })))),
      h("ul", { id: "pay-parts", "aria-live": "polite" }),
      h("div", { class: "field" }, h("label", { for: "pay-amount", id: "pay-amount-label" }),
        h("input", { id: "pay-amount", class: "money", inputmode: "decimal", autocomplete: "off" })),
      h("div", { class: "field", id: "pay-reference-row" },
        h("label", { for: "pay-reference", say: "reference" }),
        h("input", { id: "pay-reference", autocomplete: "off", "data-scan": true })),
      h("div", { id: "pay-quick", class: "quick" }),
      h("div", { class: "buttons" },
        keyButton("Enter", "completePayment", () => this.enter(), { class: "main" }),
        keyButton("Esc", "backToBasket", () => this.dialog.close())),
    );
  }

  choose(kind) {
    this.kind = kind;
    const isCash = kind === "cash";
    byID("pay-amount").value = isCash ? "" : yuan(this.base.payment.remainingFen);
    byID("pay-reference").value = "";
    byID("pay-amount-label").textContent = t(isCash ? "cashGiven" : "amountYuan");
    show(byID("pay-reference-row"), !isCash);
    show(byID("pay-quick"), isCash);
    byID(isCash ? "pay-amount" : "pay-reference").focus();
    this.typed();
  }

  suggest(index) {
    const fen = this.base.cashSuggestionsFen[index];
    if (fen === undefined) return;
    if (this.kind !== "cash") this.choose("cash");
    byID("pay-amount").value = yuan(fen);
    byID("pay-amount").focus();
    this.typed();
  }

  dropPart() {
    const typed = byID(this.kind === "cash" ? "pay-amount" : "pay-reference").value;
    if (typed !== "" || this.parts.length === 0) return;
    this.parts.pop();
    this.rebase().catch((error) => this.dialog.fail(error));
  }

  /** What the parts already taken leave to pay. */
  async rebase() {
    this.base = await this.ask(this.parts);
    this.choose("cash");
  }

  typed() {
    this.dialog.fail(null);
    this.render();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh().catch((error) => this.dialog.fail(error)), pauseMs);
  }

  async refresh() {
    if (!this.dialog.element.open) return null;
    const question = (this.question += 1);
    this.live = null;
    this.render();
    const tenders = this.tenders();
    const quote = tenders === null ? this.base : await this.ask(tenders);
    if (question === this.question) this.live = quote;
    this.render();
    return quote;
  }

  ask(tenders) {
    return post("/quotes", { ...basket.request(), tenders });
  }

  /** The parts with what is in the fields; null while that is not an amount yet. */
  tenders() {
    const text = byID("pay-amount").value;
    const reference = byID("pay-reference").value.trim();
    const fen = fenFromYuan(text);
    if (text.trim() === "" || (this.kind !== "cash" && reference === "")) return this.parts;
    if (fen === null) return null;
    const part = this.kind === "cash"
      ? { kind: "cash", givenFen: fen } : { kind: this.kind, amountFen: fen, reference };
    return [...this.parts, part];
  }

  pressed(event) {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName === "BUTTON") return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) this.enter();
  }

  async enter() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.dialog.fail(null);
    try {
      await this.proceed();
    } catch (error) {
      this.dialog.fail(error);
    } finally {
      this.isBusy = false;
    }
  }

  async proceed() {
    clearTimeout(this.timer);
    const isCash = this.kind === "cash";
    const isEmpty = byID("pay-amount").value.trim() === "";
    if (isCash && isEmpty && this.base.payment.remainingFen > 0) return this.suggest(0);
    if (!isCash && byID("pay-reference").value.trim() === "") {
      byID("pay-reference").focus();
      throw new Unusable("referenceNeeded");
    }
    const tenders = this.tenders();
    if (tenders === null) throw new Unusable("badAmount");
    const quote = await this.refresh();
    if (quote.payment.remainingFen === 0) return this.complete(tenders, quote);
    if (isCash) throw new Unusable("stillToPay", null, { amount: yuan(quote.payment.remainingFen) });
    this.parts = tenders;
    await this.rebase();
  }

  async complete(tenders, quote) {
    const approvalID = await this.approval(quote);
    if (approvalID === null) return;
    const body = {
      id: basket.saleID(), tillSessionID: this.terms.tillSessionID, ...basket.request(),
      tenders, dueFen: quote.totals.dueFen, ...seen(this.quote),
    };
    if (basket.basketID() !== null) body.basketID = basket.basketID();
    if (approvalID !== undefined) body.approvalID = approvalID;
    try {
      this.dialog.close(await outbox.send({ kind: "sale", path: "/sales", body, saleID: body.id }));
    } catch (error) {
      await this.refused(error);
    }
  }

  /** undefined: none needed; null: the manager did not approve. */
  async approval(quote) {
    const [act] = quote.approvalsNeeded ?? [];
    if (act === undefined || this.terms.isManager) return undefined;
    const { dueFen } = quote.totals;
    const content = JSON.stringify([basket.saleID(), basket.request(), dueFen]);
    if (approval?.content !== content) {
      approval = { content, id: await askApproval(act, basket.saleID(), dueFen) };
    }
    const { id } = approval;
    if (id === null) approval = null;
    return id;
  }

  async refused(error) {
    if (["approval_needed", "approval_not_valid"].includes(error.code)) approval = null;
    const isOver = error instanceof outbox.Replayed
      || ["basket_gone", "till_session_closed", "id_reused", "voucher_refused", "vouchers_changed"].includes(error.code);
    if (isOver) {
      return this.dialog.close({ refusal: error });
    }
    this.quote = (await askAgain()) ?? this.quote;
    this.base = await this.ask(this.parts);
    await this.refresh();
    throw error;
  }

  render() {
    if (!this.dialog.element.open) return;
    const { payment } = this.live ?? {};
    byID("pay-due").textContent = yuan(toPay(this.quote));
    const isPaid = payment?.remainingFen === 0;
    byID("pay-left").classList.toggle("paid", isPaid);
    byID("pay-left-label").textContent = t(isPaid ? "change" : "remaining");
    byID("pay-left-amount").textContent = payment === undefined
      ? "…" : yuan(isPaid ? payment.changeFen : payment.remainingFen);
    for (const button of this.dialog.element.querySelectorAll("[data-kind]")) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === this.kind));
    }
    byID("pay-parts").replaceChildren(...this.parts.map((part) => h(
      "li", {}, h("span", { text: t(`kind.${part.kind}`) }), h("strong", { text: yuan(part.amountFen) }),
      h("span", { text: part.reference }))));
    if (this.parts.length > 0) byID("pay-parts").append(h("li", { class: "hint", text: t("dropPart") }));
    byID("pay-quick").replaceChildren(...this.base.cashSuggestionsFen.map(
      (fen, index) => h("button", { type: "button", onclick: () => this.suggest(index) },
        index < suggestionKeys ? h("kbd", { text: `F${index + 1}` }) : null, h("strong", { text: yuan(fen) }))));
  }
}
