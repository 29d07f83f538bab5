// English in the source, Chinese on the screen unless the person chose otherwise.

import { signal, type ReadonlySignal } from "@preact/signals";

import chinese from "../locale/zh-Hans.json";

export type Language = "zh-hans" | "en";

const catalogue: Readonly<Record<string, string>> = chinese;
const KEPT = "firstline-language";

function kept(): Language {
  try {
    return localStorage.getItem(KEPT) === "en" ? "en" : "zh-hans";
  } catch {
    return "zh-hans";
  }
}

const chosen = signal<Language>(kept());
export const language: ReadonlySignal<Language> = chosen;

export function choose(wanted: Language): void {
  chosen.value = wanted;
  document.documentElement.lang = wanted === "en" ? "en" : "zh-Hans";
  localStorage.setItem(KEPT, wanted);
}

/** A text in the language chosen, with {named} places filled: t("{n} waiting", { n: 3 }). Only literals: a test looks for each
 *  in the catalogue. */
export function t(source: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = chosen.value === "en" ? source : (catalogue[source] ?? source);
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
