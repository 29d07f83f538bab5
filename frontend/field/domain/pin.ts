// How wrong PINs are slowed down. Ten wrong ones in a row close the phone until a supervisor enrols it anew.

export const DIGITS = 6;
export const MOST_TRIES = 10;

/** Milliseconds to wait after so many wrong tries in a row: three are free, then 5 s, doubling, at most five minutes. */
export function delayAfter(wrong: number): number {
  return wrong < 3 ? 0 : Math.min(5 * 60_000, 5_000 * 2 ** (wrong - 3));
}

/** Six digits that are no row of one digit and no plain staircase: those are what a finder tries first. */
export function fitsAsPin(pin: string): boolean {
  if (!/^\d{6}$/u.test(pin)) return false;
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)));
  return steps.size > 1 || ![0, 1, -1].includes([...steps][0] ?? 0);
}
