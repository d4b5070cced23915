// The shopper's own gift: one yuan, rounding up to the yuan, or any amount; for a campaign if
// there are several.

import * as basket from "./basket.js";
import { askForm } from "./dialog.js";
import { t } from "./i18n.js";
import { nameOf } from "./reasons.js";

const oneYuanFen = 100;
let campaigns = [];

export function setCampaigns(list) {
  campaigns = list;
}

export async function askGift() {
  const fields = [{ name: "kind", label: "giftKind", type: "number", options: kinds() }];
  if (campaigns.length > 1) fields.push(campaignField());
  const chosen = await askForm({
    title: "giftTitle", fields, submit: ({ kind, campaign }) => ({ kind, campaign }),
  });
  if (chosen === null) return;
  const gift = await giftOf(chosen.kind);
  if (gift === undefined) return;
  const { campaign } = chosen;
  basket.setGift(gift !== null && campaign !== undefined ? { ...gift, campaign } : gift);
}

function kinds() {
  const names = ["one", "roundUp", "amount"];
  if (basket.gift() !== null) names.push("none");
  return names.map((name) => ({ value: name, label: t(`gift.${name}`) }));
}

function campaignField() {
  const options = campaigns.map((campaign) => ({ value: campaign.id, label: nameOf(campaign) }));
  return { name: "campaign", label: "giftCampaign", type: "choice", options };
}

/** null takes the gift out, undefined leaves it as it was. */
async function giftOf(kind) {
  if (kind === "one") return { amountFen: oneYuanFen };
  if (kind === "roundUp") return { roundUp: true };
  if (kind === "none") return null;
  const amountFen = await askForm({
    title: "giftTitle",
    fields: [{ name: "amount", label: "amountYuan", type: "money" }],
    submit: ({ amount }) => amount,
  });
  return amountFen ? { amountFen } : undefined;
}
