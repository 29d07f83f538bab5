import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Bodies } from "../domain/types.ts";
import { offset } from "../store/clock.ts";
import { db, type DocumentRow, type OutboxRow } from "../store/database.ts";
import { allDoors, area, position } from "../store/documents.ts";
import { append, counts, entries } from "../store/outbox.ts";
import { lock, look, phase } from "../store/session.ts";
import { aDoor, anArea } from "../testing/papers.ts";
import { CODE, Server } from "../testing/server.ts";
import { sendNow, status, stop } from "./engine.ts";
import { enrol } from "./enrolment.ts";
import { Denied, NoServer } from "./requests.ts";

const PIN = "482917";
let server = new Server();

const visit = (door_id: string): Bodies["census.record_attempt"] => ({ door_id, result: "not_home", channel: "door" });
const visits = async (many: number): Promise<void> => {
  for (let index = 0; index < many; index += 1) await append("census.record_attempt", visit(`door${index}`));
};

beforeEach(async () => {
  await db.delete();
  await db.open();
  await look();
  server = new Server();
  server.install();
  await enrol(CODE, PIN);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a wrong code enrols nobody and leaves nothing", async () => {
  await db.delete();
  await db.open();
  expect(await look()).toBe("new");
  await expect(enrol("0".repeat(20), PIN)).rejects.toMatchObject({ code: "enrolment_code_wrong" });
  expect(await db.devices.count()).toBe(0);
});

test("a browser that gives no lasting room is told so by the server", async () => {
  vi.spyOn(navigator.storage, "persisted").mockResolvedValue(false);
  vi.spyOn(navigator.storage, "persist").mockResolvedValue(false);
  await expect(enrol(CODE, PIN)).rejects.toBeInstanceOf(Denied);
});

test("what waits is sent in batches, each answered, in its order", async () => {
  await visits(450);
  await sendNow();
  expect(server.batches.map((batch) => [batch.commands.length, batch.waiting])).toEqual([
    [200, 450],
    [200, 250],
    [50, 50],
  ]);
  expect([...server.taken.values()].map((one) => one.seq)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
  expect(await counts()).toMatchObject({ waiting: 0, sent: 450 });
  expect(status.value).toMatchObject({ state: "idle", error: "" });
});

test("a lost answer costs nothing: the same comes again and is a duplicate", async () => {
  await visits(3);
  server.loseAnswers = 1;
  await sendNow();
  expect(status.value.state).toBe("offline");
  expect((await counts()).waiting).toBe(3);
  await sendNow();
  expect((await entries()).map((one) => one.status)).toEqual(["duplicate", "duplicate", "duplicate"]);
  expect(server.taken.size).toBe(3);
});

test("a login page in between is no network", async () => {
  await visits(1);
  server.portal = true;
  await sendNow();
  expect(status.value.state).toBe("offline");
  expect((await counts()).waiting).toBe(1);
});

test("a server that knows the phone no more costs nothing of the queue", async () => {
  await visits(2);
  server.forget();
  await sendNow();
  expect(status.value).toMatchObject({ state: "stopped", error: "device_unknown" });
  expect((await counts()).waiting).toBe(2);
});

test("a clock a day off is measured from the refusal, and the same request goes again", async () => {
  await db.notes.put({ name: "offset", value: null });
  server.ahead = 86_400_000;
  await visits(1);
  await sendNow();
  expect((await counts()).sent).toBe(1);
  expect(Math.abs(((await offset()) ?? 0) - 86_400_000)).toBeLessThan(5000);
});

test("verdicts are kept with their words, and what is held or kept by the server is not sent again", async () => {
  server.verdicts.set("census.record_attempt", { status: "quarantined", code: "grant_ended", said: "等人看" });
  await visits(1);
  await sendNow();
  await sendNow();
  expect((await entries()).map((one) => [one.status, one.code, one.said])).toEqual([["quarantined", "grant_ended", "等人看"]]);
  expect(server.batches.filter((batch) => batch.commands.length > 0).length).toBe(1);
});

test("a batch that is too large goes in smaller ones, and one that can never go holds up nobody", async () => {
  await visits(5);
  server.most = 2;
  server.poison = (await entries())[1]?.command.id ?? "";
  await sendNow();
  expect(await counts()).toMatchObject({ waiting: 1, sent: 4 });
  expect((await entries({ status: ["waiting"] }))[0]?.command.id).toBe(server.poison);
});

test("a busy server is left alone for as long as it asks", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const wait = vi.spyOn(globalThis, "setTimeout");
  await visits(1);
  server.refuseWith = { status: 503, code: "busy", headers: { "Retry-After": "120" } };
  const { start } = await import("./engine.ts");
  await start();
  const waits = wait.mock.calls.map((call) => call[1] ?? 0);
  expect(Math.max(...waits)).toBe(120_000);
  expect((await counts()).waiting).toBe(1);
});

test("documents come page by page, and again only what changed", async () => {
  server.pages = [
    { area: anArea("h1"), doors: [aDoor("x", "b1", "101")], gone: [], reset: true },
    { area: null, doors: [aDoor("y", "b1", "102")], gone: [] },
  ];
  await sendNow();
  expect((await allDoors()).map((one) => one.id)).toEqual(["x", "y"]);
  expect((await area())?.hash).toBe("h1");
  expect(status.value.taken).toBeNull();
});

test("a page that cannot be written is asked for again, and with it what came behind it", async () => {
  server.pages = [
    { area: anArea("h1"), doors: [aDoor("x", "b1", "101")], gone: [], reset: true },
    { area: null, doors: [aDoor("y", "b1", "102")], gone: [] },
    { area: null, doors: [aDoor("z", "b2", "101")], gone: [] },
  ];
  const put = db.documents.bulkPut.bind(db.documents);
  const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  let pages = 0;
  vi.spyOn(db.documents, "bulkPut").mockImplementation(((rows: readonly DocumentRow[]) => ((pages += 1) === 2 ? Promise.reject(full) : put(rows))) as typeof put);
  await sendNow();
  expect(status.value.error).toBe("storage_full");
  expect((await allDoors()).map((one) => one.id)).toEqual(["x"]);
  expect(await position()).toEqual({ cursor: "1", hash: "h1" });
  await sendNow();
  expect((await allDoors()).map((one) => one.id).sort()).toEqual(["x", "y", "z"]);
});

test("answers that could not be written down are asked for again, and nothing is lost", async () => {
  await visits(450);
  const put = db.outbox.bulkPut.bind(db.outbox);
  let batches = 0;
  vi.spyOn(db.outbox, "bulkPut").mockImplementation(((rows: readonly OutboxRow[]) => ((batches += 1) === 1 ? Promise.reject(new Error("the disk")) : put(rows))) as typeof put);
  await sendNow();
  expect(status.value.error).toBe("trouble");
  expect((await counts()).waiting).toBe(450);
  await sendNow();
  expect(await counts()).toMatchObject({ waiting: 0, sent: 450 });
  expect(server.taken.size).toBe(450);
});

test.each(["device_revoked", "grant_ended", "client_too_old"] as const)("%s stops reading, never sending", async (code) => {
  server.readsRefused = { status: code === "client_too_old" ? 426 : 403, code };
  await visits(1);
  await sendNow();
  expect((await counts()).sent).toBe(1);
  expect(status.value.error).toBe(code);
});

test("a phone whose hats read nothing has no trouble", async () => {
  server.readsRefused = { status: 403, code: "hat_missing" };
  await sendNow();
  expect(status.value).toMatchObject({ state: "idle", error: "" });
});

test("a wipe comes only after the outbox was taken, and says goodbye with the key that goes last", async () => {
  await visits(250);
  server.wipeAsked = true;
  await sendNow();
  expect(server.taken.size).toBe(250);
  expect(server.wiped.length).toBe(1);
  expect(phase.value).toBe("new");
  expect(await Promise.all(db.tables.map((table) => table.count()))).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a goodbye that was not heard is said again, without a PIN", async () => {
  server.wipeAsked = true;
  const answer = server.install.bind(server);
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => (path === "/sync/v1/wiped" ? Promise.reject(new TypeError("lost")) : real(path, init)));
  await sendNow();
  expect(phase.value).toBe("wiped");
  expect(await db.documents.count()).toBe(0);
  answer();
  await look();
  await sendNow();
  expect(phase.value).toBe("new");
});

test("a tap during the wipe's batch keeps the store", async () => {
  await visits(1);
  server.wipeAsked = true;
  const real = globalThis.fetch;
  let tapped = false;
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    const response = await real(path, init);
    if (path === "/sync/v1/commands" && !tapped) {
      tapped = true;
      await visits(1);
    }
    return response;
  });
  await sendNow();
  expect(server.taken.size).toBe(2);
  expect(phase.value).toBe("new");
});

test("what an earlier enrolment made is sent in its name", async () => {
  await visits(1);
  await enrol(CODE, PIN);
  const { adopt, strangeKeys } = await import("../store/session.ts");
  await adopt((await strangeKeys())[0]?.key ?? "", PIN);
  await visits(1);
  await sendNow();
  expect([...server.takenBy.values()].map((id) => id.at(-1))).toEqual(["1", "2"]);
  expect([...server.taken.values()].map((one) => one.seq)).toEqual([1, 1]);
});

test("what an earlier enrolment made goes in the present one's name where the server knows the earlier no more", async () => {
  await visits(2);
  server.forget();
  await enrol(CODE, PIN);
  const { adopt, strangeKeys } = await import("../store/session.ts");
  await adopt((await strangeKeys())[0]?.key ?? "", PIN);
  await visits(1);
  await sendNow();
  expect([...server.takenBy.values()].map((id) => id.at(-1))).toEqual(["2", "2", "2"]);
  expect([...server.taken.values()].map((one) => one.seq)).toEqual([1, 2, 3]);
  expect(status.value.error).toBe("");
});

test("a locked phone sends nothing and loses nothing", async () => {
  await visits(1);
  lock();
  await sendNow();
  expect(server.taken.size).toBe(0);
  expect((await counts()).waiting).toBe(1);
});

test("two tabs: whoever comes second leaves it to the first", async () => {
  await visits(1);
  await navigator.locks.request("firstline-sync", {}, async () => {
    await sendNow();
  });
  expect(server.taken.size).toBe(0);
  await sendNow();
  expect(server.taken.size).toBe(1);
});

test("no network is told apart from a refusal", async () => {
  server.reachable = false;
  await expect(enrol(CODE, PIN)).rejects.toBeInstanceOf(NoServer);
});
