// Everything a shift stands on: each door of the area in walking order, with this phone's own commands laid over it.
import { dayOf } from "./calendar.ts";
import { overlaid, type OwnAttempt, type State } from "./outcomes.ts";
import { DONE, TONIGHT } from "./results.ts";
import { rulesOf, slotAt, type Rules, type Slot } from "./steps.ts";
import type { Area, Bodies, Building, Command, Compound, Door, Kind, OutboxEntry } from "./types.ts";
import { canBeRung, isOverdue, mine, wanted, withinBuilding, type Now, type View } from "./walk.ts";

/** What became of an attempt of this phone. */
export interface OwnLine extends OwnAttempt {
  readonly status: OutboxEntry["status"];
  readonly note: string;
  readonly people: number;
  readonly voided: boolean;
}

/** One door of the walk. */
export interface Line {
  readonly door: Door;
  readonly state: State;
  readonly building: Building;
  readonly compound: Compound;
  /** Attempts of this phone that its document does not show yet, oldest first. */
  readonly own: readonly OwnLine[];
  /** Ids of attempts this phone took back. */
  readonly voided: ReadonlySet<string>;
  /** The command by which this phone added the door, "" for a door of the server's. */
  readonly addedBy: string;
  /** Its place in the walk through the whole area. */
  readonly rank: number;
}

/** What was done today. Moments are ms, by the server's clock. */
export interface Shift {
  readonly doors: number;
  readonly from: number | null;
  readonly until: number | null;
}

export interface Work {
  readonly area: Area;
  readonly rules: Rules;
  readonly me: string;
  /** In walking order. */
  readonly lines: readonly Line[];
  readonly byId: ReadonlyMap<string, Line>;
  readonly entries: readonly OutboxEntry[];
}

/** Commands that are in no state, as far as anybody knows: they change nothing that is shown. */
const NOT_COUNTED: ReadonlySet<string> = new Set(["refused", "conflict", "quarantined"]);
const ON_SERVER: ReadonlySet<string> = new Set(["accepted", "duplicate", "flagged"]);
const SHOWN_AT_MOST = 5;

function is<K extends Kind>(command: Command, kind: K): command is Command<K> {
  return command.kind === kind;
}

/** When a command was made, by the server's clock as far as the phone knew it. */
export function madeAt(command: Command): number {
  return command.recorded_at + (command.offset ?? 0);
}

/** `notices`: ids of the hand-outs that were notices; a number alone does not say what it is printed on. */
export function workOf(area: Area, doors: readonly Door[], entries: readonly OutboxEntry[], me: string, notices: ReadonlySet<string>, fromBelow = false): Work {
  const rules = rulesOf(area.campaign?.rules);
  const counted = entries.filter((entry) => !NOT_COUNTED.has(entry.status));
  const voided = voidedIn(counted);
  const own = ownByDoor(entries, voided, notices);
  const added = addedDoors(counted, doors);
  const byBuilding = new Map<string, Door[]>();
  for (const door of [...doors, ...added.map((one) => one.door)]) {
    const found = byBuilding.get(door.building);
    if (found) found.push(door);
    else byBuilding.set(door.building, [door]);
  }
  const addedBy = new Map(added.map((one) => [one.door.id, one.by]));
  const lines: Line[] = [];
  for (const compound of [...area.compounds].sort((a, b) => a.position - b.position || (a.path < b.path ? -1 : 1))) {
    for (const building of [...compound.buildings].sort((a, b) => a.position - b.position)) {
      for (const door of withinBuilding(byBuilding.get(building.id) ?? [], building.shape, fromBelow)) {
        const mineHere = (own.get(door.id) ?? []).filter((one) => isNews(one, door));
        const state = overlaid(door, mineHere.filter((one) => !NOT_COUNTED.has(one.status)), voided, me, rules);
        lines.push({ door, state, building, compound, own: mineHere, voided, addedBy: addedBy.get(door.id) ?? "", rank: lines.length });
      }
    }
  }
  return { area, rules, me, lines, byId: new Map(lines.map((line) => [line.door.id, line])), entries };
}

function voidedIn(entries: readonly OutboxEntry[]): ReadonlySet<string> {
  return new Set(entries.map(({ command }) => (is(command, "census.void_attempt") ? command.body.attempt_id : "")).filter(Boolean));
}

function ownByDoor(entries: readonly OutboxEntry[], voided: ReadonlySet<string>, notices: ReadonlySet<string>): Map<string, OwnLine[]> {
  const own = new Map<string, OwnLine[]>();
  for (const { command, status } of entries) {
    const attempt = attemptOf(command, notices);
    if (attempt === null) continue;
    const line = { ...attempt.said, id: command.id, at: madeAt(command), status, voided: voided.has(command.id) };
    const found = own.get(attempt.door);
    if (found) found.push(line);
    else own.set(attempt.door, [line]);
  }
  return own;
}

type Said = Pick<OwnLine, "channel" | "result" | "againAt" | "note" | "people">;

function attemptOf(command: Command, notices: ReadonlySet<string>): { readonly door: string; readonly said: Said } | null {
  if (is(command, "census.record_attempt")) {
    const { door_id, channel, result, again_at, note, people }: Bodies["census.record_attempt"] = command.body;
    return { door: door_id, said: { channel, result, againAt: again_at ?? null, note: note ?? "", people: people?.length ?? 0 } };
  }
  if (is(command, "census.hand_out_sheet")) {
    const result = notices.has(command.id) ? "notice_posted" : "form_slipped";
    return { door: command.body.door_id, said: { channel: "door", result, againAt: null, note: "", people: 0 } };
  }
  return null;
}

/** Whether a door's document does not show an attempt because it is newer, not because five others are newer still. */
function isNews(one: OwnLine, door: Door): boolean {
  if (door.tried.some((shown) => shown.id === one.id)) return false;
  const oldest = Math.min(...door.tried.map((shown) => shown.at));
  return !(ON_SERVER.has(one.status) && door.tried.length >= SHOWN_AT_MOST && one.at <= oldest);
}

function addedDoors(entries: readonly OutboxEntry[], doors: readonly Door[]): { readonly door: Door; readonly by: string }[] {
  const known = new Set(doors.map((door) => door.id));
  const added: { readonly door: Door; readonly by: string }[] = [];
  for (const { command } of entries) {
    if (!is(command, "places.add_door") || known.has(command.body.door_id)) continue;
    const { door_id: id, building_id: building, unit, floor, room } = command.body;
    known.add(id);
    added.push({ by: command.id, door: { id, building, unit, floor, room, path: "", label: room, position: 1e9 + added.length, state: UNTRIED, tried: [], people: [], sheets: [] } });
  }
  return added;
}

const UNTRIED: Door["state"] = { outcome: "untried", since: null, attempts: 0, step: "visit", slot: "", due: null, not_me: false, mine: "", until: null };

/** What this phone did today: doors with an attempt that stands, from the first to the last. */
export function shiftOf(work: Work, now: number): Shift {
  const voided = voidedIn(work.entries);
  const today = work.entries.filter(({ command }) => dayOf(madeAt(command)) === dayOf(now) && attemptOf(command, new Set()) !== null && !voided.has(command.id));
  const doors = new Set(today.map(({ command }) => attemptOf(command, new Set())?.door));
  const moments = today.map(({ command }) => madeAt(command));
  return moments.length === 0 ? { doors: 0, from: null, until: null } : { doors: doors.size, from: Math.min(...moments), until: Math.max(...moments) };
}

/** Where the next door comes from: a list, a building, or the panel of a stairwell. */
export type Way =
  | { readonly is: "walk"; readonly slot: Slot; readonly view: "mine" | "late" | "all"; readonly compound: string }
  | { readonly is: "building"; readonly ids: readonly string[]; readonly view: View }
  | { readonly is: "panel"; readonly building: string; readonly unit: string };

/** The doors of a way with something left to do, in its order. `at` is now; a list without a slot is that of the clock. */
export function linesOn(work: Work, way: Way, at: number): readonly Line[] {
  switch (way.is) {
    case "walk":
      return walkLines(work, way, at);
    case "building": {
      const inside = work.lines.filter((line) => way.ids.includes(line.building.id));
      return inside.filter(({ state }) => (way.view === "tonight" ? TONIGHT.has(state.outcome) : !DONE.has(state.outcome)));
    }
    case "panel":
      return toRing(work, way.building, way.unit, at);
  }
}

/** Doors of a list; the latest ones when nothing was chosen. */
function walkLines(work: Work, way: Extract<Way, { is: "walk" }>, at: number): readonly Line[] {
  const now: Now = { at, slot: way.slot || slotAt(at, work.rules), rules: work.rules };
  const open = openNow(work, now);
  const chosen = way.view === "all" ? open : mine(open, now).filter((line) => way.view !== "late" || isOverdue(line.state, at));
  return chosen.filter((line) => !way.compound || line.compound.id === way.compound);
}

/** Every door that wants somebody now. */
export function openNow(work: Work, now: Now): readonly Line[] {
  return work.lines.filter((line) => wanted(line.state, now));
}

/** Doors of a stairwell that a voice at its intercom can serve now. */
export function toRing(work: Work, building: string, unit: string, at: number): readonly Line[] {
  const now: Now = { at, slot: slotAt(at, work.rules), rules: work.rules };
  return work.lines.filter((line) => line.building.id === building && line.door.unit === unit && canBeRung(line.state) && wanted(line.state, now));
}

/** The first door of a way behind the one just left, then from the beginning again; null when there is no other. */
export function nextOn(lines: readonly Line[], left: Line): Line | null {
  const others = lines.filter((line) => line.door.id !== left.door.id);
  return others.find((line) => line.rank > left.rank) ?? others[0] ?? null;
}

/** Doors by what somebody types: `3-2-501`, `3号楼2单元501`, `501`; whole labels first, at most `most`. */
export function findDoors(work: Work, typed: string, most = 12): readonly Line[] {
  const wantedParts = partsOf(typed);
  if (wantedParts.length === 0) return [];
  const scored = work.lines.flatMap((line) => {
    const parts = partsOf(wholeLabel(line));
    const tail = parts.slice(-wantedParts.length);
    if (tail.length < wantedParts.length) return [];
    const fits = wantedParts.every((part, at) => (at === wantedParts.length - 1 ? (tail[at] ?? "").startsWith(part) : tail[at] === part));
    if (!fits) return [];
    return [{ line, score: (tail.at(-1) === wantedParts.at(-1) ? 0 : 1) + (parts.length === wantedParts.length ? 0 : 2) }];
  });
  return scored
    .sort((a, b) => a.score - b.score || a.line.rank - b.line.rank)
    .slice(0, most)
    .map(({ line }) => line);
}

/** A door as it is spoken of in short: 3-2-501. */
export function wholeLabel({ building, door }: Pick<Line, "building" | "door">): string {
  return [building.label, door.unit, door.room].filter(Boolean).join("-");
}

function partsOf(text: string): string[] {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .split(/[\s\-－—,，、.。]+|号楼|单元|栋|幢|座|室$|户$|(?<=[排街巷])(?=\d)/u)
    .filter(Boolean);
}
