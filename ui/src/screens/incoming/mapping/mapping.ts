// What a person's choice in the mapping pane does to the mapping. Pure: the pane shows it, the host tries it.

import type { Field, Look, Mapping, WordMeaning, WordRead } from '$lib/api';

/** Meanings in the order in which a person meets them. */
export const FIELDS: Field[] = [
  'start', 'date', 'time', 'number', 'caller', 'callee', 'direction', 'duration', 'service', 'service_kind', 'outcome',
  'answered', 'label', 'line', 'zone',
];

const WAYS: WordMeaning[] = [
  'incoming', 'outgoing', 'missed', 'rejected', 'blocked', 'voicemail', 'outgoing_missed', 'call', 'sms', 'mms', 'ussd',
  'data', 'fax', 'fee', 'other', 'unknown',
];
const ENDS: WordMeaning[] = ['answered', 'missed', 'rejected', 'blocked', 'voicemail', 'unknown'];

export const DATES = [
  'dd.mm.yyyy', 'dd.mm.yy', 'yyyy-mm-dd', 'dd/mm/yyyy', 'mm/dd/yyyy', 'dd/mm/yy', 'mm/dd/yy', 'dd-mm-yyyy', 'yyyy.mm.dd',
  'yyyy/mm/dd', 'dd mmm yyyy', 'mmm dd yyyy', 'mm.dd.yyyy', 'epoch_s', 'epoch_ms',
];
export const DURATIONS = ['clock', 's', 'min', 'h:mm', 'units', 'day fraction'];

/** Numbers of the file that are offered as the own line. */
const OFFERED = 8;

/** Whether the words of a column have meanings of their own. */
export const hasWords = (field: Field | null | undefined): boolean =>
  field === 'direction' || field === 'outcome' || field === 'service' || field === 'service_kind';

export const meaningsOf = (field: Field | null | undefined): WordMeaning[] => (field === 'outcome' ? ENDS : WAYS);

/** The words of a column with the meanings that were proposed for them. */
function proposedWords(look: Look, column: number, field: Field): WordRead[] {
  const seen = look.columns[column]?.words ?? [];
  return seen.map(({ word, means, ends }) => ({ column, word, means: field === 'outcome' ? ends : means }));
}

/** What another column holds once one is chosen: none the same, and a moment stands in one column or is put together of two. */
function beside(known: Field | null, chosen: Field | null): Field | null {
  if (known === chosen) return null;
  if (known === 'start' && chosen === 'time') return 'date';
  if (known === 'start' && chosen === 'date') return null;
  if ((known === 'date' || known === 'time') && chosen === 'start') return null;
  return known;
}

/** Says what a column holds. What goes with the meaning comes from the column's cells. */
export function setField(look: Look, mapping: Mapping, column: number, field: Field | null): Mapping {
  const fields = mapping.fields.map((known, at) => (at === column ? field : beside(known ?? null, field)));
  const words = mapping.words.filter((w) => w.column !== column && hasWords(fields[w.column]));
  if (field && hasWords(field)) words.push(...proposedWords(look, column, field));
  const seen = look.columns[column];
  const isDay = field === 'start' || field === 'date';
  return {
    ...mapping,
    fields,
    words,
    date: (isDay && seen?.date) || mapping.date,
    duration: (field === 'duration' && seen?.duration) || mapping.duration,
  };
}

export function setWord(mapping: Mapping, column: number, word: string, means: WordMeaning): Mapping {
  const words = mapping.words.map((w) => (w.column === column && w.word === word ? { ...w, means } : w));
  return { ...mapping, words };
}

/** Columns whose words the person can set, from the left. */
export function wordColumns(mapping: Mapping): number[] {
  return mapping.fields.flatMap((field, column) => (hasWords(field) ? [column] : []));
}

/** What is lacking before any row can be a call. */
export function lacking(mapping: Mapping): ('start' | 'number')[] {
  const has = (...fields: Field[]) => fields.some((field) => mapping.fields.includes(field));
  return [
    ...(has('start', 'date') ? [] : (['start'] as const)),
    ...(has('number', 'caller', 'callee') ? [] : (['number'] as const)),
  ];
}

/** A moved header gives new headings and words; what the person has said stays. */
export function afterMove(fresh: Look, seen: Look, before: Mapping): Mapping {
  const { zone, kind, way } = before;
  const moved: Mapping = { ...fresh.mapping, zone, kind, way, line: before.line ?? fresh.mapping.line };
  return before.fields.reduce<Mapping>((now, field, column) => {
    const said = (field ?? null) !== (seen.mapping.fields[column] ?? null);
    return said && column < now.fields.length ? setField(fresh, now, column, field ?? null) : now;
  }, moved);
}

/** Numbers that may be the person's own: the one that was said, those of the case, and those most met in the two columns. */
export function ownLines(look: Look, mapping: Mapping, lines: string[]): { number: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const field of ['caller', 'callee'] as const) {
    const seen = look.columns[mapping.fields.indexOf(field)]?.numbers ?? [];
    for (const { number, count } of seen) counts.set(number, (counts.get(number) ?? 0) + count);
  }
  const met = [...counts].sort(([, one], [, other]) => other - one).slice(0, OFFERED).map(([number]) => number);
  const numbers = new Set([...(mapping.line ? [mapping.line] : []), ...lines, ...met]);
  return [...numbers].map((number) => ({ number, count: counts.get(number) ?? 0 }));
}

/** The cells of a row from which the beginning of its call is read. */
export function startCells(look: Look, mapping: Mapping, row: number): string {
  const cells = look.rows.find((shown) => shown.row === row)?.cells ?? [];
  const at = (field: Field) => cells[mapping.fields.indexOf(field)] ?? '';
  return mapping.fields.includes('start') ? at('start') : [at('date'), at('time')].filter(Boolean).join(' ');
}

export const same = (one: Mapping, other: Mapping): boolean => JSON.stringify(one) === JSON.stringify(other);
