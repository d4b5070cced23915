// What the browser keeps. localStorage survives closing the browser, sessionStorage does not.
//   posd.owner     the window that may sell (owner.js)
//   posd.manager   the window that may do a manager's work (owner.js)
//   posd.board     the window that is a centre's meal board (owner.js)
//   posd.centre    {id}: the meal centre looked at or charged for last
//   posd.language  "zh" | "en"
//   posd.till      {tillID, name}
//   posd.draft     the basket not yet paid, with the codes shown for it (basket.js)
//   posd.pending   the one request whose answer is not known (outbox.js)
//   posd.lastSale  {id, number}
//   posd.token     log-in token (sessionStorage)

import { mustOwn } from "./owner.js";

export function load(key) {
  return parsed(localStorage.getItem(`posd.${key}`));
}

/** Throws when the value cannot be kept, or another window works: then the caller must not go on. */
export function save(key, value) {
  mustOwn();
  localStorage.setItem(`posd.${key}`, JSON.stringify(value));
}

export function forget(key) {
  mustOwn();
  localStorage.removeItem(`posd.${key}`);
}

export function token() {
  return sessionStorage.getItem("posd.token");
}

export function setToken(value) {
  if (value === null) sessionStorage.removeItem("posd.token");
  else sessionStorage.setItem("posd.token", value);
}

function parsed(text) {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
