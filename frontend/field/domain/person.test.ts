// The shared vectors, the same files that pytest runs.
import { describe, expect, it } from "vitest";
import identifiers from "../../../contracts/vectors/identifiers.json" with { type: "json" };
import lines from "../../../contracts/vectors/person-lines.json" with { type: "json" };
import { parseDocument } from "./documents.ts";
import { readPerson, type Person } from "./person.ts";
import { parsePhones } from "./phones.ts";

interface LineCase {
  readonly line: string;
  readonly person: Person | null;
  readonly doubts: readonly string[];
}

interface IdentifierCase {
  readonly group: string;
  readonly input: unknown;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const said = lines as unknown as { year: number; cases: readonly LineCase[] };
const typed = (identifiers as unknown as { cases: readonly IdentifierCase[] }).cases;

/** What a person can type; numbers and dates of a spreadsheet's cells are the server's business. */
function typedIn(group: string): (readonly [string, IdentifierCase])[] {
  const found = typed.filter((one) => one.group === group && typeof one.input === "string");
  return found.map((one) => [`${JSON.stringify(one.input)}: ${one.why}`, one] as const);
}

describe("lines about one person", () => {
  it("are there", () => expect(said.cases.length).toBeGreaterThan(60));

  it.each(said.cases.map((one) => [one.line.slice(0, 60), one] as const))("%s", (_title, one) => {
    expect(readPerson(one.line, said.year)).toEqual({ person: one.person, doubts: one.doubts });
  });
});

describe("document numbers", () => {
  it.each(typedIn("resident_id"))("%s", (_title, one) => {
    const found: Readonly<Record<string, unknown>> = { ...parseDocument(one.input as string) };
    for (const [name, value] of Object.entries(one.expect)) if (name !== "warnings") expect(found[name], name).toEqual(value);
  });
});

describe("phones", () => {
  it.each(typedIn("phone"))("%s", (_title, one) => {
    const { numbers, saysNone } = parsePhones(one.input as string);
    const found: Readonly<Record<string, unknown>> = {
      numbers: numbers.map((number) => number.canonical),
      kinds: numbers.map((number) => number.kind),
      extensions: numbers.map((number) => number.extension),
      problems: numbers.map((number) => number.problems),
      says_none: saysNone,
    };
    for (const [name, value] of Object.entries(one.expect)) if (name in found) expect(found[name], name).toEqual(value);
  });
});
