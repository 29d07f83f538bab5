// The shapes of a question set: the JSON that census/questions/definition.py writes, and nothing else.

export type Texts = Readonly<Record<string, string>>;

export type Kind = "text" | "integer" | "decimal" | "date" | "select_one" | "select_multiple" | "note" | "photo";

/** An answer (${name}, or "." for the question itself), or what stands in the expression. */
export type Operand = { readonly is: "answer"; readonly name: string } | { readonly is: "constant"; readonly text: string };

export type Sign = "=" | "!=" | "<" | "<=" | ">" | ">=";

export type Expression =
  | { readonly is: "compare"; readonly sign: Sign; readonly kind: "number" | "date" | "text"; readonly left: Operand; readonly right: Operand }
  | { readonly is: "selected"; readonly name: string; readonly choice: string }
  | { readonly is: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly is: "not"; readonly part: Expression };

export interface Choice {
  readonly name: string;
  readonly label: Texts;
}

export interface Group {
  readonly name: string;
  readonly label: Texts;
  readonly relevant: Expression | null;
}

export interface Question {
  readonly name: string;
  readonly kind: Kind;
  readonly label: Texts;
  readonly hint: Texts;
  readonly required: boolean;
  readonly relevant: Expression | null;
  readonly constraint: Expression | null;
  readonly message: Texts;
  readonly choices: string;
  readonly group: string;
}

export interface QuestionSet {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly questions: readonly Question[];
  readonly groups: readonly Group[];
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
  readonly languages: readonly string[];
  readonly language: string;
}

/** A text in the language asked for ("zh", "zh-hans"), else in the set's own, else in any; "" for none. */
export function textOf(set: QuestionSet, texts: Texts, language: string): string {
  const wanted = language.toLowerCase().split("-")[0] ?? "";
  for (const code of [wanted, set.language, "", ...set.languages]) {
    const found = texts[code];
    if (found) return found;
  }
  return "";
}
