import { expect, test } from "vitest";

import chinese from "../locale/zh-Hans.json";

const sources = import.meta.glob<string>(["../*.tsx", "../{domain,store,sync,ui}/**/*.{ts,tsx}", "!../**/*.test.*"], { query: "?raw", import: "default", eager: true });

/** Literals given to t(), and labels of hats, which are given to it later. */
function said(): Set<string> {
  const found = new Set<string>();
  for (const text of Object.values(sources)) {
    const code = text.replace(/^\s*(\/\/|\/?\*).*$/gmu, "");
    for (const call of code.matchAll(/(?:\bt\(\s*|\blabel: )"((?:[^"\\]|\\.)*)"/gu)) found.add(JSON.parse(`"${call[1] ?? ""}"`) as string);
  }
  return found;
}

const placesOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/gu)].map((place) => place[0]).sort();

test("every text has its Chinese, with the same places to fill", () => {
  const catalogue: Record<string, string> = chinese;
  expect(said().size).toBeGreaterThan(20);
  expect([...said()].filter((source) => !catalogue[source])).toEqual([]);
  for (const [source, chineseText] of Object.entries(catalogue)) expect([source, placesOf(chineseText)]).toEqual([source, placesOf(source)]);
});
