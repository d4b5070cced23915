// A document beside the list: the slip as it is printed, as a picture, else as text.

import { getBlob, getText } from "./api.js";
import { byID, h, show } from "./dom.js";
import { problemText } from "./i18n.js";

let picture = null;
let wanted = null;

/** Shows `${path}.svg`, or `${path}.txt` where pictures cannot be drawn; `query` is more to ask for. */
export async function showPaper(path, { columns = 48, query = "" } = {}) {
  const asked = `?columns=${columns}${query}`;
  wanted = path;
  const place = byID("paper");
  show(place, true);
  place.replaceChildren(h("p", { text: "…" }));
  try {
    const blob = await getBlob(`${path}.svg${asked}`);
    if (wanted !== path) return;
    forgetPicture();
    picture = URL.createObjectURL(new Blob([blob], { type: "image/svg+xml" }));
    place.replaceChildren(h("img", { src: picture, alt: "" }));
  } catch {
    await showText(`${path}.txt${asked}`, path);
  }
}

/** What was closed is closed, whether or not its document can be shown: the place says why. */
async function showText(source, path) {
  const shown = await getText(source).then(
    (text) => h("pre", { text }), (error) => h("p", { text: problemText(error) }));
  if (wanted === path) byID("paper").replaceChildren(shown);
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
