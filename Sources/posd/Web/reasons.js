// Why a price was changed, a basket voided, goods brought back: codes of the daemon, never free
// text, so that nothing about a person enters the journal.

import { language } from "./i18n.js";

let reasons = [];

export function setReasons(list) {
  reasons = list;
}

export function reasonName(code) {
  const reason = reasons.find((each) => each.code === code);
  return reason === undefined ? code : nameOf(reason);
}

/** For a field of the type "choice". */
export function reasonOptions() {
  return reasons.map((reason) => ({ value: reason.code, label: nameOf(reason) }));
}

export function nameOf({ name, nameEn }) {
  return language() === "en" && nameEn ? nameEn : name;
}
