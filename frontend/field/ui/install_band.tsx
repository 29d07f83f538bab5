import type { VNode } from "preact";

import { install, installable } from "./install.ts";
import { t } from "./i18n.ts";

/** Offers to put the app on the home screen, where the browser offers it. */
export function InstallBand(): VNode | null {
  if (installable.value === null) return null;
  return (
    <div class="fl-band">
      {t("On the home screen it opens faster, and the browser keeps what is here.")}
      <button type="button" onClick={() => void install()}>
        {t("Put it there")}
      </button>
    </div>
  );
}
