// The device's clock against the server's, and ids that only rise.

import { V7Generator } from "uuidv7";

import { jumped, offsetOf, PATIENCE, type Reading } from "../domain/clock.ts";
import { keepNotes, note } from "./database.ts";

const generator = new V7Generator();

let before: Reading = { wall: Date.now(), steady: performance.now(), slept: false };
let slept = false;

/** The page was hidden: the steady clock may have stood still since. */
export function wentToSleep(): void {
  slept = true;
}

/** Server minus device as last measured; null if never, or since somebody set the clock. */
export async function offset(): Promise<number | null> {
  const now: Reading = { wall: Date.now(), steady: performance.now(), slept };
  const highest = await note("wall", 0);
  const moved = jumped(before, now) || now.wall < highest - PATIENCE;
  before = now;
  slept = false;
  if (moved) {
    await keepNotes({ offset: null, wall: now.wall });
  } else if (now.wall > highest + 10_000) await keepNotes({ wall: now.wall });
  return note<number | null>("offset", null);
}

/** Note what an exchange with the server showed. */
export async function measured(serverTime: number, sent: number, received: number): Promise<void> {
  before = { wall: Date.now(), steady: performance.now(), slept: false };
  slept = false;
  await keepNotes({ wall: before.wall, offset: offsetOf(serverTime, sent, received) });
}

/** The device's idea of the server's time. */
export async function serverNow(): Promise<number> {
  return Date.now() + ((await offset()) ?? 0);
}

/** A UUIDv7 above one of the time `last`, also when the clock was set back (its time then creeps on by milliseconds); with
 *  the time that was used. */
export function idAfter(last: number): { readonly id: string; readonly time: number } {
  const time = Math.max(Date.now(), last + 1);
  return { id: generator.generateOrResetWithTs(time).toString(), time };
}

/** What was made before a moment (ms) has an id below this. */
export function idsFrom(time: number): string {
  const digits = time.toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}
