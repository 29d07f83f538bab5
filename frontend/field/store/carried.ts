// Parcels of other phones that this one carries, and its own letters (letters.ts). Their content is sealed for the server; each stays
// until the server's yes.

import { hex, type Bytes } from "../domain/bytes.ts";
import { db, note, type CarriedRow } from "./database.ts";
import { written } from "./failures.ts";

/** Keep a parcel; one that is here already stays as it is. Raises StorageFull with nothing kept. */
export async function carry(parcel: Bytes, letter?: CarriedRow["letter"]): Promise<void> {
  const id = hex(await crypto.subtle.digest("SHA-256", parcel));
  await written(() =>
    db.transaction("rw", db.carried, async () => {
      if (await db.carried.get(id)) return;
      await db.carried.add({ id, parcel, received_at: Date.now(), state: "waiting", taken: null, code: "", answered_at: null, ...(letter && { letter }) });
    }),
  );
}

/** All of other phones, the newest first. */
export async function carriedParcels(): Promise<CarriedRow[]> {
  return (await db.carried.filter((row) => row.letter === undefined).toArray()).sort((one, other) => other.received_at - one.received_at);
}

/** Those the server has not answered, but the letters of the enrolment in force: an open phone sends what they hold itself. */
export async function parcelsToSend(): Promise<CarriedRow[]> {
  const present = await note("device", "");
  return (await waitingParcels()).filter((row) => row.letter?.device !== present);
}

/** All that the server has not answered, the letters too: what a locked phone can send. */
export async function waitingParcels(): Promise<CarriedRow[]> {
  return db.carried.where("state").equals("waiting").sortBy("received_at");
}

/** The server has it: the bytes may go. */
export async function delivered(id: string, taken: number): Promise<void> {
  await db.carried.update(id, { state: "delivered", taken, parcel: new Uint8Array(), answered_at: Date.now() });
}

/** The server cannot use it; it stays until somebody puts it aside. */
export async function notTaken(id: string, code: string): Promise<void> {
  await db.carried.update(id, { state: "broken", code, answered_at: Date.now() });
}

export async function putAside(id: string): Promise<void> {
  await db.carried.delete(id);
}

/** Forget what was delivered before `until`. */
export async function tidyCarried(until: number): Promise<void> {
  const old = await db.carried.where("state").equals("delivered").toArray();
  await db.carried.bulkDelete(old.filter((row) => (row.answered_at ?? until) < until).map((row) => row.id));
}
