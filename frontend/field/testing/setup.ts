// What a browser has and Node has not, for the tests below the ui.

import "fake-indexeddb/auto";

import { vi } from "vitest";

const held = new Set<string>();

/** Web Locks as far as the engine asks: one holder, and whoever comes second is told so. */
const locks = {
  async request(name: string, _options: LockOptions, work: (lock: { name: string } | null) => Promise<void>): Promise<void> {
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      await work({ name });
    } finally {
      held.delete(name);
    }
  },
};

const storage = {
  estimate: (): Promise<StorageEstimate> => Promise.resolve({ usage: 1, quota: 2 }),
  persisted: (): Promise<boolean> => Promise.resolve(true),
  persist: (): Promise<boolean> => Promise.resolve(true),
};

vi.stubGlobal("navigator", { locks, storage });
vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible", cookie: "" }));
vi.stubGlobal("addEventListener", () => undefined);
vi.stubGlobal("removeEventListener", () => undefined);
// Tabs are tried in a real browser.
vi.stubGlobal("BroadcastChannel", undefined);
