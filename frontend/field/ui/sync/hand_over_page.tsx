// Giving one's own entries to another phone, where there is no network for days.

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";

import { hex } from "../../domain/bytes.ts";
import { parcels, type Parcel } from "../../sync/carrying.ts";
import { CLIENT } from "../../sync/engine.ts";
import { Film } from "../film/film.tsx";
import { t } from "../i18n.ts";

const TYPE = "application/octet-stream";

/** Give a parcel as a file: to whatever the phone shares with, else into its downloads. */
async function give(parcel: Parcel): Promise<void> {
  const name = `firstline-${hex(await crypto.subtle.digest("SHA-256", parcel.bytes)).slice(0, 8)}.flp`;
  const file = new File([parcel.bytes], name, { type: TYPE });
  if (typeof navigator.canShare === "function" && navigator.canShare({ files: [file] })) {
    // Closing the sheet of the phone is no mistake.
    await navigator.share({ files: [file] }).catch(() => undefined);
    return;
  }
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function useParcels(pictures: boolean): readonly Parcel[] | null {
  const [found, setFound] = useState<readonly Parcel[] | null>(null);
  useEffect(() => void parcels({ pictures, client: CLIENT }).then(setFound), [pictures]);
  return found;
}

function Empty(): VNode {
  return <p>{t("Nothing waits on this phone. There is nothing to hand over.")}</p>;
}

function Back(): VNode {
  return (
    <a class="fl-btn is-wide" href="#/sync">
      {t("Back")}
    </a>
  );
}

export function FilmPage(): VNode {
  const found = useParcels(false);
  const [at, setAt] = useState(0);
  const now = found?.[at];
  return (
    <section class="fl-pane fl-sync">
      <h1 class="fl-title">{t("Hand over by codes")}</h1>
      {found?.length === 0 && <Empty />}
      {now && <Film parcel={now.bytes} />}
      {now && <p>{t("{n} entries. They stay here too, until this phone has sent them itself. Pictures go by file only.", { n: now.commands })}</p>}
      <div class="fl-foot">
        {found && at + 1 < found.length && (
          <button type="button" class="fl-btn is-wide" onClick={() => setAt(at + 1)}>
            {t("Next part, {i} of {n}", { i: at + 2, n: found.length })}
          </button>
        )}
        <Back />
      </div>
    </section>
  );
}

export function FilePage(): VNode {
  const found = useParcels(true);
  return (
    <section class="fl-pane fl-sync">
      <h1 class="fl-title">{t("Hand over by file")}</h1>
      {found?.length === 0 ? <Empty /> : <p>{t("The file is sealed: only the server can open it. Give it to somebody whose phone will have a signal, and let them open it under Sync.")}</p>}
      <div class="fl-foot">
        {found?.map((parcel, index) => (
          <button key={index} type="button" class="fl-btn is-first is-wide" onClick={() => void give(parcel)}>
            {found.length === 1 ? t("Give the file, {n} entries", { n: parcel.commands }) : t("Give file {i}, {n} entries", { i: index + 1, n: parcel.commands })}
          </button>
        ))}
        <Back />
      </div>
    </section>
  );
}
