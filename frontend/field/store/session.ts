// Who holds this phone, and whether it is unlocked. The PIN opens the data key; wrong ones are slowed down, and ten in a row close
// the phone until a supervisor enrols it anew. Nothing is ever deleted for a wrong PIN.

import { signal, type ReadonlySignal } from "@preact/signals";

import type { Bytes } from "../domain/bytes.ts";
import { Locked, NotEnrolled } from "../domain/errors.ts";
import { delayAfter, MOST_TRIES } from "../domain/pin.ts";
import type { DeviceInfo } from "../domain/types.ts";
import { db, note, type DeviceRow, type KeyRow } from "./database.ts";
import { forgetAll } from "./opened.ts";
import { written } from "./failures.ts";
import { letters } from "./letters.ts";
import { removeMark } from "./room.ts";
import { canOpen, closeVault, inherit, isOpen, keepCurrentOnly, makeKey, open, openHeir, openKey, seal } from "./vault.ts";

export interface Session {
  readonly unlocked: boolean;
  readonly device: DeviceInfo;
}

/** "starting" until the store was looked at; "new": never enrolled; "closed": ten wrong PINs; "wiped": cleared at a supervisor's
 *  wish, and the server has not heard of it yet. */
export type Phase = "starting" | "new" | "locked" | "closed" | "open" | "wiped";

const phaseNow = signal<Phase>("starting");
const sessionNow = signal<Session | null>(null);
export const phase: ReadonlySignal<Phase> = phaseNow;
export const session: ReadonlySignal<Session | null> = sessionNow;

export type Unlocking =
  | { readonly is: "open" }
  | { readonly is: "wrong"; readonly left: number; readonly wait_until: number }
  | { readonly is: "early"; readonly wait_until: number }
  | { readonly is: "closed" };

const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("firstline-field");
if (tabs) {
  tabs.onmessage = (event: MessageEvent<unknown>) => {
    if (event.data === "lock") closeHere();
    if (event.data === "changed") void look();
  };
}

/** The row of the enrolment in force, if there is one. */
export async function deviceRow(): Promise<DeviceRow | null> {
  const id = await note<string>("device", "");
  return (id && (await db.devices.get(id))) || null;
}

/** The enrolments of this phone by their ids. */
export async function deviceOf(id: string): Promise<DeviceRow | null> {
  return (await db.devices.get(id)) ?? null;
}

/** See what the store holds; the first thing the app does. */
export async function look(): Promise<Phase> {
  const row = await deviceRow();
  if (row === null || (await note<boolean>("wiping", false))) {
    closeVault();
    sessionNow.value = null;
    phaseNow.value = row === null ? "new" : "wiped";
  } else if (!isOpen() || !canOpen(row.key)) {
    const key = await db.keys.get(row.key);
    phaseNow.value = key && key.tries >= MOST_TRIES ? "closed" : "locked";
  }
  return phaseNow.value;
}

/** The place this phone was enrolled for; it may be shown on a locked screen. */
export async function placeName(): Promise<string> {
  return (await deviceRow())?.origin_name ?? "";
}

async function begin(row: DeviceRow): Promise<void> {
  const device = (await open(`device:${row.device_id}`, row.info)) as DeviceInfo;
  for (const key of await db.keys.toArray()) await openHeir(key);
  sessionNow.value = { unlocked: true, device };
  phaseNow.value = "open";
}

/** Count a try at a key, on disk, before it is judged; then judge it. Raises StorageFull, and judges nothing, where it cannot be counted. */
async function tryKey(id: string, judge: (key: KeyRow) => Promise<boolean>): Promise<Unlocking> {
  const now = Date.now();
  const counted = await written(() =>
    db.transaction("rw", db.keys, async () => {
      const key = await db.keys.get(id);
      if (!key || key.tries >= MOST_TRIES) return "closed";
      // A clock set back must not lock the phone for a day: no wait is longer than the one that was ordered.
      if (key.wait_until > now && key.wait_until - now <= delayAfter(key.tries)) return key.wait_until;
      key.tries += 1;
      key.wait_until = now + delayAfter(key.tries);
      await db.keys.put(key);
      return key;
    }),
  );
  if (counted === "closed") return { is: "closed" };
  if (typeof counted === "number") return { is: "early", wait_until: counted };
  if (await judge(counted)) {
    await db.keys.update(id, { tries: 0, wait_until: 0 });
    return { is: "open" };
  }
  if (counted.tries >= MOST_TRIES) return { is: "closed" };
  return { is: "wrong", left: MOST_TRIES - counted.tries, wait_until: counted.wait_until };
}

/** Try a PIN. */
export async function unlock(pin: string): Promise<Unlocking> {
  const row = await deviceRow();
  if (row === null) throw new NotEnrolled("This phone has not been enrolled.");
  const found = await tryKey(row.key, (key) => openKey(key, pin));
  if (found.is === "open") await begin(row);
  if (found.is === "closed") phaseNow.value = "closed";
  return found;
}

function closeHere(): void {
  closeVault();
  forgetAll();
  if (phaseNow.value === "open") {
    sessionNow.value = null;
    phaseNow.value = "locked";
  }
}

/** Lock the phone, in all its tabs. */
export function lock(): void {
  closeHere();
  tabs?.postMessage("lock");
}

/** Keep a fresh enrolment under a fresh PIN, and open it. What an earlier enrolment left unsent stays, and is sent in its name. */
export async function keepEnrolment(device: DeviceInfo, signing: CryptoKey, pin: string, rounds?: number): Promise<void> {
  const key = await makeKey(pin, rounds);
  const info = await seal(`device:${device.device_id}`, device);
  const row: DeviceRow = { device_id: device.device_id, key: key.id, signing, origin_name: device.origin_name, info };
  await written(() =>
    db.transaction("rw", [db.keys, db.devices, db.documents, db.notes], async () => {
      // The supervisor has seen the person: what ten wrong PINs closed may be tried again, ten times.
      await db.keys.toCollection().modify({ tries: 0, wait_until: 0 });
      await db.keys.add(key);
      await db.devices.add(row);
      await db.documents.clear();
      await db.notes.bulkDelete(["cursor", "area_hash"]);
      await db.notes.put({ name: "device", value: device.device_id });
    }),
  );
  // What lies under an earlier PIN asks for it, from the first moment on, not from the first lock.
  keepCurrentOnly();
  forgetAll();
  await begin(row);
  tabs?.postMessage("changed");
}

/** Earlier data keys of this phone that the present PIN does not open, and what lies under each that the server has in no way. */
export async function strangeKeys(): Promise<readonly { readonly key: string; readonly waiting: number; readonly left: number }[]> {
  const found = [];
  for (const key of await db.keys.toArray()) {
    if (canOpen(key.id)) continue;
    const { waiting, handed } = await letters(key.id);
    if (waiting > handed) found.push({ key: key.id, waiting: waiting - handed, left: MOST_TRIES - key.tries });
  }
  return found;
}

/** Open what an earlier enrolment left, by the PIN of that time; from then on the present PIN opens it. */
export async function adopt(id: string, oldPin: string): Promise<Unlocking> {
  return tryKey(id, async (key) => {
    const heir = await inherit(key, oldPin);
    if (heir !== null) await db.keys.update(id, { heir });
    return heir !== null;
  });
}

/** What the session needs to be open for. */
export function openSession(): Session {
  if (sessionNow.value === null) throw new Locked("The store is sealed.");
  return sessionNow.value;
}

/** The server told of other grants: keep them with the device. */
export async function keepInfo(device: DeviceInfo): Promise<void> {
  await db.devices.update(device.device_id, { info: await seal(`device:${device.device_id}`, device) });
  sessionNow.value = { unlocked: true, device };
}

/** Delete all this phone holds but the signing keys, which say goodbye and go last (endWipe). */
export async function wipe(): Promise<void> {
  await db.transaction("rw", [db.keys, db.documents, db.outbox, db.carried, db.notes], async () => {
    for (const table of [db.keys, db.documents, db.outbox, db.carried]) await table.clear();
    const device = await note<string>("device", "");
    await db.notes.clear();
    await db.notes.bulkPut([
      { name: "device", value: device },
      { name: "wiping", value: true },
    ]);
  });
  closeVault();
  forgetAll();
  sessionNow.value = null;
  phaseNow.value = "wiped";
  tabs?.postMessage("changed");
}

/** The server knows: nothing is left of this enrolment. */
export async function endWipe(): Promise<void> {
  await db.transaction("rw", [db.devices, db.notes], async () => {
    await db.devices.clear();
    await db.notes.clear();
  });
  removeMark();
  await look();
}

/** Public key of a fresh pair as SPKI, and the private key, which cannot leave this browser. */
export async function makeSigningKey(): Promise<{ readonly signing: CryptoKey; readonly spki: Bytes }> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  return { signing: pair.privateKey, spki: new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey)) };
}

