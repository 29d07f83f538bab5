// The frame around every screen: where, how many wait, what the phone must know, the tabs, the undo.

import type { VNode } from "preact";

import { counts } from "../store/outbox.ts";
import { useLive } from "../store/live.ts";
import type { Session } from "../store/session.ts";
import { status, type Trouble } from "../sync/engine.ts";
import { hatsOf, type HatScreens } from "./hats.ts";
import { t } from "./i18n.ts";
import { InstallBand } from "./install_band.tsx";
import { match, parts, replace } from "./router.ts";
import { UndoBar } from "./undo.tsx";
import { UpdateBand } from "./update_band.tsx";

function TopBar({ place }: { readonly place: string }): VNode {
  const waiting = useLive(counts, [])?.waiting;
  const stuck = status.value.error !== "";
  return (
    <header class="fl-top">
      <span class="fl-place">{place}</span>
      <span class="fl-top-end">
        <a class={`fl-waits${stuck ? " is-stuck" : ""}`} href="#/sync">
          {waiting === undefined ? "" : waiting > 0 ? t("{n} to send", { n: waiting }) : t("All sent")}
        </a>
      </span>
    </header>
  );
}

/** A fact, not an alarm: the work goes on. */
export function OfflineBand(): VNode | null {
  if (status.value.state !== "offline") return null;
  return <div class="fl-offline">{t("No network. Go on; it is kept here and sent later.")}</div>;
}

function troubleText(error: Trouble): string {
  switch (error) {
    case "device_unknown":
      return t("The server does not know this phone any more. What you wrote is kept. Ask your supervisor to enrol it again.");
    case "device_revoked":
      return t("This phone was taken out of use. What waits is handed to your supervisor; it gets nothing new.");
    case "grant_ended":
      return t("The time for this phone is over. What waits is still sent. Ask your supervisor to extend it.");
    case "client_too_old":
      return t("This version is too old to fetch the lists. What waits is still sent. Take the new version.");
    case "storage_full":
      return t("The phone is full. Delete pictures or films, then go on; what is here stays.");
    case "trouble":
      return t("The server could not take something. It is kept here and tried again.");
    default:
      return "";
  }
}

/** The first fetch of an area takes a while; a line says that it goes on. A few changes later on are not worth one. */
function FetchBand(): VNode | null {
  const taken = status.value.taken ?? 0;
  return taken > 0 ? (
    <div class="fl-band" role="status">
      {t("Fetching the doors: {n} so far", { n: taken })}
    </div>
  ) : null;
}

function TroubleBand(): VNode | null {
  const text = troubleText(status.value.error);
  return text ? <div class="fl-band is-late">{text}</div> : null;
}

function Tabs({ hats }: { readonly hats: readonly HatScreens[] }): VNode {
  const here = parts.value;
  return (
    <nav class="fl-tabs">
      {hats.map((hat) => (
        <a key={hat.home} href={hat.home} aria-current={hat.screens.some((screen) => match(screen.pattern, here)) ? "page" : undefined}>
          {t(hat.label)}
        </a>
      ))}
    </nav>
  );
}

function CurrentScreen({ hats }: { readonly hats: readonly HatScreens[] }): VNode | null {
  for (const hat of hats) {
    for (const screen of hat.screens) {
      const params = match(screen.pattern, parts.value);
      if (params) return <screen.view key={parts.value.join("/")} params={params} />;
    }
  }
  const first = hats[0];
  if (first) queueMicrotask(() => replace(first.home));
  return null;
}

function drawsItself(hats: readonly HatScreens[]): boolean {
  return hats.some((hat) => hat.screens.some((screen) => screen.own === true && match(screen.pattern, parts.value)));
}

export function Shell({ session }: { readonly session: Session }): VNode {
  const hats = hatsOf(session.device, Date.now());
  const own = drawsItself(hats);
  return (
    <div class={own ? "fl-field is-own" : "fl-field"}>
      {!own && <TopBar place={session.device.origin_name} />}
      {!own && <OfflineBand />}
      <TroubleBand />
      <FetchBand />
      <UpdateBand />
      <InstallBand />
      <main>
        <CurrentScreen hats={hats} />
      </main>
      <UndoBar />
      {!own && <Tabs hats={hats} />}
    </div>
  );
}
