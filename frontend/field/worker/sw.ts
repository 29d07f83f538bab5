// The service worker: it keeps the app's own files for the doors without a signal, and nothing else. Requests to /sync/
// are never its business. A file that cannot be fetched, or whose content is another one, fails the whole install, so
// that a phone never stands at a door with half an app.

import { cleanupOutdatedCaches, precacheAndRoute, createHandlerBoundToURL, type PrecacheEntry } from "workbox-precaching";

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: PrecacheEntry[];

precacheAndRoute(__PRECACHE__);
cleanupOutdatedCaches();

const page = createHandlerBoundToURL("/field/");
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(page({ request: event.request, event, url: new URL(event.request.url) }));
});

// An update waits until its person says yes: the page sends this word after having asked.
self.addEventListener("message", (event: ExtendableMessageEvent) => {
  if (event.data === "take over") void self.skipWaiting();
});

// The first worker serves the page that installed it at once: from then on a reload without a network works.
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});
