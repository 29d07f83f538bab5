// Builds the field client into dist/field: hashed assets, the page, the manifest, and the service worker with its list.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build, defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "../dist/field");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const jsx = { jsx: { runtime: "automatic", importSource: "preact" } };

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** What the worker fetches when it is installed: each file with the hash of its content, which the browser checks on the way in, so that
 *  a proxy's page in place of a file fails the install. */
function entries() {
  return filesIn(dist)
    .filter((path) => !path.endsWith("sw.js"))
    .sort()
    .map((path) => {
      const content = readFileSync(path);
      const name = relative(dist, path);
      const integrity = `sha256-${createHash("sha256").update(content).digest("base64")}`;
      const url = { "index.html": "/field/", "manifest.webmanifest": "/field/manifest.webmanifest" }[name] ?? `/static/field/${name}`;
      return { url, revision: createHash("sha256").update(content).digest("hex").slice(0, 16), integrity };
    });
}

/** Bytes, gzipped, that a phone fetches before it can ask for the PIN; more would keep somebody waiting in a stairwell. */
const MOST_AT_FIRST = 80_000;

/** The page and what it names: its scripts, those they need at once, and its styles. */
function bytesAtFirst() {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const named = [...page.matchAll(/\/static\/field\/(assets\/[^"]+)/g)].map((found) => found[1]);
  return ["index.html", ...named].map((name) => gzipSync(readFileSync(join(dist, name))).length).reduce((sum, bytes) => sum + bytes, 0);
}

function small() {
  return {
    name: "firstline-small",
    apply: "build",
    closeBundle() {
      const bytes = bytesAtFirst();
      if (bytes > MOST_AT_FIRST) throw new Error(`The field client's first files are ${bytes} bytes gzipped, ${MOST_AT_FIRST} are allowed.`);
      console.log(`field client, first files: ${Math.round(bytes / 100) / 10} kB gzipped (80 allowed)`);
    },
  };
}

function serviceWorker() {
  return {
    name: "firstline-service-worker",
    apply: "build",
    async closeBundle() {
      const made = await build({
        configFile: false,
        logLevel: "warn",
        define: { __PRECACHE__: JSON.stringify(entries()), "process.env.NODE_ENV": '"production"' },
        build: { write: false, emptyOutDir: false, lib: { entry: join(here, "worker/sw.ts"), formats: ["iife"], name: "worker" } },
      });
      writeFileSync(join(dist, "sw.js"), [made].flat()[0].output[0].code);
    },
  };
}

export default defineConfig({
  root: here,
  base: "/static/field/",
  define: { __CLIENT__: JSON.stringify(version) },
  oxc: jsx,
  build: { outDir: dist, emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  plugins: [small(), serviceWorker()],
});
