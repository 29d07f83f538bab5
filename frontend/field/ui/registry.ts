// The hats of this client. Whoever adds one names it here.

import { registerDuty } from "./duty/register.ts";
import { registerSync } from "./sync/register.ts";

export function registerAll(): void {
  registerDuty();
  registerSync();
}
