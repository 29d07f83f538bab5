// The PIN. What is written here stays sealed until it is given; nothing is ever deleted for a wrong one.

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";

import { useLive } from "../store/live.ts";
import { letters, type Letters } from "../store/letters.ts";
import { phase, placeName, unlock, type Unlocking } from "../store/session.ts";
import { EnrolAnew } from "./enrol_page.tsx";
import { t } from "./i18n.ts";
import { Keypad } from "./keypad.tsx";
import { mistakeOf } from "./mistake.ts";

function said(answer: Unlocking | null, seconds: number): string {
  if (seconds > 0) return t("Wait {n} s, then try again.", { n: seconds });
  if (answer?.is === "wrong") return t("That was not it. {n} tries left.", { n: answer.left });
  return "";
}

/** How what waits here stands, in a sentence; "" where nothing waits. */
function waitText({ waiting, handed, closed }: Letters): string {
  if (waiting === 0) return "";
  if (handed === waiting) return t("The server has all {n} entries that wait here. Once open, this phone hears so.", { n: waiting });
  if (closed === 0) return t("{n} entries wait, sealed. They go to the server by themselves when there is a network.", { n: waiting - handed });
  if (closed === waiting) return t("{n} entries wait. A locked phone does not send them: open it.", { n: waiting });
  return t("{n} entries wait. Open the phone to send {closed} of them; the rest goes by itself when there is a network.", { n: waiting - handed, closed });
}

/** What is lost for good without the old PIN, and what is not. */
function lossText({ waiting, closed }: Letters): string {
  if (waiting === 0) return t("Nothing that was not sent is on this phone.");
  if (closed === 0) return t("What waits here is sealed for the server and still goes there. Nothing is lost.");
  return t("{n} entries open by the old PIN only. If it comes back to you, give it under Sync later; if not, go to those doors once more.", { n: closed });
}

interface AnewProps {
  readonly title: string;
  readonly found: Letters;
  readonly back?: () => void;
}

/** The only way on without the PIN: the supervisor sees the person, and enrols the phone under another one. */
function Anew({ title, found, back }: AnewProps): VNode {
  return (
    <div class="fl-gate">
      <h1>{title}</h1>
      <p>{t("Nobody can look it up. Your supervisor enrols this phone again, under a new PIN. Do not clear the browser.")}</p>
      <p>{lossText(found)}</p>
      <EnrolAnew />
      {back && (
        <button type="button" class="fl-btn is-wide" onClick={back}>
          {t("Back to the PIN")}
        </button>
      )}
    </div>
  );
}

const NONE: Letters = { waiting: 0, handed: 0, closed: 0 };

export function LockPage(): VNode {
  const [answer, setAnswer] = useState<Unlocking | null>(null);
  const [mistake, setMistake] = useState("");
  const [busy, setBusy] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  const [now, setNow] = useState(Date.now());
  const place = useLive(placeName, []) ?? "";
  const found = useLive(() => letters(), []) ?? NONE;
  const until = answer && "wait_until" in answer ? answer.wait_until : 0;
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  const tried = async (pin: string): Promise<void> => {
    setBusy(true);
    setMistake("");
    try {
      setAnswer(await unlock(pin));
      setNow(Date.now());
    } catch (problem) {
      setMistake(mistakeOf(problem));
    } finally {
      setBusy(false);
    }
  };
  if (phase.value === "closed") return <Anew title={t("Locked after ten wrong tries")} found={found} />;
  if (forgotten) return <Anew title={t("PIN forgotten")} found={found} back={() => setForgotten(false)} />;
  return (
    <div class="fl-gate">
      <h1>{place}</h1>
      <p>{t("Enter your PIN.")}</p>
      <p role="status">{waitText(found)}</p>
      <p class="fl-late" role="alert">
        {mistake || said(answer, seconds)}
      </p>
      <div class="fl-gate-foot">
        <Keypad
          done={(pin) => void tried(pin)}
          disabled={busy || seconds > 0}
          corner={
            <button type="button" class="is-word" onClick={() => setForgotten(true)}>
              {t("Forgotten")}
            </button>
          }
        />
      </div>
    </div>
  );
}
