// Undo instead of a question beforehand: where the thumb already is, its time running above it.

import { signal } from "@preact/signals";
import type { VNode } from "preact";

import { t } from "./i18n.ts";
import { mistakeOf } from "./mistake.ts";

/** How long an undo is offered, ms. */
export const OFFERED = 8_000;

interface Offer {
  readonly text: string;
  readonly note: string;
  readonly undo: () => Promise<void>;
}

const offer = signal<Offer | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Offer to take back what was just done. A later offer takes the place of an earlier one, which then stands. */
export function offerUndo(text: string, undo: () => Promise<void>, note = ""): void {
  clearTimeout(timer);
  offer.value = { text, note, undo };
  timer = setTimeout(() => (offer.value = null), OFFERED);
}

export function UndoBar(): VNode | null {
  const now = offer.value;
  if (now === null) return null;
  const press = (): void => {
    clearTimeout(timer);
    offer.value = null;
    // What found no room was not taken back: it is said, and offered again for as long as nothing else is.
    now.undo().catch((problem: unknown) => {
      offer.value ??= { ...now, note: mistakeOf(problem) };
    });
  };
  return (
    <div class="fl-undo" role="status" key={now.text}>
      <i class="fl-undo-time" style={{ animationDuration: `${OFFERED}ms` }} />
      <div class="fl-undo-text">
        <b>{now.text}</b>
        {now.note && <span>{now.note}</span>}
      </div>
      <button type="button" onClick={press}>
        {t("Undo")}
      </button>
    </div>
  );
}
