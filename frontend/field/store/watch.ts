// For those above who do not draw: to be told when the outbox has something to send.

import { liveQuery } from "dexie";

import { db } from "./database.ts";

/** Calls back with the number of unanswered commands and parcels of others, now and whenever it changes, in any tab; the answer ends it. */
export function watchWaiting(told: (waiting: number) => void): () => void {
  const running = liveQuery(async () => (await db.outbox.where("status").equals("waiting").count()) + (await db.carried.where("state").equals("waiting").count())).subscribe({ next: told });
  return () => running.unsubscribe();
}
