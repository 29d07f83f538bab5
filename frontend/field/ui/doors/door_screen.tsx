// One door: what is known above, what to press below. Two presses at most from here to the next door.
import { useEffect, useMemo, useState } from "preact/hooks";
import type { VNode } from "preact";

import { CHANNELS, type Channel } from "../../domain/results.ts";
import { linesOn, nextOn, type Line, type Work } from "../../domain/work.ts";
import { counts } from "../../store/outbox.ts";
import { useLive } from "../../store/live.ts";
import { t } from "../i18n.ts";
import { mistakeOf } from "../mistake.ts";
import { Attempts, Hint, People } from "./facts.tsx";
import { Entry } from "./entry.tsx";
import { Swatch } from "./marks.tsx";
import { Outcomes } from "./outcomes.tsx";
import { Head, Nothing, Waiting } from "./parts.tsx";
import { Again, Sheet, Why } from "./second_steps.tsx";
import { record, type Visit } from "./record.ts";
import { doorName, labelOf, outcomeWord } from "./words.ts";
import { lastDoor, useNow, useWork, way } from "./work.ts";

type Params = Readonly<Record<string, string>>;

/** Which question stands at the lower edge. */
interface Step {
  readonly asks: "" | "people" | "why" | "again" | "sheet";
  readonly result: string;
}

const FIRST: Step = { asks: "", result: "" };

export function DoorScreen({ params }: { readonly params: Params }): VNode | null {
  const work = useWork();
  if (!work) return <Waiting never={work === null} />;
  const line = work.byId.get(params["id"] ?? "");
  if (!line) return <Nothing title={t("No such door here")}>{t("It may lie outside of your area by now, or be no home any more.")}</Nothing>;
  return <Door work={work} line={line} />;
}

function Door({ work, line }: { readonly work: Work; readonly line: Line }): VNode {
  const now = useNow();
  // Minutes at a door count from here; the steady clock does not jump.
  const opened = useMemo(() => performance.now(), [line.door.id]);
  const [channel, setChannel] = useState<Channel>(way.value.is === "panel" ? "intercom" : "door");
  const [step, setStep] = useState<Step>(FIRST);
  const [mistake, setMistake] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    lastDoor.value = line.door.id;
    scrollTo(0, 0);
  }, [line.door.id, step.asks]);
  const write = (visit: Omit<Visit, "channel">): void => {
    if (busy) return;
    setBusy(true);
    record(work, line, { ...visit, channel }, opened)
      .catch((problem: unknown) => setMistake(mistakeOf(problem)))
      .finally(() => setBusy(false));
  };
  const list = linesOn(work, way.value, now);
  const next = nextOn(list, line);
  const turn = list.findIndex((one) => one.door.id === line.door.id) + 1;
  const sub = turn > 0 ? t("{compound}, door {n}", { compound: line.compound.name, n: turn }) : line.compound.name;
  const entering = step.asks === "people";
  return (
    <div class="fl-door-screen">
      <Head back={backFrom(line)} title={doorName(line)} sub={sub}>
        <span class="fl-head-state">
          <Swatch outcome={entering ? "registered" : line.state.outcome} />
          {entering ? t("Being registered") : outcomeWord(line.state.outcome)}
        </span>
      </Head>
      {entering ? (
        <Entry work={work} line={line} result={step.result} back={() => setStep(FIRST)} write={write} busy={busy} mistake={mistake} />
      ) : (
        <>
          <div class="fl-pane fl-facts-above">
            <People line={line} />
            <Attempts line={line} />
            <Hint line={line} rules={work.rules} />
          </div>
          <div class="fl-outcome-dock">
            {mistake && <p class="fl-mistake-line">{mistake}</p>}
            {step.asks === "" && (
              <Outcomes channel={channel} outcome={line.state.outcome} switcher={<Channels channel={channel} choose={setChannel} />} choose={(result, asks) => (asks === "" ? write({ result }) : setStep({ asks, result }))} />
            )}
            {step.asks === "why" && <Why back={() => setStep(FIRST)} choose={(result) => write({ result })} />}
            {step.asks === "again" && <Again now={now} rules={work.rules} back={() => setStep(FIRST)} choose={(againAt) => write({ result: step.result, againAt })} />}
            {step.asks === "sheet" && <Sheet result={step.result} back={() => setStep(FIRST)} choose={(sheet) => write({ result: step.result, ...(sheet ? { sheet } : {}) })} />}
            <Foot next={next} />
          </div>
        </>
      )}
    </div>
  );
}

function backFrom(line: Line): string {
  const from = way.value;
  if (from.is === "panel") return `#/panel/${from.building}/${encodeURIComponent(from.unit)}`;
  if (from.is === "building") return `#/building/${line.building.id}`;
  return from.compound ? `#/doors/${from.compound}` : "#/doors";
}

function Channels({ channel, choose }: { readonly channel: Channel; readonly choose: (channel: Channel) => void }): VNode {
  const words: Readonly<Record<Channel, string>> = { door: t("Door"), intercom: t("Intercom"), phone: t("Phone") };
  return (
    <span class="fl-channels" role="group" aria-label={t("By which way")}>
      {CHANNELS.map((one) => (
        <button key={one} type="button" aria-pressed={one === channel} onClick={() => choose(one)}>
          {words[one]}
        </button>
      ))}
    </span>
  );
}

function Foot({ next }: { readonly next: Line | null }): VNode {
  const found = useLive(counts, []);
  return (
    <div class="fl-door-foot">
      <span>{found && (found.waiting > 0 ? t("Works without a signal; {n} to send", { n: found.waiting }) : t("Works without a signal; all sent"))}</span>
      {next && (
        <a class="fl-link" href={`#/door/${next.door.id}`}>
          {t("Next {door}", { door: labelOf(next) })}
        </a>
      )}
    </div>
  );
}
