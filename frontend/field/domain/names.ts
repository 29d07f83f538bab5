// Whether a word names a person: the same rules as identifiers/names. The words themselves are the server's, written to
// person-words.json by tools/vectors_persons; contracts/vectors/person-lines.json tests both sides.
import words from "./person-words.json";
import { halve, strip } from "./text.ts";

const HAN = "[\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
const DOTS = new RegExp(`(?<=${HAN}) ?[·•‧∙・●･.．᛫⋅-] ?(?=${HAN})`, "gu");
const INNER_SPACE = new RegExp(`(?<=${HAN}) +(?=${HAN})`, "gu");
const EDGES = " ,，。.;；:：、-_/\\'\"`’‘“”*|+=~!！()（）[]【】<>《》";
const BRACKET = /[(（[【<《].*$/u;
const LABEL = /^(?:户主|业主|房主|姓名|住户|本人|户名|租户|租客|承租人)[:：是]? *(?=.)/u;
const LOST = /[?？□■�〓▯○]/u;
const MASK = /[*×＊xX]+$|[*×＊]/u;
const HAN_NAME = new RegExp(`^${HAN}{2,4}$`, "u");
const DOTTED = new RegExp(`^${HAN}{1,12}(?:·${HAN}{1,12}){1,4}$`, "u");
const LATIN = /^(?:[A-Z][A-Z'’.-]*(?: [A-Z][A-Z'’.-]*){1,5}|[A-Z]{2,20})$/iu;
const FIRST_HAN = new RegExp(`^${HAN}`, "u");
const LEADING_OLD = new RegExp(`^[老小阿](${HAN})$`, "u");

const SURNAMES: ReadonlySet<string> = new Set(words.surnames);
const RARE_SURNAMES: ReadonlySet<string> = new Set(words.rare_surnames);
const COMPOUND: ReadonlySet<string> = new Set(words.compound_surnames);
const NOT_NAMES: ReadonlySet<string> = new Set(words.not_names);
const FORMS: readonly string[] = words.forms_of_address;

/** One spelling of a name: half width, no spaces inside Chinese names, one kind of dot. */
export function cleanName(value: string): string {
  let text = halve(value);
  for (;;) {
    const cleaner = cleanOnce(text);
    if (cleaner === text) return text;
    text = cleaner;
  }
}

function cleanOnce(given: string): string {
  let text = strip(given, EDGES);
  text = text.replace(BRACKET, "") || text;
  text = strip(text, EDGES).replace(LABEL, "").replace(INNER_SPACE, "");
  return strip(text.replace(DOTS, "·"), EDGES);
}

/** Whether a cleaned name is one without any doubt. */
export function isPlainName(name: string): boolean {
  if (!name || NOT_NAMES.has(name) || /\p{Nd}/u.test(name)) return false;
  if (MASK.test(name) && FIRST_HAN.test(name)) return false;
  if (LOST.test(name)) return false;
  if (DOTTED.test(name) || LATIN.test(name)) return true;
  if (isFormOfAddress(name)) return false;
  return HAN_NAME.test(name) && beginsWithSurname(name);
}

function beginsWithSurname(name: string): boolean {
  if (COMPOUND.has(name.slice(0, 2)) && Array.from(name).length > 2) return true;
  const first = Array.from(name)[0] ?? "";
  return SURNAMES.has(first) || RARE_SURNAMES.has(first);
}

function isFormOfAddress(name: string): boolean {
  const old = LEADING_OLD.exec(name);
  if (old?.[1] !== undefined && SURNAMES.has(old[1])) return true;
  return FORMS.some((form) => {
    if (!name.endsWith(form)) return false;
    const family = name.slice(0, name.length - form.length);
    if (COMPOUND.has(family)) return true;
    return family.length === 1 && SURNAMES.has(family) && (form.length > 1 || name.length === 2);
  });
}
