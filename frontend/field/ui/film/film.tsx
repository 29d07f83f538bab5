// A parcel shown as codes, one after another, over and over, for another phone's camera.

import type { encode } from "uqr";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";

import type { Bytes } from "../../domain/bytes.ts";
import { framesOf, shown } from "../../domain/film.ts";
import { t } from "../i18n.ts";

/** ms a code stands: eight a second, which an old camera still reads. */
const STANDS = 125;

type Encode = typeof encode;

/** Draw a code with its quiet zone of four modules, one canvas pixel a module; the stylesheet makes it large. */
function draw(make: Encode, canvas: HTMLCanvasElement, text: string): void {
  const { size, data } = make(text, { ecc: "L", border: 4 });
  const pen = canvas.getContext("2d");
  if (!pen) return;
  canvas.width = canvas.height = size;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = "#000";
  for (const [y, row] of data.entries()) for (const [x, dark] of row.entries()) if (dark) pen.fillRect(x, y, 1, 1);
}

export function Film({ parcel }: { readonly parcel: Bytes }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [frames, setFrames] = useState<readonly string[]>([]);
  const [make, setMake] = useState<Encode | null>(null);
  useEffect(() => void framesOf(parcel).then(setFrames), [parcel]);
  // Fetched only by those who show a film: the first page shall open fast.
  useEffect(() => void import("uqr").then((found) => setMake(() => found.encode)), []);
  useEffect(() => {
    if (make === null) return;
    let at = 0;
    const show = (): void => {
      const frame = frames[at % frames.length];
      if (frame && canvas.current) draw(make, canvas.current, shown(frame));
      at += 1;
    };
    show();
    const timer = setInterval(show, STANDS);
    return () => clearInterval(timer);
  }, [frames, make]);
  return (
    <figure class="fl-film">
      <canvas ref={canvas} role="img" aria-label={t("Codes for the other phone")} />
      {frames.length > 0 && (<figcaption>{t("{n} codes, about {s} s a round. Hold the other phone over it until it says that it has all.", { n: frames.length, s: Math.max(1, Math.round((frames.length * STANDS) / 1000)) })}</figcaption>)}
    </figure>
  );
}
