// Coupons: given out with their conditions and who pays for them, ended before their time.

import { get, post } from "./api.js";
import { confirm } from "./ask.js";
import { folded } from "./codes.js";
import { askForm, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { newID } from "./ids.js";
import { List } from "./list.js";
import { askLimits, limitsText } from "./manage-limits.js";
import { plainDigits, yuan } from "./money.js";

const list = new List([
  { label: "r.code", text: (row) => row.code },
  { label: "r.couponName", text: (row) => row.name },
  { label: "r.off", text: (row) => offText(row) },
  { label: "r.minimum", text: (row) => (row.minimumSpendFen > 0 ? yuan(row.minimumSpendFen) : ""), class: "amount" },
  { label: "r.payer", text: (row) => payerText(row.payer) },
  { label: "r.limits", text: (row) => [row.holder === "anyone" ? null : t("r.membersOnly"), limitsText(row)].filter(Boolean).join("；") },
  { label: "r.used", text: (row) => `${row.useCount}${row.usesInAll ? ` / ${row.usesInAll}` : ""}`, class: "amount" },
  { label: "m.state", element: (row) => h("span", { class: row.isEnded ? "bad" : "good", say: row.isEnded ? "r.ended" : "r.running" }) },
]);

export const coupons = {
  title: "r.coupons",
  lead: "r.couponsLead",
  roles: ["manager", "auditor"],
  list,

  async load() {
    list.set((await get("/coupons?limit=100")).items);
  },

  actions({ user }) {
    if (user.role !== "manager") return [];
    return [
      { label: "r.addCoupon", run: addCoupon },
      list.current && !list.current.isEnded && { label: "r.endCoupon", run: () => endCoupon(list.current) },
    ].filter(Boolean);
  },

  content: () => [list.rows.length === 0 ? h("p", { class: "big", say: "r.noCoupon" }) : list.element()],
};

/** 9500 basis points off → in percent; an amount in yuan. */
const offText = ({ kind, basisPoints, amountFen }) => (
  kind === "memberPercent" ? t("r.percentOff", { percent: yuan(basisPoints).replace(/\.?0+$/, "") }) : t("r.amountOff", { amount: yuan(amountFen) }));

const payerText = (payer) => (payer.startsWith("sponsor:") ? payer.slice("sponsor:".length) : t(`r.payer.${payer}`));

async function addCoupon() {
  const id = newID();
  const head = await askForm({
    title: "r.addCoupon", size: "wide columns",
    fields: [
      { name: "code", label: "r.couponCode", type: "text" },
      { name: "name", label: "r.couponName", type: "text" },
      { name: "kind", label: "m.kind", type: "choice", rows: 2, options: ["amountOff", "memberPercent"].map((value) => ({ value, label: t(`r.coupon.${value}`) })) },
      { name: "worth", label: "r.couponWorth", type: "money" },
      { name: "minimumSpendFen", label: "r.minimum", type: "money", optional: true },
      { name: "payer", label: "r.couponPayer", type: "text", value: "station" },
    ],
    submitLabel: "r.next",
    submit: (values) => ({ ...values, code: codeOf(values.code), payer: payerOf(values.payer) }),
  });
  if (head === null) return null;
  const limits = await askLimits("r.addCoupon", null, { fields: [
    { name: "holder", label: "r.couponHolder", type: "choice", rows: 2, options: ["anyone", "members"].map((value) => ({ value, label: t(`r.holder.${value}`) })),
      value: head.kind === "memberPercent" ? "members" : "anyone" },
    { name: "usesPerPerson", label: "r.usesPerPerson", type: "count", optional: true },
    { name: "usesInAll", label: "r.usesInAll", type: "count", optional: true },
    { name: "stackGroup", label: "r.stackGroup", type: "text", optional: true },
  ] });
  if (limits === null) return null;
  await post("/coupons", bodyOf(id, head, limits));
  return t("r.couponAdded", head);
}

function bodyOf(id, { worth, minimumSpendFen, ...head }, limits) {
  const body = { id, ...head, ...limits, minimumSpendFen, [head.kind === "memberPercent" ? "basisPoints" : "amountFen"]: worth };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
}

function codeOf(text) {
  const code = folded(plainDigits(text));
  if (!/^(?=.*[A-Z])[A-Z0-9]{3,32}$/.test(code)) throw new Unusable("r.badCouponCode", "code");
  return code;
}

function payerOf(text) {
  const payer = text.toLowerCase();
  if (["station", "fund"].includes(payer)) return payer;
  const sponsor = payer.replace(/^sponsor:/, "");
  if (!/^[a-z0-9-]{1,40}$/.test(sponsor)) throw new Unusable("r.badPayer", "payer");
  return `sponsor:${sponsor}`;
}

async function endCoupon(coupon) {
  if (!(await confirm("r.endCoupon", t("r.endCouponIntro", coupon)))) return null;
  await post(`/coupons/${coupon.id}/end`, { id: newID() });
  return t("r.couponEnded", coupon);
}
