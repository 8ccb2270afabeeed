// The groups of the open case, read once for all screens, and the mark that tells each from the others.

import { host, type GroupListed } from '$lib/api';
import { marksOf } from './groupMarks';
import { notices } from './notices.svelte';

class Groups {
  /** Largest first; `null` until they have been read. */
  list = $state.raw<GroupListed[] | null>(null);
  /** The one that is looked at. */
  looked = $state<number | null>(null);
  #latest = 0;
  #reading: Promise<void> = Promise.resolve();
  #marks = $state.raw<ReadonlyMap<number, number>>(new Map());

  /** Reads them; it is done when the newest reading is, so that whoever waited finds what there is now. */
  read = (): Promise<void> => (this.#reading = this.#read());

  async #read(): Promise<void> {
    const mine = ++this.#latest;
    try {
      const read = await host.groups();
      if (mine !== this.#latest) return this.#reading;
      const chosen = read.flatMap((group) => (group.mark == null ? [] : [[group.id, group.mark] as const]));
      this.#marks = marksOf(read.map((group) => group.id), this.#marks, new Map(chosen));
      this.list = read;
    } catch (thrown) {
      if (mine === this.#latest) notices.fail(thrown);
    }
  }

  /** Another case: nothing is known of it yet. */
  forget = (): void => {
    this.#latest += 1;
    this.#reading = Promise.resolve();
    this.#marks = new Map();
    this.list = null;
    this.looked = null;
  };

  mark(id: number): number {
    return this.#marks.get(id) ?? 0;
  }
}

export const groups = new Groups();
