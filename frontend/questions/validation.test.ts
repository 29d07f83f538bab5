// The shared vectors, the same file that pytest runs.
import { describe, expect, it } from "vitest";
import given from "../../contracts/vectors/questions.json" with { type: "json" };
import type { QuestionSet } from "./definition.ts";
import { kept, problems, relevant, type Answers, type Problem } from "./validation.ts";

interface Case {
  readonly set: string;
  readonly answers: Answers;
  readonly language: string;
  readonly relevant: readonly string[];
  readonly problems: readonly Problem[];
  readonly kept: Answers;
  readonly why: string;
}

interface Vectors {
  readonly sets: Readonly<Record<string, QuestionSet>>;
  readonly cases: readonly Case[];
}

const vectors = given as unknown as Vectors;

function setOf(name: string): QuestionSet {
  const found = vectors.sets[name];
  if (!found) throw new Error(`no set ${name}`);
  return found;
}

describe("shared vectors", () => {
  it("are there", () => {
    expect(vectors.cases.length).toBeGreaterThan(30);
  });
  it.each(vectors.cases.map((one) => [`${one.set}: ${one.why}`, one] as const))("%s", (_title, one) => {
    const set = setOf(one.set);
    expect(relevant(set, one.answers)).toEqual(one.relevant);
    expect(problems(set, one.answers, one.language)).toEqual(one.problems);
    expect(kept(set, one.answers)).toEqual(one.kept);
  });
});
