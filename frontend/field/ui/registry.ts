// The hats of this client. Whoever adds one names it here.

import { doors } from "./doors/hat.ts";
import { duty } from "./duty/hat.ts";
import { register } from "./hats.ts";
import { sync } from "./sync/hat.ts";

export function registerAll(): void {
  for (const hat of [doors, duty, sync]) register(hat);
}
