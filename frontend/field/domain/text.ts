// Typed text brought to one width before anything is read from it, as identifiers/width.py does.

// Marks without a width arrive with text copied from chat programs and break equality unseen.
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const DASHES = /[‐‑‒–—―−﹣－─━]/g;

/** Full width to half width (NFKC), one kind of hyphen, single spaces, nothing invisible. */
export function halve(text: string): string {
  const plain = text.replace(DASHES, "-").normalize("NFKC").replace(DASHES, "-");
  return plain.replace(INVISIBLE, "").replace(/[\s\u001c-\u001f\u0085]+/g, " ").trim();
}

/** `text` without those of `characters` at either end. */
export function strip(text: string, characters: string): string {
  const all = Array.from(text);
  let from = 0;
  let to = all.length;
  while (from < to && characters.includes(all[from] ?? "")) from += 1;
  while (to > from && characters.includes(all[to - 1] ?? "")) to -= 1;
  return all.slice(from, to).join("");
}
