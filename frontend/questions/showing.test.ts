import { expect, it } from "vitest";
import type { QuestionSet } from "./definition.ts";
import { showing } from "./showing.ts";

const plain = { hint: {}, message: {}, required: false, relevant: null, constraint: null, choices: "", group: "" };
const set: QuestionSet = {
  name: "s",
  title: "S",
  version: "",
  languages: [],
  language: "",
  choices: {},
  groups: [{ name: "g", label: { "": "G" }, relevant: null }],
  questions: [
    { ...plain, name: "people", kind: "integer", label: { "": "几口人" }, required: true },
    {
      ...plain,
      name: "who",
      kind: "text",
      label: { "": "谁" },
      group: "g",
      relevant: { is: "compare", sign: ">", kind: "number", left: { is: "answer", name: "people" }, right: { is: "constant", text: "1" } },
      message: { "": "不对" },
      constraint: { is: "compare", sign: "!=", kind: "text", left: { is: "answer", name: "." }, right: { is: "constant", text: "x" } },
    },
  ],
};
const words = { required: "要填", not_an_integer: "要写数字" } as const;

it("says nothing is missing before anybody was there", () => {
  expect(showing(set, {}, new Set(), words, "").problems.size).toBe(0);
  expect(showing(set, {}, new Set(["people"]), words, "").problems.get("people")).toBe("要填");
});

it("opens and closes what depends on an answer, its heading with it", () => {
  const closed = showing(set, { people: "1" }, new Set(), words, "");
  expect([closed.questions.has("who"), closed.groups.has("g")]).toEqual([false, false]);
  const open = showing(set, { people: "2" }, new Set(), words, "");
  expect([open.questions.has("who"), open.groups.has("g")]).toEqual([true, true]);
});

it("speaks in the set's words where it has some, else in the page's", () => {
  const said = showing(set, { people: "2", who: "x" }, new Set(["people", "who"]), words, "").problems;
  expect(said.get("who")).toBe("不对");
  expect(showing(set, { people: "two" }, new Set(["people"]), words, "").problems.get("people")).toBe("要写数字");
});
