// What is to be done next at a door, by when, and by whom not. The same rules as census/next_steps.py;
// contracts/vectors/outcomes.json tests both.
import { atHour, wall } from "./calendar.ts";
import { ON_THE_SPOT, REFUSALS, SOMEBODY_THERE, type Outcome } from "./results.ts";

export type Slot = "" | "day" | "evening";

/** A campaign's parameters; the server leaves out what stands at its default. */
export interface Rules {
  readonly evening_from: number;
  readonly evening_until: number;
  readonly knocks_before_notice: number;
  readonly call_back_days: number;
  readonly form_days: number;
  readonly refusal_days: number;
  readonly partial_days: number;
  readonly unknown_days: number;
  readonly seal_days: number;
  readonly calls_before_visit: number;
  readonly call_again_hours: number;
  readonly refusal_ladder: readonly string[];
  readonly lists_complete: boolean;
}

const DEFAULTS: Rules = {
  evening_from: 18,
  evening_until: 21,
  knocks_before_notice: 3,
  call_back_days: 2,
  form_days: 1,
  refusal_days: 1,
  partial_days: 1,
  unknown_days: 1,
  seal_days: 3,
  calls_before_visit: 3,
  call_again_hours: 4,
  refusal_ladder: ["talker", "doctor", "director"],
  lists_complete: false,
};

export function rulesOf(given: Readonly<Record<string, unknown>> | null | undefined): Rules {
  return { ...DEFAULTS, ...given };
}

/** One attempt as far as a door's state depends on it; `order` breaks ties of time. Moments are ms. */
export interface Tried {
  readonly at: number;
  readonly order: string;
  readonly channel: string;
  readonly result: string;
  readonly visitor: string | null;
  readonly againAt: number | null;
}

/** What comes next. `due`: overdue from then on; `notBy`: who should not be sent again. */
export interface NextStep {
  readonly step: string;
  readonly slot: Slot;
  readonly due: number | null;
  readonly notBy: string | null;
}

interface Case {
  readonly counting: readonly Tried[];
  readonly telling: Tried;
  readonly rules: Rules;
}

const LADDER: Readonly<Record<string, string>> = { talker: "talk_again", doctor: "send_doctor", director: "send_director" };
const DEAD: ReadonlySet<string> = new Set(["number_dead", "wrong_number", "suspended"]);
const NOTHING: NextStep = { step: "none", slot: "", due: null, notBy: null };

/** `counting`: attempts not taken back, oldest first; `telling`: the one the outcome follows from. */
export function nextStep(outcome: Outcome, counting: readonly Tried[], telling: Tried | null, rules: Rules): NextStep {
  const last = telling ?? counting.at(-1);
  if (last === undefined) return NOTHING;
  const step = byOutcome(outcome, { counting, telling: last, rules });
  const agreed = counting.filter((one) => one.againAt !== null && one.at >= last.at).map((one) => one.againAt ?? 0);
  if (agreed.length === 0 || step.step === "none") return step;
  const at = Math.max(...agreed);
  return { step: step.step, slot: slotAt(at, rules), due: at, notBy: step.notBy };
}

/** Day or evening, by the clock. */
export function slotAt(moment: number, rules: Rules): Slot {
  return wall(moment).hour >= rules.evening_from ? "evening" : "day";
}

function byOutcome(outcome: Outcome, one: Case): NextStep {
  const { rules, telling } = one;
  switch (outcome) {
    case "registered":
    case "not_a_home":
      return NOTHING;
    case "vacant":
      return telling.result === "seal_set" || telling.result === "seal_intact" ? step("check_seal", "", within(one, rules.seal_days)) : NOTHING;
    case "partial":
      return step("complete", "", within(one, rules.partial_days));
    case "refused":
      return refused(one);
    case "knocked1":
    case "knocked2":
      return knocked(one);
    case "notice":
      return step("await_call", "", within(one, rules.call_back_days));
    case "form":
      return step("fetch_form", "", within(one, rules.form_days));
    case "tonight":
      return step("evening", "evening", byEvening(one));
    case "unknown":
      return unknown(one);
    case "untried":
      return untold(one);
  }
}

function step(name: string, slot: Slot, due: number | null, notBy: string | null = null): NextStep {
  return { step: name, slot, due, notBy };
}

function within(one: Case, days: number): number {
  return atHour(one.telling.at, one.rules.evening_until, days);
}

function byEvening(one: Case): number {
  return within(one, wall(one.telling.at).hour < one.rules.evening_from ? 0 : 1);
}

function refused(one: Case): NextStep {
  const times = one.counting.filter((tried) => REFUSALS.has(tried.result)).length;
  const ladder = one.rules.refusal_ladder.length > 0 ? one.rules.refusal_ladder : ["talker"];
  const rung = ladder[Math.min(times, ladder.length) - 1] ?? "talker";
  return step(LADDER[rung] ?? "talk_again", "", within(one, one.rules.refusal_days), one.telling.visitor);
}

function knocked(one: Case): NextStep {
  const knocks = one.counting.filter((tried) => ON_THE_SPOT.has(tried.channel) && tried.result === "no_answer");
  if (knocks.length >= one.rules.knocks_before_notice) return step("post_notice", "", within(one, 1));
  const byDay = knocks.every((tried) => slotAt(tried.at, one.rules) === "day");
  const slot = byDay ? "evening" : "day";
  if (knocks.length <= 1) return step(byDay ? "evening" : "visit", slot, byDay ? byEvening(one) : within(one, 1));
  return step("second_round", slot, within(one, 1), one.telling.visitor);
}

function unknown(one: Case): NextStep {
  if (SOMEBODY_THERE.has(one.telling.result)) return step("evening", "evening", byEvening(one));
  return step(one.telling.result === "not_found" ? "look_for_door" : "check_vacancy", "", within(one, one.rules.unknown_days));
}

function untold(one: Case): NextStep {
  const calls = one.counting.filter((tried) => tried.channel === "phone");
  const last = calls.at(-1);
  if (last === undefined || DEAD.has(last.result) || calls.length >= one.rules.calls_before_visit) return step("visit", "", within(one, 1));
  return step("call_again", "", one.telling.at + one.rules.call_again_hours * 3_600_000);
}
