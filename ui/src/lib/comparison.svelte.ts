// The sources beside each other, as they were last read: whoever comes back to the screen does not wait again.

import { host, type WitnessSources } from '$lib/api';

/** With more records than this it takes long enough to be asked for. */
const MANY = 2_000_000;

class Comparison {
  value = $state.raw<WitnessSources | null>(null);
  failed = $state.raw<unknown>(null);
  /** Whether the person asked for it in a large case. */
  asked = $state(false);
  #of = -1;

  /** Whether it is read without being asked for. */
  waits(records: number): boolean {
    return records > MANY && !this.asked;
  }

  /** Reads it, unless it was read since the case last changed. What went wrong stands beside it until it is read again. */
  async read(revision: number): Promise<void> {
    if (this.#of === revision) return;
    this.#of = revision;
    this.failed = null;
    try {
      const value = await host.witnessSources();
      // An answer that comes too late is dropped.
      if (this.#of === revision) this.value = value;
    } catch (thrown) {
      if (this.#of !== revision) return;
      this.#of = -1;
      this.failed = thrown;
    }
  }

  forget(): void {
    Object.assign(this, { value: null, failed: null, asked: false });
    this.#of = -1;
  }
}

export const comparison = new Comparison();
