// One sentence in which the rows of a file add up.

import type { SourceAnswer } from '$lib/api';
import type { Words } from '$lib/words/ru';

type Counts = Pick<
  SourceAnswer,
  'rows' | 'records' | 'other' | 'repeats_in_file' | 'other_lines'
>;

/** How many rows could not be read: every row has a fate, and this is what the others leave. */
export function problemRows(source: Counts): number {
  const other = Object.values(source.other).reduce((sum, n) => sum + n, 0);
  return source.rows - source.records - other - source.repeats_in_file - source.other_lines;
}

/** «1 257 строк: 995 звонков, 206 SMS, 48 USSD, 8 интернет.» */
export function sums(source: Counts, words: Words, language: 'ru' | 'en'): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const parts = [words.count.calls(source.records)];
  for (const [kind, n] of Object.entries(source.other)) parts.push((words.incoming.other[kind] ?? words.incoming.other.other ?? String)(n));
  if (source.repeats_in_file > 0) parts.push(`${words.incoming.repeats}: ${source.repeats_in_file.toLocaleString(locale)}`);
  if (source.other_lines > 0) parts.push(`${words.incoming.otherLines}: ${source.other_lines.toLocaleString(locale)}`);
  if (problemRows(source) > 0) parts.push(words.incoming.problems(problemRows(source)));
  return `${words.incoming.rowsLead(words.count.rows(source.rows))} ${parts.join(', ')}.`;
}
