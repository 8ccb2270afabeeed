// Arithmetic of the pictures: scales that begin at zero, and columns named in words.

import type { CallRhythm } from '$lib/api';
import * as format from '$lib/format';
import type { Words } from '$lib/words/ru';

/** Ticks from 0 to above `most`, at most five, on whole round numbers. */
export function ticks(most: number): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 10 * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}

/** The last day of a column. */
export function lastDay(rhythm: CallRhythm, column: number): string {
  const begin = new Date(`${rhythm.days[column]}T00:00:00Z`);
  if (rhythm.unit === 'week') begin.setUTCDate(begin.getUTCDate() + 6);
  else if (rhythm.unit === 'month') begin.setUTCMonth(begin.getUTCMonth() + 1, 0);
  else if (rhythm.unit === 'year') begin.setUTCFullYear(begin.getUTCFullYear() + 1, 0, 0);
  return begin.toISOString().slice(0, 10);
}

/** A column in words: a day, the first day of a week, a month, a year. */
export function columnName(rhythm: CallRhythm, column: number, words: Words): string {
  const day = rhythm.days[column] ?? '';
  const [year, month] = [day.slice(0, 4), words.time.months[Number(day.slice(5, 7)) - 1] ?? ''];
  if (rhythm.unit === 'year') return year;
  if (rhythm.unit === 'month') return `${month} ${year}`;
  return format.date(day, words);
}

/** The columns under which a name stands: not closer than `room` pixels, and never more than fit. */
export function named(count: number, width: number, room: number): number[] {
  const every = Math.max(1, Math.ceil((count * room) / Math.max(1, width)));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}

/** Sums of the columns over all parts. */
export const sums = (rhythm: CallRhythm) => rhythm.days.map((_, i) => rhythm.parts.reduce((sum, part) => sum + (part.counts[i] ?? 0), 0));
