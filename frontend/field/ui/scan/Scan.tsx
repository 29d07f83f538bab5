// The camera, reading QR codes. Each text is told once until another one is seen.

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";

import { t } from "../i18n.ts";
import { makeDetector } from "./detector.ts";

interface Props {
  /** Called with what a code says; goes on until the component is taken away. */
  readonly onText: (text: string) => void;
}

type Trouble = "" | "refused" | "none" | "broken";

function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return "refused";
  return name === "NotFoundError" || name === "TypeError" || name === "OverconstrainedError" ? "none" : "broken";
}

/** Reads until told to stop: the next picture is looked at when the last one was. */
async function watch(video: HTMLVideoElement, ended: AbortSignal, told: (text: string) => void): Promise<void> {
  const [detector, stream] = await Promise.all([makeDetector(), navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } })]);
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  const goesOn = (): boolean => !ended.aborted;
  if (!goesOn()) {
    stop();
    return;
  }
  ended.addEventListener("abort", stop);
  video.srcObject = stream;
  await video.play();
  let last = "";
  while (goesOn()) {
    if (video.readyState >= 2) {
      for (const { rawValue } of await detector.detect(video)) {
        if (rawValue !== last && goesOn()) told(rawValue);
        last = rawValue;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

function troubleText(trouble: Trouble): string {
  if (trouble === "refused") return t("The browser may not use the camera. Allow it in the settings of this page, then open this again.");
  if (trouble === "none") return t("This phone offers no camera here. Use a file, or type it.");
  return t("The camera does not work. Close other apps that use it, then open this again.");
}

export function Scan({ onText }: Props): VNode {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef(onText);
  told.current = onText;
  const [trouble, setTrouble] = useState<Trouble>("");
  useEffect(() => {
    const ending = new AbortController();
    if (video.current) {
      watch(video.current, ending.signal, (text) => told.current(text)).catch((error: unknown) => {
        if (!ending.signal.aborted) setTrouble(troubleOf(error));
      });
    }
    return () => ending.abort();
  }, []);
  return (
    <div class="fl-scan">
      <video ref={video} playsInline muted aria-label={t("Picture of the camera")} />
      <i class="fl-scan-frame" />
      {trouble && (
        <p class="fl-scan-trouble" role="alert">
          {troubleText(trouble)}
        </p>
      )}
    </div>
  );
}
