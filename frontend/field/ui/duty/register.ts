import { register } from "../hats.ts";
import { DutyPage } from "./duty_page.tsx";

export function registerDuty(): void {
  register({ key: "duty", label: "Duty", home: "#/duty", order: 50, screens: [{ pattern: "duty", view: DutyPage }] });
}
