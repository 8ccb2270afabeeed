// The look at files that are to be attached: what each shows, and to which call it would go.

import { host, type FileSeen } from '$lib/api';
import { exhibits } from '$lib/exhibits.svelte';
import { job } from '$lib/job.svelte';

export class ExhibitLook {
  seen = $state.raw<ReadonlyMap<number, FileSeen>>(new Map());

  async look(tokens: number[], wanted: () => boolean): Promise<void> {
    const found = await job
      .run('look', async (hear) => (wanted() ? host.previewAttach(tokens, hear) : []))
      .catch(() => []);
    if (!wanted()) return;
    this.seen = new Map([...this.seen, ...found.map((one) => [one.token, one] as const)]);
    await exhibits.want(found.flatMap((one) => one.preview?.proposals.slice(0, 1).map((match) => match.call) ?? []));
  }

  #asked = new Set<number>();

  /** Whether a file seems a call log; said once, so that the person can put it back among the exhibits. */
  becomesLog(token: number): boolean {
    if (this.#asked.has(token) || !this.seen.get(token)?.preview?.as_log) return false;
    this.#asked.add(token);
    return true;
  }

  /** Whether all of these have been looked at. */
  knows = (tokens: number[]): boolean => tokens.every((token) => this.seen.has(token));

  /** How many of these would go to a call that is none of `calls`. */
  elsewhere(tokens: number[], calls: number[]): number {
    const first = tokens.map((token) => this.seen.get(token)?.preview?.proposals[0]?.call);
    return first.filter((call) => call !== undefined && !calls.includes(call)).length;
  }
}
