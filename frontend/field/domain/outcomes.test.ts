// The shared vectors, the same file that pytest runs; then the overlay, which the server has no need of.
import { describe, expect, it } from "vitest";
import given from "../../../contracts/vectors/outcomes.json" with { type: "json" };
import { derive, overlaid, type Derived, type Documented, type OwnAttempt, type State } from "./outcomes.ts";
import { rulesOf, type Slot, type Tried } from "./steps.ts";
import { REASONS, reasonOf, wanted, isOverdue } from "./walk.ts";

interface Case {
  readonly why: string;
  readonly rules: Readonly<Record<string, unknown>>;
  readonly attempts: readonly { id: string; at: number; channel: string; result: string; by: string; again_at: number | null }[];
  readonly state: {
    outcome: string;
    since: number;
    attempts: number;
    channel: string;
    step: string;
    slot: string;
    due: number | null;
    not_by: string | null;
  } | null;
  readonly agreed: boolean;
  readonly reason: string;
  readonly lists: readonly { at: number; slot: string; wanted: boolean; late: boolean }[];
}

const cases = (given as unknown as { cases: readonly Case[] }).cases;
const titled = cases.map((one) => [one.why, one] as const);

function triedOf(one: Case): Tried[] {
  return one.attempts.map((tried) => ({ ...tried, order: tried.id, visitor: tried.by, againAt: tried.again_at }));
}

function stateOf(derived: Derived | null, agreed: boolean, me = ""): State {
  if (derived === null) return { outcome: "untried", since: null, attempts: 0, step: "", slot: "", due: null, notMe: false, agreed };
  const { outcome, since, attempts, next } = derived;
  return { outcome, since, attempts, step: next.step, slot: next.slot, due: next.due, notMe: next.notBy === me || next.step === "send_director", agreed };
}

describe("shared vectors", () => {
  it("are there", () => expect(cases.length).toBeGreaterThan(100));

  it.each(titled)("%s", (_title, one) => {
    const rules = rulesOf(one.rules);
    const found = derive(triedOf(one), rules);
    const { next, outcome, since, attempts, channel } = found ?? {};
    expect(found && { outcome, since, attempts, channel, step: next?.step, slot: next?.slot, due: next?.due, not_by: next?.notBy }).toEqual(one.state);
    const state = stateOf(found, one.agreed);
    for (const list of one.lists) {
      expect(wanted(state, { at: list.at, slot: list.slot as Slot, rules }), `wanted at ${list.at}`).toBe(list.wanted);
      expect(isOverdue(state, list.at)).toBe(list.late);
    }
    const { said, times } = reasonOf(state);
    if (one.reason) {
      expect(said.replace("{times}", String(times))).toBe(one.reason);
      expect(REASONS).toContain(said);
    }
  });

  it.each(titled)("in any order: %s", (_title, one) => {
    const rules = rulesOf(one.rules);
    expect(derive(triedOf(one).reverse(), rules)).toEqual(derive(triedOf(one), rules));
  });
});

/** A document as the server would write it from these attempts: the latest five, newest first. */
function documented(tried: readonly Tried[], one: Case, me: string, most = 5): Documented {
  const derived = derive(tried, rulesOf(one.rules));
  const agreed = tried.some((attempt) => attempt.againAt !== null && attempt.againAt === derived?.next.due);
  const state = stateOf(derived, agreed, me);
  return {
    state: { ...state, not_me: state.notMe },
    tried: [...tried]
      .sort((a, b) => b.at - a.at || (a.order < b.order ? 1 : -1))
      .slice(0, most)
      .map(({ at, order, channel, result, visitor, againAt }) => ({ id: order, at, channel, result, by: visitor ?? "", void: false, again_at: againAt })),
  };
}

function ownOf(tried: readonly Tried[]): OwnAttempt[] {
  return tried.map(({ order, at, channel, result, againAt }) => ({ id: order, at, channel, result, againAt }));
}

describe("the overlay", () => {
  const me = "a";
  const short = cases.filter((one) => one.attempts.length > 0 && one.attempts.length <= 5);

  it.each(short.map((one) => [one.why, one] as const))("own attempts on top of a document are as if the server had them: %s", (_title, one) => {
    const rules = rulesOf(one.rules);
    const all = triedOf(one).map((tried) => ({ ...tried, againAt: null }));
    for (let at = 0; at < all.length; at += 1) {
      const [before, after] = [all.slice(0, at), all.slice(at).map((tried) => ({ ...tried, visitor: me }))];
      const found = overlaid(documented(before, one, me), ownOf(after), new Set(), me, rules);
      expect(found).toEqual(stateOf(derive([...before, ...after], rules), false, me));
    }
  });

  it.each(short.map((one) => [one.why, one] as const))("an attempt taken back is as if it had not been: %s", (_title, one) => {
    const rules = rulesOf(one.rules);
    const all = triedOf(one).map((tried) => ({ ...tried, againAt: null }));
    for (const tried of all) {
      const found = overlaid(documented(all, one, me), [], new Set([tried.order]), me, rules);
      const rest = all.filter((other) => other !== tried);
      expect(found).toEqual(stateOf(derive(rest, rules), false, me));
    }
  });

  const long = cases.filter((one) => one.attempts.length > 5);
  it.each(long.map((one) => [one.why, one] as const))("what stood above the latest five keeps its word: %s", (_title, one) => {
    const rules = rulesOf(one.rules);
    const before = triedOf(one).map((tried) => ({ ...tried, againAt: null }));
    const last = Math.max(...before.map((tried) => tried.at));
    for (const result of ["no_answer", "refused", "registered"]) {
      const next = { at: last + 60_000, order: "z", channel: "door", result, visitor: me, againAt: null };
      const found = overlaid(documented(before, one, me), ownOf([next]), new Set(), me, rules);
      const expected = derive([...before, next], rules);
      const empty = ["vacant", "unknown"].includes(documented(before, one, me).state.outcome);
      // Of emptiness taken back before the latest five the document says nothing more.
      if (!empty) expect(found.outcome).toBe(expected?.outcome);
      expect(found.attempts).toBe(before.length + 1);
    }
  });

  it("keeps the document's word where nothing is on top", () => {
    const one = cases.find((found) => found.why === "a time agreed upon") as Case;
    const door = documented(triedOf(one), one, me);
    expect(overlaid(door, [], new Set(), me, rulesOf({}))).toEqual(stateOf(derive(triedOf(one), rulesOf({})), true, me));
  });

  it("forgets an own attempt once the document shows it", () => {
    const one = cases.find((found) => found.why === "a knock by day wants the evening") as Case;
    const door = documented(triedOf(one), one, me);
    expect(overlaid(door, ownOf(triedOf(one)), new Set(), me, rulesOf({})).attempts).toBe(1);
  });
});
