// The three dots of a call: which witnesses state it.

import type { CallView } from '$lib/api';
import type { Words } from '$lib/words/ru';

export type Dot = { name: string; speaks: boolean; text: string };

/** What the verdict says of the phone and of the operator, and whether an exhibit is linked. */
export function witnesses(call: Pick<CallView, 'verdict' | 'exhibits'>, words: Words): Dot[] {
  const two = call.verdict === 'both' || call.verdict === 'conflict';
  const dot = (name: 'phone' | 'operator' | 'exhibit', speaks: boolean): Dot => {
    const who = words.witness[name];
    return { name, speaks, text: speaks ? words.witness.speaks(who) : words.witness.silent(who) };
  };
  return [
    dot('phone', two || call.verdict === 'phone_only'),
    dot('operator', two || call.verdict === 'operator_only'),
    dot('exhibit', call.exhibits.length > 0),
  ];
}
