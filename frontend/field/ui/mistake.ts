// What a tap could not do, in words.

import { StorageFull } from "../domain/errors.ts";
import { t } from "./i18n.ts";

/** Why nothing could be written; what is no fault of the phone is thrown on. */
export function mistakeOf(problem: unknown): string {
  if (problem instanceof StorageFull) return t("The phone is full. Nothing was written down. Delete pictures or films, then press again.");
  throw problem;
}
