// One sentence in which the rows of a file add up.

import type { SourceAnswer } from '$lib/api';
import type { Words } from '$lib/words/ru';

type Counts = Pick<
  SourceAnswer,
  'rows' | 'records' | 'other' | 'repeats_in_file' | 'other_lines' | 'problems'
>;

/** «1 257 строк: 995 звонков, 206 SMS, 48 USSD, 8 интернет.» */
export function sums(source: Counts, words: Words, language: 'ru' | 'en'): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const part = (n: number, what: string) => `${n.toLocaleString(locale)}\u00a0${what}`;
  const parts = [words.count.calls(source.records)];
  for (const [kind, n] of Object.entries(source.other)) parts.push(part(n, words.incoming.other[kind] ?? kind));
  if (source.repeats_in_file > 0) parts.push(`${words.incoming.repeats}: ${source.repeats_in_file.toLocaleString(locale)}`);
  if (source.other_lines > 0) parts.push(`${words.incoming.otherLines}: ${source.other_lines.toLocaleString(locale)}`);
  if (source.problems.length > 0) parts.push(words.incoming.problems(source.problems.length));
  return `${words.incoming.rowsLead(words.count.rows(source.rows))} ${parts.join(', ')}.`;
}
