import { expect, test } from "vitest";

import vectors from "../../../contracts/vectors/parcels.json";
import { base45, fromBase45 } from "./base45.ts";
import { fromBase64, hex, utf8, type Bytes } from "./bytes.ts";
import { framesOf, shown, Watcher } from "./film.ts";
import { contentOf, looksLikeParcel, parcelKey, sealParcel, signedContent } from "./parcel.ts";

const bytesOf = (text: string): Bytes => Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
const base64url = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** A private key of the vectors, which give its number alone; the point is that of the public key beside it. */
async function privateKey(number: string, spki: string, use: "ECDH" | "ECDSA"): Promise<CryptoKey> {
  const point = fromBase64(spki).slice(-64);
  const key = { kty: "EC", crv: "P-256", d: base64url(bytesOf(number)), x: base64url(point.slice(0, 32)), y: base64url(point.slice(32)) };
  return crypto.subtle.importKey("jwk", key, { name: use, namedCurve: "P-256" }, false, use === "ECDH" ? ["deriveBits"] : ["sign"]);
}

/** What the server does with a parcel (sync/parcels.py). */
async function opened(parcel: Bytes, server: { readonly private: string; readonly public: string }): Promise<{ readonly signature: Bytes; readonly content: Bytes }> {
  const [id, point, sealed] = [parcel.slice(4, 20), parcel.slice(20, 85), parcel.slice(85)];
  const theirs = await crypto.subtle.importKey("raw", point, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const key = await parcelKey(await privateKey(server.private, server.public, "ECDH"), theirs, point);
  const clear = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: id }, key, sealed));
  const unfolded = new Blob([clear.slice(64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return { signature: clear.slice(0, 64), content: new Uint8Array(await new Response(unfolded).arrayBuffer()) };
}

const signedBy = async (spki: string, signature: Bytes, content: Bytes): Promise<boolean> => {
  const key = await crypto.subtle.importKey("spki", fromBase64(spki), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, signedContent(content));
};

test.each(vectors.parcels)("a parcel of the server's vectors opens here: $name", async ({ parcel, server, device, content, signature, frames }) => {
  const bytes = fromBase64(parcel);
  expect(looksLikeParcel(bytes)).toBe(true);
  const found = await opened(bytes, server);
  expect(new TextDecoder().decode(found.content)).toBe(content);
  expect(hex(found.signature)).toBe(signature);
  expect(await signedBy(device.public, found.signature, found.content)).toBe(true);
  expect(await framesOf(bytes)).toEqual(frames);
});

test.each(vectors.parcels)("what is sealed here has the shape of the vectors, and another key each time: $name", async ({ server, device, content }) => {
  const id = server.id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
  const maker = { device: device.id, key: await privateKey(device.private, device.public, "ECDSA") };
  const [one, other] = await Promise.all([1, 2].map(() => sealParcel(utf8(content), maker, { id, public: server.public })));
  if (!one || !other) throw new Error("Two were made.");
  expect(hex(one.slice(4, 20))).toBe(server.id);
  expect(hex(one.slice(20, 85))).not.toBe(hex(other.slice(20, 85)));
  const found = await opened(one, server);
  expect(new TextDecoder().decode(found.content)).toBe(content);
  expect(await signedBy(device.public, found.signature, found.content)).toBe(true);
});

test("the content says whose it is, how much waits, and the commands as they are", () => {
  const content = JSON.parse(new TextDecoder().decode(contentOf({ device: "a", key: {} as CryptoKey }, [], 7, "0.1.0", 5))) as unknown;
  expect(content).toEqual({ protocol: 1, device_id: "a", made_at: 5, waiting: 7, client: "0.1.0", commands: [] });
});

test.each([
  ["AB", "BB8"],
  ["Hello!!", "%69 VD92EX0"],
  ["base-45", "UJCLQE7W581"],
  ["ietf!", "QED8WEX0"],
])("base45 as in RFC 9285: %s", (plain, written) => {
  expect(base45(utf8(plain))).toBe(written);
  expect(new TextDecoder().decode(fromBase45(written) ?? undefined)).toBe(plain);
});

test.each(["A", "GGW", ":::", "::", "a00", "AB#"])("%s is no base45", (text) => {
  expect(fromBase45(text)).toBeNull();
});

/** Bytes that look like nothing. */
function noise(length: number, seed: number): Bytes {
  let state = seed;
  return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16);
}

test.each([0, 1, 2, 300, 301, 4_567])("a film of %i bytes is put together in any order, with others between", async (length) => {
  const parcel = noise(length + 1, length + 7);
  const frames = await framesOf(parcel);
  const others = await framesOf(noise(900, 3));
  const watcher = new Watcher();
  const order = frames.map((frame, index) => ({ frame, at: (index * 7919) % 104_729 })).sort((one, other) => other.at - one.at);
  let whole = "";
  for (const { frame } of order) {
    watcher.see(others[0] ?? "");
    const progress = watcher.see(shown(frame));
    watcher.see(frame);
    if (progress?.seen === progress?.many) whole = progress?.name ?? "";
  }
  expect(await watcher.whole(whole)).toEqual(parcel);
});

test("a film with a foreign picture among its own is no parcel", async () => {
  const frames = await framesOf(noise(700, 1));
  const headless = (frame = ""): string => frame.split("/").slice(4).join("/");
  const foreign = headless((await framesOf(noise(700, 2)))[1]);
  const watcher = new Watcher();
  watcher.see(frames[0] ?? "");
  watcher.see((frames[1] ?? "").replace(headless(frames[1]), () => foreign));
  const last = watcher.see(frames[2] ?? "");
  expect(last).toMatchObject({ seen: 3, many: 3 });
  expect(await watcher.whole(last?.name ?? "")).toBeNull();
});

test.each(["", "FL:0417-3", "FLQ1/zz/0/1/BB8", "FLQ1/00000000/1/1/BB8", "FLQ1/00000000/0/0/BB8", "FLQ1/00000000/0/99999/BB8", "FLQ1/00000000/0/1/A"])("%s is no picture of a film", (text) => {
  expect(new Watcher().see(text)).toBeNull();
});

test.each([new Uint8Array(), utf8("FLP1"), utf8("FLP1".padEnd(164, "x")), utf8("GIF8".padEnd(400, "x"))])("what is too short or begins otherwise is no parcel", (bytes) => {
  expect(looksLikeParcel(bytes)).toBe(false);
});
