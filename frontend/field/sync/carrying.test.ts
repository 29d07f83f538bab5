import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { base64, utf8, type Bytes } from "../domain/bytes.ts";
import { looksLikeParcel } from "../domain/parcel.ts";
import { carriedParcels, carry, parcelsToSend, putAside, tidyCarried } from "../store/carried.ts";
import { db } from "../store/database.ts";
import { append, counts } from "../store/outbox.ts";
import { keepInfo, lock, look, openSession, phase } from "../store/session.ts";
import { CODE, Server } from "../testing/server.ts";
import { parcels } from "./carrying.ts";
import { sendNow, stop } from "./engine.ts";
import { enrol } from "./enrolment.ts";

let server = new Server();
const parcelOf = (text: string): Bytes => utf8(`FLP1${text}`.padEnd(200, "."));

beforeEach(async () => {
  await db.delete();
  await db.open();
  await look();
  server = new Server();
  server.install();
  await enrol(CODE, "482917");
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

test("a parcel is carried until the server's yes, once, and said to be handed in", async () => {
  server.reachable = false;
  await carry(parcelOf("one"));
  await carry(parcelOf("one"));
  await sendNow();
  expect((await parcelsToSend()).length).toBe(1);
  server.reachable = true;
  await sendNow();
  expect(server.parcels).toEqual([parcelOf("one")]);
  expect(await carriedParcels()).toMatchObject([{ state: "delivered", taken: 3, parcel: new Uint8Array() }]);
  await sendNow();
  expect(server.parcels.length).toBe(1);
});

test("an answer that was lost costs nothing: it is sent again", async () => {
  await carry(parcelOf("one"));
  server.loseAnswers = 1;
  await sendNow();
  expect((await parcelsToSend()).length).toBe(1);
  await sendNow();
  expect(server.parcels.length).toBe(2);
  expect((await parcelsToSend()).length).toBe(0);
});

test("a broken one is shown until it is put aside, and does not hold up the rest", async () => {
  await carry(parcelOf("broken"));
  await append("workforce.sign_in", { path: "1", note: "" });
  await sendNow();
  const [row] = await carriedParcels();
  expect(row).toMatchObject({ state: "broken", code: "parcel_broken" });
  expect(await counts()).toMatchObject({ waiting: 0, sent: 1 });
  await tidyCarried(Date.now() + 1);
  expect((await carriedParcels()).length).toBe(1);
  await putAside(row?.id ?? "");
  expect(await carriedParcels()).toEqual([]);
});

test("what was delivered is forgotten in time", async () => {
  await carry(parcelOf("one"));
  await sendNow();
  await tidyCarried(Date.now() + 1);
  expect(await carriedParcels()).toEqual([]);
});

test("a phone is not cleared while it carries what came after its last sending", async () => {
  server.wipeAsked = true;
  server.whenAsked = () => carry(parcelOf("late"));
  await sendNow();
  expect(phase.value).toBe("open");
  server.whenAsked = null;
  await sendNow();
  expect(phase.value).not.toBe("open");
  expect(server.parcels).toEqual([parcelOf("late")]);
});

test("the outbox as parcels: all of it, without pictures where a film is made, and nothing leaves the outbox", async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const spki = base64(await crypto.subtle.exportKey("spki", pair.publicKey));
  await keepInfo({ ...openSession().device, server_key: { id: "01a22000-0000-7000-8000-00000000f1f1", public: spki } });
  expect(await parcels({ pictures: true, client: "t" })).toEqual([]);
  await append("workforce.sign_in", { path: "1", note: "" });
  await append("census.keep_picture", { attempt_id: "a", question: "", jpeg: "x".repeat(2_000_000) });
  await append("census.keep_picture", { attempt_id: "a", question: "", jpeg: "y".repeat(2_000_000) });
  const [film, files] = [await parcels({ pictures: false, client: "t" }), await parcels({ pictures: true, client: "t" })];
  expect(film.map((one) => one.commands)).toEqual([1]);
  expect(files.map((one) => one.commands)).toEqual([2, 1]);
  expect(files.every((one) => looksLikeParcel(one.bytes))).toBe(true);
  expect(await counts()).toMatchObject({ waiting: 3 });
  lock();
  await expect(parcels({ pictures: true, client: "t" })).rejects.toThrow();
});
