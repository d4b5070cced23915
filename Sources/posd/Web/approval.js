// A manager's word for one act on one subject: name and PIN at this screen.

import { post } from "./api.js";
import { askForm } from "./dialog.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";

/** Resolves with the id of the approval, or null when the dialog was left. */
export function askApproval(act, subjectID) {
  return askForm({
    title: "approvalTitle",
    intro: t(`approval.${act}`),
    fields: [
      { name: "manager", label: "manager", type: "text" },
      { name: "pin", label: "pin", type: "password" },
    ],
    submitLabel: "approve",
    async submit({ manager, pin }) {
      const approval = await post("/approvals", { id: newID(), manager, pin, act, subjectID });
      return approval.id;
    },
  });
}
