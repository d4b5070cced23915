// What the browser keeps. localStorage survives closing the browser, sessionStorage does not.
//   posd.language  "zh" | "en"
//   posd.till      {tillID, name}
//   posd.draft     the basket not yet paid (basket.js)
//   posd.pending   the one request whose answer is not known (outbox.js)
//   posd.lastSale  {id, number}
//   posd.token     log-in token (sessionStorage)

export function load(key) {
  return parsed(localStorage.getItem(`posd.${key}`));
}

/** Throws when the browser cannot keep the value: then the caller must not go on. */
export function save(key, value) {
  localStorage.setItem(`posd.${key}`, JSON.stringify(value));
}

export function forget(key) {
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
