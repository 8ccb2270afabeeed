// The details of a log entry in one line: names and values as they stand, long digests shortened.

import { digest } from '$lib/format';
import type { Words } from '$lib/words/ru';

const HEX = /^[0-9a-f]{40,}$/;

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (typeof value === 'object' && value !== null) return `(${pairs(value)})`;
  const text = String(value);
  return HEX.test(text) ? digest(text) : text;
}

function pairs(object: object): string {
  const told = Object.entries(object).filter(([, value]) => value !== null && value !== '');
  return told.map(([name, value]) => `${name}: ${shown(value)}`).join('; ');
}

/** Details are JSON of the case, which may come from strangers: anything that is no object is shown as it is. */
export function summary(details: string | null, words: Words): string {
  if (details === null) return words.log.absent;
  try {
    const read: unknown = JSON.parse(details);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? pairs(read) : shown(read);
  } catch {
    return details;
  }
}
