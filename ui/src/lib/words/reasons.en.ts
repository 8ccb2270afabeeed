// Words about the reasons of a group: how often the like happens by itself, and what speaks against it.

import type { reasonsRu } from './reasons.ru';

const apart = (n: number) => n.toLocaleString('en-GB');

/** From this share on nothing is rare. */
const NOT_RARE = 0.1;

export const reasonsEn: typeof reasonsRu = {
  ask: 'Could this be a coincidence?',
  hide: 'Hide the comparison',
  chance: (figure: number | null) => {
    if (figure === null) return 'the comparison says nothing of this';
    if (figure >= NOT_RARE) return 'not rare among your ordinary calls';
    return `found in ${apart(Math.ceil(figure * 10_000))} of 10,000 draws of your ordinary calls`;
  },
  basis: (calls: number, tests: number) =>
    `Compared with ordinary calls of those with whom you talk; there are ${apart(calls)}. Reasons tested: ${apart(tests)}, which is allowed for. It is no probability of who called, and goes into no bundle and no letter.`,
  tooFew: (calls: number) =>
    `There are too few ordinary calls to compare with: ${apart(calls)}. Ordinary are calls of those whom you call too, or whom you marked as known.`,
  against: 'What speaks against it',
};
