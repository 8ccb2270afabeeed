// Calls as text for a letter or a spreadsheet: columns parted by tabs.

import type { CallView } from '$lib/api';
import * as format from '$lib/format';
import type { Words } from '$lib/words/ru';

/** Blanks that only keep a number together on the screen are plain ones in a text. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2011', '-').replace(/[\t\r\n]+/g, ' ');

export function asText(calls: CallView[], words: Words): string {
  const columns = words.calls.columns;
  const head = [columns.time, columns.number, columns.direction, columns.label, columns.group, columns.duration];
  const rows = calls.map((call) => [
    `${format.moment(call.started_at, call.precision, words)} ${format.offset(call.started_at)}`,
    format.party(call, words),
    words.direction[call.direction],
    call.labels.join(', '),
    call.group_name ?? '',
    format.duration(call, words),
  ]);
  return [head, ...rows].map((row) => row.map(plain).join('\t')).join('\n');
}
