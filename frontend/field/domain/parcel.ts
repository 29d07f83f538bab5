// The outbox as a parcel that another phone carries and only the server can open (protocol, section 10).

import { fromBase64, utf8, type Bytes } from "./bytes.ts";
import { PROTOCOL, type Command } from "./types.ts";

const MAGIC = "FLP1";
const INFO = "firstline-parcel-1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
/** "FLP1", key id, ephemeral key, signature, and the tag of the seal: nothing shorter is a parcel. */
const LEAST = 4 + 16 + 65 + 64 + 16;

export interface Maker {
  readonly device: string;
  readonly key: CryptoKey;
}

export interface ServerKey {
  /** A UUID. */
  readonly id: string;
  /** SPKI, base64. */
  readonly public: string;
}

function joined(...parts: readonly (ArrayBuffer | Bytes)[]): Bytes {
  const views = parts.map((part) => (part instanceof Uint8Array ? part : new Uint8Array(part)));
  const whole = new Uint8Array(views.reduce((sum, view) => sum + view.length, 0));
  let at = 0;
  for (const view of views) {
    whole.set(view, at);
    at += view.length;
  }
  return whole;
}

function bytesOfId(id: string): Bytes {
  const digits = id.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
}

async function gzip(bytes: Bytes): Promise<Bytes> {
  const folded = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(folded).arrayBuffer());
}

/** What the maker says: `waiting` counts all it holds, in this parcel or not. */
export function contentOf(maker: Maker, commands: readonly Command[], waiting: number, client: string, madeAt: number): Bytes {
  return utf8(JSON.stringify({ protocol: PROTOCOL, device_id: maker.device, made_at: madeAt, waiting, client, commands }));
}

/** The key of one parcel, from either side: private and public key of the two, and the ephemeral public key as 65 bytes. */
export async function parcelKey(own: CryptoKey, theirs: CryptoKey, ephemeral: Bytes): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: ephemeral, info: utf8(INFO) };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** What is signed of a content. */
export function signedContent(content: Bytes): Bytes {
  return joined(utf8(`${INFO}\n`), content);
}

/** Seal a content for the server, under a key made for this parcel alone. */
export async function sealParcel(content: Bytes, maker: Maker, server: ServerKey): Promise<Bytes> {
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, maker.key, signedContent(content));
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const theirs = await crypto.subtle.importKey("spki", fromBase64(server.public), CURVE, false, []);
  const key = await parcelKey(pair.privateKey, theirs, point);
  const keyId = bytesOfId(server.id);
  const how = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: keyId };
  const sealed = await crypto.subtle.encrypt(how, key, joined(signature, await gzip(content)));
  return joined(utf8(MAGIC), keyId, point, sealed);
}

/** Whether these bytes may be a parcel; only the server can tell more. */
export function looksLikeParcel(bytes: Bytes): boolean {
  return bytes.length >= LEAST && new TextDecoder().decode(bytes.slice(0, 4)) === MAGIC;
}
