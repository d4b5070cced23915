// This till's printer: what it does now, in the header; its slips, and what a person decides of them.

import { get, post } from "./api.js";
import { clockText } from "./clock.js";
import { askForm, Unusable } from "./dialog.js";
import { byID, show } from "./dom.js";
import { language, t } from "./i18n.js";
import { newID } from "./ids.js";
import { say } from "./screen.js";
import * as session from "./session.js";

const pollMs = 2000;
const slowPollMs = 10000;
const listLength = 40;
let printer = null;

/** Keeps the header's word about the printer up to date; a hidden page or a lost line asks less often. */
export async function watchPrinter() {
  for (;;) {
    const isHidden = document.visibilityState === "hidden";
    const hasFailed = session.currentTill() !== null && !(isHidden && printer !== null) && !(await look());
    await new Promise((resolve) => { setTimeout(resolve, isHidden || hasFailed ? slowPollMs : pollMs); });
  }
}

async function look() {
  try {
    const { items } = await get("/printers");
    const tillID = session.currentTill()?.id;
    printer = items.find(({ tills }) => tills.some(({ id }) => id === tillID)) ?? null;
    renderPrinter();
    return true;
  } catch {
    // The banner already says that nothing answers.
    return false;
  }
}

/** Also called when the language changes. */
export function renderPrinter() {
  const place = byID("printer");
  const text = printer === null ? "" : printerText(printer);
  place.textContent = text;
  const isBad = printer !== null && (printer.state === "waiting" || printer.doubtful > 0);
  place.classList.toggle("bad", isBad);
  show(place, text !== "");
}

function printerText({ state, reason, detail, detailEn, waiting, doubtful }) {
  if (doubtful > 0) return t("slips.doubtful", { count: doubtful });
  const why = language() === "zh" ? detail : detailEn;
  if (state === "waiting") return t("slips.waits", { why: why ?? reason, count: waiting });
  if (state === "none") return t("slips.none");
  if (reason !== null) return why ?? reason;
  return waiting > 1 ? t("slips.printing", { count: waiting }) : t("slips.ready");
}

/** The slips of this till, newest first; what can be done with the chosen one. */
export async function showSlips() {
  const till = session.currentTill();
  if (till === null) throw new Unusable("noTill");
  const { items } = await get(`/print-jobs?limit=${listLength}&tillID=${till.id}`);
  if (items.length === 0) throw new Unusable("slips.empty");
  const options = items.map((job) => ({ value: String(job.id), label: slipText(job) }));
  const doubtful = items.find(({ state }) => state === "possiblyPrinted");
  const id = await askForm({
    title: "slips.title", intro: t("slips.intro"), size: "wide",
    fields: [{ name: "id", label: "slips.slip", type: "choice", rows: 9, options, value: doubtful ? String(doubtful.id) : options[0].value }],
    submit: (values) => values.id,
  });
  const job = items.find((each) => String(each.id) === id);
  if (job !== undefined) await decide(job);
}

async function decide(job) {
  if (job.decisions.length === 0) throw new Unusable("slips.nothingToDo");
  const id = newID();
  const options = job.decisions.map((decision) => ({ value: decision, label: t(`slips.${job.state}.${decision}`) }));
  const done = await askForm({
    title: "slips.decide", intro: slipText(job),
    fields: [{ name: "decision", label: "slips.what", type: "number", options }],
    submit: ({ decision }) => post(`/print-jobs/${job.id}/decisions`, { id, decision }),
  });
  if (done === null) return;
  say(done.copy === null ? t("slips.noted") : t("slips.copyQueued", { copy: done.copy }));
  await look();
}

function slipText(job) {
  const number = job.number === null ? job.record : `№ ${job.number}`;
  const copy = job.copy > 0 ? ` ${t("slips.copy", { copy: job.copy })}` : "";
  const why = language() === "zh" ? job.detail : job.detailEn;
  return `${clockText(job.atMs)}　${t(`slips.${job.document}`)} ${number}${copy}　${t(`slips.state.${job.state}`)}${why ? `：${why}` : ""}`;
}
