// A section of the managers' page with several views: ← → or a click goes to the next.

import { h } from "./dom.js";
import { hidePaper } from "./paper.js";

/** View: as a section, without id. The views a role may not see are left out. */
export function tabbed({ id, title, roles, views }) {
  let at = 0;
  let role = null;
  const mine = () => views.filter((view) => view.roles.includes(role));
  const current = () => mine()[at] ?? views[0];
  const go = (index) => {
    at = index;
    hidePaper();
  };
  return {
    id, title, roles,
    get lead() { return current().lead; },
    get list() { return current().list; },
    get scanned() { return current().scanned; },
    get typed() { return current().typed; },
    load(context) {
      role = context.user.role;
      return current().load?.(context);
    },
    actions: (context) => current().actions(context),
    content: (context) => [bar(mine(), at), ...current().content(context)],
    drawn(run) {
      document.querySelectorAll("#tabs button").forEach((button, index) => {
        button.addEventListener("click", () => run({ run: () => go(index) }));
      });
      current().drawn?.(run);
    },
    turn(by) {
      const count = mine().length;
      go((at + by + count) % count);
    },
    goTo: (view) => go(mine().indexOf(view)),
  };
}

function bar(views, at) {
  return h("div", { id: "tabs", role: "tablist" }, views.map((view, index) => h(
    "button", { type: "button", tabindex: "-1", role: "tab", "aria-selected": String(index === at), say: view.title })));
}
