// Document numbers: resident numbers (GB 11643) and their kin, permits, passports. The same rules as
// identifiers/resident_id.py; contracts/vectors/identifiers.json tests both. What only a warning depends on, the table of
// divisions, stays with the server.
import { halve, strip } from "./text.ts";

export interface Document {
  readonly kind: string;
  /** Upper case, no separators; kept also when there are problems, "" when precision was lost. */
  readonly canonical: string;
  /** ISO date, or null. */
  readonly birth: string | null;
  readonly sex: "male" | "female" | null;
  /** Division code of first registration; for a foreigner's card the nationality. */
  readonly origin: string | null;
  readonly known: string;
  readonly problems: readonly string[];
}

const NONE = /^[-/\\—.。、?？*×X无]*$|^(?:没有|不详|未知|不知道?|暂无|未提供|未登记|不清楚|NONE|NULL|N\/A|NAN)$/;
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?1[4-7]$/;
const HONG_KONG = /^[A-Z]{1,2}\d{6}\([0-9A]\)$/;
const FREE: readonly (readonly [RegExp, string])[] = [
  [/^[A-Z]{3}\d{12}$/, "foreign_residence_old"],
  [/^[HM]\d{8}(?:\d{2})?$/, "hong_kong_macao_permit"],
  [/^\d{8}$/, "taiwan_permit"],
  [/^(?:E[A-HJ-NP-Z]\d{7}|[EGDSPK]\d{8}|1[45]\d{7})$/, "passport"],
  [/^(?:[A-Z]{1,2}\d{6,8}|\d{9}|[A-Z]\d{2}[A-Z]{2}\d{4})$/, "passport"],
];
const RESIDENCE: Readonly<Record<string, string>> = {
  "810000": "hong_kong_residence",
  "820000": "macao_residence",
  "830000": "taiwan_residence",
};
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Read one number as it was typed. Never throws. */
export function parseDocument(typed: string): Document {
  const raw = halve(typed).toUpperCase();
  const bracketed = strip(raw, "'\"`’‘ ");
  if (HONG_KONG.test(bracketed)) return plain("hong_kong_card", bracketed);
  let text = raw.replace(/[×\u0425╳✕*]/g, "X").replace(/[\s\-_.,，。'"`’‘“”:：()（）[\]]/g, "");
  if (NONE.test(raw) || !text) return plain("none", "", ["empty"]);
  if (SCIENTIFIC.test(bracketed)) return rounded(bracketed);
  text = text.replace(/^(?:身份证号?码?|证件号码?|公民身份号码|ID)/, "");
  if (text.length === 18 && /^\d{17}/.test(text)) return eighteen(text);
  if (/^\d{15}$/.test(text)) return fifteen(text);
  const free = FREE.find(([pattern]) => pattern.test(text));
  return free ? plain(free[1], text) : unknown(text);
}

/** The ISO 7064 MOD 11-2 check character of 17 digits. */
export function checkCharacter(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return "10X98765432"[sum % 11] ?? "";
}

function plain(kind: string, canonical: string, problems: readonly string[] = []): Document {
  return { kind, canonical, birth: null, sex: null, origin: null, known: "", problems };
}

function eighteen(text: string): Document {
  const problems: string[] = [];
  const last = text.slice(17);
  if (!/^[0-9X]$/.test(last)) problems.push("character");
  else if (checkCharacter(text) !== last) {
    if (text.endsWith("000")) return lost(text.slice(0, 15));
    problems.push("check_digit");
  }
  const birth = isoDay(text.slice(6, 14));
  if (birth === null) problems.push("birth_date");
  const kind = RESIDENCE[text.slice(0, 6)] ?? (text.startsWith("9") ? "foreign_residence" : "resident");
  const origin = kind === "foreign_residence" ? text.slice(3, 6) : text.slice(0, 6);
  return { kind, canonical: text, birth, sex: sexOf(text[16] ?? ""), origin, known: text, problems };
}

function fifteen(text: string): Document {
  const body = `${text.slice(0, 6)}19${text.slice(6)}`;
  const number = body + checkCharacter(body);
  const birth = isoDay(`19${text.slice(6, 12)}`);
  const problems = birth === null ? ["birth_date"] : [];
  return { kind: "resident_15", canonical: number, birth, sex: sexOf(text[14] ?? ""), origin: text.slice(0, 6), known: number, problems };
}

function rounded(written: string): Document {
  const shown = (written.split("E")[0] ?? "").replace(/\D/g, "");
  return lost(shown.slice(0, 15));
}

/** A spreadsheet keeps 15 digits at most: order and check are gone, often the birth date too. */
function lost(known: string): Document {
  const birth = known.length >= 14 ? isoDay(known.slice(6, 14)) : null;
  const origin = known.length >= 6 ? known.slice(0, 6) : null;
  return { kind: "precision_lost", canonical: "", birth, sex: null, origin, known, problems: ["precision_lost"] };
}

function unknown(text: string): Document {
  const digits = text.replace(/\D/g, "").length;
  const problem = digits >= 13 ? (text.length === 15 || text.length === 18 ? "character" : "length") : "unknown";
  const birth = (text.length === 17 || text.length === 19) && /^\d{14}/.test(text) ? isoDay(text.slice(6, 14)) : null;
  return { kind: "unknown", canonical: text, birth, sex: null, origin: null, known: "", problems: [problem] };
}

function isoDay(digits: string): string | null {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number) as [number, number, number];
  const found = new Date(0);
  found.setUTCFullYear(year, month - 1, day);
  const same = found.getUTCFullYear() === year && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
  return same && year >= 1850 ? found.toISOString().slice(0, 10) : null;
}

function sexOf(order: string): "male" | "female" {
  return Number(order) % 2 ? "male" : "female";
}
