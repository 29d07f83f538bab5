// Which screens there are, and under which tab. A hat registers itself; a phone shows those it was granted.

import type { ComponentType } from "preact";

import type { DeviceInfo, Hat } from "../domain/types.ts";

export interface Screen {
  /** "door/:id" is the address "#/door/<id>". */
  readonly pattern: string;
  readonly view: ComponentType<{ readonly params: Readonly<Record<string, string>> }>;
}

export interface HatScreens {
  /** "" for what every phone has. */
  readonly key: Hat | "";
  /** English source of the tab's word. */
  readonly label: string;
  /** Address of the tab, "#/doors". */
  readonly home: string;
  /** Tabs stand in this order. */
  readonly order: number;
  readonly screens: readonly Screen[];
}

const all: HatScreens[] = [];

export function register(hat: HatScreens): void {
  all.push(hat);
  all.sort((one, other) => one.order - other.order);
}

/** The hats a device may wear at a moment (ms), and what every phone has. */
export function hatsOf(device: DeviceInfo, at: number): readonly HatScreens[] {
  const granted = new Set(device.grants.filter((grant) => grant.from <= at && (grant.until === null || at < grant.until)).flatMap((grant) => grant.hats));
  return all.filter((hat) => hat.key === "" || granted.has(hat.key));
}
