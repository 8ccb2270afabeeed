// How the clocks of two sources run beside each other, in sentences.

import type { ClockStretch, CoverageView, PairView, ZoneOffer } from '$lib/api';
import { dates, dayOf } from '$lib/coverage';
import type { Words } from '$lib/words/ru';

/** Fewer pairs say nothing of a clock: the core reports no offset for them. */
const SUPPORT = 3;

/** `37` → «37 с», `7200` → «2 ч», `77` → «1 мин 17 с». */
export function length(seconds: number, words: Words): string {
  const { h, min, s } = words.compared.clocks.units;
  const whole = Math.abs(seconds);
  const parts: [number, string][] = [[Math.floor(whole / 3600), h], [Math.floor((whole % 3600) / 60), min], [whole % 60, s]];
  const said = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}\u00a0${unit}`);
  return said.join('\u00a0') || `0\u00a0${s}`;
}

/** A sentence about two sources, and what it goes on with. */
export type Told = { text: string; stretches: string[] };

/** How sources are called in a sentence: by their kind, and by their file where the case has several of the kind. */
export function callings(sources: readonly Pick<CoverageView, 'source' | 'kind' | 'file'>[], words: Words): (source: number) => string {
  const called = new Map(
    sources.map((one) => {
      const alone = sources.filter((other) => other.kind === one.kind).length === 1;
      return [one.source, words.compared.clocks.of(one.kind, alone ? null : one.file)];
    }),
  );
  return (source) => called.get(source) ?? '';
}

/** The pair in words, the phone first where there is one: its clock is the one that people can look at. */
export function pairText(pair: PairView, kinds: ReadonlyMap<number, CoverageView['kind']>, called: (source: number) => string, words: Words, language: 'ru' | 'en'): Told {
  const said = words.compared.clocks;
  const [first, second] = pair.sources;
  const turned = kinds.get(first) === 'phone' && kinds.get(second) !== 'phone';
  const [a, b] = turned ? [called(first), called(second)] : [called(second), called(first)];
  const sign = turned ? -1 : 1;
  if (pair.paired < SUPPORT) return { text: said.few(a, b, pair.paired), stretches: [] };
  const by = said.by(length(pair.spread_s, words), pair.paired);
  const ahead = sign * pair.offset_s;
  if (pair.clock === 'steady') {
    const text = ahead === 0 ? said.same(a, b, by) : said.apartBy(a, b, length(ahead, words), ahead > 0, by);
    return { text, stretches: [] };
  }
  const text = pair.clock === 'drifting' ? said.drifting(a, b, by) : said.stepped(a, b, by);
  return { text, stretches: pair.stretches.map((stretch) => stretchText(stretch, a, sign, words, language)) };
}

function stretchText(stretch: ClockStretch, who: string, sign: number, words: Words, language: 'ru' | 'en'): string {
  const said = words.compared.clocks;
  const when = dates(dayOf(stretch.from.slice(0, 10)), dayOf(stretch.until.slice(0, 10)), words);
  const ahead = sign * stretch.offset_s;
  const daily = sign * (stretch.drift_s_per_day ?? 0);
  const shown = Math.abs(daily).toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB', { maximumFractionDigits: 1 });
  const drift = shown === '0' ? '' : said.gains(shown, daily > 0);
  if (ahead === 0) return said.stretchSame(when, drift, stretch.paired);
  return said.stretch(when, who, length(ahead, words), ahead > 0, drift, stretch.paired);
}

/** As many pairs as say everything once: each brings a source that those before it said nothing of. What the others say
 * follows from them. */
export function oncePerSource(pairs: readonly PairView[]): PairView[] {
  const joined = new Map<number, number>();
  const root = (source: number): number => {
    const up = joined.get(source);
    return up === undefined ? source : root(up);
  };
  return pairs.filter(({ sources: [first, second] }) => {
    const [a, b] = [root(first), root(second)];
    if (a !== b) joined.set(b, a);
    return a !== b;
  });
}

/** The offers to be made, pair by pair. A zone that was offered already explains the pairs that follow as well: nothing
 * else is offered for them until the person has decided. */
export function offersOf(pairs: readonly PairView[]): ZoneOffer[][] {
  const made = new Set<string>();
  const key = (offer: ZoneOffer) => `${offer.source} ${offer.zone}`;
  return pairs.map((pair) => {
    if (pair.zone_offers.some((offer) => made.has(key(offer)))) return [];
    pair.zone_offers.forEach((offer) => made.add(key(offer)));
    return pair.zone_offers;
  });
}
