// The words of the census at a door: channels, results, outcomes, and what a person can press. The same rules as
// census/results.py and census/words.py; contracts/vectors/outcomes.json tests both.

export const CHANNELS = ["door", "intercom", "phone"] as const;
/** The channels by which a device records. */
export type Channel = (typeof CHANNELS)[number];

/** The order of every bar, legend and equation: done first, then hardest. */
export const OUTCOMES = [
  "registered",
  "partial",
  "vacant",
  "not_a_home",
  "untried",
  "refused",
  "knocked2",
  "knocked1",
  "notice",
  "form",
  "tonight",
  "unknown",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const DONE: ReadonlySet<string> = new Set<Outcome>(["registered", "vacant", "not_a_home"]);
/** Doors to go to this evening: nobody has been there, nobody was at home, or they asked for the evening. */
export const TONIGHT: ReadonlySet<string> = new Set<Outcome>(["untried", "knocked2", "knocked1", "tonight"]);
export const KNOCKS: ReadonlySet<string> = new Set<Outcome>(["knocked1", "knocked2"]);
export const REFUSALS: ReadonlySet<string> = new Set(["refused", "refused_safety", "refused_privacy"]);
/** Who was met is written down before these are kept: a household without a name is not a household registered. */
export const WITH_PEOPLE: ReadonlySet<string> = new Set(["registered", "partial", "form_returned"]);

/** Where somebody stood before the door, or before its intercom. */
export const ON_THE_SPOT: ReadonlySet<string> = new Set(["door", "intercom"]);
export const SOMEBODY_THERE: ReadonlySet<string> = new Set(["seal_broken", "window_lit"]);
export const LOOKED_EMPTY: ReadonlySet<string> = new Set(["vacant", "seal_set", "seal_intact"]);
const ONLY_ON_THE_SPOT: ReadonlySet<string> = new Set(["no_answer", "not_found"]);

const OUTCOME_OF: Readonly<Record<string, Outcome>> = {
  registered: "registered",
  form_returned: "registered",
  partial: "partial",
  vacant: "vacant",
  seal_set: "vacant",
  seal_intact: "vacant",
  not_a_home: "not_a_home",
  refused: "refused",
  refused_safety: "refused",
  refused_privacy: "refused",
  notice_posted: "notice",
  form_slipped: "form",
  come_back: "tonight",
  no_answer: "knocked1",
  not_found: "unknown",
  said_vacant: "unknown",
  seal_broken: "unknown",
  window_lit: "unknown",
};

/** What one attempt says of its door; null when it says nothing. */
export function outcomeBy(channel: string, result: string, listsComplete = false): Outcome | null {
  if (result === "listed") return listsComplete ? "registered" : null;
  if (!ON_THE_SPOT.has(channel)) {
    if (ONLY_ON_THE_SPOT.has(result)) return null;
    if (LOOKED_EMPTY.has(result)) return "unknown";
  }
  return OUTCOME_OF[result] ?? null;
}

/** One thing to press: whose colour and mark it wears, or the letter in its place. */
export interface OutcomeButton {
  readonly result: string;
  readonly outcome: Outcome | "";
  readonly letter: "form" | "?" | "–" | "";
  /** A second step (who was met, why they refused, when to come) comes before it is kept. */
  readonly asks: "people" | "why" | "again" | "sheet" | "";
}

const AT_THE_DOOR = [
  "registered",
  "no_answer",
  "refused",
  "come_back",
  "form_slipped",
  "notice_posted",
  "vacant",
  "form_returned",
  "not_found",
  "partial",
  "not_a_home",
] as const;
/** A voice at the panel cannot push a form under a door, nor see that nobody lives there. */
const BY_INTERCOM = ["registered", "no_answer", "refused", "come_back"] as const;
const BY_PHONE = ["registered", "no_answer", "refused", "come_back", "number_dead", "wrong_number"] as const;

const OFFERED: Readonly<Record<Channel, readonly string[]>> = { door: AT_THE_DOOR, intercom: BY_INTERCOM, phone: BY_PHONE };
const ASKS: Readonly<Record<string, OutcomeButton["asks"]>> = {
  registered: "people",
  partial: "people",
  form_returned: "people",
  refused: "why",
  come_back: "again",
  form_slipped: "sheet",
  notice_posted: "sheet",
};
const LETTERS: Readonly<Record<string, OutcomeButton["letter"]>> = { form_returned: "form", not_found: "?", number_dead: "?", wrong_number: "?" };

/** What can come of a visit by this channel to a door that stands at `now`; the good one first. */
export function buttons(channel: Channel, now: string): OutcomeButton[] {
  return OFFERED[channel].map((result) => {
    const outcome = result in LETTERS ? null : outcomeBy(channel, result);
    const twice = outcome === "knocked1" && KNOCKS.has(now);
    return { result, outcome: twice ? "knocked2" : (outcome ?? ""), letter: outcome ? "" : (LETTERS[result] ?? "–"), asks: ASKS[result] ?? "" };
  });
}

/** Why somebody refuses, as the three things to press after it. */
export const WHY_REFUSED = ["refused_safety", "refused_privacy", "refused"] as const;
