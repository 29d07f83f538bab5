// Writing down what came of a visit, and taking it back. What is written is on the disk before the next door opens.
import type { Channel } from "../../domain/results.ts";
import type { Bodies, Person } from "../../domain/types.ts";
import { linesOn, nextOn, type Line, type Work } from "../../domain/work.ts";
import { append } from "../../store/outbox.ts";
import { t } from "../i18n.ts";
import { go, replace } from "../router.ts";
import { offerUndo } from "../undo.tsx";
import { rememberNotice } from "./notices.ts";
import { shortName, timeWord, told } from "./words.ts";
import { lastDoor, serverNow, way } from "./work.ts";

/** What came of a visit. `pictures` are JPEGs in base64, by question ("" for the visit itself). */
export interface Visit {
  readonly result: string;
  readonly channel: Channel;
  readonly people?: readonly Person[];
  readonly note?: string;
  readonly againAt?: number | null;
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly pictures?: ReadonlyMap<string, string>;
  /** Number of the form or notice left there; the server makes the visit of it. */
  readonly sheet?: string;
}

/** Write a visit down and go on to the next door of the way. `opened`: when the door's page was opened, by `performance.now()`.
 *  Raises StorageFull with nothing written. */
export async function record(work: Work, line: Line, visit: Visit, opened: number): Promise<void> {
  const next = nextOn(linesOn(work, way.value, serverNow()), line);
  const options = {
    ...(line.addedBy ? { after: [line.addedBy] } : {}),
    along: (id: string) => [...(visit.pictures ?? [])].map(([question, jpeg]) => ({ kind: "census.keep_picture" as const, body: { attempt_id: id, question, jpeg } })),
  };
  const made = visit.sheet
    ? await append("census.hand_out_sheet", { door_id: line.door.id, number: visit.sheet }, options)
    : await append("census.record_attempt", bodyOf(line, visit, opened), options);
  if (visit.sheet && visit.result === "notice_posted") rememberNotice(made.id);
  lastDoor.value = line.door.id;
  offerUndo(
    t("Recorded: {what}", { what: told(visit.result, "", visit.people?.length ?? 0) }),
    () => takeBack(line, made.id),
    t("{door}, {time}, kept on this phone", { door: shortName(line), time: timeWord(serverNow()) }),
  );
  if (way.value.is === "panel") replace(`#/panel/${way.value.building}/${encodeURIComponent(way.value.unit)}`);
  else if (next) replace(`#/door/${next.door.id}`);
  else go(way.value.is === "building" ? `#/building/${line.building.id}` : "#/doors");
}

function bodyOf(line: Line, visit: Visit, opened: number): Bodies["census.record_attempt"] {
  return {
    door_id: line.door.id,
    result: visit.result,
    channel: visit.channel,
    minutes: Math.min(Math.round((performance.now() - opened) / 60_000), 24 * 60),
    ...(visit.people?.length ? { people: visit.people } : {}),
    ...(visit.note ? { note: visit.note } : {}),
    ...(visit.againAt ? { again_at: visit.againAt } : {}),
    ...(visit.answers && Object.keys(visit.answers).length > 0 ? { answers: visit.answers } : {}),
  };
}

/** Take an attempt back: it stays on record and counts no longer. Then the door it was at opens again. */
export async function takeBack(line: Line, attemptId: string): Promise<void> {
  await append("census.void_attempt", { attempt_id: attemptId }, { after: [attemptId] });
  go(`#/door/${line.door.id}`);
}
