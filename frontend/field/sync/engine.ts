// Hands in what waits and takes what changed, in one tab at a time, for as long as it takes (protocol, sections 4, 9 and 11).

import { signal, type ReadonlySignal } from "@preact/signals-core";

import { waitAfter } from "../domain/backoff.ts";
import { Locked, StorageFull } from "../domain/errors.ts";
import { PROTOCOL, type Answer, type Area, type DeviceInfo, type Door } from "../domain/types.ts";
import { offset } from "../store/clock.ts";
import { keepNote, note } from "../store/database.ts";
import { deviceOf, endWipe, keepInfo, openSession, phase, wipe } from "../store/session.ts";
import { apply, position, type Page } from "../store/documents.ts";
import { devicesWaiting, handOn, keepAnswers, nextBatch, tidy, type Batch } from "../store/outbox.ts";
import { parcelsToSend, tidyCarried } from "../store/carried.ts";
import { storageNow } from "../store/room.ts";
import { watchWaiting } from "../store/watch.ts";
import { sendParcels } from "./carrying.ts";
import { alive, Denied, NoServer, signed, type Signer } from "./requests.ts";

declare const __CLIENT__: string;
export const CLIENT = __CLIENT__;

/** Why the engine stands still or shows less: the codes of the protocol, and our own "storage_full" and "trouble". */
export type Trouble = "" | "device_unknown" | "device_revoked" | "grant_ended" | "client_too_old" | "storage_full" | "trouble";

export interface EngineStatus {
  readonly state: "idle" | "sending" | "offline" | "stopped";
  readonly lastContact: number | null;
  readonly offset: number | null;
  readonly error: Trouble;
  /** Doors taken since the present fetch began; null when none runs. */
  readonly taken: number | null;
}

const statusNow = signal<EngineStatus>({ state: "stopped", lastContact: null, offset: null, error: "", taken: null });
export const status: ReadonlySignal<EngineStatus> = statusNow;

/** Commands in a batch, and bytes: half of what the server takes, since sealing and JSON differ in length. */
const MOST = 200;
const MOST_BYTES = 2_000_000;
const SOON = 500;
const A_WHILE = 5 * 60_000;
const A_WEEK = 7 * 24 * 3_600_000;

let running = false;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function show(change: Partial<EngineStatus>): void {
  statusNow.value = { ...statusNow.value, ...change };
}

async function contact(): Promise<void> {
  const now = Date.now();
  await keepNote("last_contact", now);
  show({ lastContact: now, offset: await offset() });
}

async function signerOf(device: string): Promise<Signer> {
  const row = await deviceOf(device);
  if (row === null) throw new Error("An outbox without its device.");
  return { device, key: row.signing };
}

interface Told {
  readonly wipe: boolean;
  readonly changed: boolean;
}

/** Send what waits of one enrolment, batch by batch; at least one batch, if empty, since that is how a device says that it lives. While the
 *  server takes one, the answers to the one before are written down and the next is made ready: a phone that dies before they
 *  are sends the same again, as duplicates. */
async function send(device: string): Promise<Told> {
  const signer = await signerOf(device);
  const passed = new Set<string>();
  let most = MOST;
  let batch = await nextBatch(device, most, MOST_BYTES, passed);
  let keeping = Promise.resolve();
  try {
    for (;;) {
      const { commands } = batch;
      const asked = new Set(commands.map((one) => one.id));
      try {
        const following = keeping.then(() => nextBatch(device, most, MOST_BYTES, new Set([...passed, ...asked])));
        const [told, next] = await Promise.all([hand(signer, batch), following]);
        const answers = (told["answers"] as readonly Answer[]).filter((one) => asked.has(one.id));
        keeping = keepAnswers(answers).then(contact);
        if (answers.length < commands.length) throw new NoServer("Not every command was answered.");
        batch = { ...next, waiting: next.waiting - commands.length };
        if (batch.commands.length > 0) continue;
        // A wipe is meant for a phone that holds nothing else: asked once more of our own store, since a tap may have come between.
        await keeping;
        batch = await nextBatch(device, most, MOST_BYTES, passed);
        if (batch.commands.length === 0) return { wipe: told["wipe"] === true && batch.waiting === 0, changed: told["changed"] === true };
      } catch (error) {
        // Too large or not understood as a whole: smaller ones, until the one that cannot be sent stands alone and is passed over.
        if (!(error instanceof Denied && (error.status === 413 || error.status === 422)) || commands.length === 0) throw error;
        if (commands.length === 1 && commands[0]) {
          passed.add(commands[0].id);
          show({ error: "trouble" });
        }
        most = Math.max(1, Math.floor(commands.length / 2));
        await keeping;
        batch = await nextBatch(device, most, MOST_BYTES, passed);
      }
    }
  } finally {
    // However it ends, nothing is still being written when another tab may begin.
    await keeping.catch(() => undefined);
  }
}

async function hand(signer: Signer, { commands, waiting, oldest }: Batch): Promise<Readonly<Record<string, unknown>>> {
  return signed(signer, "POST", "/sync/v1/commands", { protocol: PROTOCOL, sent_at: Date.now(), client: CLIENT, waiting, oldest, storage: await storageNow(), commands });
}

async function changesAfter(signer: Signer, cursor: string, hash: string): Promise<Page & { readonly more: boolean }> {
  const page = await signed(signer, "GET", `/sync/v1/changes?cursor=${encodeURIComponent(cursor)}&area=${encodeURIComponent(hash)}`);
  return {
    reset: page["reset"] === true,
    area: page["area"] as Area | null,
    doors: page["doors"] as readonly Door[],
    gone: page["gone"] as readonly string[],
    cursor: page["cursor"] as string,
    more: page["more"] === true,
  };
}

async function keepPage(page: Page): Promise<void> {
  await apply(page);
  if (page.area) await keepInfo({ ...openSession().device, grants: page.area.grants, person: page.area.person } satisfies DeviceInfo);
  await contact();
}

/** Take what changed, page by page: while one is being written, the server makes the next. */
async function fetchChanges(device: string): Promise<void> {
  const signer = await signerOf(device);
  let { cursor, hash } = await position();
  let taken = 0;
  let keeping = Promise.resolve();
  try {
    for (let more = true; more; ) {
      show({ taken });
      const [page] = await Promise.all([changesAfter(signer, cursor, hash), keeping]);
      keeping = keepPage(page);
      cursor = page.cursor;
      hash = page.area?.hash ?? hash;
      taken += page.doors.length;
      more = page.more;
    }
    await keeping;
  } finally {
    // However it ends, nothing is still being written when another tab may begin.
    await keeping.catch(() => undefined);
  }
  await keepNote("last_fetch", Date.now());
  show({ taken: null });
}

const TROUBLES: readonly string[] = ["device_unknown", "device_revoked", "grant_ended", "client_too_old"];

function troubleOf(error: unknown): Trouble {
  if (error instanceof StorageFull) return "storage_full";
  if (error instanceof Denied && TROUBLES.includes(error.code)) return error.code as Trouble;
  return "trouble";
}

/** A phone whose hats read no documents has done all it can. */
function unlessNoDocuments(error: unknown): void {
  if (!(error instanceof Denied && error.code === "hat_missing")) throw error;
  show({ taken: null });
}

/** Send what an earlier enrolment made in its name; where the server knows that one no more, in the present one's. */
async function sendEarlier(earlier: string, present: string): Promise<void> {
  try {
    await send(earlier);
  } catch (error) {
    if (!(error instanceof Denied && error.code === "device_unknown")) throw error;
    await handOn(earlier, present);
  }
}

/** One round: what waits, earlier enrolments first, then what changed. */
async function round(): Promise<void> {
  const device = openSession().device.device_id;
  for (const other of await devicesWaiting()) {
    if (other !== device) await sendEarlier(other, device);
  }
  // First what others trusted this phone with: a wipe must find nothing of theirs.
  await sendParcels(await signerOf(device), await parcelsToSend());
  const told = await send(device);
  if (told.wipe && (await parcelsToSend()).length === 0) {
    await wipe();
    await goodbye();
    return;
  }
  const stale = Date.now() - (await note("last_fetch", 0)) > A_WHILE;
  if (told.changed || stale || (await position()).cursor === "") await fetchChanges(device).catch(unlessNoDocuments);
  await tidy(Date.now() - A_WEEK);
  await tidyCarried(Date.now() - A_WEEK);
}

/** Say that the store is empty, with the key that goes last. */
async function goodbye(): Promise<void> {
  const device = await note<string>("device", "");
  await signed(await signerOf(device), "POST", "/sync/v1/wiped", { protocol: PROTOCOL });
  await endWipe();
}

function again(milliseconds: number): void {
  clearTimeout(timer);
  if (running) timer = setTimeout(() => void turn(), milliseconds);
}

function failed(error: unknown): void {
  tries += 1;
  const asked = error instanceof Denied && error.retryAfter !== null ? error.retryAfter * 1000 : 0;
  if (error instanceof NoServer) show({ state: "offline", taken: null });
  else if (error instanceof Locked) show({ state: "stopped", taken: null });
  else show({ state: "stopped", error: troubleOf(error), taken: null });
  again(Math.max(waitAfter(tries, Math.random()), asked));
}

let turning: Promise<void> | null = null;
/** Whether something began to wait while a turn ran, which may have been past it already. */
let cameMeanwhile = false;

/** One turn; who asks during one waits for that one, and for another soon after it. */
function turn(): Promise<void> {
  if (turning !== null) cameMeanwhile = true;
  turning ??= oneTurn().finally(() => {
    turning = null;
  });
  return turning;
}

/** One turn, if no other tab has it. */
async function oneTurn(): Promise<void> {
  clearTimeout(timer);
  cameMeanwhile = false;
  if (phase.value !== "open" && phase.value !== "wiped") return;
  await navigator.locks.request("firstline-sync", { ifAvailable: true }, async (lock) => {
    if (lock === null) {
      show({ state: "idle", lastContact: await note<number | null>("last_contact", null) });
      again(A_WHILE);
      return;
    }
    try {
      if (!(await alive())) throw new NoServer("Nobody there.");
      show({ state: "sending", error: "" });
      await (phase.value === "wiped" ? goodbye() : round());
      tries = 0;
      show({ state: "idle" });
      again(cameMeanwhile ? SOON : A_WHILE);
    } catch (error) {
      failed(error);
    }
  });
}

/** Try at once, whatever the wait; resolves when the try is over. */
export async function sendNow(): Promise<void> {
  tries = 0;
  await turn();
}

let stopWatching: (() => void) | undefined;
const hurry = (): void => void sendNow();
const back = (): void => {
  if (document.visibilityState === "visible") void turn();
};

/** Begin; harmless when it runs. */
export async function start(): Promise<void> {
  if (running) return;
  running = true;
  show({ state: "idle", lastContact: await note<number | null>("last_contact", null), offset: await offset() });
  // What is tapped is sent at once while the server answers; after a failure its waits stand.
  stopWatching = watchWaiting((waiting) => {
    if (waiting === 0 || tries > 0) return;
    if (turning === null) again(SOON);
    else cameMeanwhile = true;
  });
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", back);
  await turn();
}

export function stop(): void {
  running = false;
  clearTimeout(timer);
  stopWatching?.();
  removeEventListener("online", hurry);
  document.removeEventListener("visibilitychange", back);
  show({ state: "stopped" });
}
