import type { VNode } from "preact";

import { t } from "./i18n.ts";
import { takeUpdate, waiting } from "./update.ts";

/** Offers a new version; pressing takes it, not pressing costs nothing. */
export function UpdateBand(): VNode | null {
  if (waiting.value === null) return null;
  return (
    <div class="fl-band">
      {t("A new version is here. Take it when you have a minute.")}
      <button type="button" onClick={takeUpdate}>
        {t("Take it")}
      </button>
    </div>
  );
}
