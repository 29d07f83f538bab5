// How long to wait before the next try (protocol, section 11).

export const LONGEST = 5 * 60_000;

/** Milliseconds before try number `tries` + 1: 2, 4, 8 … seconds, drawn evenly between half and the whole of it, so that the
 *  phones of a community do not all come back in the same second. `chance` is in [0, 1). */
export function waitAfter(tries: number, chance: number): number {
  const whole = Math.min(LONGEST, 1000 * 2 ** Math.min(Math.max(tries, 1), 12));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
