// Putting the app among the phone's own: its browser then keeps the store for good, and the launcher opens it at once.

import { signal } from "@preact/signals";

/** What Chromium sends when it would install the page; in no standard, so its shape is said here. */
interface InstallOffer extends Event {
  readonly prompt: () => Promise<void>;
}

/** The browser's offer, for as long as it stands. */
export const installable = signal<InstallOffer | null>(null);

/** Keep the browser's offer for a moment when it suits: it asks at once otherwise, over whatever is on the screen. */
export function listenForInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installable.value = event as InstallOffer;
  });
  addEventListener("appinstalled", () => {
    installable.value = null;
  });
}

/** The person said yes: let the browser ask. Its offer is good once. */
export async function install(): Promise<void> {
  const offer = installable.value;
  installable.value = null;
  await offer?.prompt();
}
