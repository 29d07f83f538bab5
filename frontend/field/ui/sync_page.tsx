// What waits, what was said, when the server was last heard of.

import type { VNode } from "preact";

import { counts } from "../store/outbox.ts";
import { useLive } from "../store/live.ts";
import { sendNow, status } from "../sync/engine.ts";
import { t } from "./i18n.ts";
import { OldPin } from "./old_pin.tsx";

export function SyncPage(): VNode {
  const found = useLive(counts, []);
  return (
    <section class="fl-pane">
      <h1 class="fl-title">{t("Sync")}</h1>
      <p>{t("{n} waiting to be sent", { n: found?.waiting ?? 0 })}</p>
      <p>{t("{n} sent", { n: found?.sent ?? 0 })}</p>
      <button type="button" class="fl-btn is-first is-wide" disabled={status.value.state === "sending"} onClick={() => void sendNow()}>
        {t("Send now")}
      </button>
      <OldPin />
    </section>
  );
}
