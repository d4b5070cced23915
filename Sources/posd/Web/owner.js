// One window of this browser works at a time: baskets and requests are kept in localStorage, which
// all windows share. Whichever was loaded last is the owner; the others stop at once.

import { newID } from "./ids.js";

// Managers and the meal board keep no baskets: they do not take the till away from the window that sells.
const keys = { "/manage.html": "posd.manager", "/board.html": "posd.board" };
const key = keys[location.pathname] ?? "posd.owner";
const own = newID();
let hasLost = false;
let tell = () => {};

localStorage.setItem(key, own);
window.addEventListener("storage", isOwner);
window.addEventListener("pageshow", isOwner);
window.addEventListener("focus", isOwner);

/** Another window has taken over; nothing was kept or sent. */
export class OpenElsewhere extends Error {
  key = "openElsewhere";
}

/** Calls `listener()` once, when another window has taken over. */
export function onLost(listener) {
  tell = listener;
  if (hasLost) tell();
}

export function mustOwn() {
  if (!isOwner()) throw new OpenElsewhere();
}

/** Once lost, only a reload takes it back. */
function isOwner() {
  if (hasLost) return false;
  const owner = localStorage.getItem(key);
  if (owner === null) localStorage.setItem(key, own);
  if (owner === null || owner === own) return true;
  hasLost = true;
  tell();
  return false;
}
