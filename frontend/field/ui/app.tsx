// Which of the app's faces is seen: enrolment, lock, or the work.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { VNode } from "preact";

import { phase, session } from "../store/session.ts";
import { start, stop } from "../sync/engine.ts";
import { keepSending, keepWriting } from "../sync/letters.ts";
import { EnrolPage } from "./enrol_page.tsx";
import { watchIdle } from "./idle.ts";
import { LockPage } from "./lock_page.tsx";
import { Shell } from "./shell.tsx";

/** A supervisor's link: it leads to the enrolment whatever the phone holds; what it holds stays. */
const invited = signal(location.hash.startsWith("#enrol="));
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#enrol=")) invited.value = true;
});
const enrolled = (): void => {
  invited.value = false;
};

export function App(): VNode | null {
  const open = phase.value === "open" || phase.value === "wiped";
  const shut = phase.value === "locked" || phase.value === "closed";
  useEffect(() => {
    if (!open) return;
    void start();
    const rest = keepWriting();
    return () => {
      stop();
      rest();
    };
  }, [open]);
  useEffect(() => (shut ? keepSending() : undefined), [shut]);
  useEffect(watchIdle, []);
  if (invited.value) return <EnrolPage done={enrolled} />;
  switch (phase.value) {
    case "open":
      return session.value && <Shell session={session.value} />;
    case "locked":
    case "closed":
      return <LockPage />;
    case "new":
    case "wiped":
      return <EnrolPage done={enrolled} />;
    case "starting":
      return null;
  }
}
