// Goods brought back, against the number on the receipt. The daemon says what is paid back and how.

import { get, post } from "./api.js";
import { askApproval } from "./approval.js";
import { askForm, numberedSelect, openDialog, Unusable } from "./dialog.js";
import { byID, h, keyButton } from "./dom.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { kilograms, wholeNumber, yuan } from "./money.js";
import * as outbox from "./outbox.js";
import { reasonOptions } from "./reasons.js";

const pauseMs = 120;

/** Resolves with the return (a sale of kind "return"), or null. */
export async function askReturn(terms) {
  const sale = await askForm({
    title: "returnTitle", intro: t("returnIntro"),
    fields: [{ name: "number", label: "receiptNumber", type: "receipt" }],
    submit: ({ number }) => get(`/sales/by-number/${number}`),
  });
  if (sale === null) return null;
  const isOver = sale.kind !== "sale" || (leftOf(sale).length === 0 && !sale.isGiftReturnable);
  if (isOver) throw new Unusable("nothingToReturn");
  return new Return(sale, terms).dialog.result;
}

/** The lines of which something can still come back. */
function leftOf(sale) {
  return sale.returnable.filter((left) => (left.units ?? left.grams) > 0);
}

/** The last word before money goes back. */
function askRefund(quote) {
  const ways = [
    ...quote.refunds.map(
      ({ kind, amountFen }) => t("refundWay", { amount: yuan(amountFen), kind: t(`kind.${kind}`) })),
    ...backOnVouchers(quote).map(({ amountFen }) => t("refundWay", { amount: yuan(amountFen), kind: t("toVoucher") })),
  ];
  if (ways.length === 0) ways.push(t("noCashBack"));
  return askForm({
    title: "returnTitle", intro: t("refundAsk", { ways: ways.join(" + ") }), isIntroBig: true,
    fields: [], submitLabel: "refundNow", submit: () => true,
  });
}

/** What goes back on vouchers; other parts of vouchers go to nobody here. */
const backOnVouchers = ({ vouchers = [] }) => vouchers.filter(({ to }) => to === "toBalance");

class Return {
  constructor(sale, terms) {
    Object.assign(this, { sale, terms, id: newID(), quote: null, isBusy: false, question: 0 });
    this.dialog = openDialog({
      title: "returnTitle", size: "wide", keys: { F6: () => this.takeAll() }, body: this.body(),
    });
    (this.inputs()[0] ?? byID("return-reason")).focus();
    this.typed();
  }

  body() {
    const { sale } = this;
    const canRefundGift = sale.isGiftReturnable && this.terms.isManager;
    return h(
      "form", { id: "return", novalidate: true, autocomplete: "off", oninput: () => this.typed(),
        onsubmit: (event) => { event.preventDefault(); this.confirm(); } },
      h("p", { class: "intro", text: t("returnOf", { number: sale.number, date: sale.businessDate }) }),
      h("div", { class: "scroll" }, h("table", {},
        h("thead", {}, h("tr", {}, ["goods", "canReturn", "returnNow"].map((key) => h("th", { say: key })))),
        h("tbody", {}, leftOf(sale).map((left) => this.row(left))))),
      canRefundGift ? h("label", { class: "check" }, h("input", { type: "checkbox", id: "return-gift" }),
        h("span", { text: t("returnGift", { amount: yuan(sale.gift.amountFen) }) })) : null,
      h("p", { id: "return-refund", class: "figure", "aria-live": "polite" }),
      h("div", { class: "field" }, h("label", { for: "return-reason", say: "reason" }),
        numberedSelect({ id: "return-reason", size: "4" }, reasonOptions())),
      h("div", { class: "buttons" },
        keyButton("Enter", "refundNow", undefined, { type: "submit", class: "main" }),
        keyButton("F6", "returnAll", () => this.takeAll()),
        keyButton("Esc", "back", () => this.dialog.close())),
    );
  }

  row(left) {
    const line = this.sale.lines.find((each) => each.index === left.line) ?? this.sale.lines[left.line];
    const isWeighed = left.grams !== undefined;
    const most = isWeighed ? `${kilograms(left.grams)} kg` : `${left.units} ${line.unit}`;
    const id = `return-line-${left.line}`;
    return h(
      "tr", {},
      h("td", {}, h("label", { for: id, text: line.name })),
      h("td", { text: most }),
      h("td", {}, h("input", { id, class: "count", inputmode: "numeric", autocomplete: "off",
        "data-line": String(left.line), "data-unit": isWeighed ? "grams" : "units" }),
        h("span", { class: "unit", text: isWeighed ? t("gramsUnit") : line.unit })),
    );
  }

  inputs() {
    return [...this.dialog.element.querySelectorAll("[data-line]")];
  }

  takeAll() {
    for (const left of leftOf(this.sale)) {
      byID(`return-line-${left.line}`).value = String(left.grams ?? left.units);
    }
    byID("return-reason").focus();
    this.typed();
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh().catch((error) => this.dialog.fail(error)), pauseMs);
  }

  request() {
    const items = this.inputs().filter((input) => !["", "0"].includes(input.value.trim())).map((input) => {
      const quantity = wholeNumber(input.value);
      if (quantity === null) throw new Unusable("badCount");
      return { line: Number(input.dataset.line), [input.dataset.unit]: quantity };
    });
    return byID("return-gift")?.checked ? { items, refundGift: true } : { items };
  }

  async refresh() {
    if (!this.dialog.element.open) return null;
    const question = (this.question += 1);
    this.dialog.fail(null);
    const request = this.request();
    const isNothing = request.items.length === 0 && !request.refundGift;
    const quote = isNothing ? null : await post(`/sales/${this.sale.id}/return-quotes`, request);
    if (question === this.question && this.dialog.element.open) {
      this.quote = quote;
      this.renderRefund();
    }
    return quote;
  }

  renderRefund() {
    const { quote } = this;
    const ways = (quote?.refunds ?? []).map(
      (refund) => h("span", { text: `${t(`kind.${refund.kind}`)} ${yuan(refund.amountFen)}` }));
    const vouchers = quote?.vouchers ?? [];
    ways.push(...backOnVouchers({ vouchers }).map(
      ({ amountFen }) => h("span", { text: `${t("toVoucher")} ${yuan(amountFen)}` })));
    if (vouchers.some(({ to }) => to !== "toBalance")) ways.push(h("span", { class: "hint", say: "toNobody" }));
    if (quote?.couponsBack?.length) ways.push(h("span", { class: "hint", say: "couponsBack" }));
    byID("return-refund").replaceChildren(
      h("span", { text: t("refund") }), h("strong", { text: yuan(quote?.refundFen ?? 0) }), ...ways);
  }

  async confirm() {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      clearTimeout(this.timer);
      const quote = await this.refresh();
      if (quote === null) throw new Unusable("nothingChosen");
      if (byID("return-reason").value === "") {
        byID("return-reason").focus();
        throw new Unusable("chooseReason");
      }
      if (await askRefund(quote)) await this.complete(quote);
    } catch (error) {
      this.dialog.fail(error);
    } finally {
      this.isBusy = false;
    }
  }

  async complete(quote) {
    const reason = byID("return-reason").value;
    const body = {
      id: this.id, tillSessionID: this.terms.tillSessionID, ...this.request(), reason,
      refundFen: quote.refundFen,
    };
    const [act] = quote.approvalsNeeded ?? [];
    if (act !== undefined && !this.terms.isManager) {
      const approvalID = await askApproval(act, this.id, quote.refundFen);
      if (approvalID === null) throw new Unusable("notApproved");
      body.approvalID = approvalID;
    }
    this.dialog.close(await outbox.send({ kind: "return", path: `/sales/${this.sale.id}/returns`, body }));
  }
}
