// When an exhibit was captured and how that is known, in words.

import type { CallView, ExhibitKind } from '$lib/api';
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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * What is to be said of an exhibit that stands far from its call: a picture of a list is often taken days later, but
 * before the call nothing could be captured of it, and then a clock or the link is wrong. Empty where both are near.
 */
export function farFrom(exhibit: Captured, call: Pick<CallView, 'started_at' | 'precision'>, words: Words): string {
  if (!exhibit.captured_at) return '';
  const apart = Date.parse(exhibit.captured_at) - Date.parse(call.started_at);
  // A day without a time of day may be any moment of it.
  const unsure = [exhibit.captured_precision, call.precision].includes('day') ? DAY : HOUR;
  const days = Math.floor(Math.abs(apart) / DAY);
  if (apart <= -unsure) return words.viewer.beforeCall(days);
  return days > 0 ? words.viewer.afterCall(days) : '';
}
