// Long work: one at a time, told in the status bar, cancelled there. What comes meanwhile waits its turn.

import { host, type Hear, type Report } from '$lib/api';
import { notices } from './notices.svelte';

export type JobName = 'preview' | 'import' | 'attach' | 'export' | 'plain' | 'verifyBundle' | 'verifyCase' | 'sample' | 'password' | 'edit' | 'look' | 'copy' | 'open' | 'chance';

/** Work during which the case can be looked at but not changed. */
const HOLDING: JobName[] = ['import', 'attach', 'export', 'plain', 'verifyCase', 'password', 'edit'];
/** Work that is done or not done, and cannot be ended half-way. */
const WHOLE: JobName[] = ['password', 'edit', 'open'];

class Job {
  name = $state<JobName | null>(null);
  phase = $state('');
  done = $state(0);
  total = $state<number | null>(null);
  cancelling = $state(false);
  #ended: Promise<void> = Promise.resolve();

  /** Whether the case cannot be changed just now. */
  get holds(): boolean {
    return this.name !== null && HOLDING.includes(this.name);
  }

  get cancellable(): boolean {
    return this.name !== null && !WHOLE.includes(this.name);
  }

  /** Runs long work and shows its progress. `expected` holds totals that are known here and not to the host, by phase. */
  async run<T>(name: JobName, work: (hear: Hear) => Promise<T>, expected: Record<string, number> = {}): Promise<T> {
    // What went wrong with it before is behind the person, who does it again or something else instead.
    notices.pass();
    while (this.name !== null) await this.#ended;
    let end = () => {};
    this.#ended = new Promise<void>((resolve) => (end = resolve));
    Object.assign(this, { name, phase: '', done: 0, total: null, cancelling: false });
    try {
      return await work((report) => this.#hear(report, expected));
    } finally {
      this.name = null;
      end();
    }
  }

  #hear(report: Report, expected: Record<string, number>): void {
    this.phase = report.phase;
    this.done = report.done ?? 0;
    this.total = report.total ?? expected[report.phase] ?? null;
  }

  async cancel(): Promise<void> {
    this.cancelling = true;
    await host.cancel();
  }
}

export const job = new Job();
