// Phones as they are typed: one, several, with words around them, or none. The same rules as identifiers/phone.py;
// contracts/vectors/identifiers.json tests both. What only a warning depends on stays with the server.
import { halve, strip } from "./text.ts";

/** One number: digits only, without +86 and without the extension. */
export interface Phone {
  readonly kind: "mobile" | "landline" | "service" | "international" | "unknown";
  readonly canonical: string;
  readonly extension: string;
  readonly problems: readonly string[];
}

export interface Phones {
  readonly numbers: readonly Phone[];
  readonly saysNone: boolean;
}

const NONE =
  /^[-/\\.。、?？*×_]*$|^(?:无|没有|无电话|没电话|没手机|无手机|不详|未知|不知道?|暂无|空|空号|未提供|不提供|不清楚|拒绝提供|拒填|未填|NONE|NULL|N\/A|NA|NAN)$/;
const EXTENSION = (at: number): string => `(?:(?:-|转|分机|EXT\\.?|X|#|\\*) ?(?<ext${at}>\\d{1,5}))?(?!\\d)`;
const MOBILE = "(?<!\\d)(?:(?<!\\d)(?:\\+ ?86|0086|86)[ \\-]?)?(?<mobile>1[3-9]\\d(?:[ .\\-]?\\d){8})(?!\\d)";
const MASKED = "(?<masked>1[3-9]\\d[*X]{4}\\d{4})";
const FOREIGN = "(?<foreign>(?:\\+|(?<!\\d)00)(?!86)[1-9]\\d{0,2}(?:[ \\-]?\\d){5,12})(?!\\d)";
const LANDLINE =
  "(?<!\\d)(?:(?:\\+ ?86|0086|86(?=[ \\-]))[ \\-]?)?" +
  "\\(?(?<area>0\\d{2,3}|(?<=86)[1-9]\\d{1,2}|(?<=86[ \\-])[1-9]\\d{1,2})\\)?[ \\-]?" +
  `(?<local>[2-9]\\d{2,3}[ \\-]?\\d{4})${EXTENSION(1)}`;
const SERVICE =
  "(?<!\\d)(?<service>(?:400|800)[ \\-]?\\d{3}[ \\-]?\\d{4}|95\\d{3}|96\\d{3,4}|1008\\d|10010|10000|12[0-9]{3}|1[12]\\d)(?!\\d)";
const RUN = "(?<run>(?<!\\d)\\d{22,33}(?!\\d))";
const LOCAL = `(?<!\\d)(?<bare>[2-9]\\d{2,3}[ \\-]?\\d{4})${EXTENSION(2)}`;
const ODD = "(?<odd>\\d(?:[ \\-]?\\d){5,13})(?!\\d)";
const ANY = new RegExp([MOBILE, MASKED, FOREIGN, LANDLINE, SERVICE, RUN, LOCAL, ODD].join("|"), "g");
const GLUED = /^(?:1[3-9]\d{9}){2,3}$/;
const SCIENTIFIC = /^\d\.\d+E\+?\d+$/;
// ITU-T E.164: at most fifteen digits with the country's; fewer than seven reach nobody.
const FOREIGN_DIGITS = { least: 7, most: 15 };

/** All phones of what was typed. Never throws. `areaCode` (`0358`) completes bare local numbers. */
export function parsePhones(typed: string, areaCode = ""): Phones {
  let text = strip(halve(typed).toUpperCase(), "'\"`’‘ ").replace(/(?<=\d)\.0+(?!\d)/g, "");
  if (!text || NONE.test(text)) return { numbers: [], saysNone: text !== "" };
  if (SCIENTIFIC.test(text)) return { numbers: [rounded(text)], saysNone: false };
  text = text.replace(/(?<=\d)O(?=\d)/g, "0");
  const numbers = new Map<string, Phone>();
  for (const found of text.matchAll(ANY)) {
    for (const one of read(found[0], found.groups ?? {}, areaCode)) numbers.set(JSON.stringify(one), one);
  }
  return { numbers: [...numbers.values()], saysNone: false };
}

function read(whole: string, groups: Readonly<Record<string, string | undefined>>, areaCode: string): Phone[] {
  const digits = digitsOf(whole);
  if (groups["mobile"]) return [phone("mobile", digitsOf(groups["mobile"]))];
  if (groups["masked"]) return [phone("unknown", "", ["length"])];
  if (groups["foreign"]) return [foreign(groups["foreign"])];
  if (groups["area"]) return [landline(groups["area"], groups["local"] ?? "", groups["ext1"])];
  if (groups["service"]) return [phone("service", digits)];
  if (groups["bare"]) {
    if (areaCode) return [landline(areaCode, groups["bare"], groups["ext2"])];
    return [{ kind: "landline", canonical: digitsOf(groups["bare"]), extension: groups["ext2"] ?? "", problems: [] }];
  }
  if (groups["run"] && GLUED.test(digits)) return (digits.match(/\d{11}/g) ?? []).map((one) => phone("mobile", one));
  return [phone("unknown", digits, [digits.length === 11 && digits.startsWith("1") ? "prefix" : "length"])];
}

function phone(kind: Phone["kind"], canonical: string, problems: readonly string[] = []): Phone {
  return { kind, canonical, extension: "", problems };
}

function landline(area: string, local: string, extension: string | undefined): Phone {
  const canonical = (area.startsWith("0") ? "" : "0") + area + digitsOf(local);
  return { kind: "landline", canonical, extension: extension ?? "", problems: [] };
}

function foreign(written: string): Phone {
  const digits = written.startsWith("00") ? digitsOf(written).slice(2) : digitsOf(written);
  const possible = digits.length >= FOREIGN_DIGITS.least && digits.length <= FOREIGN_DIGITS.most;
  return phone("international", digits, possible ? [] : ["length"]);
}

/** 1.39123E+10 as text: the spreadsheet it was copied from kept only these digits. */
function rounded(text: string): Phone {
  const [mantissa = "", exponent = ""] = text.split("E");
  const digits = mantissa.replace(".", "");
  if (digits.length !== Number(exponent) + 1) return phone("unknown", "", ["precision_lost"]);
  return phone(/^1[3-9]\d{9}$/.test(digits) ? "mobile" : "unknown", digits);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
