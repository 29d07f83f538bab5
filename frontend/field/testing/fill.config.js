// Builds fill.ts as one script that `benchmarks/field.py` evaluates in a page; where it lies is said on the command line.
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

export default defineConfig({
  logLevel: "warn",
  build: { lib: { entry: fileURLToPath(new URL("fill.ts", import.meta.url)), formats: ["iife"], name: "shift", fileName: () => "fill.js" } },
});
