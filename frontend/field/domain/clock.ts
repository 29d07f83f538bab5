// Whether the device's clock was moved. Times here are milliseconds; "wall" is the clock a person can set, "steady" the
// one that only runs on, from an unknown start.

export interface Reading {
  readonly wall: number;
  readonly steady: number;
  /** The screen was off or the page behind another one at some time since the reading before: a phone that sleeps stops its
   *  steady clock, so that an hour in the pocket looks like a clock set forward. */
  readonly slept: boolean;
}

/** How far the two clocks may part before the measured offset is no longer believed (protocol, section 7). */
export const PATIENCE = 2 * 60_000;

/** Whether the wall clock was set between two readings. Back is always seen; forward only on a phone that was awake: the server sees
 *  the rest, since such a command lies ahead of its own clock. */
export function jumped(before: Reading, now: Reading): boolean {
  const parted = now.wall - before.wall - (now.steady - before.steady);
  return parted < -PATIENCE || (parted > PATIENCE && !now.slept);
}

/** Server minus device by one exchange: the server's moment is held against the middle of sending and receiving. */
export function offsetOf(serverTime: number, sent: number, received: number): number {
  return Math.round(serverTime - (sent + received) / 2);
}
