// The hats of this client. Whoever adds one names it here.

import { register } from "./hats.ts";
import { SyncPage } from "./sync_page.tsx";

export function registerAll(): void {
  register({ key: "", label: "Sync", home: "#/sync", order: 90, screens: [{ pattern: "sync", view: SyncPage }] });
}
