// The hats of this client. Whoever adds one names it here.

import { doors } from "./doors/hat.ts";
import { register } from "./hats.ts";
import { SyncPage } from "./sync_page.tsx";

export function registerAll(): void {
  register(doors);
  register({ key: "", label: "Sync", home: "#/sync", order: 90, screens: [{ pattern: "sync", view: SyncPage }] });
}
