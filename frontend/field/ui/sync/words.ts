// What commands and moments are called.

import { atHour, dayOf, wall } from "../../domain/calendar.ts";
import type { Kind } from "../../domain/types.ts";
import { t } from "../i18n.ts";

export function kindText(kind: Kind): string {
  switch (kind) {
    case "census.record_attempt":
      return t("Visit");
    case "census.void_attempt":
      return t("Visit taken back");
    case "census.keep_picture":
      return t("Picture");
    case "census.hand_out_sheet":
      return t("Form or notice");
    case "places.add_door":
      return t("New door");
    case "places.describe_compound":
      return t("About the compound");
    case "workforce.sign_in":
      return t("Signed in");
    case "workforce.sign_out":
      return t("Signed out");
  }
}

const two = (figure: number): string => String(figure).padStart(2, "0");

/** When the day of a moment began, by the clock of the place. */
export function startOfDay(now: number): number {
  return atHour(now, 0);
}

/** "18:20" today, "2月12日 18:20" otherwise. */
export function momentText(at: number, now = Date.now()): string {
  const { month, day, hour, minute } = wall(at);
  const time = `${two(hour)}:${two(minute)}`;
  return dayOf(at) === dayOf(now) ? time : t("{month}/{day} {time}", { month, day, time });
}

/** A span as it is said: "3 h 20 min". */
export function spanText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return t("{m} min", { m: minutes });
  return t("{h} h {m} min", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** How this phone's clock stands; `offset` is server minus phone in ms, null if not measured. */
export function clockText(offset: number | null): string {
  if (offset === null) return t("Not measured since the phone's clock was set");
  const minutes = Math.round(Math.abs(offset) / 60_000);
  if (minutes === 0) return t("Right");
  const span = spanText(minutes * 60_000);
  return offset > 0 ? t("{span} slow; your entries are put right by it", { span }) : t("{span} fast; your entries are put right by it", { span });
}

const GIGA = 1_000_000_000;

/** Storage in words: what is free of what the browser allows, in MB or GB. */
export function storageText(used: number, quota: number): string {
  if (quota === 0) return t("The browser does not say");
  const free = Math.max(0, quota - used);
  return free >= GIGA ? t("{free} GB free", { free: Math.floor(free / GIGA) }) : t("{free} MB free", { free: Math.floor(free / 1_000_000) });
}
