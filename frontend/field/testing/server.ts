// A server that speaks the protocol as far as a client can see: it checks signatures, keeps each command once, and can be
// made to fail as networks and servers do.

import { vi } from "vitest";

import { fromBase64, hex, utf8 } from "../domain/bytes.ts";
import type { Answer, Area, Command, Door } from "../domain/types.ts";

export const CODE = "0123456789ABCDEFGHJK";

interface Document {
  readonly area: Area | null;
  readonly doors: readonly Door[];
  readonly gone: readonly string[];
  readonly reset?: boolean;
}

type Reply = Record<string, unknown>;

function json(body: Reply, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

export class Server {
  /** Server minus device. */
  ahead = 0;
  reachable = true;
  /** Something answers, and it is not us: the login page of a café. */
  portal = false;
  /** Answers to the next so many batches are lost after the work was done. */
  loseAnswers = 0;
  /** Said to the next batches in place of an answer. */
  refuseWith: { readonly status: number; readonly code: string; readonly headers?: Record<string, string> } | null = null;
  wipeAsked = false;
  readsRefused: { readonly status: number; readonly code: string } | null = null;
  /** Batches with more commands than this are too large. */
  most = 200;
  /** A command of this id is always too large. */
  poison = "";
  verdicts = new Map<string, Partial<Answer>>();
  pages: Document[] = [];
  readonly taken = new Map<string, Command>();
  readonly takenBy = new Map<string, string>();
  readonly batches: { readonly waiting: number; readonly commands: readonly Command[] }[] = [];
  readonly wiped: string[] = [];
  /** Parcels handed in, each time they came. Those that say "broken" cannot be opened. */
  readonly parcels: Uint8Array[] = [];
  /** Something happens on the phone while the server thinks about a batch. */
  whenAsked: (() => Promise<void>) | null = null;
  private readonly keys = new Map<string, CryptoKey>();
  private enrolments = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  install(): void {
    vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => this.answer(path, init));
  }

  forget(): void {
    this.keys.clear();
  }

  private async answer(path: string, init: RequestInit): Promise<Response> {
    if (!this.reachable) throw new TypeError("Failed to fetch");
    if (this.portal) return new Response("<html>log in to go on</html>", { status: 200 });
    if (path === "/sync/v1/alive") return new Response("firstline alive");
    if (path === "/sync/v1/enrol") return this.enrol(init);
    const refusal = await this.refusal(path, init);
    if (refusal) return refusal;
    if (path === "/sync/v1/parcels") return this.parcel(init);
    if (path === "/sync/v1/commands") {
      await this.whenAsked?.();
      return this.commands(init);
    }
    if (path === "/sync/v1/wiped") {
      this.wiped.push(new Headers(init.headers).get("Firstline-Device") ?? "");
      return json({ server_time: this.now() });
    }
    return path.startsWith("/sync/v1/changes?") ? this.changes(path) : new Response("", { status: 404 });
  }

  private async enrol(init: RequestInit): Promise<Response> {
    const said = JSON.parse(init.body as string) as { code: string; public_key: string; persistent: boolean };
    if (said.code !== CODE) return json({ code: "enrolment_code_wrong", said: "", data: {} }, 404);
    if (!said.persistent) return json({ code: "storage_not_persistent", said: "", data: {} }, 422);
    this.enrolments += 1;
    const device_id = `00000000-0000-4000-8000-00000000000${this.enrolments}`;
    this.keys.set(device_id, await crypto.subtle.importKey("spki", fromBase64(said.public_key), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]));
    const grants = [{ hats: ["doors"], path: "141102003005", place: "丽景街社区", from: 0, until: null }];
    return json({ device_id, server_time: this.now(), person: { id: "p", name: "白俊丽" }, server_key: { id: "k", public: "" }, grants, origin_name: "丽景街社区" });
  }

  private async refusal(path: string, init: RequestInit): Promise<Response | null> {
    const headers = new Headers(init.headers);
    const key = this.keys.get(headers.get("Firstline-Device") ?? "");
    const body = init.body instanceof Uint8Array ? new Uint8Array(init.body) : new Uint8Array();
    const at = Number(headers.get("Firstline-At"));
    const digest = hex(await crypto.subtle.digest("SHA-256", body));
    const text = `firstline-sync-1\n${init.method ?? "GET"}\n${path}\n${headers.get("Firstline-At") ?? ""}\n${digest}\n`;
    const how = { name: "ECDSA", hash: "SHA-256" };
    if (!key || !(await crypto.subtle.verify(how, key, fromBase64(headers.get("Firstline-Signature") ?? ""), utf8(text)))) return json({ code: "device_unknown", said: "", data: {} }, 401);
    return Math.abs(at - this.now()) > 600_000 ? json({ code: "clock_differs", said: "", data: { server_time: this.now() } }, 401) : null;
  }

  private parcel(init: RequestInit): Response {
    const parcel = new Uint8Array(init.body as Uint8Array<ArrayBuffer>);
    if (new TextDecoder().decode(parcel).includes("broken")) return json({ code: "parcel_broken", said: "", data: {} }, 422);
    this.parcels.push(parcel);
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new TypeError("Failed to fetch");
    }
    return json({ server_time: this.now(), taken: 3 });
  }

  private commands(init: RequestInit): Response {
    if (this.refuseWith) return json({ code: this.refuseWith.code, said: "", data: {} }, this.refuseWith.status, this.refuseWith.headers);
    const said = JSON.parse(new TextDecoder().decode(init.body as Uint8Array<ArrayBuffer>)) as { waiting: number; commands: Command[] };
    this.batches.push(said);
    if (said.commands.length > this.most || said.commands.some((one) => one.id === this.poison)) return json({ code: "too_large", said: "", data: {} }, 413);
    const device = new Headers(init.headers).get("Firstline-Device") ?? "";
    const answers = said.commands.map((one) => {
      const status = this.taken.has(one.id) ? "duplicate" : "accepted";
      this.taken.set(one.id, one);
      this.takenBy.set(one.id, device);
      return { id: one.id, status, code: "", said: "", data: {}, ...this.verdicts.get(one.kind) };
    });
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new TypeError("Failed to fetch");
    }
    const wipe = this.wipeAsked && said.waiting === said.commands.length;
    return json({ server_time: this.now(), answers, wipe, changed: false });
  }

  private changes(path: string): Response {
    if (this.readsRefused) return json({ code: this.readsRefused.code, said: "", data: { least: 2 } }, this.readsRefused.status);
    const from = Number(new URL(path, "http://localhost").searchParams.get("cursor") ?? "");
    const page = this.pages[from] ?? { area: null, doors: [], gone: [] };
    const cursor = String(Math.min(from + 1, this.pages.length));
    return json({ server_time: this.now(), reset: false, ...page, cursor, more: from + 1 < this.pages.length });
  }
}
