// How the doors of a building stand: floors above each other, stairwells side by side, courtyards in rows. The same rules
// as places/layout.py; contracts/vectors/layouts.json tests both.

/** What the picture asks of a door. */
export interface Standing {
  readonly unit: string;
  readonly floor: number | null;
  readonly room: string;
}

/** One floor: by stairwell, the doors in their columns; null where this floor has no such door. */
export interface Storey<D> {
  readonly floor: number | null;
  readonly units: readonly (readonly (D | null)[])[];
}

/** A building from its top floor down; `units` are the names of its stairwells ("" where it has none). */
export interface Layout<D> {
  readonly units: readonly string[];
  readonly storeys: readonly Storey<D>[];
}

/** From this many floors, or this many doors a floor, a picture is read as a tower. */
const TOWER_FLOORS = 13;
const TOWER_BREADTH = 9;
/** 501 and 501/2 are two doors of one floor, side by side. */
const ON_FLOOR = /^-?\d{1,2}[A-Z]?(\d{2}(?:\/\d{1,2})?\D*)$/;
const ROW = /^(.+?)(\d+排)$/;

/** Put doors (in walking order) on floors and in columns: 501 stands above 401, whatever stands between. */
export function layOut<D extends Standing>(doors: readonly D[]): Layout<D> {
  const units = [...new Set(doors.map((door) => door.unit))].sort(natural);
  const columns = new Map(units.map((unit) => [unit, columnsOf(doors.filter((door) => door.unit === unit))]));
  const floors = new Map<number | null, Map<string, (D | null)[]>>();
  for (const door of doors) {
    let floor = floors.get(door.floor);
    if (floor === undefined) {
      floor = new Map(units.map((unit) => [unit, Array<D | null>(columns.get(unit)?.size ?? 0).fill(null)]));
      floors.set(door.floor, floor);
    }
    const line = floor.get(door.unit);
    const column = columns.get(door.unit)?.get(columnOf(door));
    if (line !== undefined && column !== undefined) line[column] = door;
  }
  const topFirst = [...floors.keys()].sort((a, b) => Number(a === null) - Number(b === null) || (b ?? 0) - (a ?? 0));
  return { units, storeys: topFirst.map((floor) => ({ floor, units: units.map((unit) => floors.get(floor)?.get(unit) ?? []) })) };
}

/** Whether the picture is too tall or too broad for a phone in one piece. */
export function isTower(layout: Layout<unknown>): boolean {
  const breadth = Math.max(0, ...layout.storeys.map((storey) => storey.units.reduce((sum, unit) => sum + unit.length, 0)));
  return layout.storeys.length >= TOWER_FLOORS || breadth >= TOWER_BREADTH;
}

/** A row of courtyards in its lane: 东街3排 -> 东街 and 3排; a lane without rows stands for itself. */
export function laneAndRow(label: string): readonly [lane: string, row: string] {
  const found = ROW.exec(label);
  return found ? [found[1] ?? "", found[2] ?? ""] : [label, ""];
}

/** The columns of a stairwell: what rooms are called once their floor is taken off, over all floors. */
function columnsOf(doors: readonly Standing[]): Map<string, number> {
  const taken = new Map<number | null, number>();
  const names = new Map<string, number>();
  for (const door of doors) {
    const rank = taken.get(door.floor) ?? 0;
    taken.set(door.floor, rank + 1);
    const name = columnOf(door);
    names.set(name, isNumbered(door) ? 0 : Math.min(rank, names.get(name) ?? rank));
  }
  const ordered = [...names].sort(([a, first], [b, second]) => first - second || natural(a, b));
  return new Map(ordered.map(([name], column) => [name, column]));
}

function columnOf(door: Standing): string {
  return (door.floor === null ? null : ON_FLOOR.exec(door.room))?.[1] ?? door.room;
}

function isNumbered(door: Standing): boolean {
  return door.floor !== null && ON_FLOOR.test(door.room);
}

/** 2 before 10, numbers before words. */
export function natural(a: string, b: string): number {
  const [left, right] = [piecesOf(a), piecesOf(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = comparePieces(left[at] ?? "", right[at] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function comparePieces(a: string, b: string): number {
  const [left, right] = [/^\d/.test(a), /^\d/.test(b)];
  if (left !== right) return left ? -1 : 1;
  if (left) return Number(a.slice(0, 18)) - Number(b.slice(0, 18));
  return a < b ? -1 : a > b ? 1 : 0;
}

function piecesOf(text: string): string[] {
  return text.split(/(\d+)/).filter(Boolean);
}
