// What the screens of this hat share: the head, the segments, the bar at the thumb, and what stands when there is nothing.
import type { ComponentChildren, VNode } from "preact";

import { t } from "../i18n.ts";

interface HeadProps {
  readonly back: string;
  readonly title: string;
  readonly sub: string;
  readonly children?: ComponentChildren;
}

export function Head({ back, title, sub, children }: HeadProps): VNode {
  return (
    <header class="fl-head fl-door-head">
      <a class="fl-back" href={back} aria-label={t("Back")}>
        ‹
      </a>
      <div class="fl-head-main">
        <h1>{title}</h1>
        <div class="fl-head-sub">{sub}</div>
      </div>
      <div class="fl-head-end">{children}</div>
    </header>
  );
}

export interface Segment<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly count?: number;
}

interface SegmentsProps<Key extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Key>[];
  readonly chosen: Key | "";
  readonly choose: (key: Key) => void;
}

export function Segments<Key extends string>({ label, segments, chosen, choose }: SegmentsProps<Key>): VNode {
  return (
    <div class="fl-segments" role="group" aria-label={label}>
      {segments.map(({ key, label: word, count }) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => choose(key)}>
          {word}
          {count !== undefined && <span>{count}</span>}
        </button>
      ))}
    </div>
  );
}

/** The bar at the lower edge; what is done most is on the right and wide. */
export function Bar({ children }: { readonly children: ComponentChildren }): VNode {
  return <div class="fl-thumb-bar">{children}</div>;
}

export function Nothing({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <section class="fl-pane fl-nothing">
      <h1 class="fl-title">{title}</h1>
      <p>{children}</p>
    </section>
  );
}

/** What stands in place of a screen while the area is read, or has not come yet; `work` null: never synced. */
export function Waiting({ never }: { readonly never: boolean }): VNode | null {
  if (!never) return null;
  return <Nothing title={t("No doors here yet")}>{t("They come with the first contact. Go where there is a signal and press Send now under Sync.")}</Nothing>;
}
