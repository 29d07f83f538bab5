import { register } from "../hats.ts";
import { FilePage, FilmPage } from "./hand_over_page.tsx";
import { ReceivePage } from "./receive_page.tsx";
import { SyncPage } from "./sync_page.tsx";

export function registerSync(): void {
  register({
    key: "",
    label: "Sync",
    home: "#/sync",
    order: 90,
    screens: [
      { pattern: "sync", view: SyncPage },
      { pattern: "sync/film", view: FilmPage },
      { pattern: "sync/file", view: FilePage },
      { pattern: "sync/receive", view: ReceivePage },
    ],
  });
}
