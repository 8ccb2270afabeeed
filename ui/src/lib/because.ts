// Why a call is proposed for an exhibit, in words.

import type { CallView, Match } from '$lib/api';
import { desk } from './desk.svelte';
import * as format from './format';
import type { Words } from './words/ru';

/** From so many seconds on a distance is written as minutes and seconds. */
const MINUTES = 100;

/** The reasons, the strongest first. `call` is as it stands beside them: a start that is not its own is said. */
export function because(match: Match, call: CallView | undefined, words: Words): string[] {
  const said = words.exhibits.because;
  const off = match.off_by_s ?? 0;
  const by = Math.abs(off) < MINUTES ? said.seconds(Math.abs(off)) : format.seconds(Math.abs(off));
  const distance = off === 0 ? said.same : off > 0 ? said.after(by) : said.before(by);
  const start = [distance, witness(match, call, words)].filter(Boolean).join(' ');
  const texts: Record<string, string> = { number: said.number, start, duration: said.duration, stated: said.stated };
  return match.because.map((reason) => texts[reason] ?? reason);
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
