// The one question after an outcome, answered by pressing once more: why they refused, when to come again, which number.
import { useState } from "preact/hooks";
import type { ComponentChildren, VNode } from "preact";

import { atHour, dayOf, wall } from "../../domain/calendar.ts";
import { WHY_REFUSED } from "../../domain/results.ts";
import type { Rules } from "../../domain/steps.ts";
import { readSheet } from "../../domain/sheets.ts";
import { t } from "../i18n.ts";
import { Scan } from "../scan/Scan.tsx";
import { Swatch } from "./marks.tsx";
import { momentWord, whyWord } from "./words.ts";

interface AskProps {
  readonly question: string;
  readonly back: () => void;
  readonly children: ComponentChildren;
}

function Ask({ question, back, children }: AskProps): VNode {
  return (
    <section>
      <div class="fl-dock-head">
        <h2>{question}</h2>
        <button type="button" class="fl-plain-key" onClick={back}>
          {t("Not this")}
        </button>
      </div>
      {children}
    </section>
  );
}

export function Why({ back, choose }: { readonly back: () => void; readonly choose: (result: string) => void }): VNode {
  return (
    <Ask question={t("What are they afraid of")} back={back}>
      <div class="fl-outcome-keys is-ask">
        {WHY_REFUSED.map((result) => (
          <button key={result} type="button" onClick={() => choose(result)}>
            <Swatch outcome="refused" />
            <span>{whyWord(result)}</span>
          </button>
        ))}
      </div>
    </Ask>
  );
}

interface AgainProps {
  readonly now: number;
  readonly rules: Rules;
  readonly back: () => void;
  /** A time agreed upon, or null for "this evening, any time". */
  readonly choose: (againAt: number | null) => void;
}

/** Times people agree upon; those that are over are not offered. */
function offeredTimes(now: number, rules: Rules): number[] {
  const evening = [rules.evening_from + 1, rules.evening_from + 2].map((hour) => atHour(now, hour));
  const tomorrow = [10, rules.evening_from + 1].map((hour) => atHour(now, hour, 1));
  const left = evening.filter((at) => at > now);
  // Two stand beside each other: an afternoon fills the row where one evening hour is over.
  return [...left, ...(left.length === 1 ? [atHour(now, 15, 1)] : []), ...tomorrow].sort((a, b) => a - b);
}

export function Again({ now, rules, back, choose }: AgainProps): VNode {
  const [typed, setTyped] = useState("");
  const tonight = wall(now).hour < rules.evening_until;
  const at = typedTime(typed, now);
  return (
    <Ask question={t("When shall we come again")} back={back}>
      <div class="fl-outcome-keys is-ask is-two">
        <button type="button" onClick={() => choose(null)}>
          <Swatch outcome="tonight" />
          <span>{tonight ? t("This evening") : t("Tomorrow evening")}</span>
        </button>
        {offeredTimes(now, rules).map((moment) => (
          <button key={moment} type="button" onClick={() => choose(moment)}>
            <span>{momentWord(moment, now)}</span>
          </button>
        ))}
      </div>
      <div class="fl-typed-line">
        <input
          type="datetime-local"
          aria-label={t("Another time")}
          value={typed}
          min={fieldTime(now)}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="button" class="fl-btn is-first" disabled={at === null} onClick={() => at !== null && choose(at)}>
          {t("At this time")}
        </button>
      </div>
    </Ask>
  );
}

/** A field's time by the clock of the place; null for none, or one that is over. */
function typedTime(typed: string, now: number): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u.exec(typed);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  const days = dayOf(Date.UTC(year, month - 1, day)) - dayOf(now);
  const at = atHour(now, hour, days) + minute * 60_000;
  return at > now ? at : null;
}

function fieldTime(moment: number): string {
  const { year, month, day, hour, minute } = wall(moment);
  const two = (figure: number): string => String(figure).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

interface SheetProps {
  readonly result: string;
  readonly back: () => void;
  /** "" where the sheet bears no number. */
  readonly choose: (number: string) => void;
}

export function Sheet({ result, back, choose }: SheetProps): VNode {
  const [typed, setTyped] = useState("");
  const number = readSheet(typed);
  const [scanning, setScanning] = useState(false);
  const notice = result === "notice_posted";
  const seen = (text: string): void => {
    const scanned = readSheet(text);
    if (scanned !== null) choose(scanned);
  };
  return (
    <Ask question={notice ? t("Number on the notice") : t("Number on the form")} back={back}>
      {scanning && <Scan onText={seen} />}
      <div class="fl-typed-line">
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          aria-label={notice ? t("Number on the notice") : t("Number on the form")}
          placeholder="0417-1"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="button" class="fl-btn is-first" disabled={number === null} onClick={() => number !== null && choose(number)}>
          {t("Write it down")}
        </button>
      </div>
      {typed.trim() && number === null && <p class="fl-mistake-line">{t("The last digit checks the others: this is no number of ours yet")}</p>}
      <div class="fl-outcome-keys is-ask">
        {!scanning && (
          <button type="button" onClick={() => setScanning(true)}>
            <span>{t("Scan its code")}</span>
          </button>
        )}
        <button type="button" onClick={() => choose("")}>
          <Swatch outcome={notice ? "notice" : "form"} />
          <span>{t("It has no number")}</span>
        </button>
      </div>
    </Ask>
  );
}
