// Messages to the person. An error stays until it is closed, until the person goes elsewhere, or until what it speaks
// of is done again; the rest leave by themselves.

import { isFailure, type Failure } from '$lib/api';
import type { Words } from '$lib/words/ru';

export type Notice = { id: number; tone: 'plain' | 'breach'; of: string; text: (words: Words, language: 'ru' | 'en') => string };

const STAYS_MS = 6000;

class Notices {
  list = $state.raw<Notice[]>([]);
  #next = 1;

  say(text: (words: Words) => string): void {
    this.#fade(this.#add('plain', '', text));
  }

  /** Shows what went wrong, once however often it does. What the person cancelled is no error. */
  fail(thrown: unknown): void {
    const failure: Failure | null = isFailure(thrown) ? thrown : null;
    const text: Notice['text'] = (words, language) => failure?.[language] ?? words.fault;
    if (failure?.code === 'cancelled') return this.#fade(this.#add('plain', '', text));
    const of = failure?.ru ?? 'fault';
    this.list = this.list.filter((notice) => notice.of !== of);
    this.#add('breach', of, text);
  }

  /** The person goes on to something else: what was said is behind them. */
  clear(): void {
    this.list = [];
  }

  /** The errors go: the person is elsewhere by now, or does it again. What went well is still said. */
  pass(): void {
    if (this.errors.length > 0) this.list = this.list.filter((notice) => notice.tone !== 'breach');
  }

  get errors(): Notice[] {
    return this.list.filter((notice) => notice.tone === 'breach');
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  #fade(id: number): void {
    setTimeout(() => this.close(id), STAYS_MS);
  }

  #add(tone: Notice['tone'], of: string, text: Notice['text']): number {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { id, tone, of, text }];
    return id;
  }
}

export const notices = new Notices();
