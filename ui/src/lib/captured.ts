// When an exhibit was captured and how that is known, in words.

import type { ExhibitKind } from '$lib/api';
import * as format from './format';
import type { Words } from './words/ru';
import type { ExhibitView } from '$lib/api';

type Captured = Pick<ExhibitView, 'captured_at' | 'captured_basis' | 'captured_precision'>;

/** `23 апр 2025, 11:19:47`; empty where it is not known. */
export function capturedWhen(exhibit: Captured, words: Words): string {
  return exhibit.captured_at ? format.moment(exhibit.captured_at, exhibit.captured_precision ?? 'second', words) : '';
}

/** `Снято 23 апр 2025, 11:19:47 · по имени файла`. */
export function captured(exhibit: Captured & { kind: ExhibitKind }, words: Words): string {
  const when = capturedWhen(exhibit, words);
  const basis = words.exhibits.basis[exhibit.captured_basis];
  return when ? `${words.exhibits.captured[exhibit.kind]} ${when} · ${basis}` : words.exhibits.basis.unknown;
}
