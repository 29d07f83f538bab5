// The screens of the hat Doors.
import type { HatScreens } from "../hats.ts";
import { BuildingScreen } from "./building_screen.tsx";
import { DoorScreen } from "./door_screen.tsx";
import { ListScreen } from "./list_screen.tsx";
import { NewDoorScreen } from "./new_door_screen.tsx";
import { PanelScreen } from "./panel_screen.tsx";
import "./doors.css";

export const doors: HatScreens = {
  key: "doors",
  label: "Doors",
  home: "#/doors",
  order: 10,
  screens: [
    { pattern: "doors", view: ListScreen },
    { pattern: "doors/:compound", view: ListScreen },
    { pattern: "building/:id", own: true, view: BuildingScreen },
    { pattern: "door/:id", own: true, view: DoorScreen },
    { pattern: "panel/:building/:unit", own: true, view: PanelScreen },
    { pattern: "new-door/:building", own: true, view: NewDoorScreen },
  ],
};
