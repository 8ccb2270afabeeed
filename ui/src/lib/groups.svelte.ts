// The groups of the open case, read once for all screens, and the mark that tells each from the others: the host says
// which, so that charts and the report have the same.

import { host, type GroupListed } from '$lib/api';
import { notices } from './notices.svelte';

/** A mark is a number: colours and shapes go round at their own pace. */
export const COLOURS = 8;
export const SHAPES = 3;
const MARKS = COLOURS * SHAPES;

/** The mark of a colour and a shape: there is one of each pair, since neither count divides the other. */
export const markOf = (colour: number, shape: number): number =>
  Array.from({ length: MARKS }, (_, mark) => mark).find((mark) => mark % COLOURS === colour && mark % SHAPES === shape) ?? 0;

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
      this.#marks = new Map(read.map((group) => [group.id, group.mark]));
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
