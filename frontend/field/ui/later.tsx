// Screens that are fetched when the phone has nothing better to do, so that the PIN stands sooner. They lie in the same cache as the
// rest: no network is needed for them.
import { signal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";

type View = ComponentType<{ readonly params: Readonly<Record<string, string>> }>;

/** Names of a module's screens to screens; the module is loaded soon after the start, or when the first of them is opened. */
export function later<Name extends string>(load: () => Promise<Readonly<Record<Name, View>>>): (name: Name) => View {
  const found = signal<Readonly<Record<Name, View>> | null>(null);
  let asked = false;
  const fetchOnce = (): void => {
    if (asked) return;
    asked = true;
    load().then(
      (module) => (found.value = module),
      () => (asked = false),
    );
  };
  setTimeout(fetchOnce, 500);
  return (name) =>
    function Later({ params }): VNode | null {
      const Screen: View | undefined = found.value?.[name];
      if (Screen) return <Screen params={params} />;
      fetchOnce();
      return null;
    };
}
