// The account of a building as an equation, and its legend: how many stand where, each a filter to press.
import type { VNode } from "preact";

import { DONE, OUTCOMES, type Outcome } from "../../domain/results.ts";
import type { Line } from "../../domain/work.ts";
import { language, t } from "../i18n.ts";
import { Swatch } from "./marks.tsx";
import { outcomeWord } from "./words.ts";

export function countsOf(lines: readonly Line[]): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>(OUTCOMES.map((outcome) => [outcome, 0]));
  for (const { state } of lines) counts.set(state.outcome, (counts.get(state.outcome) ?? 0) + 1);
  return counts;
}

export function leftIn(lines: readonly Line[]): number {
  return lines.filter(({ state }) => !DONE.has(state.outcome)).length;
}

/** 36户 = 24已登记 + 2空置 + 10没着落. */
export function Equation({ lines }: { readonly lines: readonly Line[] }): VNode {
  const counts = countsOf(lines);
  const gap = language.value === "en" ? " " : "";
  const done = OUTCOMES.filter((outcome) => DONE.has(outcome) && (counts.get(outcome) ?? 0) > 0);
  const terms = [...done.map((outcome) => `${counts.get(outcome) ?? 0}${gap}${outcomeWord(outcome)}`), `${leftIn(lines)}${gap}${t("unanswered")}`];
  return (
    <p class="fl-sum">
      <b>{lines.length}</b> {t("doors")} = {terms.join(" + ")}
    </p>
  );
}

interface LegendProps {
  readonly lines: readonly Line[];
  readonly chosen: Outcome | "";
  readonly choose: (outcome: Outcome | "") => void;
}

export function Legend({ lines, chosen, choose }: LegendProps): VNode {
  const counts = countsOf(lines);
  return (
    <div class="fl-legend" role="group" aria-label={t("Show only")}>
      {OUTCOMES.filter((outcome) => (counts.get(outcome) ?? 0) > 0).map((outcome) => (
        <button key={outcome} type="button" class="fl-legend-key" aria-pressed={outcome === chosen} onClick={() => choose(outcome === chosen ? "" : outcome)}>
          <Swatch outcome={outcome} />
          <span>{outcomeWord(outcome)}</span>
          <b>{counts.get(outcome)}</b>
        </button>
      ))}
    </div>
  );
}
