// Brings what the pages load into dist/: two files of others, our own small modules as they are, the questions' modules
// out of TypeScript, and the field client with its service worker.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const vendor = {
  "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "vendor"), { recursive: true });
for (const [name, source] of Object.entries(vendor)) {
  // The source maps stay behind, and a stylesheet that names a missing one cannot be given a hashed name.
  const text = readFileSync(join(here, "node_modules", source), "utf8").replace(/\/[*/]# sourceMappingURL=.*$/m, "");
  writeFileSync(join(dist, "vendor", name), text);
}
const desk = join(here, "desk");
for (const name of readdirSync(desk).filter((name) => name.endsWith(".js") && !name.endsWith(".test.js"))) {
  cpSync(join(desk, name), join(dist, "desk", name));
}
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "-p", join(here, "questions")], { stdio: "inherit" });
await build({ configFile: join(here, "field/vite.config.js"), logLevel: "warn" });
