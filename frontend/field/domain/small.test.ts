import { describe, expect, test } from "vitest";

import { LONGEST, waitAfter } from "./backoff.ts";
import { base64, fromBase64, hex, utf8 } from "./bytes.ts";
import { jumped, offsetOf } from "./clock.ts";
import { readCode } from "./invitation.ts";
import { delayAfter, fitsAsPin, MOST_TRIES } from "./pin.ts";

describe("waits", () => {
  test("double from two seconds, and are drawn between half and the whole", () => {
    expect([1, 2, 3].map((tries) => waitAfter(tries, 0))).toEqual([1000, 2000, 4000]);
    expect([1, 2, 3].map((tries) => waitAfter(tries, 0.999999))).toEqual([2000, 4000, 8000]);
  });

  test("never pass five minutes", () => {
    expect(waitAfter(500, 1)).toBe(LONGEST);
  });
});

describe("the clock", () => {
  const before = { wall: 1_000_000, steady: 0, slept: false };

  test("set back is seen, asleep or not", () => {
    for (const slept of [true, false]) expect(jumped(before, { wall: 800_000, steady: 1000, slept })).toBe(true);
  });

  test("set forward is seen on a phone that was awake", () => {
    expect(jumped(before, { wall: 5_000_000, steady: 1000, slept: false })).toBe(true);
  });

  test("an hour in the pocket is no clock set forward", () => {
    expect(jumped(before, { wall: 4_600_000, steady: 1000, slept: true })).toBe(false);
  });

  test("two minutes are forgiven", () => {
    expect(jumped(before, { wall: 1_119_000, steady: 0, slept: false })).toBe(false);
  });

  test("the server's moment is held against the middle of the exchange", () => {
    expect(offsetOf(10_000, 1000, 3000)).toBe(8000);
  });
});

describe("a code", () => {
  test("is read from a link, with spaces, in small letters, with letters that are misread", () => {
    const read = "0123456789ABCDEFGHJK";
    expect(readCode("http://127.0.0.1/field/#enrol=1.0123456789ABCDEFGHJK")).toBe(read);
    expect(readCode(" o123 4567-89ab cdef ghjk ")).toBe(read);
    expect(readCode("0I23456789ABCDEFGHJK")).toBe(read);
  });

  test("of another length or with a U is none", () => {
    for (const text of ["", "0123456789ABCDEFGHJ", "0123456789ABCDEFGHJU", "0123456789ABCDEFGHJKK"]) expect(readCode(text)).toBeNull();
  });
});

describe("a PIN", () => {
  test("is six digits that are no staircase", () => {
    expect(["482917", "112233", "135791"].map(fitsAsPin)).toEqual([true, true, true]);
    expect(["123456", "987654", "111111", "12345", "1234567", "abcdef"].map(fitsAsPin)).toEqual([false, false, false, false, false, false]);
  });

  test("may be wrong three times before a wait, and each wait is no shorter than the one before", () => {
    const waits = Array.from({ length: MOST_TRIES }, (_, wrong) => delayAfter(wrong));
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 5000, 10_000]);
    expect([...waits].sort((one, other) => one - other)).toEqual(waits);
  });
});

test("bytes go to text and back", () => {
  expect(base64(utf8("白俊丽"))).toBe("55m95L+K5Li9");
  expect(new TextDecoder().decode(fromBase64("55m95L+K5Li9"))).toBe("白俊丽");
  expect(hex(utf8("A\n"))).toBe("410a");
  const long = new Uint8Array(100_000).map((_, index) => index % 251);
  expect(fromBase64(base64(long))).toEqual(long);
});
