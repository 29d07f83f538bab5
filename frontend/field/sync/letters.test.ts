import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { base64 } from "../domain/bytes.ts";
import { carriedParcels, parcelsToSend } from "../store/carried.ts";
import { db } from "../store/database.ts";
import { letters } from "../store/letters.ts";
import { append, counts } from "../store/outbox.ts";
import { keepInfo, lock, look, openSession, strangeKeys, unlock } from "../store/session.ts";
import { CODE, Server } from "../testing/server.ts";
import { sendNow, stop } from "./engine.ts";
import { enrol } from "./enrolment.ts";
import { sendSealed, writeLetters } from "./letters.ts";
import { NoServer } from "./requests.ts";

const PIN = "482917";
let server = new Server();

async function withServerKey(): Promise<void> {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const spki = base64(await crypto.subtle.exportKey("spki", pair.publicKey));
  await keepInfo({ ...openSession().device, server_key: { id: "01a22000-0000-7000-8000-00000000f1f1", public: spki } });
}

const tap = (): Promise<unknown> => append("workforce.sign_in", { path: "141102003005", note: "" });

beforeEach(async () => {
  await db.delete();
  await db.open();
  await look();
  server = new Server();
  server.install();
  await enrol(CODE, PIN);
  await withServerKey();
  server.reachable = false;
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

test("a locked phone hands in what it had sealed, and knows what only the PIN lets go", async () => {
  await tap();
  await writeLetters();
  await tap();
  lock();
  expect(await letters()).toEqual({ waiting: 2, handed: 0, closed: 1 });
  await expect(sendSealed()).rejects.toThrow(NoServer);
  server.reachable = true;
  expect(await sendSealed()).toBe(true);
  expect(server.parcels.length).toBe(1);
  expect(await letters()).toEqual({ waiting: 2, handed: 1, closed: 1 });
  // Nothing leaves the outbox by a letter: the answers are heard once it is open.
  expect(await counts()).toMatchObject({ waiting: 2 });
});

test("each command is in one letter, and none is written where nothing is new", async () => {
  await tap();
  await writeLetters();
  await writeLetters();
  await tap();
  await writeLetters();
  const rows = await db.carried.toArray();
  expect(rows.map((row) => row.letter?.upto).sort()).toEqual([1, 2]);
  expect(await letters()).toMatchObject({ closed: 0 });
});

test("an open phone sends its entries itself, and then its letters are forgotten", async () => {
  await tap();
  await writeLetters();
  expect(await parcelsToSend()).toEqual([]);
  expect(await carriedParcels()).toEqual([]);
  server.reachable = true;
  await sendNow();
  expect(server.parcels).toEqual([]);
  expect(await counts()).toMatchObject({ waiting: 0, sent: 1 });
  await writeLetters();
  expect(await db.carried.count()).toBe(0);
});

test("under a forgotten PIN what was sealed still goes, by the enrolment that came after", async () => {
  await tap();
  await writeLetters();
  await tap();
  lock();
  server.reachable = true;
  await enrol(CODE, "739164");
  expect(await strangeKeys()).toMatchObject([{ waiting: 2 }]);
  await sendNow();
  expect(server.parcels.length).toBe(1);
  expect(await strangeKeys()).toMatchObject([{ waiting: 1 }]);
});

test("a letter the server cannot open is not counted as handed in", async () => {
  await tap();
  await writeLetters();
  await db.carried.toCollection().modify({ state: "broken" });
  await tap();
  await writeLetters();
  lock();
  server.reachable = true;
  await sendSealed();
  expect(await letters()).toEqual({ waiting: 2, handed: 0, closed: 0 });
  expect(await unlock(PIN)).toEqual({ is: "open" });
});

test("a locked phone writes no letter, and says nothing of it", async () => {
  await tap();
  lock();
  await expect(writeLetters()).resolves.toBeUndefined();
  expect(await letters()).toEqual({ waiting: 1, handed: 0, closed: 1 });
});
