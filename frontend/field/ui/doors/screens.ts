// All screens of the hat, with their look, in one piece.
import "./doors.css";

export { BuildingScreen } from "./building_screen.tsx";
export { DoorScreen } from "./door_screen.tsx";
export { ListScreen } from "./list_screen.tsx";
export { NewDoorScreen } from "./new_door_screen.tsx";
export { PanelScreen } from "./panel_screen.tsx";
