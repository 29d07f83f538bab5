import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { __CLIENT__: '"0.0.0-test"' },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: { setupFiles: ["field/testing/setup.ts"], include: ["questions/**/*.test.ts", "field/**/*.test.{ts,tsx}"] },
});
