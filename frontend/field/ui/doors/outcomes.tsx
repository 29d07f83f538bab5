// What can come of a visit: the good one first and wide, then as often as they happen.
import type { VNode } from "preact";

import { buttons, type Channel, type OutcomeButton } from "../../domain/results.ts";
import { t } from "../i18n.ts";
import { Swatch } from "./marks.tsx";
import { buttonWord } from "./words.ts";

interface Props {
  readonly channel: Channel;
  /** Where the door stands now. */
  readonly outcome: string;
  readonly switcher: VNode;
  readonly choose: (result: string, asks: OutcomeButton["asks"]) => void;
}

/** Nine stand large; what comes after them happens seldom. */
const LARGE = 9;

export function Outcomes({ channel, outcome, switcher, choose }: Props): VNode {
  const offered = buttons(channel, outcome);
  return (
    <section>
      <div class="fl-dock-head">
        <h2>{t("What came of it")}</h2>
        {switcher}
      </div>
      <div class="fl-outcome-keys">
        {offered.map((one, at) => (
          <button key={one.result} type="button" class={at < LARGE ? "" : "is-seldom"} onClick={() => choose(one.result, one.asks)}>
            {one.outcome ? <Swatch outcome={one.outcome} /> : <i class="fl-swatch is-letter">{one.letter === "form" ? t("F") : one.letter}</i>}
            <span>{buttonWord(one.result, channel)}</span>
            {at === 0 && channel === "door" && <small>{t("also through the door")}</small>}
          </button>
        ))}
      </div>
    </section>
  );
}
