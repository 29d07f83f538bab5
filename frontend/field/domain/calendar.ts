// The clock of the place, not of the phone: all of China keeps one time without summer time, and a phone whose zone was
// set elsewhere must not move the evening.
const ZONE_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** A moment (ms since 1970 UTC) as it stands on a clock in the stairwell. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function wall(moment: number): Wall {
  const shifted = new Date(moment + ZONE_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** The number of the day a moment lies in; two moments of one day have the same. */
export function dayOf(moment: number): number {
  return Math.floor((moment + ZONE_MS) / DAY_MS);
}

/** The moment an hour strikes so many days after the day of another moment; hour 24 is midnight at its end. */
export function atHour(moment: number, hour: number, days = 0): number {
  return (dayOf(moment) + days) * DAY_MS - ZONE_MS + hour * 3_600_000;
}
