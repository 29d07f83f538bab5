// What was opened stays in memory while the phone is unlocked, and goes when it locks.

const all: Map<string, unknown>[] = [];

/** A map that is emptied when the phone locks. */
export function openedMap<T>(): Map<string, T> {
  const map = new Map<string, T>();
  all.push(map);
  return map;
}

export function forgetAll(): void {
  for (const map of all) map.clear();
}
