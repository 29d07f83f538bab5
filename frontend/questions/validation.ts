// Answers against their set: which questions are asked, what is wrong, what is kept. The same rules as
// census/questions/validation.py; contracts/vectors/questions.json tests both. The server's word is the one that counts.
import { textOf, type Expression, type Kind, type Question, type QuestionSet } from "./definition.ts";
import { holds, type Value, type Values } from "./expressions.ts";

/** Answers as they were typed: a text for each question, a list of names for select_multiple. */
export type Answers = Readonly<Record<string, Value>>;

export type Code =
  | "required"
  | "not_an_integer"
  | "not_a_number"
  | "not_a_date"
  | "not_a_choice"
  | "text_too_long"
  | "not_a_text"
  | "constraint"
  | "unknown";

export interface Problem {
  readonly name: string;
  readonly code: Code;
  /** The set's own sentence for a constraint, else "". */
  readonly message: string;
}

const LONGEST_TEXT = 2000;
const LONGEST_PHOTO = 200;
const WRONG: Readonly<Partial<Record<Kind, Code>>> = {
  integer: "not_an_integer",
  decimal: "not_a_number",
  date: "not_a_date",
  select_one: "not_a_choice",
  select_multiple: "not_a_choice",
  photo: "not_a_text",
};

/** The names of what is asked or shown with these answers, notes included, in order. */
export function relevant(set: QuestionSet, answers: Answers): string[] {
  return walk(set, answers).names;
}

/** What is wrong, in the order of the questions; nothing about questions that are not asked. */
export function problems(set: QuestionSet, answers: Answers, language = ""): Problem[] {
  const { names, values } = walk(set, answers);
  const asked = new Set(names);
  const found: Problem[] = [];
  for (const question of set.questions) {
    if (question.kind === "note" || !asked.has(question.name)) continue;
    const code = problemOf(set, question, answers[question.name] ?? "", values);
    if (code === null) continue;
    found.push({ name: question.name, code, message: code === "constraint" ? textOf(set, question.message, language) : "" });
  }
  const known = new Set(set.questions.filter((question) => question.kind !== "note").map((question) => question.name));
  const unknown = Object.keys(answers).filter((name) => !known.has(name));
  return [...found, ...unknown.sort().map((name): Problem => ({ name, code: "unknown", message: "" }))];
}

/** The answers in their canonical form: those asked for and given; an answer to what is not asked is dropped. */
export function kept(set: QuestionSet, answers: Answers): Record<string, Value> {
  return Object.fromEntries([...walk(set, answers).values].filter(([, value]) => value.length > 0));
}

function walk(set: QuestionSet, answers: Answers): { names: string[]; values: Map<string, Value> } {
  const names: string[] = [];
  const values = new Map<string, Value>();
  const groups = new Map(set.groups.map((group) => [group.name, group]));
  for (const question of set.questions) {
    const group = groups.get(question.group);
    if (!isTrue(group?.relevant ?? null, values) || !isTrue(question.relevant, values)) continue;
    names.push(question.name);
    if (question.kind !== "note") {
      values.set(question.name, canonical(set, question, answers[question.name] ?? "") ?? "");
    }
  }
  return { names, values };
}

function isTrue(condition: Expression | null, values: Values): boolean {
  return condition === null || holds(condition, values);
}

function problemOf(set: QuestionSet, question: Question, raw: Value, values: Values): Code | null {
  const value = canonical(set, question, raw);
  if (value === null) return WRONG[question.kind] ?? (typeof raw === "string" ? "text_too_long" : "not_a_text");
  if (value.length === 0) return question.required ? "required" : null;
  return question.constraint !== null && !holds(question.constraint, values, value) ? "constraint" : null;
}

/** An answer as it is kept ("" or none for no answer), or null where it is no answer to this kind of question. */
export function canonical(set: QuestionSet, question: Question, raw: Value): Value | null {
  if (question.kind === "select_multiple") return chosen(set, question, raw);
  if (typeof raw !== "string") return null;
  const text = raw.trim();
  if (!text) return "";
  switch (question.kind) {
    case "integer": {
      const plain = plainOf(text);
      return /^[+-]?[0-9]{1,9}$/.test(plain) ? String(Number.parseInt(plain, 10) || 0) : null;
    }
    case "decimal": {
      const plain = plainOf(text);
      return /^[+-]?[0-9]{1,9}(?:\.[0-9]{1,6})?$/.test(plain) ? plain : null;
    }
    case "date":
      return dayOf(text);
    case "select_one":
      return namesOf(set, question).includes(text) ? text : null;
    case "photo":
      return [...text].length <= LONGEST_PHOTO ? text : null;
    default:
      return [...text].length <= LONGEST_TEXT ? text : null;
  }
}

/** Several choices, in the order of their list, each once. */
function chosen(set: QuestionSet, question: Question, raw: Value): readonly string[] | null {
  const given = (typeof raw === "string" ? raw.split(/\s+/) : raw).filter((one) => one);
  const names = namesOf(set, question);
  return given.every((one) => names.includes(one)) ? names.filter((name) => given.includes(name)) : null;
}

function namesOf(set: QuestionSet, question: Question): string[] {
  return (set.choices[question.choices] ?? []).map((choice) => choice.name);
}

/** Digits as a Chinese keyboard types them, too: １２ -> 12. */
function plainOf(text: string): string {
  return text.normalize("NFKC").trim();
}

/** 2020-1-23, 2020/1/23, 2020年1月23日 -> 2020-01-23; null for what is no day between 1900 and 2100. */
function dayOf(typed: string): string | null {
  const found = /^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$/.exec(plainOf(typed));
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const said = new Date(Date.UTC(year, month - 1, day));
  const same = said.getUTCFullYear() === year && said.getUTCMonth() === month - 1 && said.getUTCDate() === day;
  return same && year >= 1900 && year <= 2100 ? said.toISOString().slice(0, 10) : null;
}
