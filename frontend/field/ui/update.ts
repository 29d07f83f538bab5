// A new version is offered, never taken: it waits until its person says yes.

import { signal } from "@preact/signals";

/** The worker that waits to take over, if there is one. */
export const waiting = signal<ServiceWorker | null>(null);

/** Install the worker, and watch for later ones. */
export async function listenForUpdates(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const notice = (): void => {
    // Without a controller this is the first install, which is no update.
    waiting.value = navigator.serviceWorker.controller ? registration.waiting : null;
  };
  notice();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", notice));
  setInterval(() => void registration.update().catch(() => undefined), 3_600_000);
}

/** The person said yes: let the new one in, and load its page. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.value?.postMessage("take over");
}
