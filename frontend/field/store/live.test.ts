import { liveQuery } from "dexie";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Status } from "../domain/types.ts";
import { db } from "./database.ts";
import { rested } from "./live.ts";
import { append, counts, keepAnswers } from "./outbox.ts";
import { keepEnrolment, lock, look, makeSigningKey } from "./session.ts";

const seen: number[] = [];
let end = (): void => undefined;

beforeEach(async () => {
  seen.length = 0;
  await db.delete();
  await db.open();
  await look();
  const device = { device_id: "d1", person: { id: "p1", name: "白俊丽" }, grants: [], origin_name: "丽景街社区", server_key: { id: "k", public: "" }, enrolled_at: 1 };
  await keepEnrolment(device, (await makeSigningKey()).signing, "482917", 1000);
});
afterEach(() => {
  end();
  lock();
  vi.restoreAllMocks();
});

function watch(rest: number): void {
  const { run, read } = rested(counts, rest);
  const running = liveQuery(run).subscribe((found) => {
    read();
    if (found !== null) seen.push(found.waiting);
  });
  end = (): void => running.unsubscribe();
}

const answered = (id: string, status: Status = "accepted"): Promise<void> => keepAnswers([{ id, status, code: "", said: "", data: {} }]);
const visit = (door_id: string) => append("census.record_attempt", { door_id, result: "no_answer", channel: "door" });

test("a query that rests goes on hearing of what it read", async () => {
  const made = [await visit("a"), await visit("b")];
  watch(20);
  await vi.waitFor(() => expect(seen.at(-1)).toBe(2));
  for (const [at, one] of made.entries()) {
    await answered(one.id);
    await vi.waitFor(() => expect(seen.at(-1)).toBe(1 - at));
  }
});

test("a query that rests hears at once of what is written down here", async () => {
  watch(3_600_000);
  await vi.waitFor(() => expect(seen.at(-1)).toBe(0));
  await visit("a");
  await vi.waitFor(() => expect(seen.at(-1)).toBe(1));
});
