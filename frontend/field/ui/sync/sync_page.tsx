// The truth about what was written on this phone: what waits, what is on the server, what is stuck and why.

import type { ComponentChildren, VNode } from "preact";

import type { OutboxEntry } from "../../domain/types.ts";
import { carriedParcels, putAside } from "../../store/carried.ts";
import type { CarriedRow } from "../../store/database.ts";
import { door } from "../../store/documents.ts";
import { useLive } from "../../store/live.ts";
import { counts, entries, markSeen } from "../../store/outbox.ts";
import { storageNow } from "../../store/room.ts";
import { CLIENT, sendNow, status } from "../../sync/engine.ts";
import { t } from "../i18n.ts";
import { OldPin } from "../old_pin.tsx";
import { clockText, kindText, momentText, startOfDay, storageText } from "./words.ts";

interface Stuck {
  readonly entry: OutboxEntry;
  /** What the door is called, "" for none. */
  readonly where: string;
  /** Address of the door here, "" for none. */
  readonly link: string;
}

async function stuckEntries(): Promise<Stuck[]> {
  const found = await entries({ status: ["refused", "conflict", "quarantined", "held"] });
  return Promise.all(
    found.reverse().map(async (entry) => {
      const { body } = entry.command;
      const place = "door_id" in body ? await door(body.door_id) : null;
      return { entry, where: place?.label ?? "", link: place ? `#/door/${place.id}` : "" };
    }),
  );
}

/** Taken by the server today, and when the oldest of those that wait was written (null: none). */
async function today(): Promise<{ readonly sent: number; readonly oldest: number | null }> {
  const midnight = startOfDay(Date.now());
  const sent = await entries({ status: ["accepted", "duplicate", "flagged"] });
  const waiting = await entries({ status: ["waiting"] });
  return { sent: sent.filter((one) => (one.answered_at ?? 0) >= midnight).length, oldest: waiting[0]?.command.recorded_at ?? null };
}

function stateText(): string {
  switch (status.value.state) {
    case "sending":
      return status.value.taken ? t("Fetching the lists, {n} doors so far", { n: status.value.taken }) : t("Sending");
    case "offline":
      return t("No network. It is tried again by itself.");
    case "stopped":
      return t("It stands still. Press the button to try again.");
    case "idle":
      return "";
  }
}

function reasonText({ status: state, said, code }: OutboxEntry): string {
  if (said) return said;
  if (state === "held") return t("Something it builds on has not arrived. It counts once that is there.");
  if (state === "quarantined") return t("The server keeps it aside. Your supervisor decides whether it counts.");
  if (state === "conflict") return t("Somebody else changed the same. Your supervisor takes one or the other.");
  return t("The server could not use it ({code}). Ask your supervisor.", { code });
}

function StuckLine({ stuck }: { readonly stuck: Stuck }): VNode {
  const { entry, where, link } = stuck;
  const refused = entry.status === "refused";
  return (
    <li class="fl-stuck">
      <p class="fl-stuck-head">
        <b>{kindText(entry.command.kind)}</b> {where} <span>{momentText(entry.command.recorded_at)}</span>
      </p>
      <p class={refused && !entry.seen ? "is-late" : ""}>{reasonText(entry)}</p>
      {refused && !entry.seen && (
        <div class="fl-btns">
          {link && (
            <a class="fl-btn is-first" href={link}>
              {t("Do it again")}
            </a>
          )}
          <button type="button" class="fl-btn" onClick={() => void markSeen([entry.command.id])}>
            {t("I have seen it")}
          </button>
        </div>
      )}
    </li>
  );
}

function Part({ title, of }: { readonly title: string; readonly of: readonly Stuck[] }): VNode | null {
  if (of.length === 0) return null;
  return (
    <section class="fl-part">
      <h2>
        {title} <span class="fl-num">{of.length}</span>
      </h2>
      <ul class="fl-stucks">
        {of.map((one) => (
          <StuckLine key={one.entry.command.id} stuck={one} />
        ))}
      </ul>
    </section>
  );
}

function carriedText({ state, taken }: CarriedRow): string {
  if (state === "delivered") return t("Handed in, {n} entries", { n: taken ?? 0 });
  return state === "broken" ? t("The server could not open it. Ask the other phone for it once more.") : t("Waits for a signal");
}

function Carried(): VNode | null {
  const found = useLive(carriedParcels, []) ?? [];
  if (found.length === 0) return null;
  return (
    <section class="fl-part">
      <h2>{t("Carried for others")}</h2>
      <ul class="fl-stucks">
        {found.map((row) => (
          <li key={row.id} class="fl-stuck">
            <p class="fl-stuck-head">
              <b>{row.id.slice(0, 8)}</b> <span>{momentText(row.received_at)}</span>
            </p>
            <p class={row.state === "broken" ? "is-late" : ""}>{carriedText(row)}</p>
            {row.state === "broken" && (
              <div class="fl-btns">
                <button type="button" class="fl-btn" onClick={() => void putAside(row.id)}>
                  {t("Put it aside")}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Phone(): VNode {
  const room = useLive(storageNow, []);
  const { lastContact, offset } = status.value;
  return (
    <section class="fl-part">
      <h2>{t("This phone")}</h2>
      <dl class="fl-facts">
        <Fact name={t("Last contact")}>{lastContact === null ? t("Not yet") : momentText(lastContact)}</Fact>
        <Fact name={t("Its clock")}>{clockText(offset)}</Fact>
        <Fact name={t("Room")}>{room && storageText(room.used, room.quota)}</Fact>
        <Fact name={t("Kept for good")}>
          {room && (room.persistent ? t("Yes") : <span class="is-late">{t("No: the browser may throw it away. Send soon, and add the page to the home screen.")}</span>)}
        </Fact>
        <Fact name={t("Version")}>{CLIENT}</Fact>
      </dl>
    </section>
  );
}

function Ways({ waiting }: { readonly waiting: number }): VNode {
  return (
    <section class="fl-part">
      <h2>{t("No signal for days")}</h2>
      <p class="fl-quiet">{t("Another phone can take your entries along. It cannot read them, and nothing counts twice.")}</p>
      <div class="fl-ways">
        {waiting > 0 && (
          <>
            <a class="fl-btn" href="#/sync/film">
              {t("Show as codes")}
            </a>
            <a class="fl-btn" href="#/sync/file">
              {t("Give as a file")}
            </a>
          </>
        )}
        <a class="fl-btn is-wide" href="#/sync/receive">
          {t("Take another phone's entries along")}
        </a>
      </div>
    </section>
  );
}

export function SyncPage(): VNode {
  const waiting = useLive(counts, [])?.waiting ?? 0;
  const day = useLive(today, []);
  const stuck = useLive(stuckEntries, []) ?? [];
  const of = (state: OutboxEntry["status"], seen?: boolean): readonly Stuck[] => stuck.filter(({ entry }) => entry.status === state && (seen === undefined || entry.seen === seen));
  return (
    <div class="fl-pane fl-sync">
      <h1 class="fl-title">{t("Sync")}</h1>
      <p class="fl-big">
        <b>{waiting}</b> {t("wait to be sent")}
        {day?.oldest != null && <span>{t("the oldest since {when}", { when: momentText(day.oldest) })}</span>}
      </p>
      <p class="fl-quiet">
        {t("{n} taken by the server today", { n: day?.sent ?? 0 })}
        {stateText() && <span class="fl-state">{stateText()}</span>}
      </p>
      <button type="button" class="fl-btn is-first is-wide" disabled={status.value.state === "sending"} onClick={() => void sendNow()}>
        {t("Send now")}
      </button>
      <OldPin />
      <Part title={t("Refused: look at these")} of={of("refused", false)} />
      <Part title={t("Changed by somebody else too")} of={of("conflict")} />
      <Part title={t("Kept aside for your supervisor")} of={of("quarantined")} />
      <Part title={t("Waiting for something else")} of={of("held")} />
      <Carried />
      <Ways waiting={waiting} />
      <Phone />
      <Part title={t("Refused, and seen by you")} of={of("refused", true)} />
    </div>
  );
}
