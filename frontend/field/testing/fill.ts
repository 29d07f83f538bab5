// For `benchmarks/field.py` alone, in no bundle of the client: a shift written into this phone's outbox by the client's own code, faster
// than anybody taps it.

import { allDoors } from "../store/documents.ts";
import { append } from "../store/outbox.ts";
import { look, unlock } from "../store/session.ts";

/** One attempt each at the first so many doors, and at every third two people who live there; how many there were doors for. */
export async function fill(pin: string, many: number): Promise<number> {
  await look();
  if ((await unlock(pin)).is !== "open") throw new Error("That PIN does not open this phone.");
  const doors = (await allDoors()).slice(0, many);
  for (const [at, { id: door_id }] of doors.entries()) {
    const people = at % 3 === 0 ? [{ name: "王秀兰", birth_year: 1954 }, { name: "张建国", birth_year: 1951 }] : [];
    await append("census.record_attempt", people.length > 0 ? { door_id, channel: "door", result: "registered", people } : { door_id, channel: "door", result: "no_answer" });
  }
  return doors.length;
}
