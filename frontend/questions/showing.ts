// What a page shows of a question set while somebody types: pure, so that it is tested without a browser.
import type { QuestionSet } from "./definition.ts";
import { problems, relevant, type Answers, type Code, type Problem } from "./validation.ts";

export interface Shown {
  /** The questions and groups that are asked; all others are hidden. */
  readonly questions: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** What to say under a question that somebody has answered, or left. */
  readonly problems: ReadonlyMap<string, string>;
}

/** What to show. A question nobody has touched yet is not said to be missing. */
export function showing(
  set: QuestionSet,
  answers: Answers,
  touched: ReadonlySet<string>,
  words: Readonly<Partial<Record<Code, string>>>,
  language: string,
): Shown {
  const questions = new Set(relevant(set, answers));
  const groups = new Set(set.questions.filter((one) => one.group && questions.has(one.name)).map((one) => one.group));
  const said = problems(set, answers, language).filter((one) => touched.has(one.name));
  return { questions, groups, problems: new Map(said.map((one) => [one.name, sentence(one, words)])) };
}

function sentence(problem: Problem, words: Readonly<Partial<Record<Code, string>>>): string {
  return problem.message || (words[problem.code] ?? problem.code);
}
