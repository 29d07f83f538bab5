// The field client's house rules: typed lint, and layers that look one way only: ui -> sync -> store -> domain.
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const layers = ["ui", "sync", "store", "domain"];

/** A layer may import itself and what stands right of it; browsers' databases belong to the store, pictures to the ui. */
function layer(name) {
  const above = layers.slice(0, layers.indexOf(name));
  const groups = above.map((other) => ({ regex: `(^|/)\\.\\./(.*/)?${other}/`, message: `${name} stands below ${other}` }));
  if (name !== "store") groups.push({ regex: "^(dexie|fake-indexeddb)", message: "Dexie belongs to the store" });
  if (name === "domain" || name === "sync") groups.push({ regex: "^preact", message: `${name} draws nothing` });
  return {
    files: [`field/${name}/**/*.ts`, `field/${name}/**/*.tsx`],
    ignores: ["**/*.test.ts", "**/*.test.tsx"],
    rules: { "no-restricted-imports": ["error", { patterns: groups }] },
  };
}

export default defineConfig(
  { ignores: ["dist/**", "node_modules/**"] },
  ...tseslint.configs.strictTypeChecked,
  {
    files: ["field/**/*.ts", "field/**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", 400],
    },
  },
  {
    files: ["field/domain/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: { "no-restricted-globals": ["error", "window", "document", "navigator", "indexedDB", "localStorage", "fetch"] },
  },
  ...layers.map(layer),
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
