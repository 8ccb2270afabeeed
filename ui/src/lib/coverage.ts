// The days of sources beside each other: stretches to draw, gaps in words, names under the axis.

import type { CoverageView } from '$lib/api';
import * as format from '$lib/format';
import type { Words } from '$lib/words/ru';

const DAY_MS = 86_400_000;

/** `2025-05-05` → days since 1970. */
export const dayOf = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
export const isoOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Days in a row that all have records, or none of which has. */
export type Stretch = { from: number; to: number; records: number };

/** A source, ready to be drawn. */
export type Strip = {
  source: number;
  file: string;
  kind: CoverageView['kind'];
  /** Records of each day that has some. */
  counts: ReadonlyMap<number, number>;
  /** In order and without a hole; a stretch of no records is a gap. */
  stretches: Stretch[];
};

/** The days of a source: days with records that follow one another are one stretch. */
export function stripOf(view: CoverageView): Strip {
  const counts = new Map(view.days.map((day) => [dayOf(day.date), day.records]));
  const stretches: Stretch[] = [];
  for (const [day, records] of counts) {
    const last = stretches.at(-1);
    if (last && last.to + 1 === day) Object.assign(last, { to: day, records: last.records + records });
    else stretches.push({ from: day, to: day, records });
  }
  stretches.push(...view.gaps.map((gap) => ({ from: dayOf(gap.from), to: dayOf(gap.to), records: 0 })));
  stretches.sort((a, b) => a.from - b.from);
  return { source: view.source, file: view.file, kind: view.kind, counts, stretches };
}

/** First and last day of all strips; `null` where none has a day. */
export function spanOf(strips: readonly Strip[]): [number, number] | null {
  const filled = strips.flatMap((strip) => (strip.stretches.length > 0 ? [strip.stretches] : []));
  if (filled.length === 0) return null;
  return [Math.min(...filled.map((s) => s[0]?.from ?? 0)), Math.max(...filled.map((s) => s.at(-1)?.to ?? 0))];
}

/** Records of a strip on a day; 0 in a gap, `null` outside its period. */
export function on(strip: Strip, day: number): number | null {
  const [first, last] = [strip.stretches[0], strip.stretches.at(-1)];
  if (!first || !last || day < first.from || day > last.to) return null;
  return strip.counts.get(day) ?? 0;
}

/** `5–7 мая 2025`, `28 апр — 3 мая 2025`: what both ends share is said once. */
export function dates(from: number, to: number, words: Words): string {
  const [first, last] = [format.date(isoOf(from), words), format.date(isoOf(to), words)];
  if (from === to) return first;
  const [a, b] = [first.split('\u00a0'), last.split('\u00a0')];
  if (a[2] !== b[2]) return words.compared.days.span(first, last);
  return a[1] === b[1] ? `${a[0]}–${last}` : words.compared.days.span(`${a[0]}\u00a0${a[1]}`, last);
}

/** The days without records in words; the longest gap of several is named. */
export function gapsText(strip: Strip, words: Words): string {
  const said = words.compared.days;
  const gaps = strip.stretches.filter((stretch) => stretch.records === 0);
  const length = (gap: Stretch) => gap.to - gap.from + 1;
  const longest = gaps.reduce<Stretch | null>((best, gap) => (best === null || length(gap) > length(best) ? gap : best), null);
  if (longest === null) return strip.stretches.length > 0 ? said.noGaps : said.none;
  const when = dates(longest.from, longest.to, words);
  const sum = gaps.reduce((days, gap) => days + length(gap), 0);
  if (gaps.length === 1) return said.gap(sum, when);
  return length(longest) === 1 ? said.singles(sum) : said.gaps(sum, length(longest), when);
}

/** A source in one line: period, records, gaps. */
export function told(strip: Strip, words: Words): string {
  const [first, last] = [strip.stretches[0], strip.stretches.at(-1)];
  if (!first || !last) return words.compared.days.none;
  const records = strip.stretches.reduce((sum, stretch) => sum + stretch.records, 0);
  return [dates(first.from, last.to, words), words.compared.days.records(records), gapsText(strip, words)].join(' · ');
}

/** What every source has of a day. */
export function dayText(strips: readonly Strip[], day: number, words: Words): string {
  const said = words.compared.days;
  const within = strips.flatMap((strip) => {
    const records = on(strip, day);
    return records === null ? [] : [`${said.file(strip.file)} — ${records > 0 ? said.records(records) : said.noRecords}`];
  });
  const outside = strips.length - within.length;
  if (within.length === 0) return `${format.date(isoOf(day), words)}: ${said.outsideAll}`;
  const rest = outside > 0 ? [said.outside(outside)] : [];
  return `${format.date(isoOf(day), words)}: ${[...within, ...rest].join('; ')}`;
}

export type Tick = { day: number; text: string };

const firstOf = (year: number, month: number) => Math.round(Date.UTC(year, month, 1) / DAY_MS);

/** Days under which a date stands: whole days, else first days of months, else of years, no more than fit. */
export function axis(from: number, to: number, most: number, words: Words): Tick[] {
  const room = Math.max(2, most);
  const length = to - from + 1;
  if (length <= 45) {
    const every = Math.ceil(length / room);
    const count = Math.ceil(length / every);
    return Array.from({ length: count }, (_, i) => ({ day: from + i * every, text: format.date(isoOf(from + i * every), words) }));
  }
  const begin = new Date(from * DAY_MS);
  const months = length / 30;
  const every = [1, 2, 3, 6].find((step) => months / step <= room);
  const ticks: Tick[] = [];
  if (every) {
    for (let month = Math.ceil(begin.getUTCMonth() / every) * every; ; month += every) {
      const day = firstOf(begin.getUTCFullYear(), month);
      if (day > to) break;
      const at = new Date(day * DAY_MS);
      if (day >= from) ticks.push({ day, text: `${words.compared.days.months[at.getUTCMonth()] ?? ''}\u00a0${at.getUTCFullYear()}` });
    }
    return ticks;
  }
  const step = Math.ceil(length / 365 / room);
  for (let year = begin.getUTCFullYear(); ; year += step) {
    const day = firstOf(year, 0);
    if (day > to) return ticks;
    if (day >= from) ticks.push({ day, text: String(year) });
  }
}
