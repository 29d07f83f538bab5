// <fl-questions>: the questions of a campaign on a page. What is not asked is hidden, and a wrong answer is told at once.
// Without it all questions stand there with their conditions in words, and the server judges the answers.
import type { QuestionSet } from "./definition.ts";
import { showing } from "./showing.ts";
import type { Code } from "./validation.ts";

interface Given {
  readonly set: QuestionSet;
  readonly language: string;
  readonly words: Readonly<Partial<Record<Code, string>>>;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const PREFIX = "q.";

class Questions extends HTMLElement {
  #given: Given | null = null;
  readonly #touched = new Set<string>();

  connectedCallback(): void {
    const data = this.querySelector('script[type="application/json"]');
    if (!data?.textContent) return;
    this.#given = JSON.parse(data.textContent) as Given;
    this.classList.add("is-live");
    this.addEventListener("input", () => this.#show());
    this.addEventListener("change", (event) => this.#touch(event));
    this.addEventListener("focusout", (event) => this.#touch(event));
    this.#show();
  }

  #touch(event: Event): void {
    const field = event.target;
    if (isField(field) && field.name.startsWith(PREFIX)) {
      // A look at a list of buttons is not an answer left out: only what was changed, or a field that was left.
      if (event.type === "change" || !isChoice(field)) this.#touched.add(field.name.slice(PREFIX.length));
      this.#show();
    }
  }

  #show(): void {
    if (this.#given === null) return;
    const { set, language, words } = this.#given;
    const shown = showing(set, this.#answers(set), this.#touched, words, language);
    for (const part of this.querySelectorAll<HTMLElement>("[data-question]")) {
      const name = part.dataset["question"] ?? "";
      part.hidden = !shown.questions.has(name);
      if (this.#touched.has(name)) this.#tell(part, shown.problems.get(name) ?? "");
    }
    for (const part of this.querySelectorAll<HTMLElement>("[data-group]")) {
      part.hidden = !shown.groups.has(part.dataset["group"] ?? "");
    }
  }

  #tell(part: HTMLElement, problem: string): void {
    const place = part.querySelector<HTMLElement>(".fl-question-problem");
    if (place === null) return;
    place.textContent = problem;
    place.hidden = !problem;
    part.classList.toggle("is-wrong", problem !== "");
    for (const field of part.querySelectorAll("input, textarea, select")) {
      field.setAttribute("aria-invalid", String(problem !== ""));
    }
  }

  #answers(set: QuestionSet): Record<string, string | string[]> {
    const answers: Record<string, string | string[]> = {};
    for (const question of set.questions) {
      const fields = [...this.querySelectorAll(`[name="${CSS.escape(PREFIX + question.name)}"]`)].filter(isField);
      const values = fields.filter((field) => !isChoice(field) || field.checked).map((field) => field.value);
      if (question.kind === "select_multiple") answers[question.name] = values.filter((value) => value);
      else if (question.kind !== "note") answers[question.name] = values[0] ?? "";
    }
    return answers;
  }
}

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function isChoice(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

customElements.define("fl-questions", Questions);
