// A photograph of the visit, or the answer to a question that asks for one.
import { useState } from "preact/hooks";
import type { VNode } from "preact";

import { t } from "../i18n.ts";
import { NoPicture, smallJpeg } from "./photo.ts";

interface Props {
  readonly taken: boolean;
  readonly put: (jpeg: string | null) => void;
}

export function Picture({ taken, put }: Props): VNode {
  const [mistake, setMistake] = useState("");
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      put(await smallJpeg(file));
      setMistake("");
    } catch (problem) {
      if (!(problem instanceof NoPicture)) throw problem;
      setMistake(t("This cannot be kept as a picture. Take it again."));
    }
  };
  if (taken) {
    return (
      <button type="button" class="fl-photo-key is-taken" onClick={() => put(null)}>
        {t("Picture taken; press to drop it")}
      </button>
    );
  }
  return (
    <label class="fl-photo-key">
      <input type="file" accept="image/*" capture="environment" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      {mistake || t("Take a picture")}
    </label>
  );
}
