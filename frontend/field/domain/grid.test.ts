// The shared vectors, the same file that pytest runs.
import { describe, expect, it } from "vitest";
import given from "../../../contracts/vectors/layouts.json" with { type: "json" };
import { isTower, laneAndRow, layOut } from "./grid.ts";
import { withinBuilding } from "./walk.ts";

interface Case {
  readonly why: string;
  readonly doors: readonly (readonly [unit: string, floor: number | null, room: string])[];
  readonly units: readonly string[];
  readonly storeys: readonly { floor: number | null; units: readonly (readonly (number | null)[])[] }[];
  readonly tower: boolean;
}

const vectors = given as unknown as { cases: readonly Case[]; lanes: Readonly<Record<string, readonly string[]>> };

describe("buildings", () => {
  it.each(vectors.cases.map((one) => [one.why, one] as const))("%s", (_title, one) => {
    const doors = one.doors.map(([unit, floor, room], at) => ({ unit, floor, room, at }));
    const layout = layOut(doors);
    expect(layout.units).toEqual(one.units);
    const storeys = layout.storeys.map(({ floor, units }) => ({ floor, units: units.map((unit) => unit.map((door) => door?.at ?? null)) }));
    expect(storeys).toEqual(one.storeys);
    expect(isTower(layout)).toBe(one.tower);
  });

  it("know a row of a lane", () => {
    for (const [label, parts] of Object.entries(vectors.lanes)) expect(laneAndRow(label)).toEqual(parts);
  });
});

describe("the walk through a building", () => {
  const doors = ["101", "102", "201", "202"].flatMap((room, at) =>
    ["1", "2"].map((unit) => ({ unit, floor: Number(room[0]), room, position: at + (unit === "2" ? 10 : 0) })),
  );
  const names = (walked: readonly { unit: string; room: string }[]): string[] => walked.map(({ unit, room }) => `${unit}-${room}`);

  it("takes each stairwell from the top", () => {
    expect(names(withinBuilding([...doors].reverse(), "flats"))).toEqual(["1-201", "1-202", "1-101", "1-102", "2-201", "2-202", "2-101", "2-102"]);
  });

  it("goes along a row of courtyards", () => {
    const yards = [3, 1, 2].map((at) => ({ unit: "", floor: null, room: `${at}号`, position: at }));
    expect(names(withinBuilding(yards, "rows"))).toEqual(["-1号", "-2号", "-3号"]);
  });
});
