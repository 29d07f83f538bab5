// Enrolment (protocol, section 2): a key pair made here, an invitation's code, a PIN.

import { base64 } from "../domain/bytes.ts";
import { PROTOCOL, type DeviceInfo, type Grant, type PersonOfDevice } from "../domain/types.ts";
import { demandPersistence, leaveMark } from "../store/room.ts";
import { keepEnrolment, makeSigningKey } from "../store/session.ts";
import { CLIENT } from "./engine.ts";
import { plain } from "./requests.ts";

/** Enrol this phone by an invitation's code, and open it under `pin`. Raises Denied (enrolment_code_wrong,
 *  storage_not_persistent, …), NoServer or StorageFull; then nothing was kept. */
export async function enrol(code: string, pin: string): Promise<DeviceInfo> {
  const persistent = await demandPersistence();
  const { signing, spki } = await makeSigningKey();
  const told = await plain("/sync/v1/enrol", { protocol: PROTOCOL, code, public_key: base64(spki), client: CLIENT, persistent, sent_at: Date.now() });
  const device: DeviceInfo = {
    device_id: told["device_id"] as string,
    person: told["person"] as PersonOfDevice,
    origin_name: told["origin_name"] as string,
    grants: told["grants"] as readonly Grant[],
    server_key: told["server_key"] as DeviceInfo["server_key"],
    enrolled_at: Date.now(),
  };
  await keepEnrolment(device, signing, pin);
  leaveMark();
  return device;
}
