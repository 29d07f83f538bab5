// The intercom of a stairwell as a map: floors from the top, rooms beside each other, lit where somebody is to be rung.
import { useEffect } from "preact/hooks";
import type { VNode } from "preact";

import { nextOn, toRing, type Line } from "../../domain/work.ts";
import { t } from "../i18n.ts";
import { go } from "../router.ts";
import { House, type Drawing } from "./house.tsx";
import { Bar, Head, Nothing, Waiting } from "./parts.tsx";
import { stairwellName } from "./words.ts";
import { lastDoor, useNow, useWork, way } from "./work.ts";

type Params = Readonly<Record<string, string>>;

export function PanelScreen({ params }: { readonly params: Params }): VNode | null {
  const work = useWork();
  const now = useNow();
  const building = params["building"] ?? "";
  const unit = params["unit"] ?? "";
  useEffect(() => {
    way.value = { is: "panel", building, unit };
  }, [building, unit]);
  if (!work) return <Waiting never={work === null} />;
  const lines = work.lines.filter((line) => line.building.id === building && line.door.unit === unit);
  const first = lines[0];
  if (!first) return <Nothing title={t("No such stairwell here")}>{t("It may lie outside of your area by now.")}</Nothing>;
  const lit = toRing(work, building, unit, now);
  const rings = new Set(lit.map((line) => line.door.id));
  const last = lines.find((line) => line.door.id === lastDoor.value);
  const next = (last && nextOn(lit, last)) ?? lit[0];
  const ring = (line: Line): void => {
    way.value = { is: "panel", building, unit };
    go(`#/door/${line.door.id}`);
  };
  const drawing: Drawing = { dim: (line) => !rings.has(line.door.id), turn: () => null, press: ring, current: lastDoor.value };
  return (
    <div class="fl-door-screen">
      <Head back={`#/building/${building}`} title={stairwellName(first)} sub={t("{compound}, intercom", { compound: first.compound.name })}>
        <b class="fl-num">{lit.length}</b> {t("to ring")}
      </Head>
      <div class="fl-pane fl-panel-map">
        <p class="fl-note">{t("As the buttons stand on the panel. Ring, press what came of it, go on.")}</p>
        <House lines={lines} drawing={drawing} />
      </div>
      <Bar>
        <a class="fl-btn" href={`#/building/${building}`}>
          {t("Whole building")}
        </a>
        {next ? (
          <button type="button" class="fl-btn is-first" onClick={() => ring(next)}>
            {t("Ring {room}", { room: next.door.room })}
          </button>
        ) : (
          <a class="fl-btn is-first" href="#/doors">
            {t("Nobody left to ring, back to the list")}
          </a>
        )}
      </Bar>
    </div>
  );
}
