// The calls around what is seen: read in pages in the order of the list, the farthest forgotten.

import { host, type CallView, type CallsFound } from '$lib/api';
import { notices } from '$lib/notices.svelte';

const PAGE = 100;
const KEPT = 12;
// Rows beyond what is seen that are read as well: who scrolls finds them there, and no row is drawn twice.
const AHEAD = 40;

export class Pages {
  readonly total: number;
  /** Its number, by which the host knows it. */
  readonly list: number;
  #pages = new Map<number, CallView[]>();
  #asked = new Set<number>();
  /** Grows when a page comes in, so that what is drawn is drawn again. */
  arrived = $state(0);

  constructor(found: CallsFound) {
    this.total = found.total;
    this.list = found.list;
  }

  /** The call in a row of the list; `undefined` until its page comes in. */
  at(row: number): CallView | undefined {
    void this.arrived;
    return this.#pages.get(Math.floor(row / PAGE))?.[row % PAGE];
  }

  /** Reads what is needed to show these rows, and those near them. */
  want(first: number, count: number): void {
    const last = Math.min(this.total - 1, first + count - 1 + AHEAD);
    for (let page = Math.floor(Math.max(0, first - AHEAD) / PAGE); page <= Math.floor(last / PAGE); page += 1) {
      if (!this.#pages.has(page) && !this.#asked.has(page)) void this.#ask(page);
    }
  }

  async #ask(page: number): Promise<void> {
    this.#asked.add(page);
    const start = page * PAGE;
    try {
      this.#keep(page, await host.callsPage(this.list, start, Math.min(PAGE, this.total - start)));
    } catch (thrown) {
      notices.fail(thrown);
    } finally {
      this.#asked.delete(page);
    }
  }

  #keep(page: number, calls: CallView[]): void {
    this.#pages.set(page, calls);
    if (this.#pages.size > KEPT) {
      const distance = (other: number) => Math.abs(other - page);
      const farthest = [...this.#pages.keys()].reduce((a, b) => (distance(a) > distance(b) ? a : b));
      this.#pages.delete(farthest);
    }
    this.arrived += 1;
  }
}
