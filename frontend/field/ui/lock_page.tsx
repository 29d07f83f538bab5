// The PIN. What is written here stays sealed until it is given; nothing is ever deleted for a wrong one.

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";

import { useLive } from "../store/live.ts";
import { counts } from "../store/outbox.ts";
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

function Closed({ waiting }: { readonly waiting: number }): VNode {
  return (
    <div class="fl-gate">
      <h1>{t("Locked after ten wrong tries")}</h1>
      <p>{t("Nothing was deleted. {n} entries wait on this phone.", { n: waiting })}</p>
      <p>{t("Go to your supervisor and have the phone enrolled again. Then give the old PIN under Sync, and what waits is sent. Do not clear the browser.")}</p>
      <div class="fl-gate-foot">
        <EnrolAnew />
      </div>
    </div>
  );
}

export function LockPage(): VNode {
  const [answer, setAnswer] = useState<Unlocking | null>(null);
  const [mistake, setMistake] = useState("");
  const [busy, setBusy] = useState(false);
  const [now, setNow] = useState(Date.now());
  const place = useLive(placeName, []) ?? "";
  const waiting = useLive(counts, [])?.waiting ?? 0;
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
  if (phase.value === "closed") return <Closed waiting={waiting} />;
  return (
    <div class="fl-gate">
      <h1>{place}</h1>
      <p>{waiting > 0 ? t("Enter your PIN. {n} entries wait to be sent.", { n: waiting }) : t("Enter your PIN.")}</p>
      <p class="fl-late" role="alert">
        {mistake || said(answer, seconds)}
      </p>
      <div class="fl-gate-foot">
        <Keypad done={(pin) => void tried(pin)} disabled={busy || seconds > 0} />
      </div>
    </div>
  );
}
