// Hands in what this phone carries for others, and makes parcels of its own outbox (protocol, section 10).

import type { Bytes } from "../domain/bytes.ts";
import { contentOf, sealParcel } from "../domain/parcel.ts";
import type { Command } from "../domain/types.ts";
import { delivered, notTaken } from "../store/carried.ts";
import type { CarriedRow } from "../store/database.ts";
import { waitingOf } from "../store/outbox.ts";
import { deviceOf, openSession } from "../store/session.ts";
import { Denied, signed, type Signer } from "./requests.ts";

/** Commands in a parcel and their size as JSON: sealed it must stay below what the server takes in one request. */
const MOST = 2_000;
const MOST_BYTES = 3_000_000;

export interface Parcel {
  readonly bytes: Bytes;
  readonly commands: number;
  /** The number of its last command. */
  readonly upto: number;
}

/** Send parcels, one after another. What the server cannot use is marked and passed over; raises as `signed` does. */
export async function sendParcels(signer: Signer, rows: readonly CarriedRow[]): Promise<void> {
  for (const row of rows) {
    try {
      const told = await signed(signer, "POST", "/sync/v1/parcels", row.parcel, "application/octet-stream");
      await delivered(row.id, Number(told["taken"] ?? 0));
    } catch (error) {
      if (!(error instanceof Denied && (error.status === 422 || error.status === 413))) throw error;
      await notTaken(row.id, error.code);
    }
  }
}

function portions(commands: readonly Command[]): Command[][] {
  const found: Command[][] = [];
  let bytes = 0;
  for (const command of commands) {
    const size = JSON.stringify(command).length;
    const last = found.at(-1);
    if (last && last.length < MOST && bytes + size <= MOST_BYTES) {
      last.push(command);
      bytes += size;
    } else {
      found.push([command]);
      bytes = size;
    }
  }
  return found;
}

interface Wanted {
  readonly pictures: boolean;
  readonly client: string;
  readonly now?: number;
  /** Only commands with a number above this one. */
  readonly after?: number;
}

/** What waits on this phone, as parcels: usually one. Without `pictures` those stay behind, since a film of them would run for
 *  hours. Everything stays in the outbox until the server answers this phone itself. Raises Locked. */
export async function parcels({ pictures, client, now = Date.now(), after = 0 }: Wanted): Promise<Parcel[]> {
  const { device_id: device, server_key: server } = openSession().device;
  const row = await deviceOf(device);
  if (row === null) throw new Error("An outbox without its device.");
  const maker = { device, key: row.signing };
  const all = await waitingOf(device);
  const chosen = all.filter((one) => one.seq > after && (pictures || one.kind !== "census.keep_picture"));
  return Promise.all(
    portions(chosen).map(async (commands) => ({
      bytes: await sealParcel(contentOf(maker, commands, all.length, client, now), maker, server),
      commands: commands.length,
      upto: commands.at(-1)?.seq ?? after,
    })),
  );
}
