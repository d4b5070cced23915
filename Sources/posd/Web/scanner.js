// Tells a barcode scanner from a person: it types eight or more digits or letters, each within `gapMs`
// of the one before, and then Enter. They are taken from the key codes, so that they arrive even
// while a Chinese input method swallows the characters (keyCode 229, key "Process").

const gapMs = 80;
const enterGapMs = 200;
const fewestDigits = 8;
const settleMs = 400;
const voucherLength = 20;
const modifiers = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "NumLock"]);

/**
 * `onScan(digits, textBefore)`: textBefore is what stood in the field when the scan began. With letters
 * it is a code, for `onCode(text)`.
 */
export function watchScanner(onScan, onCode = null) {
  let burst = emptyBurst();
  document.addEventListener("keydown", (event) => {
    if (modifiers.has(event.key)) return;
    const sign = signOf(event, onCode !== null);
    if (sign !== null && !event.repeat) burst = extended(burst, sign, event);
    else if (isEnter(event) && isScan(burst, event)) {
      const scan = burst;
      burst = emptyBurst();
      takeOver(event, scan);
      if (/^[0-9]+$/.test(scan.digits)) onScan(scan.digits, scan.textBefore);
      else onCode(scan.digits);
    } else burst = emptyBurst();
  }, true);
}

function emptyBurst() {
  return { digits: "", lastMs: 0, textBefore: "", fields: new Map() };
}

function extended(burst, digit, event) {
  const isNext = burst.digits !== "" && event.timeStamp - burst.lastMs <= gapMs;
  const result = isNext ? burst : { ...emptyBurst(), textBefore: event.target.value ?? "" };
  if (event.target.value !== undefined && !result.fields.has(event.target)) {
    result.fields.set(event.target, event.target.value);
  }
  result.digits += digit;
  result.lastMs = event.timeStamp;
  return result;
}

function isScan(burst, event) {
  if (burst.digits.length < fewestDigits || event.timeStamp - burst.lastMs > enterGapMs) return false;
  if (/[A-Z]/.test(burst.digits) && !mayBeCode(burst.digits, event.target)) return false;
  return !event.target.hasAttribute?.("data-scan");
}

/** A name in pinyin has no digits; what is pasted into a window may have them, but not twenty. */
function mayBeCode(text, field) {
  if (field.type === "password" || !/[0-9]/.test(text)) return false;
  return field.closest?.("dialog") ? text.length === voucherLength : true;
}

function isEnter(event) {
  return event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter";
}

/** A digit; with codes also a letter, in capitals. */
function signOf(event, hasCodes) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const letter = hasCodes ? /^Key([A-Z])$/.exec(event.code)?.[1] : undefined;
  if (letter !== undefined) return letter;
  return event.shiftKey ? null : digitOf(event);
}

function digitOf(event) {
  if (/^[0-9]$/.test(event.key)) return event.key;
  const isComposed = event.isComposing || event.keyCode === 229 || event.key === "Process";
  if (!isComposed) return null;
  return /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1] ?? null;
}

/** The digits belong to the scan: every field they fell into gets back what it had. */
function takeOver(event, scan) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const focused = document.activeElement;
  for (const [field, text] of scan.fields) {
    if (event.isComposing || event.keyCode === 229) field.blur();
    field.value = text;
    discardComposition(field, text);
  }
  focused?.focus();
}

/** An input method may still commit the digits after Enter: take them out again. */
function discardComposition(field, text) {
  const stop = new AbortController();
  const restore = (event) => {
    const isCommit = event.inputType?.includes("Composition") || event.data?.length > 1;
    if (event.type === "compositionend" || isCommit) field.value = text;
  };
  field.addEventListener("compositionend", restore, { signal: stop.signal });
  field.addEventListener("input", restore, { signal: stop.signal });
  setTimeout(() => stop.abort(), settleMs);
}
