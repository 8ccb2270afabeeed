// The groups of the open case, read once for all screens, and the mark that tells each from the others.

import { host, type GroupListed } from '$lib/api';
import { notices } from './notices.svelte';

class Groups {
  /** Largest first; `null` until they have been read. */
  list = $state.raw<GroupListed[] | null>(null);
  /** The one that is looked at. */
  looked = $state<number | null>(null);
  #latest = 0;

  /** Marks go by age, so that neighbours differ and a group keeps its mark while the case grows. */
  #marks = $derived(new Map([...(this.list ?? [])].map((group) => group.id).sort((a, b) => a - b).map((id, i) => [id, i])));

  read = async (): Promise<void> => {
    const mine = ++this.#latest;
    try {
      const read = await host.groups();
      if (mine === this.#latest) this.list = read;
    } catch (thrown) {
      if (mine === this.#latest) notices.fail(thrown);
    }
  };

  /** Another case: nothing is known of it yet. */
  forget = (): void => {
    this.#latest += 1;
    this.list = null;
    this.looked = null;
  };

  mark(id: number): number {
    return this.#marks.get(id) ?? 0;
  }
}

export const groups = new Groups();
