// A door that is on no list. Its id follows from its compound and canonical label, so that the same door added by two
// phones is one door (docs/protocol/sync.md, section 13).
import { halve } from "./text.ts";

/** What was typed in front of a door, brought to the form in which labels are kept. */
export function plainPart(typed: string): string {
  return halve(typed).toUpperCase().replace(/\s/g, "").replace(/(?:单元|室)$/u, "");
}

/** Whether a building's name is a lane, a row or a group of yards instead of a block of flats. */
export function isLane(building: string): boolean {
  return /^.*(?:排|街|巷|胡同|弄|院|组|社|队|平房)$/u.test(building);
}

/** The canonical label of a door: 3-2-501, 1-101, 东街3排5号. */
export function labelFrom(building: string, unit: string, room: string): string {
  if (!unit && isLane(building) && /^\d+(?:-\d+)?号/u.test(room)) return building + room;
  return [building, unit, room].filter(Boolean).join("-");
}

/** The floor a room number tells: 501 is on the fifth, 1203 on the twelfth; null where it tells none. */
export function floorFrom(room: string): number | null {
  const found = /^(-?\d{1,2})[A-Z]?\d{2}(?:\/\d{1,2})?\D*$/u.exec(room);
  return found ? Number(found[1]) : null;
}

/** The id (RFC 9562 version 5) of a door by its label, under the id of its compound. */
export async function doorId(compoundId: string, label: string): Promise<string> {
  const space = Uint8Array.from(compoundId.replaceAll("-", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const name = new TextEncoder().encode(`door\u001f${label}`);
  const text = new Uint8Array(space.length + name.length);
  text.set(space);
  text.set(name, space.length);
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", text)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
