// Sealing. The data key lies in IndexedDB wrapped twice: inside under a key from the PIN (PBKDF2), outside under an AES key
// that the browser will not give out. While the phone is unlocked the data key is in memory, not extractable either.

import { utf8, type Bytes } from "../domain/bytes.ts";
import { Locked } from "../domain/errors.ts";
import type { KeyRow, Sealed } from "./database.ts";

/** OWASP's figure for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const ROUNDS = 600_000;

const keys = new Map<string, CryptoKey>();
let current: string | null = null;

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

async function fromPin(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function asDataKey(raw: ArrayBuffer | Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function wrap(raw: ArrayBuffer | Bytes, pin: string, id: string, rounds: number): Promise<KeyRow> {
  const guard = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const [salt, inner, outer] = [random(16), random(12), random(12)];
  const byPin = await crypto.subtle.encrypt({ name: "AES-GCM", iv: inner }, await fromPin(pin, salt, rounds), raw);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: outer }, guard, byPin));
  return { id, guard, salt, rounds, inner, outer, wrapped, tries: 0, wait_until: 0, heir: null };
}

/** A fresh data key under this PIN, in use from now on. The row is for the caller to keep. */
export async function makeKey(pin: string, rounds = ROUNDS): Promise<KeyRow> {
  const raw = random(32);
  const row = await wrap(raw, pin, crypto.randomUUID(), rounds);
  keys.set(row.id, await asDataKey(raw));
  raw.fill(0);
  current = row.id;
  return row;
}

async function unwrap(row: KeyRow, pin: string): Promise<Bytes | null> {
  const byPin = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.outer }, row.guard, row.wrapped);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.inner }, await fromPin(pin, row.salt, row.rounds), byPin));
  } catch {
    return null;
  }
}

/** Open a data key by its PIN and use it; false for a wrong PIN. */
export async function openKey(row: KeyRow, pin: string, asCurrent = true): Promise<boolean> {
  const raw = await unwrap(row, pin);
  if (raw === null) return false;
  keys.set(row.id, await asDataKey(raw));
  raw.fill(0);
  if (asCurrent) current = row.id;
  return true;
}

/** An earlier data key under the present one, so that one PIN opens both from now on; null for a wrong old PIN. */
export async function inherit(row: KeyRow, oldPin: string): Promise<Sealed | null> {
  const raw = await unwrap(row, oldPin);
  if (raw === null) return null;
  const heir = await sealBytes(`key:${row.id}`, raw);
  keys.set(row.id, await asDataKey(raw));
  raw.fill(0);
  return heir;
}

/** Open an earlier key by the present one. */
export async function openHeir(row: KeyRow): Promise<void> {
  if (row.heir) keys.set(row.id, await asDataKey(await openBytes(`key:${row.id}`, row.heir)));
}

/** Put away all data keys but the present one. */
export function keepCurrentOnly(): void {
  for (const id of keys.keys()) if (id !== current) keys.delete(id);
}

export function closeVault(): void {
  keys.clear();
  current = null;
}

export function isOpen(): boolean {
  return current !== null;
}

/** Whether what lies under this data key can be read now. */
export function canOpen(key: string): boolean {
  return keys.has(key);
}

async function sealBytes(place: string, bytes: Bytes): Promise<Sealed> {
  const key = current === null ? undefined : keys.get(current);
  if (key === undefined || current === null) throw new Locked("The store is sealed.");
  const [id, iv] = [current, random(12)];
  const how = { name: "AES-GCM", iv, additionalData: utf8(place) };
  return { key: id, iv, box: new Uint8Array(await crypto.subtle.encrypt(how, key, bytes)) };
}

async function openBytes(place: string, sealed: Sealed): Promise<Bytes> {
  const key = keys.get(sealed.key);
  if (key === undefined) throw new Locked("The store is sealed.");
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: utf8(place) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.box));
}

/** Seal a JSON value for the place it will lie in: a row put in another's place does not open. */
export async function seal(place: string, value: unknown): Promise<Sealed> {
  return sealBytes(place, utf8(JSON.stringify(value)));
}

const decoder = new TextDecoder();

/** The value sealed for `place`. Raises Locked without its key. */
export async function open(place: string, sealed: Sealed): Promise<unknown> {
  return JSON.parse(decoder.decode(await openBytes(place, sealed))) as unknown;
}
