// Signing in and out at a place: one button, the time running, what today came to.

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";

import { stretches, within, type Sign, type Stretch } from "../../domain/duty.ts";
import { area } from "../../store/documents.ts";
import { useLive } from "../../store/live.ts";
import { append, entries } from "../../store/outbox.ts";
import { openSession } from "../../store/session.ts";
import { t } from "../i18n.ts";
import { mistakeOf } from "../mistake.ts";
import { momentText, spanText, startOfDay } from "../sync/words.ts";

/** More places than these would push the button out of a small phone's sight. */
const MOST_LISTED = 3;

interface Place {
  readonly path: string;
  readonly name: string;
}

/** Where this phone may sign in: what its person and its grant allow together, and the compounds below that it knows. Before the area
 *  has come, where it was given for duty. */
async function places(): Promise<Place[]> {
  const known = await area();
  const given = openSession().device.grants.filter((one) => one.hats.includes("duty")).map((one) => ({ path: one.path, name: one.place }));
  const stations = known?.stations ?? given;
  const found = new Map(stations.map((one) => [one.path, one.name]));
  for (const compound of known?.compounds ?? []) if (stations.some((one) => compound.path.startsWith(one.path)) && !found.has(compound.path)) found.set(compound.path, compound.name);
  return [...found].map(([path, name]) => ({ path, name }));
}

/** What was signed on this phone, in its order; what the server refused does not count. */
async function signs(): Promise<Sign[]> {
  const found = await entries({ kind: ["workforce.sign_in", "workforce.sign_out"] });
  return found
    .filter((one) => one.status !== "refused")
    .map(({ command }) => ({ at: command.recorded_at, step: command.kind === "workforce.sign_in" ? "in" : "out", path: (command.body as { readonly path: string }).path }));
}

/** Now by the clock of this moment, which somebody may have set; told anew every ten seconds. */
function useNow(): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((turn) => turn + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  return Date.now();
}

function Today({ found, names, now }: { readonly found: readonly Stretch[]; readonly names: ReadonlyMap<string, string>; readonly now: number }): VNode | null {
  const midnight = startOfDay(now);
  const those = found.filter((one) => (one.until ?? now) >= midnight);
  if (those.length === 0) return null;
  return (
    <section class="fl-part">
      <h2>{t("Today {span}", { span: spanText(within(those, midnight, now)) })}</h2>
      <ul class="fl-times">
        {those.map((one) => (
          <li key={one.from}>
            <span class="fl-num">
              {momentText(one.from, now)} – {one.until === null ? t("now") : momentText(one.until, now)}
            </span>
            <span>{names.get(one.path) ?? ""}</span>
            {one.forgotten && <span class="is-late">{t("not signed out")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Places({ found, chosen, choose }: { readonly found: readonly Place[]; readonly chosen: string; readonly choose: (path: string) => void }): VNode {
  if (found.length > MOST_LISTED)
    return (
      <select class="fl-place-select" aria-label={t("Where")} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {found.map((one) => (
          <option key={one.path} value={one.path}>
            {one.name}
          </option>
        ))}
      </select>
    );
  return (
    <fieldset class="fl-places">
      <legend>{t("Where")}</legend>
      {found.map((one) => (
        <label key={one.path}>
          <input type="radio" name="place" checked={one.path === chosen} onChange={() => choose(one.path)} />
          {one.name}
        </label>
      ))}
    </fieldset>
  );
}

export function DutyPage(): VNode {
  const now = useNow();
  const found = useLive(places, []) ?? [];
  const all = stretches(useLive(signs, []) ?? [], now);
  const [picked, setPicked] = useState("");
  const [mistake, setMistake] = useState("");
  const latest = all.at(-1);
  const on = latest && latest.until === null ? latest : null;
  const names = new Map(found.map((one) => [one.path, one.name]));
  const remembered = latest && names.has(latest.path) ? latest.path : "";
  const chosen = picked || remembered || (found[0]?.path ?? "");
  const sign = (kind: "workforce.sign_in" | "workforce.sign_out", path: string): void => {
    append(kind, { path, note: "" }).then(
      () => setMistake(""),
      (problem: unknown) => setMistake(mistakeOf(problem)),
    );
  };
  return (
    <div class="fl-pane fl-duty">
      <h1 class="fl-title">{t("Duty")}</h1>
      {on ? (
        <p class="fl-running" role="timer">
          <b class="fl-num">{spanText(Math.max(now, on.from) - on.from)}</b>
          <span>{t("on duty at {place} since {when}", { place: names.get(on.path) ?? "", when: momentText(on.from, now) })}</span>
        </p>
      ) : (
        <p class="fl-running">
          <b>{t("Not on duty")}</b>
          {latest?.forgotten && <span class="is-late">{t("The last time was never signed out. Tell your supervisor when you went.")}</span>}
        </p>
      )}
      <Today found={all} names={names} now={now} />
      <div class="fl-foot">
        {mistake && <p class="fl-mistake-line">{mistake}</p>}
        {!on && <Places found={found} chosen={chosen} choose={setPicked} />}
        {on ? (
          <button type="button" class="fl-btn is-first is-wide is-huge" onClick={() => sign("workforce.sign_out", on.path)}>
            {t("Sign out")}
          </button>
        ) : (
          <button type="button" class="fl-btn is-first is-wide is-huge" disabled={chosen === ""} onClick={() => sign("workforce.sign_in", chosen)}>
            {t("Sign in")}
          </button>
        )}
      </div>
    </div>
  );
}
