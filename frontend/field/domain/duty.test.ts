import { expect, test } from "vitest";

import { LONGEST, stretches, within, type Sign } from "./duty.ts";

const HOUR = 3_600_000;
const sign = (hour: number, step: Sign["step"], path = "1"): Sign => ({ at: hour * HOUR, step, path });
const spans = (signs: readonly Sign[], now: number): unknown[] => stretches(signs, now * HOUR).map((one) => [one.path, one.from / HOUR, one.until === null ? null : one.until / HOUR, one.forgotten]);

test("in and out, and in again", () => {
  expect(spans([sign(0, "in"), sign(4, "out"), sign(5, "in")], 6)).toEqual([
    ["1", 0, 4, false],
    ["1", 5, null, false],
  ]);
});

test("a sign-in elsewhere ends the one before", () => {
  expect(spans([sign(0, "in"), sign(4, "in", "2")], 5)).toEqual([
    ["1", 0, 4, false],
    ["2", 4, null, false],
  ]);
});

test("a forgotten sign-out ends after sixteen hours", () => {
  expect(spans([sign(0, "in")], 16)).toEqual([["1", 0, null, false]]);
  expect(spans([sign(0, "in")], 17)).toEqual([["1", 0, 16, true]]);
  expect(spans([sign(0, "in"), sign(30, "out")], 31)).toEqual([["1", 0, 16, true]]);
  expect(LONGEST).toBe(16 * HOUR);
});

test("a sign-out with nothing to end says nothing", () => {
  expect(spans([sign(1, "out")], 2)).toEqual([]);
});

test("of a day counts what lies in it", () => {
  const found = stretches([sign(0, "in"), sign(8, "out"), sign(10, "in")], 12 * HOUR);
  expect(within(found, 6 * HOUR, 12 * HOUR)).toBe(4 * HOUR);
});
