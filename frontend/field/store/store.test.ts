import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Locked, StorageFull } from "../domain/errors.ts";
import { MOST_TRIES } from "../domain/pin.ts";
import type { DeviceInfo } from "../domain/types.ts";
import { aDoor, anArea } from "../testing/papers.ts";
import { offset } from "./clock.ts";
import { db } from "./database.ts";
import { allDoors, apply, area, buildings, door, doorsOf, position } from "./documents.ts";
import { append, counts, entries, forDoor, keepAnswers, nextBatch, tidy } from "./outbox.ts";
import { adopt, keepEnrolment, lock, look, makeSigningKey, phase, strangeKeys, unlock } from "./session.ts";

const PIN = "482917";
const ROUNDS = 1000;

async function enrolled(device_id = "d1", pin = PIN): Promise<void> {
  const info: DeviceInfo = { device_id, person: { id: "p", name: "白俊丽" }, origin_name: "丽景街社区", grants: [], server_key: { id: "k", public: "" }, enrolled_at: 1 };
  await keepEnrolment(info, (await makeSigningKey()).signing, pin, ROUNDS);
}

const visit = (door_id: string, note = ""): Parameters<typeof append<"census.record_attempt">>[1] => ({ door_id, result: "not_home", channel: "door", note });

beforeEach(async () => {
  await db.delete();
  await db.open();
  await look();
  await enrolled();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** All that lies in the database, as text: what a thief of the phone's files would read. */
async function dump(): Promise<string> {
  const rows = await Promise.all(db.tables.map((table) => table.toArray()));
  return JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value));
}

describe("what lies on the phone", () => {
  test("shows no name, no note and no label", async () => {
    await apply({ reset: true, area: anArea("h"), doors: [aDoor("door1", "b1", "1-101")], gone: [], cursor: "1" });
    await append("census.record_attempt", { ...visit("door1", "狗很凶 bites"), people: [{ name: "Zhang Wuji" }] });
    // Ids and moments are in clear, and made of digits: four in a row mean nothing there.
    const text = (await dump()).replace(/[0-9a-f-]{36}|\d{10,}/g, "");
    expect(text).toContain("door1");
    for (const secret of ["bites", "Zhang", "4820", "not_home", "1-101", PIN, "白俊丽"]) expect(text).not.toContain(secret);
  });

  test("judges no PIN that it has no room to count, and says that it is full", async () => {
    lock();
    const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
    vi.spyOn(db.keys, "put").mockRejectedValueOnce(full);
    await expect(unlock(PIN)).rejects.toBeInstanceOf(StorageFull);
    expect(phase.value).toBe("locked");
    expect(await unlock(PIN)).toEqual({ is: "open" });
  });

  test("cannot be read or written while locked, and is whole after the PIN", async () => {
    const made = await append("census.record_attempt", visit("door1", "三楼灯坏"));
    lock();
    expect(phase.value).toBe("locked");
    await expect(append("census.record_attempt", visit("door1"))).rejects.toBeInstanceOf(Locked);
    expect(await entries()).toEqual([]);
    expect((await counts()).waiting).toBe(1);
    expect(await unlock(PIN)).toEqual({ is: "open" });
    expect((await entries()).map((one) => one.command)).toEqual([made]);
  });

  test("a row laid in another's place does not open", async () => {
    await append("census.record_attempt", visit("door1"));
    await append("census.record_attempt", visit("door2"));
    const [one, other] = await db.outbox.toArray();
    if (!one || !other) throw new Error("two rows were written");
    await db.outbox.update(one.id, { sealed: other.sealed });
    lock();
    await unlock(PIN);
    await expect(entries()).rejects.toThrow();
  });
});

describe("the PIN", () => {
  test("wrong ten times closes the phone, deletes nothing, and the right one does not open it then", async () => {
    await append("census.record_attempt", visit("door1"));
    lock();
    vi.useFakeTimers({ toFake: ["Date"] });
    for (let tried = 1; tried < MOST_TRIES; tried += 1) {
      expect((await unlock("000001")).is).toBe("wrong");
      vi.setSystemTime(Date.now() + 3_600_000);
    }
    expect(await unlock("000001")).toEqual({ is: "closed" });
    expect(await unlock(PIN)).toEqual({ is: "closed" });
    expect(phase.value).toBe("closed");
    expect((await counts()).waiting).toBe(1);
  });

  test("is slowed down after three wrong ones, also when the clock is set back", async () => {
    lock();
    vi.useFakeTimers({ toFake: ["Date"] });
    for (let tried = 0; tried < 3; tried += 1) await unlock("000001");
    expect((await unlock(PIN)).is).toBe("early");
    vi.setSystemTime(Date.now() + 6_000);
    expect(await unlock(PIN)).toEqual({ is: "open" });
    lock();
    for (let tried = 0; tried < 3; tried += 1) await unlock("000001");
    vi.setSystemTime(Date.now() - 86_400_000);
    expect(await unlock(PIN)).toEqual({ is: "open" });
  });

  test("of an earlier enrolment opens what that one left, once, for good", async () => {
    const made = await append("census.record_attempt", visit("door1"));
    await enrolled("d2", "739152");
    expect(await entries()).toEqual([]);
    const [strange] = await strangeKeys();
    if (!strange) throw new Error("the old key is there");
    expect(strange.waiting).toBe(1);
    expect((await adopt(strange.key, "000001")).is).toBe("wrong");
    expect(await adopt(strange.key, PIN)).toEqual({ is: "open" });
    expect(await strangeKeys()).toEqual([]);
    lock();
    await unlock("739152");
    expect((await entries()).map((one) => [one.device, one.command.id])).toEqual([["d1", made.id]]);
  });
});

describe("the outbox", () => {
  test("numbers without a gap and names without a fall, also in one breath and with the clock set back", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const first = await Promise.all(["a", "b", "c", "d"].map((id) => append("census.record_attempt", visit(id))));
    vi.setSystemTime(Date.now() - 86_400_000);
    const later = [await append("census.record_attempt", visit("e")), await append("census.record_attempt", visit("f"))];
    expect([...first, ...later].map((one) => one.seq).sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6]);
    const highest = first.map((one) => one.id).sort().at(-1) ?? "";
    expect(later.every((one) => one.id > highest)).toBe(true);
    expect(later[1]?.id.localeCompare(later[0]?.id ?? "")).toBe(1);
    expect(new Set([...first, ...later].map((one) => one.id)).size).toBe(6);
  });

  test("says that the phone is full, and has written nothing", async () => {
    await append("census.record_attempt", visit("door1"));
    const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
    vi.spyOn(db.outbox, "add").mockRejectedValueOnce(full);
    await expect(append("census.record_attempt", visit("door2"))).rejects.toBeInstanceOf(StorageFull);
    expect((await append("census.record_attempt", visit("door3"))).seq).toBe(2);
    expect((await entries()).map((one) => one.command.seq)).toEqual([1, 2]);
  });

  test("writes a visit with its pictures, or neither", async () => {
    const pictures = (id: string) => ["a", "b"].map((question) => ({ kind: "census.keep_picture" as const, body: { attempt_id: id, question, jpeg: "" } }));
    const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
    const add = db.outbox.add.bind(db.outbox);
    vi.spyOn(db.outbox, "add").mockImplementationOnce(add).mockImplementationOnce(add).mockRejectedValueOnce(full);
    await expect(append("census.record_attempt", visit("door1"), { along: pictures })).rejects.toBeInstanceOf(StorageFull);
    expect(await entries()).toEqual([]);
    const made = await append("census.record_attempt", visit("door1"), { along: pictures });
    const found = (await forDoor("door1")).map(({ command }) => command);
    expect(found.map((one) => [one.seq, one.kind, one.after])).toEqual([
      [1, "census.record_attempt", []],
      [2, "census.keep_picture", [made.id]],
      [3, "census.keep_picture", [made.id]],
    ]);
    expect(found.map((one) => one.id)).toEqual(found.map((one) => one.id).sort());
    expect((await append("census.record_attempt", visit("door2"))).seq).toBe(4);
  });

  test("shows at a door what was done there, voids and pictures too", async () => {
    const tried = { id: "old", at: 1, precision: "minute", channel: "door", result: "not_home", by: "", note: "", void: false };
    await apply({ reset: true, area: null, doors: [aDoor("door1", "b1", "101", { tried: [tried] })], gone: [], cursor: "1" });
    const attempt = await append("census.record_attempt", visit("door1"));
    await append("census.keep_picture", { attempt_id: attempt.id, question: "", jpeg: "" }, { after: [attempt.id] });
    await append("census.void_attempt", { attempt_id: "old" });
    await append("census.record_attempt", visit("door2"));
    expect((await forDoor("door1")).map((one) => one.command.kind)).toEqual(["census.record_attempt", "census.keep_picture", "census.void_attempt"]);
  });

  test("keeps every answer, and forgets only what is a fact or was seen", async () => {
    const made = await Promise.all(["a", "b", "c", "d"].map((id) => append("census.record_attempt", visit(id))));
    const statuses = ["accepted", "refused", "held"] as const;
    await keepAnswers(statuses.map((status, index) => ({ id: made[index]?.id ?? "", status, code: status === "refused" ? "door_unknown" : "", said: "没有这户", data: {} })));
    expect(await counts()).toEqual({ waiting: 1, held: 1, quarantined: 0, conflict: 0, refused: 1, sent: 1 });
    expect((await entries({ status: ["refused"] })).map((one) => [one.code, one.said])).toEqual([["door_unknown", "没有这户"]]);
    await tidy(Date.now() + 1000);
    expect(await counts()).toEqual({ waiting: 1, held: 1, quarantined: 0, conflict: 0, refused: 1, sent: 0 });
  });

  test("gives a batch by number, no larger than asked, and counts all that wait", async () => {
    for (const id of ["a", "b", "c"]) await append("census.record_attempt", visit(id));
    const batch = await nextBatch("d1", 2, 1_000_000, new Set());
    expect(batch.commands.map((one) => one.seq)).toEqual([1, 2]);
    expect(batch.waiting).toBe(3);
    expect((await nextBatch("d1", 200, 1, new Set())).commands.length).toBe(1);
  });
});

describe("the clock", () => {
  test("set back between two taps is not believed until the next contact", async () => {
    await db.notes.put({ name: "offset", value: 5000 });
    expect((await append("census.record_attempt", visit("a"))).offset).toBe(5000);
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() - 3_600_000);
    expect((await append("census.record_attempt", visit("b"))).offset).toBeNull();
    vi.setSystemTime(Date.now() + 3_600_000);
    await offset();
  });
});

describe("documents", () => {
  beforeEach(() => apply({ reset: true, area: anArea("h1"), doors: [aDoor("x", "b1", "102"), aDoor("y", "b1", "101"), aDoor("z", "b2", "101")], gone: [], cursor: "1" }));

  test("are read by building and by door, in their order", async () => {
    expect((await doorsOf("b1")).map((one) => one.id)).toEqual(["y", "x"]);
    expect((await door("z"))?.people[0]?.name).toBe("王101");
    expect(await door("nobody")).toBeNull();
    expect((await allDoors()).length).toBe(3);
    expect((await buildings("c1")).map((one) => one.id)).toEqual(["b1", "b2"]);
    expect(await position()).toEqual({ cursor: "1", hash: "h1" });
  });

  test("a door that comes again replaces the one before, one that moved leaves its building, one that is gone goes", async () => {
    await apply({ reset: false, area: null, doors: [aDoor("x", "b2", "202")], gone: ["y"], cursor: "2" });
    expect(await doorsOf("b1")).toEqual([]);
    expect((await doorsOf("b2")).map((one) => one.label)).toEqual(["101", "202"]);
    expect((await area())?.hash).toBe("h1");
    expect((await position()).cursor).toBe("2");
  });

  test("a reset forgets all but the page, and leaves the outbox alone", async () => {
    await append("census.record_attempt", visit("x"));
    await apply({ reset: true, area: null, doors: [aDoor("w", "b1", "301")], gone: [], cursor: "9" });
    expect((await allDoors()).map((one) => one.id)).toEqual(["w"]);
    expect((await counts()).waiting).toBe(1);
  });

  test("a page that could not be written is as if it had not come", async () => {
    vi.spyOn(db.documents, "bulkPut").mockRejectedValueOnce(Object.assign(new Error("full"), { name: "QuotaExceededError" }));
    await expect(apply({ reset: true, area: anArea("h2"), doors: [aDoor("w", "b1", "301")], gone: [], cursor: "9" })).rejects.toBeInstanceOf(StorageFull);
    expect(await position()).toEqual({ cursor: "1", hash: "h1" });
    expect((await doorsOf("b1")).map((one) => one.id)).toEqual(["y", "x"]);
  });
});
