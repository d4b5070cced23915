// Native dialogs, one above the other. Esc closes, Tab stays inside, Enter goes to the next
// field and on the last one submits. A refusal is shown in the dialog, which stays open.

import { h, keyButton } from "./dom.js";
import { problemText, t } from "./i18n.js";
import { fenFromYuan, receiptNumber, wholeNumber } from "./money.js";
import { mustOwn } from "./owner.js";

const stack = [];
let count = 0;

export const topDialog = () => stack.at(-1) ?? null;

/** A value typed into a form that cannot be used; `key` names the sentence to show. */
export class Unusable extends Error {
  constructor(key, field = null, values = {}) {
    super(key);
    this.key = key;
    this.field = field;
    this.values = values;
  }
}

/**
 * `keys` maps a function key to what it does while this dialog is on top; a scan closes the dialog
 * and counts if `isScannedAway`.
 */
export function openDialog({ title, body, keys = {}, isClosable = true, size = "", isScannedAway = false }) {
  mustOwn();
  const id = `dialog-${(count += 1)}`;
  const alert = h("p", { class: "alert", role: "alert" });
  const element = h(
    "dialog", { class: size, "aria-labelledby": id }, h("h2", { id, say: title }), body, alert);
  let settle;
  const dialog = {
    element, keys, isClosable, isScannedAway,
    result: new Promise((resolve) => { settle = resolve; }),
    fail(error) { alert.textContent = error === null ? "" : problemText(error); },
    close(value = null) {
      if (!stack.includes(dialog)) return;
      stack.splice(stack.indexOf(dialog), 1);
      element.close();
      element.remove();
      document.dispatchEvent(new Event("dialogclosed"));
      settle(value);
    },
  };
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (dialog.isClosable) dialog.close();
  });
  element.addEventListener("keydown", (event) => handleKey(dialog, event));
  stack.push(dialog);
  document.body.append(element);
  element.showModal();
  return dialog;
}

/**
 * Asks for the values of `fields` and resolves with what `submit(values)` returns, or null on Esc.
 * Field: {name, label, type: text|password|money|count|pieces|receipt|code|choice|number, value?, options?, rows?, optional?};
 * `head` is an element that stands above them; "code", and with isScannable any text, may be scanned; "number" is a choice by number key or arrows, with nothing chosen at first.
 */
export function askForm({
  title, intro, head = null, isIntroBig = false, fields, submit, submitLabel = "ok", keys, isClosable = true, size, isScannedAway,
}) {
  const controls = fields.map(makeControl);
  const isBusy = { now: false };
  const form = h(
    "form", { novalidate: true, autocomplete: "off" },
    head,
    intro ? h("p", { class: isIntroBig ? "big" : "intro", text: intro }) : null,
    controls.map((control) => control.row),
    formButtons(submitLabel, isClosable, () => dialog.close(), keys),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy.now) return;
    isBusy.now = true;
    dialog.fail(null);
    try {
      const values = Object.fromEntries(controls.map((control) => [control.name, control.read()]));
      dialog.close((await submit(values)) ?? null);
    } catch (error) {
      dialog.fail(error);
      reenter(controls, error.field);
    } finally {
      isBusy.now = false;
    }
  });
  const actions = Object.fromEntries(
    Object.entries(keys ?? {}).map(([key, action]) => [key, () => action.run(dialog)]));
  const dialog = openDialog({ title, body: form, keys: actions, isClosable, size, isScannedAway });
  controls[0]?.input.focus();
  controls[0]?.input.select?.();
  return dialog.result;
}

/** The cursor goes to the field that was refused, else to the secret one: it was mistyped. */
function reenter(controls, name) {
  const refused = controls.find((control) => control.name === name)
    ?? controls.find((control) => control.input.type === "password");
  refused?.input.focus();
  refused?.input.select?.();
}

function formButtons(submitLabel, isClosable, cancel, keys = {}) {
  return h(
    "div", { class: "buttons" },
    keyButton("Enter", submitLabel, undefined, { type: "submit", class: "main" }),
    Object.entries(keys).map(([key, action]) => (
      keyButton(key, action.label, () => topDialog()?.keys[key]?.()))),
    isClosable ? keyButton("Esc", "back", cancel) : null,
  );
}

function makeControl(field) {
  const id = `field-${(count += 1)}`;
  const makers = { choice: choiceInput, number: numberInput };
  const input = (makers[field.type] ?? textInput)(id, field);
  const row = h("div", { class: "field" }, h("label", { for: id, say: field.label }), input);
  return { name: field.name, input, row, read: () => readValue(field, input) };
}

function textInput(id, field) {
  return h("input", {
    id, name: field.name, value: field.value ?? "", class: field.type,
    type: field.type === "password" ? "password" : "text",
    inputmode: { money: "decimal", count: "numeric", pieces: "numeric" }[field.type],
    autocomplete: field.autocomplete ?? "off", spellcheck: "false", autocapitalize: "off",
    "data-scan": field.type === "code" || field.isScannable,
  });
}

function choiceInput(id, field) {
  const size = String(Math.max(2, Math.min(field.options.length, field.rows ?? 5)));
  const select = h("select", { id, name: field.name, size }, field.options.map(
    (option) => h("option", { value: option.value, text: option.label })));
  select.value = field.value ?? field.options[0]?.value ?? "";
  return select;
}

function numberInput(id, field) {
  return numberedSelect({ id, name: field.name }, field.options);
}

/** A list to choose from by number key or arrows; nothing is chosen at first. */
export function numberedSelect(attributes, options) {
  const select = h(
    "select", { size: String(Math.max(2, Math.min(options.length, 6))), ...attributes },
    options.map(({ value, label }, index) => h("option", { value, text: `${index + 1}　${label}` })));
  select.selectedIndex = -1;
  select.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    if (Number(event.key) <= options.length) select.selectedIndex = Number(event.key) - 1;
  });
  return select;
}

function readValue(field, input) {
  const text = input.value.trim();
  if (text === "" && field.optional) return null;
  if (text === "") throw new Unusable("fillIn", field.name, { field: t(field.label) });
  if (field.type === "money") return usable(fenFromYuan(text), "badAmount", field.name);
  if (field.type === "count") return usable(wholeNumber(text), "badCount", field.name);
  if (field.type === "receipt") return usable(receiptNumber(text), "badNumber", field.name);
  return field.type === "password" ? input.value : text;
}

function usable(value, key, name) {
  if (value === null) throw new Unusable(key, name);
  return value;
}

function handleKey(dialog, event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape" && !dialog.isClosable) event.preventDefault();
  if (event.key === "Tab") keepFocusInside(dialog.element, event);
  if (event.key === "Enter" && event.target.matches("form input, form select")) nextField(event);
}

function nextField(event) {
  event.preventDefault();
  if (event.repeat) return;
  const form = event.target.form;
  const inputs = [...form.querySelectorAll("input, select")];
  const next = inputs[inputs.indexOf(event.target) + 1];
  if (next === undefined) return form.requestSubmit();
  next.focus();
  next.select?.();
}

function keepFocusInside(element, event) {
  const stops = [...element.querySelectorAll("input, select, button")].filter(
    (stop) => stop.tabIndex >= 0 && !stop.disabled && stop.offsetParent !== null);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from || to === undefined) return;
  event.preventDefault();
  to.focus();
}
