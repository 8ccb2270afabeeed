// Why a call is proposed for an exhibit, in words.

import type { Match } from '$lib/api';
import * as format from './format';
import type { Words } from './words/ru';

/** From so many seconds on a distance is written as minutes and seconds. */
const MINUTES = 100;

/** The reasons, the strongest first. */
export function because(match: Match, words: Words): string[] {
  const said = words.exhibits.because;
  const off = match.off_by_s ?? 0;
  const by = Math.abs(off) < MINUTES ? said.seconds(Math.abs(off)) : format.seconds(Math.abs(off));
  const start = off === 0 ? said.same : off > 0 ? said.after(by) : said.before(by);
  const texts: Record<string, string> = { number: said.number, start, duration: said.duration, stated: said.stated };
  return match.because.map((reason) => texts[reason] ?? reason);
}
