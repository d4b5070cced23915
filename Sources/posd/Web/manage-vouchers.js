// The vouchers of a programme: printed, sent, blocked, replaced.

import { get, post } from "./api.js";
import { askTill, chooseOne, confirm } from "./ask.js";
import { openDialog, Unusable } from "./dialog.js";
import { h, keyButton } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { List } from "./list.js";
import { yuan } from "./money.js";

const limit = 50;
let programme = null;
/** Where the page before each of those looked at began. */
let cursors = [null];
let next = null;
let all = [];

const list = new List([
  { label: "voucher", text: (row) => `…${row.codeEnd}` },
  { label: "r.worth", text: (row) => yuan(row.worthFen), class: "amount" },
  { label: "leftNow", text: (row) => yuan(row.leftFen), class: "amount" },
  { label: "r.valid", text: (row) => `${row.validFrom} – ${row.validUntil}` },
  { label: "r.holder", text: (row) => t(row.personID === null ? "r.bearer" : "r.aPerson") },
  { label: "m.state", element: (row) => h("span", { class: row.state === "active" ? "good" : "bad", text: t(`voucherState.${row.state}`) }) },
], { key: (row) => row.voucherID });

export const vouchers = {
  title: "r.vouchers",
  lead: "r.vouchersLead",
  roles: ["manager", "auditor"],
  list,

  async load() {
    all = (await get("/programmes")).items;
    programme = all.find(({ id }) => id === programme?.id) ?? all[0] ?? null;
    if (programme === null) return list.set([]);
    const from = cursors.at(-1) === null ? "" : `&cursor=${encodeURIComponent(cursors.at(-1))}`;
    const page = await get(`/programmes/${programme.id}/vouchers?limit=${limit}${from}`);
    list.set(page.items);
    next = page.nextCursor;
  },

  actions({ user }) {
    const one = list.current;
    const may = user.role === "manager" && one !== null;
    const isBlocked = one?.state === "blocked";
    return [
      may && { label: "r.printVoucher", run: (context) => print(one, context) },
      may && { label: "r.eCode", run: () => showCode(one) },
      may && { label: isBlocked ? "r.unblock" : "r.block", run: () => act(one, isBlocked ? "unblock" : "block") },
      may && { label: "r.replace", run: () => act(one, "replace") },
      may && { label: "r.printIssue", run: (context) => printIssue(one, context) },
      all.length > 1 && { label: "r.otherProgramme", run: chooseProgramme },
      next !== null && { label: "r.nextPage", run: () => { cursors.push(next); } },
      cursors.length > 1 && { label: "r.firstPage", run: () => { cursors = [null]; } },
    ].filter(Boolean);
  },

  content() {
    if (programme === null) return [h("p", { class: "big", say: "r.noProgramme" })];
    return [
      h("h2", { text: programme.name }),
      list.rows.length === 0 ? h("p", { class: "big", say: "r.noVoucher" }) : list.element(),
    ];
  },
};

export function showVouchersOf(one) {
  programme = one;
  cursors = [null];
}

async function chooseProgramme() {
  const one = await chooseOne("r.otherProgramme", "r.programme", all, ({ name, funder }) => `${name}　${funder}`);
  if (one !== null) showVouchersOf(one);
}

async function print(voucher, context) {
  const till = await askTill(context, "r.printVoucher");
  if (till === null) return null;
  await post(`/vouchers/${voucher.voucherID}/print`, { id: newID(), tillID: till.id });
  return t("r.printed", { end: voucher.codeEnd, till: till.name });
}

/** All of its issue, each once: what is too much for one go is printed when the key is pressed again. */
async function printIssue(voucher, context) {
  const till = await askTill(context, "r.printIssue");
  if (till === null) return null;
  const { queued, before, left } = await post(`/vouchers/${voucher.voucherID}/issue/print`, { tillID: till.id });
  return t(left > 0 ? "r.issueLeft" : "r.issuePrinted", { queued, before, left, till: till.name });
}

async function act(voucher, word) {
  const asked = t(`r.${word}Intro`, { end: voucher.codeEnd, amount: yuan(voucher.leftFen) });
  if (!(await confirm(`r.${word}`, asked))) return null;
  await post(`/vouchers/${voucher.voucherID}/${word}`, { id: newID() });
  return t(`r.${word}Done`, { end: voucher.codeEnd });
}

/** The whole code, to be read out or sent: who has it can spend it. */
async function showCode(voucher) {
  if (!(await confirm("r.eCode", t("r.eCodeIntro", { end: voucher.codeEnd }), "m.show"))) return;
  const { code } = await post(`/vouchers/${voucher.voucherID}/e-code`, { id: newID() });
  if (code === undefined) throw new Unusable("r.noCode");
  const dialog = openDialog({
    title: "r.eCode", size: "wide",
    body: h("div", {}, h("p", { class: "big code", text: code }), h("p", { class: "intro", say: "r.eCodeWarn" }),
      h("div", { class: "buttons" }, keyButton("Esc", "back", () => dialog.close(), { class: "main" }))),
  });
  dialog.element.querySelector("button").focus();
  await dialog.result;
}
