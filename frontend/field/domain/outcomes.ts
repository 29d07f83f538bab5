// How the outcome of a door follows from the attempts at it, and what it is with those of this device laid over the
// document. The same rules as census/outcomes.py; contracts/vectors/outcomes.json tests both.
import { LOOKED_EMPTY, OUTCOMES, SOMEBODY_THERE, outcomeBy, type Outcome } from "./results.ts";
import { nextStep, type NextStep, type Rules, type Slot, type Tried } from "./steps.ts";

/** Strongest first; within one rank the later attempt wins. */
const RANKS: readonly (readonly Outcome[])[] = [
  ["registered"],
  ["partial"],
  ["vacant", "not_a_home"],
  ["refused"],
  ["notice"],
  ["form"],
  ["tonight"],
  ["knocked1"],
  ["unknown"],
];

export interface Derived {
  readonly outcome: Outcome;
  readonly since: number;
  readonly attempts: number;
  readonly lastAt: number;
  readonly channel: string;
  readonly next: NextStep;
}

/** What attempts (voided ones left out) add up to, whatever the order of arrival; null when nobody has been there. */
export function derive(attempts: readonly Tried[], rules: Rules): Derived | null {
  const counting = [...attempts].sort((a, b) => a.at - b.at || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const first = counting[0];
  const last = counting.at(-1);
  if (first === undefined || last === undefined) return null;
  const { outcome, telling } = outcomeFrom(counting, rules);
  return {
    outcome,
    since: (telling ?? first).at,
    attempts: counting.length,
    lastAt: last.at,
    channel: (telling ?? last).channel,
    next: nextStep(outcome, counting, telling, rules),
  };
}

function outcomeFrom(counting: readonly Tried[], rules: Rules): { outcome: Outcome; telling: Tried | null } {
  const back = counting.reduce((last, tried, at) => (SOMEBODY_THERE.has(tried.result) ? at : last), -1);
  const said: { outcome: Outcome; tried: Tried }[] = [];
  counting.forEach((tried, at) => {
    const outcome = outcomeBy(tried.channel, tried.result, rules.lists_complete);
    const takenBack = at < back && (LOOKED_EMPTY.has(tried.result) || tried.result === "said_vacant");
    if (outcome !== null && !takenBack) said.push({ outcome, tried });
  });
  for (const rank of RANKS) {
    const found = said.filter((one) => rank.includes(one.outcome));
    const last = found.at(-1);
    if (last !== undefined) {
      return { outcome: last.outcome === "knocked1" && found.length > 1 ? "knocked2" : last.outcome, telling: last.tried };
    }
  }
  return { outcome: "untried", telling: null };
}

/** What this device did at a door and has not yet been shown in its document. Moments are by the server's clock. */
export interface OwnAttempt {
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly result: string;
  readonly againAt: number | null;
}

/** What the overlay needs of a door's document. */
export interface Documented {
  readonly state: {
    readonly outcome: string;
    readonly since: number | null;
    readonly attempts: number;
    readonly step: string;
    readonly slot: string;
    readonly due: number | null;
    readonly not_me: boolean;
  };
  readonly tried: readonly {
    readonly id: string;
    readonly at: number;
    readonly channel: string;
    readonly result: string;
    readonly by: string;
    readonly void: boolean;
    readonly again_at?: number | null;
  }[];
}

/** A door as this device knows it: the document, with its own attempts and voids on top. */
export interface State {
  readonly outcome: Outcome;
  readonly since: number | null;
  readonly attempts: number;
  /** "" where nobody has been there. */
  readonly step: string;
  readonly slot: Slot;
  readonly due: number | null;
  readonly notMe: boolean;
  /** Its time was agreed upon with the household. */
  readonly agreed: boolean;
}

/** By which result a document's outcome is told where the attempt itself is older than the latest five. */
const STANDS_FOR: Readonly<Record<Outcome, string>> = {
  registered: "registered",
  partial: "partial",
  vacant: "vacant",
  not_a_home: "not_a_home",
  untried: "",
  refused: "refused",
  knocked2: "no_answer",
  knocked1: "no_answer",
  notice: "notice_posted",
  form: "form_slipped",
  tonight: "come_back",
  unknown: "said_vacant",
};

/**
 * The state of a door with `own` attempts and `voided` ids laid over its document; `me` is this device's person as the
 * document names people. Without anything of its own the document's word stands untouched.
 */
export function overlaid(door: Documented, own: readonly OwnAttempt[], voided: ReadonlySet<string>, me: string, rules: Rules): State {
  const shown = new Set(door.tried.map((one) => one.id));
  const mine = own.filter((one) => !shown.has(one.id) && !voided.has(one.id));
  const taken = door.tried.filter((one) => voided.has(one.id) && !one.void);
  if (mine.length === 0 && taken.length === 0) return { ...asDocumented(door), agreed: agreedIn(door) };
  const kept: Tried[] = door.tried
    .filter((one) => !one.void && !voided.has(one.id))
    .map((one) => ({ at: one.at, order: one.id, channel: one.channel, result: one.result, visitor: one.by, againAt: one.again_at ?? null }));
  const all = [...older(door, kept.length + taken.length), ...kept, ...mine.map((one) => triedBy(one, me))];
  const derived = derive(all, rules);
  if (derived === null) return { outcome: "untried", since: null, attempts: 0, step: "", slot: "", due: null, notMe: false, agreed: false };
  return {
    outcome: derived.outcome,
    since: derived.since,
    attempts: Math.max(derived.attempts, door.state.attempts - taken.length + mine.length),
    step: derived.next.step,
    slot: derived.next.slot,
    due: derived.next.due,
    notMe: derived.next.notBy === me || (derived.next.step === "send_director" && !directs(door)),
    agreed: all.some((one) => one.againAt !== null && one.againAt === derived.next.due),
  };
}

/** The director is asked for, and the document does not say that it is somebody else. */
function directs(door: Documented): boolean {
  return door.state.step === "send_director" && !door.state.not_me;
}

function asDocumented(door: Documented): Omit<State, "agreed"> {
  const { state } = door;
  const outcome = OUTCOMES.find((one) => one === state.outcome) ?? "untried";
  return {
    outcome,
    since: state.since,
    attempts: state.attempts,
    // A door nobody has tried has no step of its own; the document calls it a visit.
    step: state.attempts === 0 ? "" : state.step,
    slot: state.slot === "day" || state.slot === "evening" ? state.slot : "",
    due: state.due,
    notMe: state.not_me,
  };
}

function triedBy(one: OwnAttempt, me: string): Tried {
  return { at: one.at, order: one.id, channel: one.channel, result: one.result, visitor: me, againAt: one.againAt };
}

/** Attempts before those the document shows, told by what its state says of them. */
function older(door: Documented, known: number): Tried[] {
  const { state } = door;
  const missing = state.attempts - known;
  if (missing <= 0) return [];
  const outcome = OUTCOMES.find((one) => one === state.outcome) ?? "untried";
  const result = STANDS_FOR[outcome];
  const since = state.since ?? 0;
  const first = door.tried.reduce((least, one) => Math.min(least, one.at), since);
  // Told by an attempt that is among those shown: what is older said less, and its number alone matters.
  if (!result || door.tried.some((one) => one.at === since)) {
    return Array.from({ length: missing }, (_, at) => ({
      at: first - missing + at,
      order: `older-${at}`,
      channel: "list",
      result: "listed",
      visitor: null,
      againAt: null,
    }));
  }
  return Array.from({ length: missing }, (_, at) => ({
    at: at === missing - 1 ? since : since - missing + at,
    order: `older-${at}`,
    channel: "door",
    result,
    visitor: null,
    againAt: null,
  }));
}

/** Whether the time a door is due at was agreed upon in an attempt that counts. */
function agreedIn({ state, tried }: Documented): boolean {
  return state.due !== null && tried.some((one) => !one.void && one.again_at === state.due);
}
