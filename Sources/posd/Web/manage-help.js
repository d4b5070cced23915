// What a manager does in the evening, step by step.

import { h } from "./dom.js";

const steps = ["m.help.1", "m.help.2", "m.help.3", "m.help.4", "m.help.5", "m.help.6"];

export const help = {
  id: "help",
  title: "key.help",
  lead: "m.helpLead",
  roles: ["manager", "cashier", "auditor"],
  actions: () => [],
  content: () => [h("ol", { class: "notes" }, steps.map((say) => h("li", { say })))],
};
