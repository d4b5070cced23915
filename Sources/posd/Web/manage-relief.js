// Relief: programmes and their vouchers, coupons, goods handed out, what funders owe.

import { claims } from "./manage-claims.js";
import { coupons } from "./manage-coupons.js";
import { handOuts } from "./manage-handouts.js";
import { programmes, onLook } from "./manage-programmes.js";
import { showVouchersOf, vouchers } from "./manage-vouchers.js";
import { tabbed } from "./tabs.js";

export const relief = tabbed({
  id: "relief", title: "r.relief", roles: ["manager", "auditor"],
  views: [programmes, vouchers, coupons, handOuts, claims],
});

onLook((programme) => {
  showVouchersOf(programme);
  relief.goTo(vouchers);
});
