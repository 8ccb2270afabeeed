// Why a call is proposed for an exhibit, in words.

import type { CallView, ExhibitView, Match } from '$lib/api';
import { desk } from './desk.svelte';
import * as format from './format';
import type { Words } from './words/ru';

/** From so many seconds on a distance is written as minutes and seconds. */
const MINUTES = 100;

/** What of the exhibit the reasons are about. */
type Compared = Pick<ExhibitView, 'captured_precision' | 'duration_s'>;

/** The reasons, the strongest first. `call` is as it stands beside them: a start that is not its own is said. */
export function because(match: Match, call: CallView | undefined, exhibit: Compared, words: Words): string[] {
  const said = words.exhibits.because;
  const start = [distance(match, exhibit, words), witness(match, call, words)].filter(Boolean).join(' ');
  const duration = lengths(match, exhibit, words);
  const texts: Record<string, string> = { number: said.number, start, duration, stated: said.stated };
  const reasons = match.because.map((reason) => texts[reason] ?? reason);
  return contradicts(match, exhibit) ? [...reasons, said.tooLong(format.seconds(exhibit.duration_s ?? 0), format.seconds(match.record?.duration_s ?? 0))] : reasons;
}

/** A recording may begin while it rings, and goes on a little behind the call; longer than this it is not of the call alone. */
const RINGS_S = 120;

/** Whether the recording lasts longer than the call can have been there: what speaks for it does not weigh that up. */
export function contradicts({ record }: Match, exhibit: Pick<ExhibitView, 'duration_s'>): boolean {
  if (exhibit.duration_s === null || !record || record.duration_s === null) return false;
  return exhibit.duration_s > record.duration_s + Math.max(record.duration_unit_s, 1) + RINGS_S;
}

/** `через 5 с после начала`: no finer than the coarser of the two clocks that it is between. */
function distance(match: Match, exhibit: Compared, words: Words): string {
  const said = words.exhibits.because;
  const off = match.off_by_s ?? 0;
  const coarse = [exhibit.captured_precision, match.record?.precision].some((p) => p && p !== 'second');
  if (coarse) {
    const minutes = Math.ceil(Math.abs(off) / 60);
    if (minutes === 0) return said.sameMinute;
    return off > 0 ? said.after(said.minutes(minutes)) : said.before(said.minutes(minutes));
  }
  if (off === 0) return said.same;
  const by = Math.abs(off) < MINUTES ? said.seconds(Math.abs(off)) : format.seconds(Math.abs(off));
  return off > 0 ? said.after(by) : said.before(by);
}

/** Both lengths, where they are not the same: what is alike is for the reader to judge. */
function lengths({ record }: Match, exhibit: Compared, words: Words): string {
  const said = words.exhibits.because;
  if (exhibit.duration_s === null || !record || record.duration_s === null) return said.duration;
  const call = format.seconds(record.duration_s);
  if (record.duration_unit_s > 1) return said.durationRounded(format.seconds(exhibit.duration_s), call);
  return record.duration_s === exhibit.duration_s ? said.durationSame(call) : said.durations(format.seconds(exhibit.duration_s), call);
}

/** `по журналу телефона, 14:03:12`: whose start is meant. Two witnesses of one call have clocks of their own. */
function witness({ record }: Match, call: CallView | undefined, words: Words): string {
  if (!record) return '';
  const said = words.exhibits.because;
  const file = desk.overview?.sources.find((source) => source.id === record.source)?.file;
  const by = record.kind === 'other' && file ? said.byFile(said.by.other, file) : said.by[record.kind];
  if (call?.started_at === record.started_at && call.precision === record.precision) return by;
  const zone = format.offset(record.started_at);
  const elsewhere = call && format.offset(call.started_at) !== zone ? ` ${zone}` : '';
  return `${by}, ${format.clock(record.started_at, record.precision, words)}${elsewhere}`;
}
