// Who was met: one line a person, understood while it is typed; the campaign's questions; a picture and a remark. No form.
import { useRef, useState } from "preact/hooks";
import type { VNode } from "preact";

import type { Answers } from "../../../questions/validation.ts";
import { wall } from "../../domain/calendar.ts";
import { readPerson, type Person as Read } from "../../domain/person.ts";
import type { Expected, Person } from "../../domain/types.ts";
import type { Line, Work } from "../../domain/work.ts";
import { t } from "../i18n.ts";
import { personWords } from "./facts.tsx";
import { Mark } from "./marks.tsx";
import { Bar } from "./parts.tsx";
import { Picture } from "./picture.tsx";
import { keptAnswers, problemsIn, Questions } from "./questions.tsx";
import { Reading } from "./reading.tsx";
import type { Visit } from "./record.ts";
import { named } from "./words.ts";
import { serverNow } from "./work.ts";

interface Props {
  readonly work: Work;
  readonly line: Line;
  readonly result: string;
  readonly back: () => void;
  readonly write: (visit: Omit<Visit, "channel">) => void;
  readonly busy: boolean;
  readonly mistake: string;
}

/** Somebody noted: a source's person who is there, or one that was typed. */
interface Noted {
  readonly person: Person;
  readonly detail: string;
  /** Which of the expected it is, -1 for somebody else. */
  readonly expected: number;
}

export function Entry({ work, line, result, back, write, busy, mistake }: Props): VNode {
  const { people } = line.door;
  const set = work.area.campaign?.questions ?? null;
  const [noted, setNoted] = useState<readonly Noted[]>([]);
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const [answers, setAnswers] = useState<Answers>({});
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map());
  const [asked, setAsked] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const read = readPerson(typed.trim(), wall(serverNow()).year);
  const add = (): readonly Noted[] => {
    if (!typed.trim()) return noted;
    if (read.person === null) return noted;
    // Who is expected anyway and was typed is one person.
    const name = read.person.name;
    const known = people.findIndex((one, at) => one.name === name && !noted.some((found) => found.expected === at));
    const all = [...noted, notedFrom(read.person, known)];
    setNoted(all);
    setTyped("");
    return all;
  };
  const more = (): void => {
    setAsked(typed.trim() && read.person === null ? t("There is no name in this line yet") : "");
    add();
    field.current?.focus();
  };
  const done = (): void => {
    const problems = set ? problemsIn(set, answers, pictures, result) : [];
    const all = add();
    const missing = inTheWay(typed.trim() !== "" && read.person === null, all.length, problems.length);
    setAsked(missing);
    if (!missing) write({ result, people: all.map((one) => one.person), note: note.trim(), answers: set ? keptAnswers(set, answers, pictures) : {}, pictures });
  };
  const toggle = (one: Expected, at: number): void => {
    setAsked("");
    setNoted(noted.some((found) => found.expected === at) ? noted.filter((found) => found.expected !== at) : [...noted, notedExpected(one, at)]);
  };
  const put = (question: string, jpeg: string | null): void => {
    const all = new Map(pictures);
    if (jpeg === null) all.delete(question);
    else all.set(question, jpeg);
    setPictures(all);
  };
  return (
    <>
      <div class="fl-pane fl-entry">
        <h2 class="fl-fact-head">
          {t("Written down: {n}", { n: noted.length })}
          {people.length > 0 && <span>{t("Expected: {n}", { n: people.length })}</span>}
        </h2>
        <ul class="fl-met">
          {people.map((one, at) => {
            const met = noted.find((found) => found.expected === at);
            return (
              <li key={at}>
                <button type="button" aria-pressed={met !== undefined} onClick={() => toggle(one, at)}>
                  <b>{one.name}</b>
                  <span>{met?.detail ?? personWords(one)}</span>
                  {met ? (
                    <small class="is-met">
                      <Mark outcome="registered" />
                      {t("lives here")}
                    </small>
                  ) : (
                    <small>{t("lives here?")}</small>
                  )}
                </button>
              </li>
            );
          })}
          {noted
            .filter((one) => one.expected < 0)
            .map((one, at) => (
              <li key={`typed-${at}`}>
                <button type="button" aria-pressed="true" aria-label={t("Take {name} off", { name: one.person.name })} onClick={() => setNoted(noted.filter((other) => other !== one))}>
                  <b>{one.person.name}</b>
                  <span>{one.detail}</span>
                  <small class="is-met">
                    <Mark outcome="registered" />
                    {t("lives here")}
                  </small>
                </button>
              </li>
            ))}
        </ul>
        <div class="fl-line-entry">
          <div class="fl-line-row">
            <input
              ref={field}
              type="text"
              value={typed}
              aria-label={t("One person")}
              placeholder={t("Name, sex, age, telephone")}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              enterkeyhint="done"
              onInput={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => event.key === "Enter" && more()}
            />
            <button type="button" onClick={more}>
              {t("Note")}
            </button>
          </div>
          <Reading typed={typed} read={read} />
        </div>
        {(asked || mistake) && <p class="fl-mistake-line">{asked || mistake}</p>}
        {set && <Questions set={set} answers={answers} change={setAnswers} pictures={pictures} put={put} tell={asked !== ""} />}
        <div class="fl-extras">
          <input type="text" class="fl-remark" value={note} maxLength={2000} placeholder={t("Remark, if any")} aria-label={t("Remark, if any")} onInput={(event) => setNote(event.currentTarget.value)} />
          <Picture taken={pictures.has("")} put={(jpeg) => put("", jpeg)} />
        </div>
        <button type="button" class="fl-plain-key" onClick={back}>
          {t("Not this")}
        </button>
      </div>
      <Bar>
        <button type="button" class="fl-btn" onClick={more}>
          {t("One more person")}
        </button>
        <button type="button" class="fl-btn is-first" disabled={busy} onClick={done}>
          {t("That is all, next door")}
        </button>
      </Bar>
    </>
  );
}

/** What keeps a visit from being written down yet, in words; "" for nothing. */
function inTheWay(nameless: boolean, people: number, problems: number): string {
  if (nameless) return t("There is no name in this line yet");
  if (people === 0) return t("Write down at least one person, or choose another outcome");
  return problems > 0 ? t("Some answers are missing or cannot be right") : "";
}

function notedFrom(said: Read, expected: number): Noted {
  const { name, birth_year, sex, birth_date, relation, phones, id_number, id_problem, remark } = said;
  const person: Person = {
    name,
    ...(sex ? { sex } : {}),
    ...(birth_date ? { birth_date } : {}),
    ...(birth_year !== null ? { birth_year } : {}),
    ...(relation ? { relation } : {}),
    ...(phones.length > 0 ? { phones } : {}),
    ...(id_number ? { id_number } : {}),
    ...(id_problem ? { id_problem } : {}),
    ...(remark ? { remark } : {}),
  };
  return { person, detail: named([personWords({ sex, born: birth_year, relation }), remark].filter(Boolean)), expected };
}

function notedExpected(one: Expected, at: number): Noted {
  const year = Number(String(one.born ?? "").slice(0, 4));
  const person: Person = {
    name: one.name,
    ...(one.sex ? { sex: one.sex } : {}),
    ...(year ? { birth_year: year } : {}),
    ...(one.relation ? { relation: one.relation } : {}),
  };
  return { person, detail: personWords(one), expected: at };
}
