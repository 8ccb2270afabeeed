// What of the case is to leave it, as the person chose it, and what was saved of that. It outlives the screen that asks.

import type { Contents, ExportAnswer, PlainAnswer } from './api';

class BundleChoice {
  /** Whether only some groups leave. */
  some = $state(false);
  picked = $state.raw<ReadonlySet<number>>(new Set());
  contents = $state<Contents | null>(null);
  saved = $state.raw<ExportAnswer | null>(null);
  plain = $state.raw<PlainAnswer | null>(null);
  /** What was chosen when it was saved, of which state of the case. */
  #of = '';

  /** What is chosen now, of this state of the case: what was saved of anything else is shown no longer. */
  settle(revision: number): void {
    const now = JSON.stringify([revision, this.some, [...this.picked], this.contents]);
    if (now === this.#of) return;
    this.#of = now;
    this.saved = null;
    this.plain = null;
  }

  /** Another case: nothing is known of it yet. */
  forget(): void {
    Object.assign(this, { some: false, picked: new Set(), contents: null, saved: null, plain: null });
    this.#of = '';
  }
}

export const bundleChoice = new BundleChoice();
