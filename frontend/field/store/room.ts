// The room the browser gives us, and whether it may take it back.

export interface Storage {
  readonly used: number;
  readonly quota: number;
  readonly persistent: boolean;
}

/** What is used and allowed, in bytes; zeros where the browser does not say. */
export async function storageNow(): Promise<Storage> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  return { used: usage, quota, persistent: await navigator.storage.persisted().catch(() => false) };
}

/** Ask that the browser never throws our store away by itself. */
export async function demandPersistence(): Promise<boolean> {
  return (await navigator.storage.persisted().catch(() => false)) || (await navigator.storage.persist().catch(() => false));
}

const MARK = "firstline_field";

/** A cookie outlives an eviction of the store; it says only that this browser once was enrolled. */
export function leaveMark(): void {
  document.cookie = `${MARK}=1; path=/field/; max-age=31536000; samesite=strict`;
}

export function removeMark(): void {
  document.cookie = `${MARK}=; path=/field/; max-age=0; samesite=strict`;
}

/** Whether an enrolment was here: with an empty store, the browser or a person threw it away. */
export function hasMark(): boolean {
  return document.cookie.split("; ").includes(`${MARK}=1`);
}
