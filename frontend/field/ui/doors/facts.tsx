// What stands above the buttons of a door: who is expected and who says so, what was tried, and the one thing worth knowing.
import type { VNode } from "preact";

import { wall } from "../../domain/calendar.ts";
import { KNOCKS, outcomeBy, type Outcome } from "../../domain/results.ts";
import type { Expected } from "../../domain/types.ts";
import type { Line, OwnLine } from "../../domain/work.ts";
import type { Rules } from "../../domain/steps.ts";
import { t } from "../i18n.ts";
import { Swatch } from "./marks.tsx";
import { listed, named, relationWord, sexWord, stampWord, told } from "./words.ts";

/** 男，1961年，户主. */
export function personWords(one: Pick<Expected, "sex" | "born" | "relation">): string {
  const year = one.born === null || one.born === "" ? "" : String(one.born).slice(0, 4);
  return listed([sexWord(one.sex), year && t("born {year}", { year }), relationWord(one.relation)]);
}

export function People({ line }: { readonly line: Line }): VNode {
  const { people } = line.door;
  return (
    <section>
      <h2 class="fl-fact-head">{people.length > 0 ? t("Expected: {n}", { n: people.length }) : t("No source names anybody here")}</h2>
      <ul class="fl-expected">
        {people.map((one, at) => (
          <li key={at}>
            <b>{one.name}</b>
            <span>{personWords(one)}</span>
            <small>{named(one.sources)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Tried {
  readonly id: string;
  readonly at: number;
  readonly precision: string;
  readonly channel: string;
  readonly result: string;
  readonly words: string;
  readonly by: string;
  readonly voided: boolean;
}

/** Everything tried here that is known, oldest first: the document's five and this phone's own. */
export function triedAt(line: Line): Tried[] {
  const shown = line.door.tried.map((one) => ({ ...one, words: told(one.result, one.note), voided: one.void || line.voided.has(one.id) }));
  const own = line.own.map((one) => ({ ...one, precision: "minute", words: told(one.result, one.note, one.people), by: statusWord(one) }));
  return [...shown, ...own].sort((a, b) => a.at - b.at);
}

function statusWord(one: OwnLine): string {
  switch (one.status) {
    case "waiting":
      return t("not sent yet");
    case "held":
    case "quarantined":
    case "conflict":
      return t("with your supervisor");
    case "refused":
      return t("not taken");
    default:
      return t("you");
  }
}

export function Attempts({ line }: { readonly line: Line }): VNode | null {
  const tried = triedAt(line);
  if (tried.length === 0) return null;
  let knocks = 0;
  const outcomeOf = (one: Tried): Outcome => {
    const outcome = outcomeBy(one.channel, one.result) ?? "untried";
    if (!KNOCKS.has(outcome) || one.voided) return outcome;
    knocks += 1;
    return knocks > 1 ? "knocked2" : "knocked1";
  };
  return (
    <section>
      <h2 class="fl-fact-head">{line.state.attempts === 1 ? t("Been there once") : t("Been there {n} times", { n: line.state.attempts })}</h2>
      <ul class="fl-tried">
        {tried.map((one) => (
          <li key={one.id} class={one.voided ? "is-voided" : ""}>
            <time>{stampWord(one.at, one.precision)}</time>
            <Swatch outcome={outcomeOf(one)} />
            <span>{one.words}</span>
            <small>{one.voided ? t("taken back") : one.by}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The one thing worth knowing before knocking, and which numbers there are. */
export function Hint({ line, rules }: { readonly line: Line; readonly rules: Rules }): VNode | null {
  const said = hintOf(line, rules);
  const tails = line.door.people.filter((one) => one.tail).map((one) => t("{name}'s telephone ends in {tail}", { name: one.name, tail: one.tail }));
  const sheets = line.door.sheets.map((one) => (one.kind === "notice" ? t("Notice {number} is on the door", { number: one.number }) : t("Form {number} is with them", { number: one.number })));
  const lines = [said, ...sheets.slice(0, 1), ...tails.slice(0, 1)].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <div class="fl-door-hint">
      {lines.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </div>
  );
}

function hintOf(line: Line, rules: Rules): string {
  const { outcome } = line.state;
  if (KNOCKS.has(outcome)) {
    const knocks = triedAt(line).filter((one) => !one.voided && KNOCKS.has(outcomeBy(one.channel, one.result) ?? ""));
    const byDay = knocks.every((one) => wall(one.at).hour < rules.evening_from);
    if (!byDay || knocks.length === 0) return "";
    return knocks.length === 1 ? t("That was by day; the evening is worth a knock") : t("All {n} times were by day; the evening is worth a knock", { n: knocks.length });
  }
  switch (outcome) {
    case "refused":
      return t("Somebody else may be trusted more: another talker, the doctor or the director");
    case "form":
      return t("The form is with them; ask for it before anything else");
    case "notice":
      return t("A notice is on the door; look whether it is still there");
    case "tonight":
      return t("They asked for the evening; do not come before");
    case "partial":
      return t("Something is known already; only what is missing needs asking");
    default:
      return "";
  }
}
