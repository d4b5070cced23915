// The daemon's price of the basket as it stands. Only the answer to the newest question counts.

import { post, Problem, Superseded, Unreachable } from "./api.js";
import * as basket from "./basket.js";

const retryMs = 2000;
let asked = null;
let quote = null;
let priced = null;
let stop = new AbortController();
let current = Promise.resolve(null);
let report = () => {};

/** `onAnswer(error | null)` is called after each answer. */
export function watchBasket(onAnswer) {
  report = onAnswer;
  basket.onChange(ask);
  ask();
}

/** The quote, or null while the basket has changed since. */
export function currentQuote() {
  return priced !== null && questionNow() === priced.question ? quote : null;
}

/** Resolves with the quote of the basket as it is now, or null. */
export function settled() {
  return current;
}

export function askAgain() {
  asked = null;
  ask();
  return current;
}

function ask() {
  const question = questionNow();
  if (question === asked && (question === null || currentQuote() !== null)) return;
  stop.abort();
  stop = new AbortController();
  asked = question;
  if (question === null) {
    current = Promise.resolve(null);
    report(null);
  } else current = fetchQuote(question, stop.signal);
}

function questionNow() {
  return basket.isEmpty() ? null : JSON.stringify(basket.request());
}

async function fetchQuote(question, signal) {
  const draft = basket.snapshot();
  try {
    const answer = await post("/quotes", JSON.parse(question), { signal });
    if (asked !== question) return null;
    quote = answer;
    priced = { question, draft };
    report(null);
    return answer;
  } catch (error) {
    if (error instanceof Superseded || asked !== question) return null;
    report(error);
    recover(error);
    return null;
  }
}

/** Refused: back to the last basket that had a price. No answer: ask again. */
function recover(error) {
  if (error instanceof Problem && error.status < 500 && error.status !== 401) {
    const isSameSale = priced !== null && priced.draft.saleID === basket.saleID();
    if (isSameSale && priced.question !== asked) basket.restore(priced.draft);
  } else if (error instanceof Problem || error instanceof Unreachable) {
    const question = asked;
    setTimeout(() => { if (asked === question) askAgain(); }, retryMs);
  }
}
