// The shift as the screens see it: read once, kept while the phone is open, and never a moment longer.
import { effect, signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";

import type { Area, Door, OutboxEntry } from "../../domain/types.ts";
import { workOf, type Way, type Work } from "../../domain/work.ts";
import { allDoors, area } from "../../store/documents.ts";
import { useLive } from "../../store/live.ts";
import { entries } from "../../store/outbox.ts";
import { session } from "../../store/session.ts";
import { status } from "../../sync/engine.ts";
import { noticesGiven } from "./notices.ts";

interface Documents {
  readonly area: Area | null;
  readonly doors: readonly Door[];
}

interface Read {
  readonly documents: Documents;
  readonly entries: readonly OutboxEntry[];
}

const KINDS = ["census.record_attempt", "census.void_attempt", "census.hand_out_sheet", "places.add_door"] as const;

/** What was drawn last: the next screen stands at once, and follows the store from then on. */
const last = signal<{ readonly read: Read; readonly work: Work } | null>(null);
effect(() => {
  if (session.value === null) last.value = null;
});

/** Which list the next door comes from. */
export const way = signal<Way>({ is: "walk", slot: "", view: "mine", compound: "" });
/** Stairwells are climbed instead of walked down. */
export const fromBelow = signal(false);
/** The door somebody was at last, to find the place in a list again. */
export const lastDoor = signal("");

async function documents(): Promise<Documents> {
  const [found, doors] = await Promise.all([area(), allDoors()]);
  return { area: found, doors };
}

function made(): Promise<OutboxEntry[]> {
  return entries({ kind: KINDS });
}

/** How long the shift rests between two readings while pages or answers come by the hundred, ms. */
const REST = 1_000;

/** Each read again only when it was written: an evening's answers leave thousands of doors as they are. */
function useRead(): Read | undefined {
  const found = useLive(documents, [], REST);
  const own = useLive(made, [], REST);
  return useMemo(() => found && own && { documents: found, entries: own }, [found, own]);
}

/** Everything of the shift: undefined while it is read for the first time, null before the first sync. */
export function useWork(): Work | null | undefined {
  const found = useRead();
  const up = fromBelow.value;
  const [drawnUp, setDrawnUp] = useState(up);
  if (found !== undefined && (last.value?.read !== found || drawnUp !== up) && found.documents.area !== null && session.value !== null) {
    const me = session.value.device.person.name;
    const { area: place, doors } = found.documents;
    last.value = { read: found, work: workOf(place, doors, found.entries, me, noticesGiven(), up) };
    if (drawnUp !== up) setDrawnUp(up);
  }
  if (found !== undefined && found.documents.area === null) return null;
  return last.value?.work;
}

/** Now by the server's clock, as far as this phone knows it; told anew each half minute. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function serverNow(): number {
  return Date.now() + (status.value.offset ?? 0);
}
