// An answer of the host that is read again when what it depends on changes. The last answer stays until the next one
// comes, so that nothing flickers; an answer that comes too late is dropped.

import { notices } from './notices.svelte';

export type Loaded<T> = { readonly value: T | null };

/** Call it while a component is being made. `ask` reads what the answer depends on. */
export function loaded<T>(ask: () => Promise<T>): Loaded<T> {
  let value = $state.raw<T | null>(null);
  let latest = 0;
  $effect(() => {
    const mine = ++latest;
    ask().then(
      (answer) => {
        if (mine === latest) value = answer;
      },
      (thrown: unknown) => {
        if (mine === latest) notices.fail(thrown);
      },
    );
  });
  return {
    get value() {
      return value;
    },
  };
}
