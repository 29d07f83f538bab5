// Signed requests (protocol, section 3), and what the answers mean.

import { base64, hex, utf8, type Bytes } from "../domain/bytes.ts";
import { PROTOCOL } from "../domain/types.ts";
import { measured, serverNow } from "../store/clock.ts";

/** No answer came, or one that is not from our server: a café's login page, a proxy in between. */
export class NoServer extends Error {
  override readonly name = "NoServer";
}

/** The server answered, and not with what was asked for. `retryAfter` in seconds, where it said so. */
export class Denied extends Error {
  override readonly name = "Denied";
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | null;

  constructor(status: number, code: string, retryAfter: number | null) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export interface Signer {
  readonly device: string;
  readonly key: CryptoKey;
}

type Answered = Readonly<Record<string, unknown>>;

const PATIENCE = 60_000;

function isRecord(value: unknown): value is Answered {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The server's moment in an answer, or in an error's data; null where there is none. */
function timeIn(body: unknown): number | null {
  if (!isRecord(body)) return null;
  const inner = isRecord(body["data"]) ? body["data"] : body;
  const time = body["server_time"] ?? inner["server_time"];
  return typeof time === "number" ? time : null;
}

async function exchange(path: string, init: RequestInit): Promise<Answered> {
  const sent = Date.now();
  let response: Response;
  try {
    response = await fetch(path, { ...init, cache: "no-store", credentials: "omit", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new NoServer("No answer.", { cause: error });
  }
  const received = Date.now();
  let body: unknown = null;
  try {
    body = await response.json();
  } catch {
    // Judged below: an error may come without a body, an answer may not.
  }
  const time = timeIn(body);
  if (time !== null) await measured(time, sent, received);
  if (response.ok && isRecord(body)) return body;
  if (response.ok) throw new NoServer("An answer that is not the server's.");
  const after = Number(response.headers.get("Retry-After"));
  const code = isRecord(body) && typeof body["code"] === "string" ? body["code"] : "";
  throw new Denied(response.status, code, Number.isFinite(after) && after > 0 ? after : null);
}

/** An unsigned request with a JSON body. */
export async function plain(path: string, body: unknown): Promise<Answered> {
  return exchange(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** The text a request is signed over (protocol, section 3). */
export async function signedText(method: string, path: string, at: number, body: Bytes): Promise<string> {
  const digest = hex(await crypto.subtle.digest("SHA-256", body));
  return `firstline-sync-1\n${method}\n${path}\n${at}\n${digest}\n`;
}

async function headersFor(signer: Signer, method: string, path: string, body: Bytes): Promise<Record<string, string>> {
  const at = await serverNow();
  const text = await signedText(method, path, at, body);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer.key, utf8(text));
  return { "Firstline-Protocol": String(PROTOCOL), "Firstline-Device": signer.device, "Firstline-At": String(at), "Firstline-Signature": base64(signature) };
}

/** A signed request. Where the server says that the clock differs, its time has been measured from that very answer, and the request goes
 *  again, at most twice. Raises NoServer or Denied. */
export async function signed(signer: Signer, method: "GET" | "POST", path: string, body: unknown = null, type = "application/json"): Promise<Answered> {
  const bytes = body === null ? new Uint8Array() : body instanceof Uint8Array ? new Uint8Array(body) : utf8(JSON.stringify(body));
  for (let again = 2; ; again -= 1) {
    const headers = await headersFor(signer, method, path, bytes);
    try {
      return await exchange(path, method === "GET" ? { method, headers } : { method, headers: { ...headers, "Content-Type": type }, body: bytes });
    } catch (error) {
      if (!(error instanceof Denied && error.code === "clock_differs") || again === 0) throw error;
    }
  }
}

/** Whether our server is there: by what it says, not by what the browser believes (protocol, section 11). */
export async function alive(): Promise<boolean> {
  try {
    const response = await fetch("/sync/v1/alive", { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(10_000) });
    return response.ok && (await response.text()).trim() === "firstline alive";
  } catch {
    return false;
  }
}
