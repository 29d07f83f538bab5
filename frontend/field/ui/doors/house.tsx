// The picture of a building: roof line, ground line, stairwells side by side, one cell a door. A tower is looked at above and
// pressed below, three floors at a time; courtyards stand in rows.
import { useState } from "preact/hooks";
import type { VNode } from "preact";

import { isTower, laneAndRow, layOut, type Layout, type Storey } from "../../domain/grid.ts";
import { DONE } from "../../domain/results.ts";
import type { Building } from "../../domain/types.ts";
import type { Line } from "../../domain/work.ts";
import { t } from "../i18n.ts";
import { Mark } from "./marks.tsx";
import { doorName, outcomeWord, unitName } from "./words.ts";

/** How doors look and what a press does. */
export interface Drawing {
  readonly dim: (line: Line) => boolean;
  /** The turn of a door in the walk, null where it has none. */
  readonly turn: (line: Line) => number | null;
  readonly press: (line: Line) => void;
  readonly current: string;
}

type Cell = Line & { readonly unit: string; readonly floor: number | null; readonly room: string };

const LENS = 3;
/** A courtyard's number fits a square cell, a scattered home's address does not. */
const LONG = 5;

interface Props {
  readonly lines: readonly Line[];
  readonly drawing: Drawing;
}

export function House({ lines, drawing }: Props): VNode {
  const inOrder = [...lines].sort((a, b) => a.door.position - b.door.position);
  const cells = inOrder.map((line) => ({ ...line, unit: line.door.unit, floor: line.door.floor, room: line.door.room }));
  const flats = cells.some((cell) => cell.building.shape === "flats" && cell.floor !== null);
  if (!flats) return <Yards lines={inOrder} drawing={drawing} />;
  const layout = layOut(cells);
  return isTower(layout) ? <Tower layout={layout} drawing={drawing} /> : <Wall layout={layout} drawing={drawing} />;
}

/** Columns: the floor's number, then each stairwell's doors, a narrow gap before the next stairwell. */
function columnsOf(layout: Layout<Cell>): string {
  const first = layout.storeys[0];
  const units = (first?.units ?? []).map((unit) => `repeat(${Math.max(unit.length, 1)}, minmax(0, 1fr))`);
  return `var(--floor) ${units.join(" var(--stair) ")}`;
}

function Wall({ layout, drawing }: { readonly layout: Layout<Cell>; readonly drawing: Drawing }): VNode {
  const columns = columnsOf(layout);
  return (
    <div class="fl-plan">
      <div class="fl-roof" />
      {layout.storeys.map((storey) => (
        <Floor key={storey.floor} storey={storey} columns={columns} drawing={drawing} />
      ))}
      <div class="fl-ground-line" />
      <Units layout={layout} />
    </div>
  );
}

function Floor({ storey, columns, drawing }: { readonly storey: Storey<Cell>; readonly columns: string; readonly drawing: Drawing }): VNode {
  return (
    <div class="fl-floor" style={{ gridTemplateColumns: columns }}>
      <span class="fl-floor-name">{storey.floor ?? ""}</span>
      {storey.units.map((unit, at) => [
        at > 0 && <i key={`stair-${at}`} />,
        ...unit.map((cell, column) => (cell ? <DoorCell key={cell.door.id} line={cell} drawing={drawing} /> : <i key={`${at}-${column}`} />)),
      ])}
    </div>
  );
}

function Units({ layout }: { readonly layout: Layout<Cell> }): VNode | null {
  if (layout.units.every((unit) => !unit)) return null;
  const widths = (layout.storeys[0]?.units ?? []).map((unit) => `minmax(0, ${Math.max(unit.length, 1)}fr)`);
  return (
    <div class="fl-floor fl-unit-names" style={{ gridTemplateColumns: `var(--floor) ${widths.join(" var(--stair) ")}` }}>
      <span />
      {layout.units.map((unit, at) => [at > 0 && <i key={`stair-${at}`} />, <span key={unit}>{unitName(unit)}</span>])}
    </div>
  );
}

export function DoorCell({ line, drawing }: { readonly line: Line; readonly drawing: Drawing }): VNode {
  const { outcome } = line.state;
  const dim = drawing.dim(line);
  const turn = dim ? null : drawing.turn(line);
  return (
    <button
      type="button"
      class={`fl-cell s-${outcome}${dim ? " is-dim" : ""}${DONE.has(outcome) ? " is-done" : ""}`}
      aria-label={`${doorName(line)} ${outcomeWord(outcome)}`}
      aria-current={line.door.id === drawing.current ? "true" : undefined}
      onClick={() => drawing.press(line)}
    >
      <span class="fl-room">{line.door.room}</span>
      <Mark outcome={outcome} />
      {turn !== null && <b class="fl-turn">{turn}</b>}
    </button>
  );
}

/** Where the window of a tower begins: the floor somebody came from, else the highest with something left. */
function firstTop(layout: Layout<Cell>, current: string): number {
  const doors = layout.storeys.map((storey) => storey.units.flat().filter((cell): cell is Cell => cell !== null));
  const here = doors.findIndex((floor) => floor.some((cell) => cell.door.id === current));
  const left = doors.findIndex((floor) => floor.some((cell) => !DONE.has(cell.state.outcome)));
  return here >= 0 ? here - 1 : left;
}

function Tower({ layout, drawing }: { readonly layout: Layout<Cell>; readonly drawing: Drawing }): VNode {
  const { storeys } = layout;
  const most = Math.max(storeys.length - LENS, 0);
  const [wanted, setTop] = useState(() => firstTop(layout, drawing.current));
  const top = Math.min(Math.max(wanted, 0), most);
  const columns = columnsOf(layout);
  const shown = storeys.slice(top, top + LENS);
  const pick = (at: number): void => setTop(at - 1);
  const rows = (from: number, until: number): VNode[] =>
    storeys.slice(from, until).map((storey, at) => <Slit key={storey.floor} storey={storey} columns={columns} drawing={drawing} pick={() => pick(from + at)} />);
  return (
    <div class="fl-plan is-tower">
      <div class="fl-overview" aria-hidden="true">
        <div class="fl-roof" />
        {rows(0, top)}
        <div class="fl-window-frame">{rows(top, top + LENS)}</div>
        {rows(top + LENS, storeys.length)}
        <div class="fl-ground-line" />
      </div>
      <div class="fl-lens-line">
        <h2 aria-live="polite">{t("Floors {low} to {high}", { low: shown.at(-1)?.floor ?? "", high: shown[0]?.floor ?? "" })}</h2>
        <span class="fl-lens-keys">
          <button type="button" class="fl-btn" aria-label={t("Three floors up")} disabled={top === 0} onClick={() => setTop(top - LENS)}>
            ↑
          </button>
          <button type="button" class="fl-btn" aria-label={t("Three floors down")} disabled={top === most} onClick={() => setTop(top + LENS)}>
            ↓
          </button>
        </span>
      </div>
      <div class="fl-lens-floors">
        {shown.map((storey) => (
          <Floor key={storey.floor} storey={storey} columns={columns} drawing={drawing} />
        ))}
      </div>
    </div>
  );
}

interface SlitProps {
  readonly storey: Storey<Cell>;
  readonly columns: string;
  readonly drawing: Drawing;
  readonly pick: () => void;
}

/** A floor of the overview: to be looked at; a press anywhere on it moves the window there. */
function Slit({ storey, columns, drawing, pick }: SlitProps): VNode {
  const named = storey.floor !== null && (storey.floor % 5 === 0 || storey.floor === 1);
  return (
    <div class="fl-floor fl-slit" style={{ gridTemplateColumns: columns }} onClick={pick}>
      <span class="fl-floor-name">{named ? storey.floor : ""}</span>
      {storey.units.map((unit, at) => [
        at > 0 && <i key={`stair-${at}`} />,
        ...unit.map((cell, column) => {
          if (cell === null) return <i key={`${at}-${column}`} />;
          const { outcome } = cell.state;
          return (
            <i key={cell.door.id} class={`fl-cell s-${outcome}${drawing.dim(cell) ? " is-dim" : ""}${DONE.has(outcome) ? " is-done" : ""}`}>
              <Mark outcome={outcome} />
            </i>
          );
        }),
      ])}
    </div>
  );
}

function Yards({ lines, drawing }: Props): VNode {
  const rows = new Map<string, { readonly building: Building; readonly lines: Line[] }>();
  for (const line of lines) {
    const found = rows.get(line.building.id);
    if (found) found.lines.push(line);
    else rows.set(line.building.id, { building: line.building, lines: [line] });
  }
  const ordered = [...rows.values()].sort((a, b) => a.building.position - b.building.position);
  const long = lines.some((line) => line.door.room.length > LONG);
  return (
    <div class="fl-yard-plan">
      {ordered.map((row) => (
        <div class="fl-yard-line" key={row.building.id}>
          {ordered.length > 1 && <h2>{laneAndRow(row.building.label)[1] || row.building.label}</h2>}
          <div class={`fl-yard-cells${long ? " is-long" : ""}`}>
            {row.lines.map((line) => (
              <DoorCell key={line.door.id} line={line} drawing={drawing} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
