// Writes the letters of an open phone, and sends those of a locked one: the signing key needs no PIN, and only the server can read them.

import { waitAfter } from "../domain/backoff.ts";
import { Locked, StorageFull } from "../domain/errors.ts";
import { carry, waitingParcels } from "../store/carried.ts";
import { dropLetters, keepSealedUpTo, letters, sealedUpTo } from "../store/letters.ts";
import { deviceRow, openSession } from "../store/session.ts";
import { parcels, sendParcels } from "./carrying.ts";
import { CLIENT } from "./engine.ts";
import { alive, Denied, NoServer } from "./requests.ts";

const A_MINUTE = 60_000;

/** Seal what waits and is in no letter yet; forget letters of which nothing waits. A full or locked phone writes none: what it holds is
 *  safe in the outbox. */
export async function writeLetters(): Promise<void> {
  try {
    const { device_id: device } = openSession().device;
    const now = await letters();
    if (now.waiting === 0) await dropLetters(device);
    if (now.closed === 0) return;
    for (const parcel of await parcels({ pictures: true, client: CLIENT, after: await sealedUpTo(device) })) {
      await carry(parcel.bytes, { device, upto: parcel.upto });
      await keepSealedUpTo(device, parcel.upto);
    }
  } catch (error) {
    if (!(error instanceof StorageFull || error instanceof Locked)) throw error;
  }
}

/** Write letters now and then, and whenever the page goes out of sight, which may be the last that is seen of it; the answer ends it. */
export function keepWriting(): () => void {
  const write = (): void => void writeLetters();
  const hidden = (): void => {
    if (document.visibilityState === "hidden") write();
  };
  const timer = setInterval(write, A_MINUTE);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", hidden);
  };
}

/** Send what lies here sealed; whether there is nothing left of it. Raises NoServer or Denied. */
export async function sendSealed(): Promise<boolean> {
  const [row, rows] = [await deviceRow(), await waitingParcels()];
  if (row === null || rows.length === 0) return true;
  let sent = false;
  await navigator.locks.request("firstline-sync", { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    if (!(await alive())) throw new NoServer("Nobody there.");
    await sendParcels({ device: row.device_id, key: row.signing }, rows);
    sent = true;
  });
  return sent;
}

/** Send what lies here sealed, again and again until it is gone; the answer ends it. */
export function keepSending(): () => void {
  let [tries, ended] = [0, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      if (await sendSealed()) return;
    } catch (error) {
      if (!(error instanceof NoServer || error instanceof Denied)) throw error;
    }
    tries += 1;
    if (!ended) timer = setTimeout(() => void turn(), waitAfter(tries, Math.random()));
  };
  const hurry = (): void => void turn();
  addEventListener("online", hurry);
  hurry();
  return () => {
    ended = true;
    clearTimeout(timer);
    removeEventListener("online", hurry);
  };
}
