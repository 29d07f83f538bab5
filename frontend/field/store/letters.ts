// Letters: what waits here, sealed for the server alone and kept beside the outbox, so that a phone that is locked, or whose PIN was
// forgotten, still hands it in (protocol, section 10). What stands in the outbox goes only by the server's answer to it.

import { db, keepNote, note } from "./database.ts";
import { written } from "./failures.ts";

const writtenOf = (device: string): string => `letters:${device}`;

/** The number of the last command of an enrolment that a letter holds; 0 for none. */
export async function sealedUpTo(device: string): Promise<number> {
  return note(writtenOf(device), 0);
}

export async function keepSealedUpTo(device: string, seq: number): Promise<void> {
  await written(() => keepNote(writtenOf(device), seq));
}

/** Forget the letters of an enrolment of which nothing waits any more. */
export async function dropLetters(device: string): Promise<void> {
  await db.carried.filter((row) => row.letter?.device === device).delete();
}

export interface Letters {
  /** Commands that wait for the server's answer, of all enrolments of this phone. */
  readonly waiting: number;
  /** Of those: in a letter that the server has. */
  readonly handed: number;
  /** Of those: in no letter; they leave only when the phone is opened. */
  readonly closed: number;
}

/** What of a device's waiting commands the server has by letter: up to the first letter that it has not. */
async function handedUpTo(device: string): Promise<number> {
  const letters = (await db.carried.filter((row) => row.letter?.device === device).toArray()).sort((one, other) => (one.letter?.upto ?? 0) - (other.letter?.upto ?? 0));
  const missing = letters.findIndex((row) => row.state !== "delivered");
  return (missing < 0 ? letters.at(-1) : letters[missing - 1])?.letter?.upto ?? 0;
}

/** How what waits stands; it needs no PIN. With `key`, only what lies under that data key. */
export async function letters(key?: string): Promise<Letters> {
  const devices = (await db.devices.toArray()).filter((row) => key === undefined || row.key === key);
  const found = { waiting: 0, handed: 0, closed: 0 };
  for (const { device_id: device } of devices) {
    const [handed, sealed] = [await handedUpTo(device), await sealedUpTo(device)];
    const rows = await db.outbox.where("[device+status]").equals([device, "waiting"]).toArray();
    found.waiting += rows.length;
    found.handed += rows.filter((row) => row.seq <= handed).length;
    found.closed += rows.filter((row) => row.seq > sealed).length;
  }
  return found;
}
