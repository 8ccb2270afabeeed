// The details of a log entry in a few lines: what a person looks for, by names that they know.

import { digest } from '$lib/format';
import type { Words } from '$lib/words/ru';

const HEX = /^[0-9a-f]{40,}$/;

type Names = Record<string, string>;

/** Calls are named by ids of the case, which say nothing to a person: how many they are does. */
const told = (name: string, value: unknown) => (name === 'calls' && Array.isArray(value) ? value.length : value);

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return HEX.test(text) ? digest(text) : text;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** One line for the object itself and one for each object inside it. */
function lines(object: object, names: Names): string[] {
  const [own, inner]: [string[], string[]] = [[], []];
  for (const [name, value] of Object.entries(object)) {
    if (isObject(value)) inner.push(...lines(value, names));
    else if (Array.isArray(value) && value.some(isObject)) inner.push(...value.filter(isObject).flatMap((v) => lines(v, names)));
    else if (names[name] && !isEmpty(value)) {
      own.push(name === 'file' ? shown(value) : `${names[name]}: ${shown(told(name, value))}`);
    }
  }
  return own.length > 0 ? [own.join('; '), ...inner] : inner;
}

/** Details are JSON of the case, which may come from strangers: anything that is no object is shown as it is. */
export function summary(details: string | null, words: Words): string[] {
  if (details === null) return [words.log.absent];
  try {
    const read: unknown = JSON.parse(details);
    return isObject(read) ? lines(read, words.log.names) : [shown(read)];
  } catch {
    return [details];
  }
}
