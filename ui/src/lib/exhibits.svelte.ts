// The exhibits of the open case, read once for all screens that show them, and the calls that they may belong to.

import { host, type CallView, type ExhibitView, type Match, type WaveformView } from '$lib/api';
import { contradicts } from './because';

/** Pictures of recordings are drawn one after another: each has to be decoded once. */
let drawing: Promise<unknown> = Promise.resolve();

class Exhibits {
  /** By number; `null` until they have been read. */
  list = $state.raw<ExhibitView[] | null>(null);
  failed = $state.raw<unknown>(null);
  /** What the screen shows of them. */
  view = $state<'all' | 'tray'>('all');
  /** The calls that are linked or proposed, as far as they have been asked for. */
  calls = $state.raw<ReadonlyMap<number, CallView>>(new Map());
  #revision = -1;
  #latest = 0;
  #reading: Promise<void> = Promise.resolve();
  /** Calls that have been read since the case changed last; the others are shown as they were until they are, too. */
  #fresh = new Set<number>();
  #waves = new Map<number, Promise<WaveformView | null>>();

  byId = $derived(new Map((this.list ?? []).map((exhibit) => [exhibit.id, exhibit])));
  tray = $derived((this.list ?? []).filter((exhibit) => exhibit.calls.length === 0));

  /** Reads them where the case has changed since they were read; whoever asks meanwhile waits for the same reading. */
  read(revision: number, again = false): Promise<void> {
    if (revision === this.#revision && !again) return this.#reading;
    this.#revision = revision;
    return (this.#reading = this.#read());
  }

  async #read(): Promise<void> {
    const mine = ++this.#latest;
    try {
      const list = await host.exhibits();
      if (mine !== this.#latest) return;
      this.failed = null;
      this.#fresh.clear();
      this.list = list;
    } catch (thrown) {
      if (mine === this.#latest) this.failed = thrown;
    }
  }

  /** Reads calls that are about to be shown. */
  async want(ids: number[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#fresh.has(id));
    if (missing.length === 0) return;
    const mine = this.#latest;
    const found = await host.callsById(missing).catch(() => []);
    if (mine !== this.#latest) return;
    for (const { id } of found) this.#fresh.add(id);
    this.calls = new Map([...this.calls, ...found.map((call) => [call.id, call] as const)]);
  }

  /** What a recording looks like; `null` where it cannot be decoded. */
  wave(id: number): Promise<WaveformView | null> {
    const known = this.#waves.get(id);
    if (known) return known;
    const wave = drawing.then(() => host.waveform(id)).catch(() => null);
    drawing = wave;
    this.#waves.set(id, wave);
    return wave;
  }

  /** Another case: nothing is known of it yet. */
  forget = (): void => {
    this.#latest += 1;
    this.#revision = -1;
    this.#waves.clear();
    this.#fresh.clear();
    this.list = null;
    this.view = 'all';
    this.failed = null;
    this.calls = new Map();
  };
}

export const exhibits = new Exhibits();

/**
 * The one call that fits clearly better than the others: it alone is proposed, or more speaks for it. What little speaks
 * for, or what the length speaks against, is confirmed by itself, never together with others.
 */
export function likeliest(proposals: Match[], exhibit: Pick<ExhibitView, 'duration_s'>): Match | null {
  const [first, second] = proposals;
  if (!first || isWeak(first) || contradicts(first, exhibit)) return null;
  return !second || first.because.length > second.because.length ? first : null;
}

/** Whether it is a number on a day, or a time alone that lies before the call: only a clock that is wrong says so. */
function isWeak(match: Match): boolean {
  const has = (reason: Match['because'][number]) => match.because.includes(reason);
  if (!has('start')) return true;
  return !has('number') && !has('duration') && (match.off_by_s ?? 0) < 0;
}
