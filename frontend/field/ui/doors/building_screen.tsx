// One building, or the rows of one lane, under the thumb.
import { useState } from "preact/hooks";
import type { VNode } from "preact";

import { laneAndRow } from "../../domain/grid.ts";
import { DONE, TONIGHT, type Outcome } from "../../domain/results.ts";
import { standsOut, type View } from "../../domain/walk.ts";
import { linesOn, nextOn, type Line, type Work } from "../../domain/work.ts";
import { t } from "../i18n.ts";
import { go } from "../router.ts";
import { Equation, leftIn, Legend } from "./account.tsx";
import { House, type Drawing } from "./house.tsx";
import { Swatch } from "./marks.tsx";
import { Bar, Head, Nothing, Segments, Waiting } from "./parts.tsx";
import { buildingName, labelOf, shortName, whyHere } from "./words.ts";
import { fromBelow, lastDoor, useNow, useWork, way } from "./work.ts";

type Params = Readonly<Record<string, string>>;

export function BuildingScreen({ params }: { readonly params: Params }): VNode | null {
  const work = useWork();
  if (!work) return <Waiting never={work === null} />;
  const lines = insideOf(work, params["id"] ?? "");
  const first = lines[0];
  if (!first) return <Nothing title={t("No such building here")}>{t("It may lie outside of your area by now.")}</Nothing>;
  return <Picture work={work} lines={lines} first={first} />;
}

/** The doors of a building; of a lane those of all its rows. */
function insideOf(work: Work, id: string): readonly Line[] {
  const here = work.lines.find((line) => line.building.id === id);
  if (!here) return [];
  const [lane, row] = laneAndRow(here.building.label);
  if (here.building.shape === "flats" || !row) return work.lines.filter((line) => line.building.id === id);
  return work.lines.filter((line) => line.compound.id === here.compound.id && line.building.shape === here.building.shape && laneAndRow(line.building.label)[0] === lane);
}

function Picture({ work, lines, first }: { readonly work: Work; readonly lines: readonly Line[]; readonly first: Line }): VNode {
  const now = useNow();
  const ids = [...new Set(lines.map((line) => line.building.id))];
  const before = way.value.is === "building" && way.value.ids[0] === ids[0] ? way.value.view : "all";
  const [view, setView] = useState<View>(before);
  const [only, setOnly] = useState<Outcome | "">("");
  const [lane] = laneAndRow(first.building.label);
  const name = ids.length > 1 ? lane : buildingName(first.building.label);
  const here = { is: "building", ids, view } as const;
  const list = linesOn(work, here, now);
  const turns = new Map(view === "tonight" ? list.map((line, at) => [line.door.id, at + 1]) : []);
  const open = (line: Line): void => {
    way.value = here;
    go(`#/door/${line.door.id}`);
  };
  const drawing: Drawing = {
    dim: ({ state }) => (only ? state.outcome !== only : !standsOut(state, view, DONE)),
    turn: (line) => turns.get(line.door.id) ?? null,
    press: open,
    current: lastDoor.value,
  };
  return (
    <div class="fl-door-screen">
      <Head back="#/doors" title={name === first.compound.name ? name : `${first.compound.name} ${name}`} sub={listedSub(work, lines)}>
        <b class="fl-num">{leftIn(lines)}</b> {t("left")}
      </Head>
      <div class="fl-pane">
        <Segments<View>
          label={t("Show only")}
          chosen={only ? "" : view}
          choose={(key) => {
            setOnly("");
            setView(key);
          }}
          segments={[
            { key: "all", label: t("All"), count: lines.length },
            { key: "left", label: t("Left"), count: leftIn(lines) },
            { key: "tonight", label: t("For tonight"), count: lines.filter(({ state }) => TONIGHT.has(state.outcome)).length },
          ]}
        />
        <House lines={lines} drawing={drawing} />
        {view === "tonight" && !only ? <Turns list={list} now={now} open={open} /> : <Account lines={lines} only={only} setOnly={setOnly} id={ids[0] ?? ""} />}
      </div>
      <Foot lines={lines} list={list} view={view} open={open} />
    </div>
  );
}

function listedSub(work: Work, lines: readonly Line[]): string {
  const floors = new Set(lines.map((line) => line.door.floor).filter((floor) => floor !== null)).size;
  const campaign = work.area.campaign?.name ?? "";
  return floors > 12 ? t("{n} floors, {doors} doors", { n: floors, doors: lines.length }) : campaign;
}

function Account({ lines, only, setOnly, id }: { readonly lines: readonly Line[]; readonly only: Outcome | ""; readonly setOnly: (outcome: Outcome | "") => void; readonly id: string }): VNode {
  return (
    <>
      <Equation lines={lines} />
      <Legend lines={lines} chosen={only} choose={setOnly} />
      <p>
        <a class="fl-link" href={`#/new-door/${id}`}>
          {t("A door that is not in the picture? Add it")}
        </a>
      </p>
    </>
  );
}

function Turns({ list, now, open }: { readonly list: readonly Line[]; readonly now: number; readonly open: (line: Line) => void }): VNode {
  return (
    <section class="fl-turns">
      <h2>{fromBelow.value ? t("Stairwell by stairwell, from below") : t("Stairwell by stairwell, from the top")}</h2>
      <ol>
        {list.map((line, at) => (
          <li key={line.door.id}>
            <button type="button" onClick={() => open(line)}>
              <b class="fl-turn">{at + 1}</b>
              <b>{labelOf(line)}</b>
              <Swatch outcome={line.state.outcome} />
              <span>{whyHere(line, now)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Foot({ lines, list, view, open }: { readonly lines: readonly Line[]; readonly list: readonly Line[]; readonly view: View; readonly open: (line: Line) => void }): VNode {
  const last = lines.find((line) => line.door.id === lastDoor.value);
  const next = (last && nextOn(list, last)) ?? list[0];
  const panel = next ?? lines[0];
  return (
    <Bar>
      {view === "tonight" ? (
        <button type="button" class="fl-btn" onClick={() => (fromBelow.value = !fromBelow.value)}>
          {t("Other way round")}
        </button>
      ) : (
        panel &&
        panel.door.unit && (
          <a class="fl-btn" href={`#/panel/${panel.building.id}/${encodeURIComponent(panel.door.unit)}`}>
            {t("Intercom")}
          </a>
        )
      )}
      {next ? (
        <button type="button" class="fl-btn is-first" onClick={() => open(next)}>
          {view === "tonight" ? t("Start: {door}", { door: shortName(next) }) : t("Next: {door}", { door: shortName(next) })}
        </button>
      ) : (
        <a class="fl-btn is-first" href="#/doors">
          {t("Nothing left here, back to the list")}
        </a>
      )}
    </Bar>
  );
}
