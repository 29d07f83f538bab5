// The phone locks itself when nobody has touched it for a while.

import { wentToSleep } from "../store/clock.ts";
import { lock, phase } from "../store/session.ts";
import { writeLetters } from "../sync/letters.ts";

/** ms without a touch. */
export const IDLE = 5 * 60_000;

/** Watch for touches; the answer ends it. Time in the pocket counts: the look is at the clock, not at a timer that sleeps too. */
export function watchIdle(): () => void {
  let touched = Date.now();
  const touch = (): void => {
    touched = Date.now();
  };
  const judge = (): void => {
    if (phase.value === "open" && Math.abs(Date.now() - touched) > IDLE) void writeLetters().finally(lock);
  };
  const seen = (): void => {
    if (document.visibilityState === "hidden") wentToSleep();
    judge();
  };
  const timer = setInterval(judge, 10_000);
  const events = ["pointerdown", "keydown", "scroll"] as const;
  for (const name of events) addEventListener(name, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", seen);
  return () => {
    clearInterval(timer);
    for (const name of events) removeEventListener(name, touch, { capture: true });
    document.removeEventListener("visibilitychange", seen);
  };
}
