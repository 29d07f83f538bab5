// The list of a shift: who wants somebody now, in the order they are walked, each with its reason.
import { useState } from "preact/hooks";
import type { VNode } from "preact";

import { DONE } from "../../domain/results.ts";
import { slotAt, type Slot } from "../../domain/steps.ts";
import { isOverdue, mine, type Now } from "../../domain/walk.ts";
import { findDoors, linesOn, openNow, shiftOf, wholeLabel, type Line, type Way, type Work } from "../../domain/work.ts";
import { t } from "../i18n.ts";
import { go } from "../router.ts";
import { Swatch } from "./marks.tsx";
import { Segments, Waiting, type Segment } from "./parts.tsx";
import { buildingName, doorsWord, labelOf, lengthWord, stairwellName, timeWord, whyHere } from "./words.ts";
import { lastDoor, useNow, useWork, way } from "./work.ts";

type Params = Readonly<Record<string, string>>;
type Tab = "day" | "evening" | "places";
type Walk = Extract<Way, { readonly is: "walk" }>;

/** Of more doors than these a list is no list any more: then the compounds stand first. */
const AT_ONCE = 120;

export function ListScreen({ params }: { readonly params: Params }): VNode | null {
  const work = useWork();
  const now = useNow();
  if (!work) return <Waiting never={work === null} />;
  return <List work={work} now={now} compound={params["compound"] ?? ""} />;
}

function List({ work, now, compound }: { readonly work: Work; readonly now: number; readonly compound: string }): VNode {
  const before = way.value;
  const slotNow = slotAt(now, work.rules);
  const [tab, setTab] = useState<Tab>(before.is === "walk" && before.slot ? before.slot : slotNow === "evening" ? "evening" : "day");
  const [view, setView] = useState<Walk["view"]>(before.is === "walk" ? before.view : "mine");
  const [typed, setTyped] = useState("");
  const slot: Slot = tab === "places" ? slotNow : tab;
  const walk: Walk = { is: "walk", slot, view, compound };
  const found = typed.trim() ? findDoors(work, typed) : null;
  return (
    <section class="fl-pane fl-list">
      <Search typed={typed} setTyped={setTyped} />
      {found ? (
        <Found lines={found} now={now} />
      ) : (
        <>
          <Segments<Tab> label={t("What to walk")} chosen={tab} choose={setTab} segments={tabsOf(work, now)} />
          {tab === "places" ? <Places work={work} /> : <Walking work={work} walk={walk} now={now} setView={setView} />}
        </>
      )}
      <Counter work={work} now={now} />
    </section>
  );
}

function tabsOf(work: Work, at: number): Segment<Tab>[] {
  const count = (slot: Slot): number => mine(openNow(work, nowFor(work, at, slot)), nowFor(work, at, slot)).length;
  return [
    { key: "day", label: t("Day"), count: count("day") },
    { key: "evening", label: t("Evening"), count: count("evening") },
    { key: "places", label: t("Buildings") },
  ];
}

function nowFor(work: Work, at: number, slot: Slot): Now {
  return { at, slot, rules: work.rules };
}

function Search({ typed, setTyped }: { readonly typed: string; readonly setTyped: (text: string) => void }): VNode {
  return (
    <label class="fl-find">
      <span class="fl-hidden">{t("Find a door")}</span>
      <input
        type="search"
        value={typed}
        placeholder={t("Find a door: 3-2-501")}
        enterkeyhint="search"
        autocomplete="off"
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </label>
  );
}

function Found({ lines, now }: { readonly lines: readonly Line[]; readonly now: number }): VNode {
  if (lines.length === 0) return <p class="fl-empty-line">{t("No such door here. In its building you can add it.")}</p>;
  return <Rows lines={lines} now={now} way={null} names="found" />;
}

interface WalkingProps {
  readonly work: Work;
  readonly walk: Walk;
  readonly now: number;
  readonly setView: (view: Walk["view"]) => void;
}

function Walking({ work, walk, now, setView }: WalkingProps): VNode {
  const lines = linesOn(work, walk, now);
  const late = linesOn(work, { ...walk, view: "late" }, now).length;
  const all = linesOn(work, { ...walk, view: "all" }, now).length;
  const own = linesOn(work, { ...walk, view: "mine" }, now).length;
  const views: readonly (readonly [Walk["view"], string, number])[] = [
    ["mine", t("Mine"), own],
    ["late", t("Late"), late],
    ["all", t("All"), all],
  ];
  const inCompounds = new Set(lines.map((line) => line.compound.id)).size;
  return (
    <>
      <div class="fl-views" role="group" aria-label={t("Whose doors")}>
        {views.map(([key, word, count]) => (
          <button key={key} type="button" aria-pressed={key === walk.view} onClick={() => setView(key)}>
            {word} <b>{count}</b>
          </button>
        ))}
        {walk.compound && <a href="#/doors">{t("All compounds")}</a>}
      </div>
      {lines.length === 0 && <p class="fl-empty-line">{walk.slot === "evening" ? t("Nobody to go to this evening. Look under Day.") : t("Nobody to go to by day. Look under Evening.")}</p>}
      <Agreed lines={lines} now={now} walk={walk} />
      {lines.length > AT_ONCE && inCompounds > 1 ? <Compounds lines={lines} now={now} /> : <Stairwells lines={lines} now={now} walk={walk} />}
    </>
  );
}

/** Whoever was promised a time stands on top, with the hour. */
function Agreed({ lines, now, walk }: { readonly lines: readonly Line[]; readonly now: number; readonly walk: Walk }): VNode | null {
  const agreed = lines.filter(({ state }) => state.agreed).sort((a, b) => (a.state.due ?? 0) - (b.state.due ?? 0));
  if (agreed.length === 0) return null;
  return (
    <section class="fl-stairwell">
      <h2>{t("Agreed times")}</h2>
      <Rows lines={agreed} now={now} way={walk} names="whole" />
    </section>
  );
}

function Compounds({ lines, now }: { readonly lines: readonly Line[]; readonly now: number }): VNode {
  const groups = grouped(lines, (line) => line.compound.id);
  return (
    <ul class="fl-place-list">
      {groups.map((found) => {
        const late = found.filter((line) => isOverdue(line.state, now)).length;
        return (
          <li key={found[0].compound.id}>
            <a href={`#/doors/${found[0].compound.id}`}>
              <b>{found[0].compound.name}</b>
              {late > 0 && <span class="fl-late">{t("{n} late", { n: late })}</span>}
              <span class="is-end">{doorsWord(found.length)}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function Stairwells({ lines, now, walk }: { readonly lines: readonly Line[]; readonly now: number; readonly walk: Walk }): VNode {
  const groups = grouped(lines, (line) => `${line.building.id} ${line.door.unit}`);
  return (
    <>
      {groups.map((found, at) => {
        const [first] = found;
        const sameCompound = groups[at - 1]?.[0].compound.id === first.compound.id;
        return (
          <section key={`${first.building.id} ${first.door.unit}`} class="fl-stairwell">
            {!sameCompound && <h2>{first.compound.name}</h2>}
            <a class="fl-stairwell-name" href={`#/building/${first.building.id}`}>
              {stairwellName(first)}
              <span>{doorsWord(found.length)}</span>
            </a>
            <Rows lines={found} now={now} way={walk} />
          </section>
        );
      })}
    </>
  );
}

interface RowsProps {
  readonly lines: readonly Line[];
  readonly now: number;
  /** Where the next door then comes from; null: as before. */
  readonly way: Way | null;
  /** How doors are called: within their building, within their compound, or with the compound in place of the reason. */
  readonly names?: "short" | "whole" | "found";
}

function Rows({ lines, now, way: from, names = "short" }: RowsProps): VNode {
  const open = (line: Line): void => {
    way.value = from ?? { is: "building", ids: [line.building.id], view: "left" };
    go(`#/door/${line.door.id}`);
  };
  return (
    <ol class="fl-rows">
      {lines.map((line) => (
        <li key={line.door.id} class={line.door.id === lastDoor.value ? "is-last" : ""}>
          <button type="button" onClick={() => open(line)}>
            <b>{names === "short" ? labelOf(line) : wholeLabel(line)}</b>
            <Swatch outcome={line.state.outcome} />
            <span class="fl-why">{names === "found" ? line.compound.name : whyHere(line, now)}</span>
            <Mine line={line} now={now} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Mine({ line, now }: { readonly line: Line; readonly now: number }): VNode | null {
  if (line.state.notMe) return <span class="is-end">{t("not you")}</span>;
  return isOverdue(line.state, now) ? <span class="is-end fl-late">{t("late")}</span> : null;
}

/** Every compound with its buildings, the number those doors that are left. */
function Places({ work }: { readonly work: Work }): VNode {
  return (
    <>
      {grouped(work.lines, (line) => line.compound.id).map((found) => (
        <section key={found[0].compound.id} class="fl-stairwell">
          <h2>
            {found[0].compound.name}
            <span>{t("{n} left", { n: found.filter((line) => !DONE.has(line.state.outcome)).length })}</span>
          </h2>
          <div class="fl-building-keys">
            {grouped(found, (line) => line.building.id).map((inside) => {
              const left = inside.filter((line) => !DONE.has(line.state.outcome)).length;
              return (
                <a key={inside[0].building.id} class={left === 0 ? "is-done" : ""} href={`#/building/${inside[0].building.id}`}>
                  {buildingName(inside[0].building.label)}
                  <b>{left === 0 ? "✓" : left}</b>
                </a>
              );
            })}
          </div>
        </section>
      ))}
    </>
  );
}

/** What this phone did today: a figure to tell the others, and to know when it is enough. */
function Counter({ work, now }: { readonly work: Work; readonly now: number }): VNode {
  const { doors, from, until } = shiftOf(work, now);
  if (from === null || until === null) return <p class="fl-counter">{t("Nothing written down today yet")}</p>;
  return (
    <p class="fl-counter">
      <b>{doors}</b> {t("doors today, since {from}, {long}", { from: timeWord(from), long: lengthWord(until - from) })}
    </p>
  );
}

type Group = readonly [Line, ...Line[]];

/** Lines that follow each other and have the same key. */
function grouped(lines: readonly Line[], key: (line: Line) => string): Group[] {
  const groups: [Line, ...Line[]][] = [];
  let before = "";
  for (const line of lines) {
    const now = key(line);
    const last = groups.at(-1);
    if (last && now === before) last.push(line);
    else groups.push([line]);
    before = now;
  }
  return groups;
}
