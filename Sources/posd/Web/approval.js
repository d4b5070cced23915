// A manager's word for one act on one subject: name and PIN at this screen.

import { post } from "./api.js";
import { askForm } from "./dialog.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import { yuan } from "./money.js";

/**
 * Resolves with the id of the approval, or null when the dialog was left. The manager sees the amount and approves no
 * other; acts that are about none have none.
 */
export function askApproval(act, subjectID, amountFen) {
  const amount = amountFen === undefined ? {} : { amountFen };
  return askForm({
    title: "approvalTitle",
    intro: t(`approval.${act}`, { yuan: yuan(amountFen ?? 0) }),
    fields: [
      { name: "manager", label: "manager", type: "text" },
      { name: "pin", label: "pin", type: "password" },
    ],
    submitLabel: "approve",
    async submit({ manager, pin }) {
      const approval = await post("/approvals", { id: newID(), manager, pin, act, subjectID, ...amount });
      return approval.id;
    },
  });
}
