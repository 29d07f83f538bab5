// What everybody with a phone has, whatever hat they wear: what waits, and giving it away.
import type { HatScreens } from "../hats.ts";
import { later } from "../later.tsx";

const screen = later(() => import("./screens.ts"));

export const sync: HatScreens = {
  key: "",
  label: "Sync",
  home: "#/sync",
  order: 90,
  screens: [
    { pattern: "sync", view: screen("SyncPage") },
    { pattern: "sync/film", view: screen("FilmPage") },
    { pattern: "sync/file", view: screen("FilePage") },
    { pattern: "sync/receive", view: screen("ReceivePage") },
  ],
};
