// The dots of a call: which witnesses state it.

import type { CallView, SourceKind, SourceView } from '$lib/api';
import type { Words } from '$lib/words/ru';

export type Dot = { name: string; speaks: boolean; text: string };

/** Of which kind each source is. */
export type Kinds = ReadonlyMap<number, SourceKind>;

const known = (kind: SourceKind | undefined) => kind === 'phone' || kind === 'operator';

export function kindsOf(sources: SourceView[]): Kinds {
  return new Map(sources.map((source) => [source.id, source.kind]));
}

/** Whether the case has witnesses that are neither phone nor operator: then each call has a dot for them too. */
export function hasOthers(kinds: Kinds): boolean {
  return [...kinds.values()].some((kind) => !known(kind));
}

/** What the sources of its records are, and whether an exhibit is linked. */
export function witnesses(call: Pick<CallView, 'records' | 'exhibits'>, kinds: Kinds, words: Words): Dot[] {
  const stating = call.records.map((record) => kinds.get(record.source));
  const dot = (name: 'phone' | 'operator' | 'other' | 'exhibit', speaks: boolean): Dot => {
    const who = words.witness[name];
    return { name, speaks, text: speaks ? words.witness.speaks(who) : words.witness.silent(who) };
  };
  const other = dot('other', stating.some((kind) => kind !== undefined && !known(kind)));
  // What the person wrote down is said to be theirs.
  if (stating.includes('hand')) other.text = words.hand.witness;
  const others = hasOthers(kinds) ? [other] : [];
  return [
    dot('phone', stating.includes('phone')),
    dot('operator', stating.includes('operator')),
    ...others,
    dot('exhibit', call.exhibits.length > 0),
  ];
}
