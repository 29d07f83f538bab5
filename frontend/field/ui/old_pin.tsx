// What an earlier enrolment of this phone left unsent, closed by the PIN of that time.

import { useState } from "preact/hooks";
import type { VNode } from "preact";

import { useLive } from "../store/live.ts";
import { adopt, strangeKeys } from "../store/session.ts";
import { sendNow } from "../sync/engine.ts";
import { t } from "./i18n.ts";
import { Keypad } from "./keypad.tsx";
import { mistakeOf } from "./mistake.ts";

/** Asks for the old PIN while something waits under one; nothing otherwise. */
export function OldPin(): VNode | null {
  const found = useLive(strangeKeys, [])?.[0];
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  if (!found) return null;
  const tried = async (pin: string): Promise<void> => {
    const answer = await adopt(found.key, pin);
    if (answer.is === "wrong") setSaid(t("That was not it. {n} tries left.", { n: answer.left }));
    if (answer.is === "early") setSaid(t("Wait {n} s, then try again.", { n: Math.ceil((answer.wait_until - Date.now()) / 1000) }));
    if (answer.is === "closed") setSaid(t("Ten wrong tries. It stays here, closed; tell your supervisor."));
    if (answer.is === "open") await sendNow();
  };
  return (
    <section class="fl-pane">
      <div class="fl-band is-late">
        {t("{n} entries wait under an old PIN.", { n: found.waiting })}
        <button type="button" onClick={() => setAsking(!asking)}>
          {t("Old PIN")}
        </button>
      </div>
      <p class="fl-late" role="alert">
        {said}
      </p>
      {asking && <Keypad done={(pin) => void tried(pin).catch((problem: unknown) => setSaid(mistakeOf(problem)))} disabled={found.left <= 0} />}
    </section>
  );
}
