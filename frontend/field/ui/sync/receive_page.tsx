// Taking another phone's entries along: by its film, or from a file.

import { useRef, useState } from "preact/hooks";
import type { VNode } from "preact";

import type { Bytes } from "../../domain/bytes.ts";
import { StorageFull } from "../../domain/errors.ts";
import { Watcher, type Progress } from "../../domain/film.ts";
import { looksLikeParcel } from "../../domain/parcel.ts";
import { carry } from "../../store/carried.ts";
import { t } from "../i18n.ts";
import { Scan } from "../scan/Scan.tsx";

type Outcome = "" | "have" | "unfit" | "full";

function outcomeText(outcome: Outcome): string {
  if (outcome === "have") return t("This phone has all of it now, and hands it in with the next signal. The other phone keeps its own until it has sent them itself.");
  if (outcome === "unfit") return t("That did not fit together, or is no parcel of a phone of ours. Once more from the beginning.");
  return outcome === "full" ? t("The phone is full. Delete pictures or films, then go on; what is here stays.") : "";
}

async function keep(bytes: Bytes | null): Promise<Outcome> {
  if (bytes === null || !looksLikeParcel(bytes)) return "unfit";
  try {
    await carry(bytes);
    return "have";
  } catch (error) {
    if (error instanceof StorageFull) return "full";
    throw error;
  }
}

function Watching({ done }: { readonly done: (outcome: Outcome) => void }): VNode {
  const watcher = useRef(new Watcher());
  const [progress, setProgress] = useState<Progress | null>(null);
  const seen = (text: string): void => {
    const now = watcher.current.see(text);
    if (now === null) return;
    setProgress(now);
    if (now.seen === now.many) void watcher.current.whole(now.name).then(keep).then(done);
  };
  return (
    <>
      <Scan onText={seen} />
      <div class="fl-seen" role="status">
        <progress max={progress?.many ?? 1} value={progress?.seen ?? 0} />
        <p>{progress ? t("{seen} of {many} codes", { seen: progress.seen, many: progress.many }) : t("Hold the camera over the codes of the other phone. The order does not matter.")}</p>
      </div>
    </>
  );
}

export function ReceivePage(): VNode {
  const [watching, setWatching] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>("");
  const done = (found: Outcome): void => {
    setOutcome(found);
    setWatching(false);
  };
  const chosen = async (file: File | undefined): Promise<void> => {
    if (file) done(await keep(new Uint8Array(await file.arrayBuffer())));
  };
  return (
    <section class="fl-pane fl-sync">
      <h1 class="fl-title">{t("Take another phone's entries along")}</h1>
      {outcome && (
        <p class={`fl-said${outcome === "have" ? "" : " is-late"}`} role="status">
          {outcomeText(outcome)}
        </p>
      )}
      {watching ? <Watching done={done} /> : <p>{t("They are sealed: this phone cannot read them. It only carries them to where there is a signal.")}</p>}
      <div class="fl-foot">
        <button
          type="button"
          class="fl-btn is-first is-wide"
          onClick={() => {
            setOutcome("");
            setWatching(!watching);
          }}
        >
          {watching ? t("Stop") : t("Scan the other phone's codes")}
        </button>
        {!watching && (
          <label class="fl-btn is-wide">
            {t("Open a file")}
            <input class="fl-file" type="file" onChange={(event) => void chosen(event.currentTarget.files?.[0])} />
          </label>
        )}
        <a class="fl-btn is-wide" href="#/sync">
          {t("Back")}
        </a>
      </div>
    </section>
  );
}
