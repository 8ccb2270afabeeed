// Long work: one at a time, told in the status bar, cancelled there.

import { host, type Hear, type Report } from '$lib/api';

export type JobName = 'preview' | 'import' | 'attach' | 'export' | 'verifyBundle' | 'verifyCase' | 'sample';

class Job {
  name = $state<JobName | null>(null);
  phase = $state('');
  done = $state(0);
  total = $state<number | null>(null);
  cancelling = $state(false);

  /** Runs long work and shows its progress. */
  async run<T>(name: JobName, work: (hear: Hear) => Promise<T>): Promise<T> {
    Object.assign(this, { name, phase: '', done: 0, total: null, cancelling: false });
    try {
      return await work((report) => this.#hear(report));
    } finally {
      this.name = null;
    }
  }

  #hear(report: Report): void {
    this.phase = report.phase;
    this.done = report.done ?? 0;
    this.total = report.total;
  }

  async cancel(): Promise<void> {
    this.cancelling = true;
    await host.cancel();
  }
}

export const job = new Job();
