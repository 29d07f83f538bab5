// For `benchmarks/field.py` alone, in no bundle of the client: a shift written into this phone's outbox by the client's own code, faster
// than anybody taps it.

import { allDoors } from "../store/documents.ts";
import { append } from "../store/outbox.ts";
import { look, unlock } from "../store/session.ts";

/** Nobody opened at the first so many doors; how many there were doors for. */
export async function fill(pin: string, many: number): Promise<number> {
  await look();
  if ((await unlock(pin)).is !== "open") throw new Error("That PIN does not open this phone.");
  const doors = (await allDoors()).slice(0, many);
  for (const { id: door_id } of doors) await append("census.record_attempt", { door_id, result: "no_answer", channel: "door", minutes: 1, note: "灯亮着，没人应" });
  return doors.length;
}
