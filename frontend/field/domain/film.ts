// A parcel as a film of QR codes, and its pictures put together again, in whatever order they are seen (protocol, section 10).

import { base45, fromBase45 } from "./base45.ts";
import { hex, type Bytes } from "./bytes.ts";

const PIECE = 300;
/** More than a film of some minutes is no film of ours. */
const MOST = 4_000;
const FRAME = /^FLQ1\/([0-9a-f]{8})\/(\d{1,5})\/(\d{1,5})\/(.+)$/iu;

async function nameOf(parcel: Bytes): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", parcel)).slice(0, 8);
}

/** The pictures of a parcel, numbered from 0. */
export async function framesOf(parcel: Bytes): Promise<string[]> {
  const name = await nameOf(parcel);
  const many = Math.ceil(parcel.length / PIECE);
  return Array.from({ length: many }, (_, index) => `FLQ1/${name}/${index}/${many}/${base45(parcel.slice(index * PIECE, (index + 1) * PIECE))}`);
}

/** How a picture is shown: in capitals, so that the code holds it in its tightest mode. A reader takes either. */
export function shown(frame: string): string {
  return frame.toUpperCase();
}

export interface Progress {
  readonly name: string;
  readonly seen: number;
  readonly many: number;
}

/** Puts films together; of several that are seen by turns each goes on by itself. */
export class Watcher {
  private readonly films = new Map<string, (Bytes | undefined)[]>();

  /** Take a text that was seen: how far its film is, or null where it is no picture of a film. */
  see(text: string): Progress | null {
    const found = FRAME.exec(text);
    if (!found) return null;
    const [name, index, many] = [(found[1] ?? "").toLowerCase(), Number(found[2]), Number(found[3])];
    const piece = fromBase45(found[4] ?? "");
    if (piece === null || many === 0 || many > MOST || index >= many || piece.length > PIECE) return null;
    const key = `${name}/${many}`;
    const pieces = this.films.get(key) ?? Array.from<Bytes | undefined>({ length: many });
    this.films.set(key, pieces);
    pieces[index] ??= piece;
    return { name: key, seen: pieces.filter((one) => one !== undefined).length, many };
  }

  /** The parcel of a film that was seen whole; null, and all its pictures forgotten, where they do not fit together. */
  async whole(name: string): Promise<Bytes | null> {
    const pieces = this.films.get(name) ?? [];
    this.films.delete(name);
    const bytes = new Uint8Array(pieces.flatMap((piece) => (piece ? [...piece] : [])));
    return (await nameOf(bytes)) === name.split("/")[0] ? bytes : null;
  }
}
