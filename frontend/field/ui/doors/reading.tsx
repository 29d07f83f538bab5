// How a line is understood, field by field, while it is typed.
import type { VNode } from "preact";

import { wall } from "../../domain/calendar.ts";
import type { Doubt, PersonRead } from "../../domain/person.ts";
import { t } from "../i18n.ts";
import { named, relationWord, sexWord } from "./words.ts";
import { serverNow } from "./work.ts";

function doubtWord(doubt: Doubt): string {
  switch (doubt) {
    case "name_missing":
      return t("No name in it yet");
    case "name_unusual":
      return t("The name looks unusual; is it one?");
    case "phone_problem":
      return t("The phone number cannot be right; it is kept as said");
    case "id_problem":
      return t("The document number cannot be right; it is kept as said");
    case "too_long":
      return t("Too long for one person; write one person a line");
  }
}

function bornWord(date: string, year: number | null): string {
  if (date) return date;
  return year === null ? "" : t("{year}, about {age} years old", { year, age: wall(serverNow()).year - year });
}

export function Reading({ typed, read }: { readonly typed: string; readonly read: PersonRead }): VNode {
  if (!typed.trim()) return <div class="fl-read is-hint">{t("One person a line, in any order; a document number fills birth and sex.")}</div>;
  const { person, doubts } = read;
  const fields: readonly (readonly [string, string])[] = person
    ? [
        [t("name"), person.name],
        [t("sex"), sexWord(person.sex)],
        [t("born"), bornWord(person.birth_date, person.birth_year)],
        [t("relation"), relationWord(person.relation)],
        [t("phone"), named(person.phones)],
        [t("document"), person.id_number],
        [t("remark"), person.remark],
      ]
    : [];
  return (
    <dl class="fl-read" aria-live="polite">
      {fields
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      {doubts.map((doubt) => (
        <div key={doubt} class="is-doubt">
          {doubtWord(doubt)}
        </div>
      ))}
    </dl>
  );
}
