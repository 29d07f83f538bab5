// The hat Doors: its addresses, and the screens behind them.
import type { HatScreens } from "../hats.ts";
import { later } from "../later.tsx";

const screen = later(() => import("./screens.ts"));

export const doors: HatScreens = {
  key: "doors",
  label: "Doors",
  home: "#/doors",
  order: 10,
  screens: [
    { pattern: "doors", view: screen("ListScreen") },
    { pattern: "doors/:compound", view: screen("ListScreen") },
    { pattern: "building/:id", own: true, view: screen("BuildingScreen") },
    { pattern: "door/:id", own: true, view: screen("DoorScreen") },
    { pattern: "panel/:building/:unit", own: true, view: screen("PanelScreen") },
    { pattern: "new-door/:building", own: true, view: screen("NewDoorScreen") },
  ],
};
