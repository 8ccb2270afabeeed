// A place in a source as a person finds it again.

import type { RecordPlace, SourceView } from '$lib/api';
import type { Words } from './words/ru';

/** `лист 2, строка 17`; `запись 17 по порядку` in a file of XML, which has no rows that a person could count. */
export function place({ source, sheet, row }: RecordPlace, sources: SourceView[], words: Words): string {
  const entries = sources.find((one) => one.id === source)?.entries ?? false;
  const at = entries ? words.inspector.entry(row) : words.inspector.row(row);
  return sheet ? `${words.inspector.sheet(sheet)}, ${at}` : at;
}

/** The same with the name of the file before it. */
export function placeInFile(at: RecordPlace, sources: SourceView[], words: Words): string {
  const file = sources.find((one) => one.id === at.source)?.file;
  return [file, place(at, sources, words)].filter(Boolean).join(', ');
}
