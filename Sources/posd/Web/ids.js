// Ids that this page creates: lower-case version-4 UUIDs.
// crypto.randomUUID is missing on plain HTTP, getRandomValues is not.

const hex = "0123456789abcdef";

export function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => hex[byte >> 4] + hex[byte & 15]).join("");
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end)).join("-");
}
