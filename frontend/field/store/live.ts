// What the ui draws follows the tables: a query runs again when something it read was written, in this tab or another.

import Dexie, { liveQuery } from "dexie";
import { useEffect, useState } from "preact/hooks";

import { Locked } from "../domain/errors.ts";
import { latestAppend } from "./outbox.ts";

/** The same query, not sooner than `rest` ms after its last result, unless something was written down in this tab since. A later run
 *  takes the place of one that still waits. */
export function rested<T>(query: () => Promise<T>, rest: number): { readonly run: () => Promise<T | null>; readonly read: () => void } {
  let read = -Infinity;
  let runs = 0;
  const run = async (): Promise<T | null> => {
    runs += 1;
    const mine = runs;
    const left = read + rest - performance.now();
    // Dexie's own promise: after another one it would not know what the query reads.
    if (left > 0 && latestAppend() < read) await new Dexie.Promise<void>((go) => setTimeout(go, left));
    return mine === runs ? query() : null;
  };
  return { run, read: () => (read = performance.now()) };
}

/** The query's latest result, undefined until the first. A phone that locks keeps its last picture until the lock screen
 *  takes its place. What reads thousands of rows should `rest` (ms), while others write batch after batch. */
export function useLive<T>(query: () => Promise<T>, deps: readonly unknown[], rest = 0): T | undefined {
  const [value, setValue] = useState<T | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    const { run, read } = rested(query, rest);
    const running = liveQuery(run).subscribe({
      next: (found) => {
        read();
        if (found !== null) setValue(() => found);
      },
      error: (error: unknown) => {
        if (!(error instanceof Locked)) setFailure(error);
      },
    });
    return () => running.unsubscribe();
  }, [...deps]);
  if (failure !== null) throw failure instanceof Error ? failure : new Error("A query failed.", { cause: failure });
  return value;
}
