// A document beside the list: the slip as it is printed, as a picture, else as text.

import { getBlob, getText } from "./api.js";
import { byID, h, show } from "./dom.js";

let picture = null;
let wanted = null;

/** Shows `${path}.svg`, or `${path}.txt` where pictures cannot be drawn. */
export async function showPaper(path, { columns = 48 } = {}) {
  wanted = path;
  const place = byID("paper");
  show(place, true);
  place.replaceChildren(h("p", { text: "…" }));
  try {
    const blob = await getBlob(`${path}.svg?columns=${columns}`);
    if (wanted !== path) return;
    forgetPicture();
    picture = URL.createObjectURL(new Blob([blob], { type: "image/svg+xml" }));
    place.replaceChildren(h("img", { src: picture, alt: "" }));
  } catch (error) {
    const text = await getText(`${path}.txt?columns=${columns}`).catch(() => { throw error; });
    if (wanted === path) place.replaceChildren(h("pre", { text }));
  }
}

export function hidePaper() {
  wanted = null;
  forgetPicture();
  byID("paper").replaceChildren();
  show(byID("paper"), false);
}

function forgetPicture() {
  if (picture !== null) URL.revokeObjectURL(picture);
  picture = null;
}
