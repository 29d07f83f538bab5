// The service worker: it keeps the app's own files for the doors without a signal, and nothing else. Requests to /sync/
// are never its business. A file that cannot be fetched, or whose content is another one (each is listed with its hash),
// fails the whole install, so that a phone never stands at a door with half an app.

import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: PrecacheEntry[];

/** A copy to be found by whoever asks: the files are the same for everybody, whatever a proxy or a framework says they vary by. Null for
 *  an error, which fails the install. */
function keepable(response: Response): Response | null {
  if (!response.ok) return null;
  const headers = new Headers(response.headers);
  headers.delete("Vary");
  return new Response(response.body, { status: response.status, headers });
}

addPlugins([{ cacheWillUpdate: ({ response }) => Promise.resolve(keepable(response)) }]);

// The app is one page; whatever a launcher hangs on its address, it is the same.
precacheAndRoute(__PRECACHE__, { ignoreURLParametersMatching: [/./u] });
cleanupOutdatedCaches();

// An update waits until its person says yes: the page sends this word after having asked.
self.addEventListener("message", (event: ExtendableMessageEvent) => {
  if (event.data === "take over") void self.skipWaiting();
});

// The first worker serves the page that installed it at once: from then on a reload without a network works.
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});
