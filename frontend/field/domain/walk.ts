// The order in which doors are walked, which of them want somebody now, and why, in the words of the stairwell. The same
// rules as census/walk/route.py and reasons.py; contracts/vectors/outcomes.json tests both.
import { dayOf } from "./calendar.ts";
import { KNOCKS, TONIGHT } from "./results.ts";
import type { State } from "./outcomes.ts";
import type { Rules, Slot } from "./steps.ts";

/** The moment a list is asked for, and the time of day it is for. */
export interface Now {
  readonly at: number;
  readonly slot: Slot;
  readonly rules: Rules;
}

const WAITED_FOR: ReadonlySet<string> = new Set(["none", "await_call", "call_again"]);
/** Not before their day: the form needs the night to be filled in, the seal a few days to say anything. */
const ON_THEIR_DAY: ReadonlySet<string> = new Set(["fetch_form", "check_seal"]);
/** Steps of which a voice at the intercom cannot be the whole. */
const NEEDS_EYES: ReadonlySet<string> = new Set(["check_vacancy", "look_for_door", "check_seal", "post_notice", "fetch_form"]);

/** Whether somebody should go there in this slot of today. Where a call back was promised, not before its time is over. */
export function wanted(door: State, now: Now): boolean {
  if (!door.step) return true;
  if (door.step === "await_call") return isOverdue(door, now.at);
  if (WAITED_FOR.has(door.step) || (door.slot !== "" && door.slot !== now.slot)) return false;
  if ((door.agreed || ON_THEIR_DAY.has(door.step)) && door.due !== null) return dayOf(door.due) <= dayOf(now.at);
  return true;
}

/** Whether the time its step was to be done by has passed. */
export function isOverdue(door: State, at: number): boolean {
  return door.due !== null && door.due < at;
}

/** Whether ringing at the panel can do what is to be done at a door. */
export function canBeRung(door: State): boolean {
  return !NEEDS_EYES.has(door.step);
}

/** Why a door is on the list: a source string, with how often it was tried where it says so. */
export interface Reason {
  readonly said: string;
  readonly times: number;
}

export function reasonOf(door: State): Reason {
  const times = Math.max(door.attempts, door.step === "second_round" ? 2 : 1);
  return { said: said(door, times), times };
}

function said(door: State, times: number): string {
  const knocked = KNOCKS.has(door.outcome);
  switch (door.step) {
    case "":
      return "Nobody has ever been there";
    case "visit":
      return knocked ? "Nobody in the evening, try by day" : "Called without luck, go there";
    case "evening":
      if (door.outcome === "tonight") return "Asked us to come in the evening";
      return knocked ? "Nobody by day, try in the evening" : "Somebody is back, go in the evening";
    case "second_round":
      return door.slot === "evening" ? "Nobody {times} times, somebody else goes in the evening" : "Nobody {times} times, somebody else goes by day";
    case "post_notice":
      return times === 1 ? "Nobody {times} time, put up a notice" : "Nobody {times} times, put up a notice";
    default:
      return SAID[door.step] ?? "Something is left to do";
  }
}

const SAID: Readonly<Record<string, string>> = {
  await_call: "Notice put up, they did not call, go and look",
  fetch_form: "The form is with them, fetch it",
  talk_again: "Did not want to, somebody else talks to them",
  send_doctor: "Did not want to again, the doctor goes",
  send_director: "Did not want to again, the director goes",
  complete: "Something is missing, ask for it",
  check_vacancy: "Said to be empty, look whether it is",
  look_for_door: "Door was not found, look again",
  check_seal: "Look whether the seal is whole",
  call_again: "Call again",
};
/** Every sentence of a list; the catalogue has a translation of each. */
export const REASONS: readonly string[] = [
  "Nobody has ever been there",
  "Nobody in the evening, try by day",
  "Called without luck, go there",
  "Asked us to come in the evening",
  "Nobody by day, try in the evening",
  "Somebody is back, go in the evening",
  "Nobody {times} times, somebody else goes in the evening",
  "Nobody {times} times, somebody else goes by day",
  "Nobody {times} time, put up a notice",
  "Nobody {times} times, put up a notice",
  "Something is left to do",
  ...Object.values(SAID),
];

/** What the order of a walk asks of a door. */
export interface Walked {
  readonly unit: string;
  readonly floor: number | null;
  readonly position: number;
}

/**
 * Doors of one building as they are walked: stairwell by stairwell, each from the top, or from below for whoever would rather
 * climb; courtyards along their row.
 */
export function withinBuilding<D extends Walked>(doors: readonly D[], shape: string, fromBelow = false): D[] {
  const along = [...doors].sort((a, b) => a.position - b.position);
  if (shape !== "flats" || along.every((door) => door.floor === null)) return along;
  const units = new Map<string, number>();
  for (const door of along) if (!units.has(door.unit)) units.set(door.unit, units.size);
  const rank = (door: D): number => units.get(door.unit) ?? 0;
  const up = fromBelow ? -1 : 1;
  return along.sort((a, b) => rank(a) - rank(b) || up * ((b.floor ?? 0) - (a.floor ?? 0)) || a.position - b.position);
}

/** A door of a list, with what stands at it and whose turn its document says it is. */
export interface Shared {
  readonly door: { readonly state: { readonly mine: string; readonly until: number | null } };
  readonly state: State;
}

/** What was shared out to this person for the slot; before anything was, every door that may be theirs. */
export function mine<L extends Shared>(lines: readonly L[], now: Now): L[] {
  const given = lines.filter(({ door: { state } }) => state.mine !== "" && state.mine === now.slot && (state.until === null || state.until > now.at));
  return given.length > 0 ? given : lines.filter(({ state }) => !state.notMe);
}

/** The filters of a picture. */
export type View = "all" | "left" | "tonight";

/** Whether a door stands out in a view of its building. */
export function standsOut(state: State, view: View, done: ReadonlySet<string>): boolean {
  if (view === "all") return true;
  return view === "left" ? !done.has(state.outcome) : TONIGHT.has(state.outcome);
}
