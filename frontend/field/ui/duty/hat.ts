// The hat Duty: one address, and the screen behind it.
import type { HatScreens } from "../hats.ts";
import { later } from "../later.tsx";

const screen = later(() => import("./duty_page.tsx"));

export const duty: HatScreens = {
  key: "duty",
  label: "Duty",
  home: "#/duty",
  order: 50,
  screens: [{ pattern: "duty", view: screen("DutyPage") }],
};
