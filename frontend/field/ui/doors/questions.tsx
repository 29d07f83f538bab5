// The campaign's questions, with what was answered so far deciding what is asked next. The same modules as the desk's page.
import type { VNode } from "preact";

import { textOf, type Question, type QuestionSet } from "../../../questions/definition.ts";
import type { Value } from "../../../questions/expressions.ts";
import { kept, problems, relevant, type Answers, type Code, type Problem } from "../../../questions/validation.ts";
import { language, t } from "../i18n.ts";
import { Mark } from "./marks.tsx";
import { Picture } from "./picture.tsx";

type Pictures = ReadonlyMap<string, string>;

/** A picture is its question's answer by being there. */
function withPictures(answers: Answers, pictures: Pictures): Answers {
  return { ...answers, ...Object.fromEntries([...pictures.keys()].filter(Boolean).map((name) => [name, name])) };
}

/** What is wrong with the answers to a visit; something known in part may leave out what must be answered. */
export function problemsIn(set: QuestionSet, answers: Answers, pictures: Pictures, result: string): readonly Problem[] {
  return problems(set, withPictures(answers, pictures), language.value).filter((one) => result === "registered" || one.code !== "required");
}

/** The answers as a command carries them. */
export function keptAnswers(set: QuestionSet, answers: Answers, pictures: Pictures): Readonly<Record<string, Value>> {
  return kept(set, withPictures(answers, pictures));
}

function sentence({ code, message }: Problem): string {
  const words: Readonly<Record<Code, () => string>> = {
    required: () => t("Must be answered"),
    not_an_integer: () => t("A whole number, please"),
    not_a_number: () => t("A number, please"),
    not_a_date: () => t("No such day"),
    not_a_choice: () => t("Choose one of these"),
    text_too_long: () => t("Too long"),
    not_a_text: () => t("Too long"),
    constraint: () => t("This cannot be right"),
    unknown: () => t("This is not asked any more"),
  };
  return message || words[code]();
}

interface Props {
  readonly set: QuestionSet;
  readonly answers: Answers;
  readonly change: (answers: Answers) => void;
  readonly pictures: Pictures;
  readonly put: (question: string, jpeg: string | null) => void;
  /** Say what is missing, too. */
  readonly tell: boolean;
}

export function Questions({ set, answers, change, pictures, put, tell }: Props): VNode {
  const all = withPictures(answers, pictures);
  const asked = new Set(relevant(set, all));
  const wrong = new Map(problems(set, all, language.value).map((one) => [one.name, one]));
  return (
    <div class="fl-asked">
      {set.questions
        .filter((question) => asked.has(question.name))
        .map((question) => {
          const problem = wrong.get(question.name);
          const told = problem && (tell || (problem.code !== "required" && question.name in answers)) ? sentence(problem) : "";
          const label = textOf(set, question.label, language.value);
          return (
            <fieldset key={question.name} class={told ? "is-wrong" : ""}>
              <legend>
                {label}
                {question.required && <i aria-hidden="true"> *</i>}
              </legend>
              <Answer set={set} question={question} label={label} value={answers[question.name] ?? ""} answer={(value) => change({ ...answers, [question.name]: value })} taken={pictures.has(question.name)} put={(jpeg) => put(question.name, jpeg)} />
              {told && <p class="fl-mistake-line">{told}</p>}
            </fieldset>
          );
        })}
    </div>
  );
}

interface AnswerProps {
  readonly set: QuestionSet;
  readonly question: Question;
  readonly label: string;
  readonly value: Value;
  readonly answer: (value: Value) => void;
  readonly taken: boolean;
  readonly put: (jpeg: string | null) => void;
}

function Answer({ set, question, label, value, answer, taken, put }: AnswerProps): VNode | null {
  const hint = textOf(set, question.hint, language.value);
  switch (question.kind) {
    case "note":
      return hint ? <p class="fl-door-hint">{hint}</p> : null;
    case "photo":
      return <Picture taken={taken} put={put} />;
    case "select_one":
      return <Choices set={set} question={question} chosen={value ? [String(value)] : []} press={(name, on) => answer(on ? name : "")} />;
    case "select_multiple": {
      const chosen = typeof value === "string" ? [] : value;
      return <Choices set={set} question={question} chosen={chosen} press={(name, on) => answer(on ? [...chosen, name] : chosen.filter((one) => one !== name))} />;
    }
    case "date":
      return <input type="date" aria-label={label} value={String(value)} onInput={(event) => answer(event.currentTarget.value)} />;
    case "integer":
    case "decimal":
    case "text": {
      const keys = { integer: "numeric", decimal: "decimal", text: "text" } as const;
      return <input type="text" inputmode={keys[question.kind]} aria-label={label} placeholder={hint} value={String(value)} onInput={(event) => answer(event.currentTarget.value)} />;
    }
  }
}

interface ChoicesProps {
  readonly set: QuestionSet;
  readonly question: Question;
  readonly chosen: readonly string[];
  readonly press: (name: string, on: boolean) => void;
}

function Choices({ set, question, chosen, press }: ChoicesProps): VNode {
  return (
    <div class="fl-choice-keys">
      {(set.choices[question.choices] ?? []).map((choice) => {
        const on = chosen.includes(choice.name);
        return (
          <button key={choice.name} type="button" aria-pressed={on} onClick={() => press(choice.name, !on)}>
            {on && (
              <i class="fl-swatch s-registered">
                <Mark outcome="registered" />
              </i>
            )}
            <span>{textOf(set, choice.label, language.value)}</span>
          </button>
        );
      })}
    </div>
  );
}
