// One line for one person, as it is said at a door: 王建国 男 56 户主 13912345678, or a name and a document number. The same
// rules as registry/person_line.py; contracts/vectors/person-lines.json tests both.
import { parseDocument, type Document } from "./documents.ts";
import { cleanName, isPlainName } from "./names.ts";
import words from "./person-words.json";
import { parsePhones } from "./phones.ts";
import { halve } from "./text.ts";

/** What was said of one person, as a command carries it. `birth_date` is ISO; a year alone may be one off. */
export interface Person {
  readonly name: string;
  readonly sex: "" | "male" | "female";
  readonly birth_date: string;
  readonly birth_year: number | null;
  readonly relation: string;
  readonly phones: readonly string[];
  readonly id_number: string;
  readonly id_problem: string;
  readonly origin_division: string;
  readonly remark: string;
}

export type Doubt = "name_missing" | "name_unusual" | "phone_problem" | "id_problem" | "too_long";

/** How a line was understood; `person` is null when it names nobody. */
export interface PersonRead {
  readonly person: Person | null;
  readonly doubts: readonly Doubt[];
}

export const LONGEST = 400;
const OLDEST = 120;
const DOCUMENT = /(?<![0-9A-Za-z])(?:[1-9]\p{Nd}{16}[0-9Xx]|[1-9]\p{Nd}{14}|[A-Za-z]{1,3}\p{Nd}{6,12})(?![0-9A-Za-z])/gu;
const PHONE = /(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?[2-9]\d{6,7}|\d{7,14})(?!\d)/g;
const YEAR = /(?<!\d)((?:19|20)\d\d) ?年?(?:生|出生)?(?!\d)/g;
const AGE = /(?<!\d)(\d{1,3}) ?(?:周?岁)?(?!\d)/g;
const SEX: Readonly<Record<string, "male" | "female">> = {
  男: "male",
  女: "female",
  男性: "male",
  女性: "female",
  m: "male",
  f: "female",
};
const SEX_GLUED = /^(\D{2,})([男女])$/u;
const BREAKS = /[\s,，、;；|/]+/u;
const HAN_DIGIT = /(?<=[\u3400-\u9fff])(?=\d)|(?<=\d)(?=[\u3400-\u9fff])(?!\d*[岁年周生])/gu;
const RELATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(words.relations).flatMap(([code, said]) => said.split(" ").map((word) => [word, code])),
);

type Draft = { -readonly [Key in keyof Person]: Person[Key] };

/** Read a line. Never throws; what is no field of a person is the remark. `year` is this year. */
export function readPerson(text: string, year: number): PersonRead {
  if (Array.from(text).length > LONGEST) return { person: null, doubts: ["too_long"] };
  const line = new Line(halve(text));
  const person: Draft = {
    name: "",
    sex: "",
    birth_date: "",
    birth_year: null,
    relation: "",
    phones: [],
    id_number: "",
    id_problem: "",
    origin_division: "",
    remark: "",
  };
  const doubts: Doubt[] = [...takeDocument(line, person), ...takePhones(line, person)];
  takeBirth(line, person, year);
  takeWords(line, person);
  if (!person.name) return { person: null, doubts: ["name_missing"] };
  if (!isPlainName(person.name)) doubts.push("name_unusual");
  return { person, doubts };
}

/** What is left of a line while its parts are taken out. */
class Line {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  take(pattern: RegExp, accept: (found: string) => boolean = () => true): RegExpExecArray | null {
    for (const found of this.text.matchAll(pattern)) {
      if (accept(found[1] ?? found[0])) {
        this.text = `${this.text.slice(0, found.index)} ${this.text.slice(found.index + found[0].length)}`;
        return found;
      }
    }
    return null;
  }

  get words(): string[] {
    return this.text.replace(HAN_DIGIT, " ").split(BREAKS).filter(Boolean);
  }
}

function takeDocument(line: Line, person: Draft): Doubt[] {
  const found = line.take(DOCUMENT);
  if (!found) return [];
  const document = parseDocument(found[0]);
  person.id_number = document.canonical || found[0].toUpperCase();
  fillFrom(document, person);
  return document.problems.length > 0 ? ["id_problem"] : [];
}

function fillFrom(document: Document, person: Draft): void {
  person.id_problem = document.problems[0] ?? "";
  if (document.problems.length > 0) return;
  person.sex ||= document.sex ?? "";
  person.birth_date ||= document.birth ?? "";
  person.birth_year ??= document.birth ? Number(document.birth.slice(0, 4)) : null;
  person.origin_division = document.kind.startsWith("resident") ? (document.origin ?? "") : "";
}

function takePhones(line: Line, person: Draft): Doubt[] {
  const phones = new Set<string>();
  let problem = false;
  for (let found = line.take(PHONE); found; found = line.take(PHONE)) {
    for (const number of parsePhones(found[0]).numbers) {
      phones.add(number.canonical || found[0].replace(/\D/g, ""));
      problem ||= number.problems.length > 0;
    }
  }
  person.phones = [...phones];
  return problem ? ["phone_problem"] : [];
}

function takeBirth(line: Line, person: Draft, year: number): void {
  const born = line.take(YEAR, (found) => Number(found) <= year);
  if (born) {
    person.birth_year ??= Number(born[1]);
    return;
  }
  const age = line.take(AGE, (found) => Number(found) <= OLDEST);
  if (age) person.birth_year ??= year - Number(age[1]);
}

function takeWords(line: Line, person: Draft): void {
  let name = "";
  const rest: string[] = [];
  for (const word of unglued(line.words)) {
    const sex = SEX[word.toLowerCase()];
    const relation = Object.hasOwn(RELATIONS, word) ? RELATIONS[word] : undefined;
    if (sex !== undefined) person.sex ||= sex;
    else if (!person.relation && relation !== undefined) person.relation = relation;
    else if (!name || (isLatin(name) && /^[A-Za-z]+$/.test(word) && rest.length === 0)) name = `${name} ${word}`.trim();
    else rest.push(word);
  }
  person.name = cleanName(name);
  person.remark = rest.join(" ");
}

function isLatin(text: string): boolean {
  return Array.from(text).every((character) => (character.codePointAt(0) ?? 0) < 128);
}

/** 王建国男 as two words; a name that ends so (胜男) stands alone and stays whole when sex was said apart. */
function unglued(words: readonly string[]): string[] {
  if (words.some((word) => SEX[word.toLowerCase()] !== undefined)) return [...words];
  return words.flatMap((word) => {
    const found = Array.from(word).length < 4 ? null : SEX_GLUED.exec(word);
    return found ? [found[1] ?? "", found[2] ?? ""] : [word];
  });
}
