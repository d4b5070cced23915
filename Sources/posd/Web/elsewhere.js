// The notice of a window that may not work any more: it covers everything and takes every key.

import { h } from "./dom.js";
import { onLost } from "./owner.js";

const pauseMs = 200;

export function watchOwner() {
  onLost(showNotice);
}

function showNotice() {
  const notice = h(
    "dialog", { id: "elsewhere", class: "warning", role: "alertdialog", "aria-labelledby": "elsewhere-title" },
    h("h2", { id: "elsewhere-title", say: "openElsewhere" }),
    h("p", { class: "big", say: "openElsewhereWhat" }),
    h("div", { class: "buttons" }, h(
      "button", { type: "button", class: "main", onclick: () => location.reload() },
      h("kbd", { text: "Enter" }), h("span", { say: "workHere" }))));
  takeKeys();
  notice.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(notice);
  notice.showModal();
}

/** Enter alone comes from a person; the Enter of a scanner follows its digits at once. */
function takeKeys() {
  let lastMs = -pauseMs;
  const take = (event) => {
    event.stopImmediatePropagation();
    if (["Enter", "Escape"].includes(event.key)) event.preventDefault();
    const isAlone = event.timeStamp - lastMs >= pauseMs;
    if (event.type === "keydown") lastMs = event.timeStamp;
    if (event.type === "keydown" && event.key === "Enter" && isAlone && !event.repeat) location.reload();
  };
  for (const type of ["keydown", "keypress", "keyup"]) window.addEventListener(type, take, true);
}
