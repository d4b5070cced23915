// F1: how a sale goes, and every key.

import { openDialog } from "./dialog.js";
import { h, keyButton } from "./dom.js";

const steps = ["help.scan", "help.pay", "help.next"];
const keys = [
  ["3 *", "help.times"], ["abc / 拼音", "help.search"], ["↑ ↓", "help.select"], ["+ −", "help.step"],
  ["Delete", "help.delete"], ["Ctrl+Z", "help.undo"], ["F2", "help.F2"], ["F3", "help.F3"], ["F4", "help.F4"],
  ["F5", "help.F5"], ["F6", "help.F6"], ["F7", "help.F7"], ["F8", "help.F8"], ["F9", "help.F9"],
  ["F10", "help.F10"], ["F12", "help.F12"], ["Ctrl+K", "help.card"], ["Ctrl+K F7", "help.mealCard"], ["Esc", "help.Esc"], ["Ctrl+P", "help.slips"],
  ["Ctrl+M", "help.manage"], ["Ctrl+E", "help.language"],
];

export function showHelp() {
  const dialog = openDialog({
    title: "helpTitle", size: "wide",
    body: h("div", { class: "help" },
      h("ol", {}, steps.map((key) => h("li", { say: key }))),
      h("dl", {}, keys.map(([key, text]) => h(
        "div", {}, h("dt", {}, h("kbd", { text: key })), h("dd", { say: text })))),
      h("div", { class: "buttons" },
        keyButton("Esc", "back", () => dialog.close(), { class: "main" }))),
  });
  dialog.element.querySelector("button").focus();
  return dialog.result;
}
