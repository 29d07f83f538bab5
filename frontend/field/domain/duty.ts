// Stretches of duty from the signs of one phone, as the server makes them of everybody's (workforce/stretches.py).

/** After that a sign-out is taken to have been forgotten, ms. */
export const LONGEST = 16 * 3_600_000;

export interface Sign {
  readonly at: number;
  readonly step: "in" | "out";
  readonly path: string;
}

export interface Stretch {
  readonly path: string;
  readonly from: number;
  /** null while it goes on. */
  readonly until: number | null;
  readonly forgotten: boolean;
}

/** Stretches, oldest first; signs in the order they were made. */
export function stretches(signs: readonly Sign[], now: number): Stretch[] {
  const found: Stretch[] = [];
  let opened: Sign | null = null;
  const end = (until: number | null): void => {
    if (opened === null) return;
    const { path, at: from } = opened;
    const latest = from + LONGEST;
    found.push((until ?? now) > latest ? { path, from, until: latest, forgotten: true } : { path, from, until, forgotten: false });
  };
  for (const sign of signs) {
    end(sign.at);
    opened = sign.step === "in" ? sign : null;
  }
  end(null);
  return found;
}

/** How much of some stretches lies between two moments, ms. */
export function within(found: readonly Stretch[], since: number, now: number): number {
  return found.reduce((sum, one) => sum + Math.max(0, Math.min(one.until ?? now, now) - Math.max(one.from, since)), 0);
}
