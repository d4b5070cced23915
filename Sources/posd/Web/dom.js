// Elements from data. Text is only ever set as text, never as markup.

import { t } from "./i18n.js";

export const byID = (id) => document.getElementById(id);

/** `say` is the key of a text that follows the language switch; other strings are shown as they are. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== false));
  return element;
}

/** A button that says which key does the same. */
export function keyButton(key, say, onclick, attributes = {}) {
  return h(
    "button", { type: "button", onclick, ...attributes },
    h("kbd", { text: key }), h("span", { say }));
}

export function show(element, isShown) {
  element.hidden = !isShown;
}

/** Translates every element under `root` that was made with `say`. */
export function retranslate(root) {
  for (const element of root.querySelectorAll("[data-say]")) {
    element.textContent = t(element.dataset.say);
  }
  for (const element of root.querySelectorAll("[data-hint]")) {
    element.placeholder = t(element.dataset.hint);
  }
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") element.textContent = value;
  else if (name === "say") {
    element.dataset.say = value;
    element.textContent = t(value);
  } else if (name === "hint") {
    element.dataset.hint = value;
    element.placeholder = t(value);
  } else if (name === "value") element.value = value;
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}
