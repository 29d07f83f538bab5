// What the ui draws follows the tables: a query runs again when something it read was written, in this tab or another.

import { liveQuery } from "dexie";
import { useEffect, useState } from "preact/hooks";

import { Locked } from "../domain/errors.ts";

/** The query's latest result, undefined until the first. A phone that locks keeps its last picture until the lock screen
 *  takes its place. */
export function useLive<T>(query: () => Promise<T>, deps: readonly unknown[]): T | undefined {
  const [value, setValue] = useState<T | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    const running = liveQuery(query).subscribe({
      next: (found) => setValue(() => found),
      error: (error: unknown) => {
        if (!(error instanceof Locked)) setFailure(error);
      },
    });
    return () => running.unsubscribe();
  }, [...deps]);
  if (failure !== null) throw failure instanceof Error ? failure : new Error("A query failed.", { cause: failure });
  return value;
}
