// What the server told of the area, sealed by building: one blob for the doors and their states, one for who is expected and what was
// tried. A page of the feed is written whole, with its cursor, or not at all.

import type { Area, Building, Door } from "../domain/types.ts";
import { db, note, type DocumentRow } from "./database.ts";
import { written } from "./failures.ts";
import { openedMap } from "./opened.ts";
import { open, seal } from "./vault.ts";

type Face = Omit<Door, "people" | "tried">;
type Inside = Record<string, Pick<Door, "people" | "tried">>;

export interface Page {
  readonly reset: boolean;
  readonly area: Area | null;
  readonly doors: readonly Door[];
  readonly gone: readonly string[];
  readonly cursor: string;
}

/** What was opened, by the stamp of the row it came from; emptied when the phone locks. */
const opened = openedMap<{ readonly stamp: string; readonly value: unknown }>();

async function read(row: DocumentRow): Promise<unknown> {
  const known = opened.get(row.name);
  if (known?.stamp === row.stamp) return known.value;
  const value = await open(`document:${row.name}`, row.sealed);
  opened.set(row.name, { stamp: row.stamp, value });
  return value;
}

async function write(name: string, building: string, members: readonly string[], value: unknown): Promise<DocumentRow> {
  const row = { name, building, members, stamp: crypto.randomUUID(), sealed: await seal(`document:${name}`, value) };
  opened.set(name, { stamp: row.stamp, value });
  return row;
}

function faceOf(door: Door): Face {
  const { id, building, path, unit, floor, room, label, position: place, state, sheets } = door;
  return { id, building, path, unit, floor, room, label, position: place, state, sheets };
}

async function doorsIn(rows: readonly DocumentRow[]): Promise<Door[]> {
  const inside: Inside = {};
  for (const row of rows) if (row.name.startsWith("people:")) Object.assign(inside, await read(row));
  const doors: Door[] = [];
  for (const row of rows) {
    if (!row.name.startsWith("doors:")) continue;
    for (const face of (await read(row)) as Face[]) doors.push({ ...face, ...(inside[face.id] ?? { people: [], tried: [] }) });
  }
  return doors.sort((one, other) => one.position - other.position || (one.label < other.label ? -1 : 1));
}

/** The area, or null before the first sync. */
export async function area(): Promise<Area | null> {
  const row = await db.documents.get("area");
  return row ? ((await read(row)) as Area) : null;
}

export async function buildings(compoundId: string): Promise<Building[]> {
  const compound = (await area())?.compounds.find((one) => one.id === compoundId);
  return [...(compound?.buildings ?? [])].sort((one, other) => one.position - other.position);
}

/** The doors of a building, in their order. */
export async function doorsOf(buildingId: string): Promise<Door[]> {
  return doorsIn(await db.documents.where("building").equals(buildingId).toArray());
}

/** A door with its people, or null where the device has none of that id. */
export async function door(id: string): Promise<Door | null> {
  const home = await db.documents.where("members").equals(id).first();
  if (!home) return null;
  return (await doorsOf(home.building)).find((one) => one.id === id) ?? null;
}

/** Every door of the area. */
export async function allDoors(): Promise<Door[]> {
  return doorsIn(await db.documents.where("building").notEqual("").toArray());
}

/** Where the feed stands: the cursor and the hash of the area, both "" before the first page. */
export async function position(): Promise<{ readonly cursor: string; readonly hash: string }> {
  return { cursor: await note("cursor", ""), hash: await note("area_hash", "") };
}

/** Take a page of the feed. Only one tab at a time may do so (the engine sees to it). */
export async function apply(page: Page): Promise<void> {
  const gone = new Set(page.gone);
  const held = page.reset ? [] : await db.documents.where("members").anyOf([...gone, ...page.doors.map((one) => one.id)]).toArray();
  const touched = new Set([...held.map((row) => row.building), ...page.doors.map((one) => one.building)]);
  const rows: DocumentRow[] = [];
  const empty: string[] = [];
  for (const building of touched) {
    const doors = new Map((page.reset ? [] : await doorsOf(building)).map((one) => [one.id, one]));
    for (const id of gone) doors.delete(id);
    // A door that moved to another building leaves this one.
    for (const one of page.doors) if (one.building === building) doors.set(one.id, one);
    else doors.delete(one.id);
    if (doors.size === 0) {
      empty.push(`doors:${building}`, `people:${building}`);
      continue;
    }
    const faces = [...doors.values()].map(faceOf);
    const inside = Object.fromEntries([...doors.values()].map(({ id, people, tried }) => [id, { people, tried }]));
    rows.push(await write(`doors:${building}`, building, [...doors.keys()], faces));
    rows.push(await write(`people:${building}`, building, [], inside));
  }
  if (page.area) rows.push(await write("area", "", [], page.area));
  await written(() =>
    db.transaction("rw", [db.documents, db.notes], async () => {
      if (page.reset) await db.documents.clear();
      await db.documents.bulkDelete(empty);
      await db.documents.bulkPut(rows);
      await db.notes.put({ name: "cursor", value: page.cursor });
      if (page.area) await db.notes.put({ name: "area_hash", value: page.area.hash });
    }),
  );
}
