// The outbox: what was done on this phone, until the server has said for each that it is durable there, and after that for the
// person's list of the day. Nothing leaves it unanswered.

import type { Answer, Bodies, Command, Counts, Kind, OutboxEntry } from "../domain/types.ts";
import { VERSIONS } from "../domain/types.ts";
import { idAfter, idsFrom, offset } from "./clock.ts";
import { db, note, type OutboxRow } from "./database.ts";
import { allDoors } from "./documents.ts";
import { written } from "./failures.ts";
import { openedMap } from "./opened.ts";
import { openSession } from "./session.ts";
import { canOpen, open, seal } from "./vault.ts";

type Inside = Omit<Command, "seq">;
type Said = Pick<Answer, "said" | "data">;

export interface Filter {
  readonly status?: readonly OutboxEntry["status"][];
  readonly kind?: readonly Kind[];
  /** Only the newest so many. */
  readonly latest?: number;
}

const STATUSES: readonly OutboxRow["status"][] = ["waiting", "held", "quarantined", "conflict", "refused", "accepted", "duplicate", "flagged"];
const ON_SERVER: ReadonlySet<OutboxRow["status"]> = new Set(["accepted", "duplicate", "flagged"]);

const opened = openedMap<Inside>();
let appended = -Infinity;

/** When this tab last wrote a command down, by `performance.now()`. */
export function latestAppend(): number {
  return appended;
}

/** The door a command belongs to; a void and a picture name an attempt, of this phone or of the server's papers. "" for none. */
async function doorOf(body: Bodies[Kind]): Promise<string> {
  if ("door_id" in body) return body.door_id;
  if (!("attempt_id" in body)) return "";
  const made = await db.outbox.get(body.attempt_id);
  return made?.door ?? (await allDoors()).find((door) => door.tried.some((one) => one.id === body.attempt_id))?.id ?? "";
}

async function inside(row: OutboxRow): Promise<Inside> {
  const known = opened.get(row.id);
  if (known) return known;
  const found = (await open(`outbox:${row.id}`, row.sealed)) as Inside;
  opened.set(row.id, found);
  return found;
}

async function entry(row: OutboxRow): Promise<OutboxEntry> {
  const command: Command = { ...(await inside(row)), seq: row.seq };
  const said = row.answer ? ((await open(`answer:${row.id}`, row.answer)) as Said) : { said: "", data: {} };
  return { command, status: row.status, code: row.code, ...said, answered_at: row.answered_at, seen: row.seen === 1, device: row.device };
}

interface Options {
  readonly after?: readonly string[];
  /** What belongs to it, given its id, and waits for it: pictures of a visit. All of it is written, or nothing. */
  readonly along?: (id: string) => readonly { readonly kind: Kind; readonly body: Bodies[Kind] }[];
}

/** Write a command down. When this resolves it is on the disk, in one piece, with the next number of this device.
 *  Raises Locked, or StorageFull with nothing written. */
export async function append<K extends Kind>(kind: K, body: Bodies[K], options: Options = {}): Promise<Command<K>> {
  const { device_id: device } = openSession().device;
  const made = { recorded_at: Date.now(), offset: await offset() };
  const { id, time } = idAfter(await note("highest_id_time", 0));
  const first = { ...made, id, kind, version: VERSIONS[kind], after: options.after ?? [], body };
  const all: Inside[] = [first];
  let highest = time;
  for (const one of options.along?.(id) ?? []) {
    const next = idAfter(highest);
    highest = next.time;
    all.push({ ...made, ...one, id: next.id, version: VERSIONS[one.kind], after: [id] });
  }
  const blank = { device, door: await doorOf(body), recorded_at: made.recorded_at, status: "waiting", code: "", answer: null, answered_at: null, seen: 0 } as const;
  const rows = await Promise.all(all.map(async (one) => ({ ...blank, id: one.id, kind: one.kind, sealed: await seal(`outbox:${one.id}`, one) })));
  const seq = await written(() =>
    db.transaction("rw", db.outbox, db.notes, async () => {
      const before = await note(`seq:${device}`, 0);
      for (const [at, row] of rows.entries()) await db.outbox.add({ ...row, seq: before + 1 + at });
      await db.notes.bulkPut([
        { name: `seq:${device}`, value: before + rows.length },
        { name: "highest_id_time", value: highest },
      ]);
      // Before anybody can hear of it.
      appended = performance.now();
      return before + 1;
    }),
  );
  for (const one of all) opened.set(one.id, one);
  return { ...first, seq };
}

/** What lies in the outbox and can be opened, oldest first: by id, which only rises, whatever somebody does to the clock. */
export async function entries(filter: Filter = {}): Promise<OutboxEntry[]> {
  const { status, kind, latest } = filter;
  // One question for each status is answered at once; one for several is gone through row by row.
  let rows = status ? (await Promise.all(status.map((one) => db.outbox.where("status").equals(one).toArray()))).flat() : await db.outbox.toArray();
  rows = rows.filter((row) => canOpen(row.sealed.key) && (!kind || kind.includes(row.kind))).sort((one, other) => (one.id < other.id ? -1 : 1));
  if (latest !== undefined) rows = rows.slice(-latest);
  return Promise.all(rows.map(entry));
}

/** What was done at a door on this phone: its attempts, sheets, the door's addition, and what voids or pictures them. */
export async function forDoor(doorId: string): Promise<OutboxEntry[]> {
  const rows = await db.outbox.where("door").equals(doorId).toArray();
  const found = await Promise.all(rows.filter((row) => canOpen(row.sealed.key)).map(entry));
  return found.sort((one, other) => one.command.seq - other.command.seq);
}

/** How many lie in which state, over all enrolments of this phone. */
export async function counts(): Promise<Counts> {
  const found = { waiting: 0, held: 0, quarantined: 0, conflict: 0, refused: 0, sent: 0 };
  const numbers = await Promise.all(STATUSES.map((status) => db.outbox.where("status").equals(status).count()));
  STATUSES.forEach((status, at) => (found[ON_SERVER.has(status) ? "sent" : (status as keyof Counts)] += numbers[at] ?? 0));
  return found;
}

/** Devices of this phone with something unanswered that can be opened now. */
export async function devicesWaiting(): Promise<string[]> {
  const rows = await db.outbox.where("status").equals("waiting").toArray();
  return [...new Set(rows.filter((row) => canOpen(row.sealed.key)).map((row) => row.device))];
}

async function commandsOf(rows: readonly OutboxRow[]): Promise<Command[]> {
  return Promise.all(rows.map(async (row) => ({ ...(await inside(row)), seq: row.seq })));
}

export interface Batch {
  readonly commands: readonly Command[];
  readonly waiting: number;
  readonly oldest: number | null;
}

/** The next unanswered commands of a device, by number, without those to be passed over. `waiting` and `oldest` are over all that this
 *  phone holds, what an earlier enrolment made included: the server must not have it wiped before. */
export async function nextBatch(device: string, most: number, mostBytes: number, passed: ReadonlySet<string>): Promise<Batch> {
  const [first, waiting, found] = await Promise.all([
    db.outbox.where("status").equals("waiting").first(),
    db.outbox.where("status").equals("waiting").count(),
    db.outbox.where("[device+status+seq]").between([device, "waiting", 0], [device, "waiting", Infinity]).limit(most + passed.size).toArray(),
  ]);
  const rows: OutboxRow[] = [];
  let bytes = 0;
  for (const row of found.filter(({ id }) => !passed.has(id)).slice(0, most)) {
    bytes += row.sealed.box.length + 100;
    if (rows.length > 0 && bytes > mostBytes) break;
    rows.push(row);
  }
  return { commands: await commandsOf(rows), waiting, oldest: first?.recorded_at ?? null };
}

/** All that waits of a device, by number. */
export async function waitingOf(device: string): Promise<Command[]> {
  return commandsOf(await db.outbox.where("[device+status+seq]").between([device, "waiting", 0], [device, "waiting", Infinity]).toArray());
}

/** Keep the server's answers, all of a batch in one piece. An answer to what nobody asked is passed over. */
export async function keepAnswers(answers: readonly Answer[]): Promise<void> {
  const at = Date.now();
  const told = await Promise.all(answers.map(async (answer) => ({ ...answer, sealed: answer.said || Object.keys(answer.data).length > 0 ? await seal(`answer:${answer.id}`, { said: answer.said, data: answer.data }) : null })));
  await written(() =>
    db.transaction("rw", db.outbox, async () => {
      const rows = await db.outbox.bulkGet(told.map(({ id }) => id));
      const kept = told.flatMap(({ status, code, sealed }, index) => {
        const row = rows[index];
        return row ? [{ ...row, status, code, answer: sealed, answered_at: at }] : [];
      });
      await db.outbox.bulkPut(kept);
    }),
  );
}

/** Hand what waits of an earlier enrolment to a later one, with numbers of its own: for a server that knows the earlier no more. */
export async function handOn(from: string, to: string): Promise<void> {
  await written(() =>
    db.transaction("rw", db.outbox, db.notes, async () => {
      const rows = await db.outbox.where("[device+status]").equals([from, "waiting"]).toArray();
      let seq = await note(`seq:${to}`, 0);
      for (const row of rows.sort((one, other) => one.seq - other.seq)) {
        seq += 1;
        await db.outbox.update(row.id, { device: to, seq });
      }
      await db.notes.put({ name: `seq:${to}`, value: seq });
    }),
  );
}

/** Its person has seen what became of these. */
export async function markSeen(ids: readonly string[]): Promise<void> {
  await db.outbox.where("id").anyOf(ids).modify({ seen: 1 });
}

/** Forget what is a fact on the server since before `until`; refused ones only after they were seen. */
export async function tidy(until: number): Promise<void> {
  const old = await db.outbox.where("id").below(idsFrom(until)).toArray();
  const done = old.filter((row) => ON_SERVER.has(row.status) || (row.status === "refused" && row.seen === 1));
  const ids = done.filter((row) => (row.answered_at ?? until) < until).map((row) => row.id);
  await db.outbox.bulkDelete(ids);
  for (const id of ids) opened.delete(id);
}
