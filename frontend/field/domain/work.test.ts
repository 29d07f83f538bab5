// A shift from documents and the phone's own commands: what a person sees after each press.
import { describe, expect, it } from "vitest";
import { atHour } from "./calendar.ts";
import type { Area, Bodies, Building, Command, Door, Kind, OutboxEntry } from "./types.ts";
import { findDoors, wholeLabel, linesOn, nextOn, shiftOf, workOf, type Line, type Way, type Work } from "./work.ts";

const NOON = atHour(Date.UTC(2020, 1, 12), 12);
const HOUR = 3_600_000;
const ME = "白俊丽";

const flats: Building = { id: "b2", label: "2", shape: "flats", position: 1, frame: "walked" };
const lane: Building = { id: "lane", label: "东街3排", shape: "rows", position: 2, frame: "walked" };
const area: Area = {
  hash: "",
  person: { id: "me", name: ME },
  grants: [],
  emergency: { name: "", level: "I" },
  campaign: { id: "c", name: "", started_at: 0, rules: {}, questions: null, number: "" },
  compounds: [{ id: "yard", path: "1", name: "邮电局家属院", position: 1, fields: { address: "", management: "", gatehouse: "", make_up: "" }, buildings: [lane, flats] }],
  places: [],
  stations: [],
  words: {},
};

function door(building: string, unit: string, floor: number | null, room: string, position: number, more: Partial<Door> = {}): Door {
  const state: Door["state"] = { outcome: "untried", since: null, attempts: 0, step: "visit", slot: "", due: null, not_me: false, mine: "", until: null };
  return { id: [building, unit, room].join("-"), building, path: "", unit, floor, room, label: "", position, state, tried: [], people: [], sheets: [], ...more };
}

const doors = [
  door("b2", "1", 1, "101", 1),
  door("b2", "1", 2, "201", 2),
  door("b2", "2", 1, "101", 3),
  door("b2", "2", 2, "201", 4),
  door("lane", "", null, "5号", 1),
];

let seq = 0;
function entry<K extends Kind>(kind: K, body: Bodies[K], more: { status?: OutboxEntry["status"]; at?: number; offset?: number } = {}): OutboxEntry {
  seq += 1;
  const command: Command = { id: `own-${seq}`, kind, version: 1, seq, recorded_at: more.at ?? NOON, offset: more.offset ?? 0, after: [], body };
  return { command, status: more.status ?? "waiting", code: "", said: "", data: {}, answered_at: null, seen: false, device: "d" };
}

function knock(id: string, more: { status?: OutboxEntry["status"]; at?: number; offset?: number } = {}): OutboxEntry {
  return entry("census.record_attempt", { door_id: id, result: "no_answer", channel: "door" }, more);
}

function work(entries: readonly OutboxEntry[] = [], given: readonly Door[] = doors, notices: readonly string[] = []): Work {
  return workOf(area, given, entries, ME, new Set(notices));
}

function line(found: Work, id: string): Line {
  const one = found.byId.get(id);
  if (!one) throw new Error(`no door ${id}`);
  return one;
}

const walk: Way = { is: "walk", slot: "", view: "mine", compound: "" };
const names = (lines: readonly Line[]): string[] => lines.map(wholeLabel);

describe("a shift", () => {
  it("is walked building by building, each stairwell from the top", () => {
    expect(names(work().lines)).toEqual(["2-1-201", "2-1-101", "2-2-201", "2-2-101", "东街3排-5号"]);
    expect(names(workOf(area, doors, [], ME, new Set(), true).lines).slice(0, 2)).toEqual(["2-1-101", "2-1-201"]);
  });

  it("leaves a door out by day once nobody answered there", () => {
    const after = work([knock("b2-1-201")]);
    expect(line(after, "b2-1-201").state).toMatchObject({ outcome: "knocked1", step: "evening", slot: "evening", attempts: 1 });
    expect(names(linesOn(after, walk, NOON + HOUR))).not.toContain("2-1-201");
    expect(names(linesOn(after, walk, NOON + 7 * HOUR))).toContain("2-1-201");
  });

  it("counts what the server refused or set aside as nothing, and shows it", () => {
    for (const status of ["refused", "conflict", "quarantined"] as const) {
      const found = line(work([knock("b2-1-201", { status })]), "b2-1-201");
      expect(found.state.outcome).toBe("untried");
      expect(found.own).toHaveLength(1);
    }
  });

  it("forgets an attempt that was taken back", () => {
    const made = knock("b2-1-201");
    const found = line(work([made, entry("census.void_attempt", { attempt_id: made.command.id })]), "b2-1-201");
    expect(found.state).toMatchObject({ outcome: "untried", step: "", attempts: 0 });
    expect(found.own[0]?.voided).toBe(true);
  });

  it("takes the server's clock where the phone's is wrong", () => {
    const found = line(work([knock("b2-1-201", { at: NOON - 24 * HOUR, offset: 24 * HOUR })]), "b2-1-201");
    expect(found.state.since).toBe(NOON);
  });

  it("does not count an accepted attempt twice once five newer ones hide it", () => {
    const made = knock("b2-1-201", { status: "accepted", at: NOON - 9 * HOUR });
    const newer = Array.from({ length: 5 }, (_, at) => ({ id: `t${at}`, at: NOON - at * HOUR, precision: "minute", channel: "door", result: "no_answer", by: "", note: "", void: false }));
    const stands = { outcome: "knocked2", attempts: 6, since: NOON };
    const given = doors.map((one) => (one.id === "b2-1-201" ? { ...one, state: { ...one.state, ...stands }, tried: newer } : one));
    expect(line(work([made], given), "b2-1-201").state.attempts).toBe(6);
    const waiting = { ...made, status: "waiting" as const };
    expect(line(work([waiting], given), "b2-1-201").state.attempts).toBe(7);
  });

  it("knows a notice from a form by what was pressed", () => {
    const sheet = entry("census.hand_out_sheet", { door_id: "b2-1-201", number: "0417-3" });
    expect(line(work([sheet]), "b2-1-201").state.outcome).toBe("form");
    expect(line(work([sheet], doors, [sheet.command.id]), "b2-1-201").state.outcome).toBe("notice");
  });

  it("has a door added on the spot until the server's document of it comes", () => {
    const added = entry("places.add_door", { door_id: "new", building_id: "b2", unit: "1", floor: 2, room: "203" });
    const found = line(work([added]), "new");
    expect(found).toMatchObject({ addedBy: added.command.id, building: flats });
    expect(found.state.outcome).toBe("untried");
    const shown = work([added], [...doors, door("b2", "1", 2, "203", 9, { id: "new" })]);
    expect(shown.lines.filter((one) => one.door.id === "new")).toHaveLength(1);
    expect(line(shown, "new").addedBy).toBe("");
  });

  it("is counted by doors, without what was taken back, and by the time between", () => {
    const first = knock("b2-1-201", { at: NOON });
    const again = knock("b2-1-201", { at: NOON + HOUR });
    const gone = knock("b2-2-201", { at: NOON + 2 * HOUR });
    const yesterday = knock("lane--5号", { at: NOON - 24 * HOUR });
    const found = work([yesterday, first, again, gone, entry("census.void_attempt", { attempt_id: gone.command.id })]);
    expect(shiftOf(found, NOON + 3 * HOUR)).toEqual({ doors: 1, from: NOON, until: NOON + HOUR });
  });
});

describe("the next door", () => {
  it("is the one behind in the walk, also once the door left has gone from the list", () => {
    const found = work([knock("b2-1-101")]);
    const list = linesOn(found, walk, NOON + HOUR);
    expect(nextOn(list, line(found, "b2-1-101"))?.door.id).toBe("b2-2-201");
  });

  it("begins again after the last, and is none where nothing else is left", () => {
    const found = work();
    const list = linesOn(found, walk, NOON);
    const last = line(found, "lane--5号");
    expect(nextOn(list, last)?.door.id).toBe("b2-1-201");
    expect(nextOn([last], last)).toBeNull();
  });

  it("stays in the building, and in the stairwell of a panel", () => {
    const found = work();
    expect(names(linesOn(found, { is: "building", ids: ["lane"], view: "left" }, NOON))).toEqual(["东街3排-5号"]);
    expect(names(linesOn(found, { is: "panel", building: "b2", unit: "2" }, NOON))).toEqual(["2-2-201", "2-2-101"]);
  });
});

describe("whose doors", () => {
  const shared = (more: Partial<Door["state"]>): Door[] => doors.map((one) => (one.id === "b2-1-201" ? { ...one, state: { ...one.state, ...more } } : one));

  it("are those shared out, while that lasts", () => {
    const found = work([], shared({ mine: "day", until: NOON + HOUR }));
    expect(names(linesOn(found, walk, NOON))).toEqual(["2-1-201"]);
    expect(linesOn(found, walk, NOON + 2 * HOUR)).toHaveLength(5);
  });

  it("are not those somebody else should go to", () => {
    const found = work([], shared({ not_me: true, outcome: "refused", attempts: 1, step: "talk_again", since: NOON - HOUR }));
    expect(names(linesOn(found, walk, NOON))).not.toContain("2-1-201");
    expect(names(linesOn(found, { is: "walk", slot: "", view: "all", compound: "" }, NOON))).toContain("2-1-201");
  });
});

describe("a door that is looked for", () => {
  const found = work();
  const by = (typed: string): string[] => names(findDoors(found, typed));

  it("is found by its whole label, and by its end", () => {
    expect(by("2-1-201")).toEqual(["2-1-201"]);
    expect(by("2号楼1单元201")).toEqual(["2-1-201"]);
    expect(by("２ １ ２０１")).toEqual(["2-1-201"]);
    expect(by("201")).toEqual(["2-1-201", "2-2-201"]);
    expect(by("2-2-2")).toEqual(["2-2-201"]);
    expect(by("东街3排5号")).toEqual(["东街3排-5号"]);
  });

  it("is none where nothing fits", () => {
    expect(by("9-9-901")).toEqual([]);
    expect(by(" ")).toEqual([]);
  });
});
