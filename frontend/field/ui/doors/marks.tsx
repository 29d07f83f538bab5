// The marks of states: one shape each, a picture of the door itself. State is colour, mark and word together.
import type { VNode } from "preact";

import type { Outcome } from "../../domain/results.ts";

const SHAPES: Readonly<Record<Outcome, VNode>> = {
  registered: <path d="M2.5 8.5l3.7 3.7L13.5 4.5" fill="none" stroke="currentColor" stroke-width="2.4" />,
  partial: <path fill-rule="evenodd" d="M3 1h10v14H3zM5 3v5h6V3z" />,
  vacant: <path d="M2.5 13.5l11-11" fill="none" stroke="currentColor" stroke-width="2" />,
  not_a_home: (
    <>
      <path d="M2.5 1.5h11L15.5 7H.5z" />
      <path d="M3 7v7h10V7" fill="none" stroke="currentColor" stroke-width="2" />
    </>
  ),
  untried: <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="2.2" />,
  refused: <path d="M3 3l10 10M13 3L3 13" fill="none" stroke="currentColor" stroke-width="2.6" />,
  knocked2: (
    <>
      <circle cx="4" cy="8" r="3" />
      <circle cx="12" cy="8" r="3" />
    </>
  ),
  knocked1: <circle cx="8" cy="8" r="3" />,
  notice: <path fill-rule="evenodd" d="M3 2h10v12H3zM5.5 5v1.4h5V5zM5.5 8v1.4h5V8z" />,
  form: (
    <>
      <path d="M1 11h14v4H1z" />
      <path d="M8 1v7M4.8 5.2L8 8.4l3.2-3.2" fill="none" stroke="currentColor" stroke-width="2" />
    </>
  ),
  tonight: <path d="M10.8 1.6A6.6 6.6 0 1 0 14.6 11 5.6 5.6 0 0 1 10.8 1.6z" />,
  unknown: (
    <>
      <path d="M4.2 5.6C4.2 3.2 5.9 2 8 2s3.9 1.3 3.9 3.4c0 2.6-3.6 2.7-3.6 5.4" fill="none" stroke="currentColor" stroke-width="2.3" />
      <circle cx="8.3" cy="13.6" r="1.5" />
    </>
  ),
};

export function Mark({ outcome }: { readonly outcome: Outcome }): VNode {
  return (
    <svg class="fl-mark" viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
      {SHAPES[outcome]}
    </svg>
  );
}

/** The mark on its colour; the word stands beside it. */
export function Swatch({ outcome }: { readonly outcome: Outcome }): VNode {
  return (
    <i class={`fl-swatch s-${outcome}`}>
      <Mark outcome={outcome} />
    </i>
  );
}
