// A door that stands there and is on no list: three fields, and it can be knocked at once.
import { useState } from "preact/hooks";
import type { VNode } from "preact";

import { StorageFull } from "../../domain/errors.ts";
import { doorId, floorFrom, labelFrom, plainPart } from "../../domain/new_door.ts";
import type { Line, Work } from "../../domain/work.ts";
import { append } from "../../store/outbox.ts";
import { t } from "../i18n.ts";
import { mistakeOf } from "../mistake.ts";
import { replace } from "../router.ts";
import { Bar, Head, Nothing, Waiting } from "./parts.tsx";
import { buildingName, unitName } from "./words.ts";
import { useWork } from "./work.ts";

type Params = Readonly<Record<string, string>>;

export function NewDoorScreen({ params }: { readonly params: Params }): VNode | null {
  const work = useWork();
  if (!work) return <Waiting never={work === null} />;
  const first = work.lines.find((line) => line.building.id === params["building"]);
  if (!first) return <Nothing title={t("No such building here")}>{t("It may lie outside of your area by now.")}</Nothing>;
  return <Form work={work} first={first} />;
}

function Form({ work, first }: { readonly work: Work; readonly first: Line }): VNode {
  const { building, compound } = first;
  const units = [...new Set(work.lines.filter((line) => line.building.id === building.id).map((line) => line.door.unit))];
  const [unit, setUnit] = useState(units[0] ?? "");
  const [room, setRoom] = useState("");
  const [mistake, setMistake] = useState("");
  const plain = plainPart(room);
  const floor = building.shape === "flats" ? floorFrom(plain) : null;
  const add = async (): Promise<void> => {
    const label = labelFrom(building.label, unit, plain);
    const id = await doorId(compound.id, label);
    // Somebody may have added it meanwhile, or it was overlooked: then it simply opens.
    if (!work.byId.has(id)) await append("places.add_door", { door_id: id, building_id: building.id, unit, floor, room: plain });
    replace(`#/door/${id}`);
  };
  const press = (): void => {
    if (!plain) {
      setMistake(t("Which number stands on the door?"));
      return;
    }
    add().catch((problem: unknown) => {
      if (problem instanceof StorageFull) setMistake(mistakeOf(problem));
      else throw problem;
    });
  };
  return (
    <div class="fl-door-screen">
      <Head back={`#/building/${building.id}`} title={t("Add a door")} sub={`${compound.name} ${buildingName(building.label)}`} />
      <div class="fl-pane fl-entry">
        {units.length > 1 && (
          <>
            <h2 class="fl-fact-head">{t("Which stairwell")}</h2>
            <div class="fl-choice-keys">
              {units.map((one) => (
                <button key={one} type="button" aria-pressed={one === unit} onClick={() => setUnit(one)}>
                  <span>{unitName(one) || t("none")}</span>
                </button>
              ))}
            </div>
          </>
        )}
        <h2 class="fl-fact-head">{t("Number on the door")}</h2>
        <input
          type="text"
          class="fl-remark is-large"
          value={room}
          placeholder={building.shape === "flats" ? "503" : t("5")}
          aria-label={t("Number on the door")}
          autocomplete="off"
          onInput={(event) => setRoom(event.currentTarget.value)}
        />
        <p class="fl-note">{plain && floor !== null ? t("That is on floor {floor}.", { floor }) : t("It is added now, on this phone, and told to the others when there is a network.")}</p>
        {mistake && <p class="fl-mistake-line">{mistake}</p>}
      </div>
      <Bar>
        <button type="button" class="fl-btn is-first" onClick={press}>
          {t("Add it and open it")}
        </button>
      </Bar>
    </div>
  );
}
