// A product by its barcode, its name or the initials of its pinyin.

import { get } from "./api.js";
import { askForm, Unusable } from "./dialog.js";
import { t } from "./i18n.js";
import { yuan } from "./money.js";

/** The product meant by what was typed or scanned; asks when there are several; null when left. */
export async function pickProduct(text) {
  if (/^[0-9]{8}$|^[0-9]{13}$/.test(text)) return (await get(`/products/by-barcode/${text}`)).product;
  const { items } = await get(`/products/search?limit=20&q=${encodeURIComponent(text)}`);
  if (items.length === 0) throw new Unusable("m.noProduct");
  if (items.length === 1) return items[0];
  const id = await askForm({
    title: "m.whichProduct",
    fields: [{
      name: "id", label: "goods", type: "choice", rows: 10,
      options: items.map((item) => ({ value: item.id, label: productText(item) })),
    }],
    submit: (values) => values.id,
  });
  return items.find((item) => item.id === id) ?? null;
}

export const productText = ({ name, unit, listPriceFen }) => (
  `${name} · ${yuan(listPriceFen)} ${t("yuanSign")}/${unit}`);

/** 12 → "12 瓶", 1500 g → "1500 克". */
export const countText = (product, count) => (
  `${count} ${product.pricing === "weighed" ? t("m.gram") : product.unit}`);
