// What can go wrong on the device itself. Each has one meaning, and the ui one sentence for it.

/** The store is sealed: the PIN has not been entered, or the phone locked itself. */
export class Locked extends Error {
  override readonly name = "Locked";
}

/** The phone has no room: nothing of what was to be written has been written. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";
}

/** The phone has not been enrolled, or has been wiped. */
export class NotEnrolled extends Error {
  override readonly name = "NotEnrolled";
}
