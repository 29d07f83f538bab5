// Where the app begins: the hats register, the store is looked at, the shell is drawn.

import { render } from "preact";

import { look } from "./store/session.ts";
import { App } from "./ui/app.tsx";
import { listenForInstall } from "./ui/install.ts";
import { registerAll } from "./ui/registry.ts";
import { listenForUpdates } from "./ui/update.ts";
import "./ui/styles.ts";

listenForInstall();
registerAll();
await look();
const root = document.getElementById("app");
if (root) render(<App />, root);
void listenForUpdates();
