// The shared vectors, the same file that pytest runs.
import { describe, expect, it } from "vitest";
import given from "../../../contracts/vectors/stairwell.json" with { type: "json" };
import { doorId, floorFrom, labelFrom, plainPart } from "./new_door.ts";
import { readSheet } from "./sheets.ts";

describe("numbers of sheets", () => {
  it.each(given.sheets.map((one) => [one.typed, one.number] as const))("%s", (typed, number) => expect(readSheet(typed)).toBe(number));
});

describe("doors added on the spot", () => {
  it.each(given.doors.map((one) => [one.label, one] as const))("%s", async (label, one) => {
    expect(labelFrom(one.building, one.unit, one.room)).toBe(label);
    expect(await doorId(given.compound, label)).toBe(one.id);
  });

  it("take what is typed as labels have it", () => {
    expect(["５０１", " 3 单元", "501室", "5号"].map(plainPart)).toEqual(["501", "3", "501", "5号"]);
    expect(["501", "1203", "501A", "-101", "12", "东户"].map(floorFrom)).toEqual([5, 12, 5, -1, null, null]);
  });
});
