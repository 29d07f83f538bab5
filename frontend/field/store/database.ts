// The tables of the device. In clear stand ids, numbers and statuses; whatever a person said or a list knew is sealed
// (vault.ts). Every write waits for the disk ("strict"): a phone whose battery dies a second after the tap has the visit. Dexie keeps no
// copies of what it read: what is sealed is opened once and kept so (opened.ts).

import Dexie, { type EntityTable } from "dexie";

import type { Bytes } from "../domain/bytes.ts";
import type { Kind, Status } from "../domain/types.ts";
import { written } from "./failures.ts";

/** AES-256-GCM under the data key `key`, bound to the place it lies in. */
export interface Sealed {
  readonly key: string;
  readonly iv: Bytes;
  readonly box: Bytes;
}

/** A data key, wrapped by the PIN and then by a key that cannot leave this browser; both are needed. */
export interface KeyRow {
  readonly id: string;
  readonly guard: CryptoKey;
  readonly salt: Bytes;
  readonly rounds: number;
  readonly inner: Bytes;
  readonly outer: Bytes;
  readonly wrapped: Bytes;
  /** Wrong PINs in a row, counted before each is tried: closing the browser gives none back. */
  tries: number;
  wait_until: number;
  /** The same key under the one that came after it, once the old PIN was given again. */
  heir: Sealed | null;
}

/** One enrolment of this phone. A later one takes its place, but what the earlier made is still sent in its name. */
export interface DeviceRow {
  readonly device_id: string;
  readonly key: string;
  readonly signing: CryptoKey;
  readonly origin_name: string;
  readonly info: Sealed;
}

export interface DocumentRow {
  /** "area", or "doors:" and "people:" with the id of a building. */
  readonly name: string;
  readonly building: string;
  /** Ids of the doors within, with the doors only. */
  readonly members: readonly string[];
  readonly stamp: string;
  readonly sealed: Sealed;
}

export interface OutboxRow {
  readonly id: string;
  readonly device: string;
  readonly seq: number;
  readonly kind: Kind;
  readonly door: string;
  readonly recorded_at: number;
  readonly sealed: Sealed;
  status: Status | "waiting";
  code: string;
  answer: Sealed | null;
  answered_at: number | null;
  seen: 0 | 1;
}

/** A parcel of another phone, or a letter of this one's own (section 10). Delivered, only that it was is kept for a while. */
export interface CarriedRow {
  /** Hex SHA-256 of the parcel. */
  readonly id: string;
  readonly parcel: Bytes;
  readonly received_at: number;
  state: "waiting" | "delivered" | "broken";
  /** How many commands the server found in it; null before. */
  taken: number | null;
  code: string;
  answered_at: number | null;
  /** Of a letter: the enrolment of this phone that wrote it, and the number of its last command. */
  readonly letter?: { readonly device: string; readonly upto: number };
}

export interface NoteRow {
  readonly name: string;
  readonly value: string | number | boolean | null;
}

export class FieldDatabase extends Dexie {
  declare keys: EntityTable<KeyRow, "id">;
  declare devices: EntityTable<DeviceRow, "device_id">;
  declare documents: EntityTable<DocumentRow, "name">;
  declare outbox: EntityTable<OutboxRow, "id">;
  declare notes: EntityTable<NoteRow, "name">;
  declare carried: EntityTable<CarriedRow, "id">;

  constructor(name = "firstline-field") {
    super(name, { chromeTransactionDurability: "strict", cache: "disabled" });
    this.version(1).stores({
      keys: "id",
      devices: "device_id",
      documents: "name, building, *members",
      outbox: "id, &[device+seq], [device+status], status, door",
      notes: "name",
    });
    this.version(2).stores({ carried: "id, state" });
    // A batch is read in its order and no longer than it is, however much waits.
    this.version(3).stores({ outbox: "id, &[device+seq], [device+status+seq], status, door" });
  }
}

export const db = new FieldDatabase();

export async function note<T extends NoteRow["value"]>(name: string, otherwise: T): Promise<T> {
  const row = await db.notes.get(name);
  return row === undefined ? otherwise : (row.value as T);
}

export async function keepNote(name: string, value: NoteRow["value"]): Promise<void> {
  await keepNotes({ [name]: value });
}

/** Several at once: each write waits for the disk. */
export async function keepNotes(values: Readonly<Record<string, NoteRow["value"]>>): Promise<void> {
  await written(() => db.notes.bulkPut(Object.entries(values).map(([name, value]) => ({ name, value }))));
}
