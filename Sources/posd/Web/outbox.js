// Requests that must happen exactly once: sales, returns, voids.
//
//   1. The request (with its id) is in localStorage before the first try, and stays until an answer.
//   2. No answer, or "try later": the same id and body again, for as long as it takes.
//   3. After a reload or a closed browser it goes on where it was; the daemon answers a known id as before.
//
//   none ──send──▶ pending ──2xx──▶ settled, then none
//                     │ 4xx, or an answer given before the first try ─▶ none, the refusal is thrown
//                     └ no answer, 401, 408, 429, 5xx ─▶ pending

import { postOnce, Problem, Unreachable } from "./api.js";
import { openDialog, Unusable } from "./dialog.js";
import { h } from "./dom.js";
import { problemText, t } from "./i18n.js";
import * as store from "./store.js";

const firstWaitMs = 1000;
const longestWaitMs = 5000;
const refusalsBeforeLeaving = 5;
const settlers = {};
let logInAgain = async () => {};
let isSending = false;

/** The very first try was answered as a repetition: this sale or return was made somewhere else. */
export class Replayed extends Error {
  constructor({ kind, number }) {
    super("replayed");
    this.key = `replayed.${kind}`;
    this.values = { number };
  }
}

/** `settle` also has `replayed(entry)`, called before a `Replayed` is thrown. */
export function setUpOutbox({ logIn, settle }) {
  logInAgain = logIn;
  Object.assign(settlers, settle);
}

export const pending = () => store.load("pending");

/** Entry: {kind: "sale"|"return"|"void", path, body, saleID?}. Resolves with the answer, settled. */
export async function send(entry) {
  if (isSending || pending() !== null) throw new Unusable("alreadySending");
  const untried = { ...entry, tries: 0 };
  store.save("pending", untried);
  return deliver(untried);
}

/** Goes on with the request of an earlier page, if there is one. */
export async function resumePending() {
  const entry = pending();
  return entry === null || isSending ? null : deliver(entry);
}

async function deliver(entry) {
  isSending = true;
  const notice = makeNotice();
  try {
    const answer = await tryUntilAnswered(entry, notice);
    await settlers[entry.kind]?.(answer, entry);
    store.forget("pending");
    return answer;
  } catch (error) {
    store.forget("pending");
    if (error instanceof Replayed) settlers.replayed?.(entry);
    throw error;
  } finally {
    isSending = false;
    notice.close();
  }
}

async function tryUntilAnswered(entry, notice) {
  let refusals = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryOnce(entry, attempt);
    } catch (error) {
      if (!isUnsettled(error)) throw error;
      if (error.status === 401) {
        await logInAgain();
        continue;
      }
      if (error instanceof Problem) refusals += 1;
      const mayLeave = refusals >= refusalsBeforeLeaving;
      const isLeaving = await notice.wait(attempt, error, mayLeave);
      if (isLeaving) throw error;
    }
  }
}

/** Counts the try before it is made. An entry of an earlier page may have been tried already. */
async function tryOnce(entry, attempt) {
  const isFirst = entry.tries === 0 && attempt === 1;
  store.save("pending", { ...entry, tries: (entry.tries ?? 0) + attempt });
  const { answer, isReplay } = await postOnce(entry.path, entry.body);
  if (isReplay && isFirst && answer.number !== undefined) throw new Replayed(answer);
  return answer;
}

function isUnsettled(error) {
  if (error instanceof Unreachable) return true;
  return error instanceof Problem && (error.status >= 500 || [401, 408, 429].includes(error.status));
}

/** Stays on screen while the answer is not known. */
function makeNotice() {
  let dialog = null;
  const reason = h("p", {});
  const tries = h("p", { class: "intro" });
  const leave = h("p", { class: "intro" });
  const open = () => openDialog({
    title: "notConfirmed", size: "warning", isClosable: false,
    body: h("div", {}, h("p", { class: "big", say: "notConfirmedWhy" }), reason, tries, leave),
  });
  return {
    wait(attempt, error, mayLeave) {
      dialog ??= open();
      dialog.isClosable = mayLeave;
      reason.textContent = problemText(error);
      tries.textContent = t("tries", { count: attempt });
      leave.textContent = mayLeave ? t("mayLeave") : "";
      const waitMs = Math.min(firstWaitMs * attempt, longestWaitMs);
      return Promise.race([
        dialog.result.then(() => true),
        new Promise((resolve) => { setTimeout(() => resolve(false), waitMs); }),
      ]);
    },
    close() { dialog?.close(); },
  };
}
