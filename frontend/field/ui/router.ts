// Where the person is: the address after "#/". Back is the browser's own.

import { computed, signal, type ReadonlySignal } from "@preact/signals";

const hash = signal(typeof location === "undefined" ? "" : location.hash);
if (typeof window !== "undefined") window.addEventListener("hashchange", () => (hash.value = location.hash));

/** The parts of the address: "#/door/7" is ["door", "7"]; the empty address is []. */
export const parts: ReadonlySignal<readonly string[]> = computed(() =>
  hash.value.startsWith("#/") ? hash.value.slice(2).split("/").filter(Boolean).map(decodeURIComponent) : [],
);

/** Go to "#/doors", "#/building/<id>", "#/door/<id>", "#/duty", "#/sync". */
export function go(to: string): void {
  location.hash = to;
}

/** Go there without a step to come back to. */
export function replace(to: string): void {
  history.replaceState(null, "", to);
  hash.value = location.hash;
}

/** What stands at the places named ":x" of a pattern such as "door/:id"; null where it is another address. */
export function match(pattern: string, found: readonly string[]): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/");
  if (wanted.length !== found.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const here = found[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = here;
    else if (part !== here) return null;
  }
  return params;
}
