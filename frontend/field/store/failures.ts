// What a browser's database says when it fails, in our words.

import Dexie from "dexie";

import { StorageFull } from "../domain/errors.ts";

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const inner: unknown = "inner" in error ? error.inner : undefined;
  return error.name === Dexie.errnames.QuotaExceeded || (inner !== error && inner !== undefined && inner !== null && isFull(inner));
}

/** Run a write; one that finds no room has written nothing and says so. */
export async function written<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isFull(error)) throw new StorageFull("No room left on the phone.", { cause: error });
    throw error;
  }
}
