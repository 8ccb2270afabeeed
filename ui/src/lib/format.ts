// How facts are written: numbers, times, durations, sizes. Times are read from the text, never through the computer's
// own zone: the wall clock of the source is the fact.

import type { CallView, Precision } from '$lib/api';
import type { Words } from '$lib/words/ru';

const NBSP = '\u00a0';

// Marks that only say which way a neighbour reads stand in names that phones write, and turn nothing round.
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/** `+74951234567` → `+7 495 123-45-67`, unbreakable; other countries as they are. */
export function phone(e164: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  if (!russian) return e164;
  const [, code, a, b, c] = russian;
  return `+7${NBSP}${code}${NBSP}${a}\u2011${b}\u2011${c}`;
}

/** The other party of a call as a person reads it. */
export function party(call: Pick<CallView, 'number' | 'number_raw' | 'number_kind'>, words: Words): string {
  if (call.number) return phone(call.number);
  if (call.number_kind === 'hidden') return words.number.hidden;
  return call.number_raw || words.number.unknown;
}

type Stamp = { year: string; month: number; day: number; clock: string; offset: string };

function read(rfc3339: string): Stamp | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?/.exec(rfc3339);
  if (!parts) return null;
  const [, year, month, day, clock, offset] = parts;
  return { year: year ?? '', month: Number(month), day: Number(day), clock: clock ?? '', offset: offset ?? '' };
}

/** `2025-09-03T10:15:00+03:00` → `3 сен 2025`. */
export function date(rfc3339: string, words: Words): string {
  const at = read(rfc3339);
  if (!at) return rfc3339;
  return `${at.day}${NBSP}${words.time.months[at.month - 1] ?? ''}${NBSP}${at.year}`;
}

/** `2025-09-03T10:15:00+03:00` → `10:15:00`; less where the source was less precise. */
export function clock(rfc3339: string, precision: Precision, words: Words): string {
  const at = read(rfc3339);
  if (!at) return '';
  if (precision === 'day') return words.time.day;
  if (precision === 'hour') return words.time.hour(Number(at.clock.slice(0, 2)));
  return precision === 'minute' ? words.time.about(at.clock.slice(0, 5)) : at.clock;
}

/** A moment where there is little room: how precise it is shows in what is left out. */
export function shortMoment(rfc3339: string, precision: Precision, words: Words): string {
  const at = read(rfc3339);
  if (!at || precision === 'day') return date(rfc3339, words);
  if (precision === 'hour') return `${date(rfc3339, words)}, ${words.time.hourShort(Number(at.clock.slice(0, 2)))}`;
  return `${date(rfc3339, words)}, ${precision === 'minute' ? at.clock.slice(0, 5) : at.clock}`;
}

/** `3 сен 2025, 10:15:00`. */
export function moment(rfc3339: string, precision: Precision, words: Words): string {
  const time = clock(rfc3339, precision, words);
  return time ? `${date(rfc3339, words)}, ${time}` : date(rfc3339, words);
}

/** `3 сентября 2025, 10:15`: how a date is read out. */
export function longMoment(rfc3339: string, precision: Precision, words: Words): string {
  const at = read(rfc3339);
  if (!at) return rfc3339;
  const day = words.mapping.longDate(at.day, words.mapping.months[at.month - 1] ?? '', at.year);
  if (precision === 'day') return day;
  if (precision === 'hour') return `${day}, ${words.time.hour(Number(at.clock.slice(0, 2)))}`;
  return `${day}, ${precision === 'minute' || at.clock.endsWith(':00') ? at.clock.slice(0, 5) : at.clock}`;
}

/** A text with the characters that turn the direction of reading written out: a name may not mirror what stands beside it. */
export function visible(text: string): string {
  return text.replace(TURNS, (char) => `[U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** The offset of a time as `UTC+3`. */
export function offset(rfc3339: string): string {
  const written = read(rfc3339)?.offset;
  if (!written) return '';
  if (written === 'Z') return 'UTC';
  const minutes = written.slice(4) === '00' ? '' : `:${written.slice(4)}`;
  return `UTC${written[0]}${Number(written.slice(1, 3))}${minutes}`;
}

/** Seconds → `0:31`, `1:02:07`. */
export function seconds(value: number): string {
  const [h, m, s] = [Math.floor(value / 3600), Math.floor((value % 3600) / 60), value % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The length of a call, or how it ended where nobody spoke. */
export function duration(call: Pick<CallView, 'duration_s' | 'disposition'>, words: Words): string {
  const silent = call.disposition !== 'answered' && call.disposition !== 'unknown';
  if (silent && !call.duration_s) return words.disposition[call.disposition];
  return call.duration_s === null ? words.none : seconds(call.duration_s);
}

/** Bytes as `12,4 МБ` / `12.4 MB`. */
export function bytes(value: number, language: 'ru' | 'en'): string {
  const units = language === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const digits = power === 0 ? 0 : 1;
  const shown = (value / 1000 ** power).toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB', {
    maximumFractionDigits: digits,
  });
  return `${shown}${NBSP}${units[power]}`;
}

/** How far long work has come: a share where the whole is known, rows where rows are counted, bytes of a digest. */
export function progress(phase: string, done: number, total: number | null, words: Words, language: 'ru' | 'en'): string {
  if (total !== null && total > 0) return `${Math.floor((Math.min(done, total) / total) * 100)}${NBSP}%`;
  if (done === 0) return '';
  if (phase === 'read' || phase === 'store') return words.count.rows(done);
  return phase === 'digest' ? bytes(done, language) : '';
}

/** The first and the last of a digest: enough to compare by eye. */
export function digest(hex: string): string {
  return hex.length > 20 ? `${hex.slice(0, 8)}…${hex.slice(-8)}` : hex;
}

/** Numbers inside a sentence, as numbers are written everywhere. What stands in quotes is a name or a label as found. */
export function withPhones(text: string): string {
  const parts = /«[^«»]*(?:«[^«»]*»[^«»]*)*»|“[^“”]*(?:“[^“”]*”[^“”]*)*”|\+7\d{10}(?!\d)/g;
  return text.replace(parts, (part) => (part.startsWith('+') ? phone(part) : part));
}
