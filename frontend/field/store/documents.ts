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

async function buildingRows(): Promise<DocumentRow[]> {
  return db.documents.where("building").above("").toArray();
}

/** Every door of the area. */
export async function allDoors(): Promise<Door[]> {
  return doorsIn(await buildingRows());
}

/** Where the feed stands: the cursor and the hash of the area, both "" before the first page. */
export async function position(): Promise<{ readonly cursor: string; readonly hash: string }> {
  return { cursor: await note("cursor", ""), hash: await note("area_hash", "") };
}

/** The buildings that a page speaks of, with what stands of each: that of its doors and those that they leave. */
async function standing(page: Page, spoken: ReadonlySet<string>): Promise<Map<string, DocumentRow[]>> {
  const found = new Map(page.doors.map((one): [string, DocumentRow[]] => [one.building, []]));
  if (page.reset) return found;
  // Read as one: to ask for each of a page's doors takes longer than to read all there is.
  const rows = await buildingRows();
  for (const row of rows) if (row.members.some((id) => spoken.has(id))) found.set(row.building, []);
  for (const row of rows) found.get(row.building)?.push(row);
  return found;
}

/** Take a page of the feed. Only one tab at a time may do so (the engine sees to it). */
export async function apply(page: Page): Promise<void> {
  const coming = new Map(page.doors.map((one) => [one.id, one]));
  const spoken = new Set([...page.gone, ...coming.keys()]);
  const writing: Promise<DocumentRow>[] = [];
  const empty: string[] = [];
  for (const [building, held] of await standing(page, spoken)) {
    // A door that is gone, or moved to another building, leaves this one.
    const stay = (await doorsIn(held)).filter((one) => !spoken.has(one.id));
    const doors = [...stay, ...[...coming.values()].filter((one) => one.building === building)];
    if (doors.length === 0) {
      empty.push(`doors:${building}`, `people:${building}`);
      continue;
    }
    const inside = Object.fromEntries(doors.map(({ id, people, tried }) => [id, { people, tried }]));
    writing.push(write(`doors:${building}`, building, doors.map((one) => one.id), doors.map(faceOf)));
    writing.push(write(`people:${building}`, building, [], inside));
  }
  if (page.area) writing.push(write("area", "", [], page.area));
  const rows = await Promise.all(writing);
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
