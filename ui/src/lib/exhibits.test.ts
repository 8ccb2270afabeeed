import { expect, it } from 'vitest';
import { call, overview, source, zoned } from '../test/host';
import type { Precision, SourceKind } from './api';
import { because } from './because';
import { farFrom } from './captured';
import { readClock } from './clock';
import { desk } from './desk.svelte';
import { likeliest } from './exhibits.svelte';
import { ending, shortNames } from './names';
import { HEIGHT, wavePath } from './wave';
import { ru } from './words/ru';
import { fitScale, held, settle, zoomAt } from './zoom';

it('reads the time off a clock as people write it, and takes nothing else for one', () => {
  expect(readClock('23.04.2025 11:19')).toBe('2025-04-23 11:19');
  expect(readClock(' 3.4.2025, 9:05:07 ')).toBe('2025-04-03 09:05:07');
  expect(readClock('2025-04-23 11:19')).toBe('2025-04-23 11:19');
  expect(readClock('23.04.2025 11:19 +0500')).toBe('2025-04-23 11:19+05:00');
  for (const none of ['', '11:19', '23.04.2025', '31.02.2025 10:00', '23.04.2025 25:00', '23.04.0025 10:15', 'вчера в 10:15']) {
    expect(readClock(none)).toBeNull();
  }
});

it('never cuts away what tells two names apart', () => {
  const [a = '', b = ''] = shortNames(['Screenshot_2025-04-23-11-19-47_one_long_name.png', 'кратко.png'], 30);
  expect([...a].length).toBe(30);
  expect(a.endsWith('.png')).toBe(true);
  expect(b).toBe('кратко.png');
  const alike = ['x'.repeat(20) + 'A' + 'y'.repeat(20), 'x'.repeat(20) + 'B' + 'y'.repeat(20)];
  expect(shortNames(alike, 20)).toEqual(alike);
  expect(ending('письмо.от.банка.eml')).toBe('EML');
});

const match = (call: number, reasons: ('number' | 'start' | 'duration')[], off = 5) => ({
  call,
  because: reasons,
  off_by_s: off,
  confirmed: false,
  record: null,
});

const of = (captured_precision: Precision = 'second', duration_s: number | null = 31) => ({ captured_precision, duration_s });
const record = (kind: SourceKind, started_at: string, precision: Precision = 'second', duration_s: number | null = 31) => ({
  ...{ source: 7, sheet: null, row: 3, kind, started_at, precision },
  ...{ duration_s, duration_unit_s: kind === 'operator' ? 60 : 1 },
});

/** An exhibit that has no length. */
const unheard = { duration_s: null };

it('says why a call is proposed, and takes for sure only what fits better than the rest', () => {
  expect(because(match(1, ['number', 'start', 'duration']), undefined, of(), ru)).toEqual([
    'номер стоит в имени файла',
    'через 5\u00a0с после начала',
    'длительность подходит',
  ]);
  expect(because(match(1, ['start'], -130), undefined, of(), ru)).toEqual(['за 2:10 до начала']);
  expect(because(match(1, ['start'], 0), undefined, of(), ru)).toEqual(['начало совпадает']);
  expect(likeliest([], unheard)).toBeNull();
  expect(likeliest([match(1, ['start'])], unheard)?.call).toBe(1);
  expect(likeliest([match(1, ['start']), match(2, ['start'])], unheard)).toBeNull();
  expect(likeliest([match(1, ['number', 'start']), match(2, ['start'])], unheard)?.call).toBe(1);
});

it('never takes for sure what lies before its call by the time alone, or is a number on a day', () => {
  expect(likeliest([match(1, ['start'], -60)], unheard)).toBeNull();
  expect(likeliest([match(1, ['number'], 0)], unheard)).toBeNull();
  expect(likeliest([match(1, ['number', 'start'], -60)], unheard)?.call).toBe(1);
  expect(likeliest([match(1, ['start', 'duration'], -2)], unheard)?.call).toBe(1);
});

it('is no finer than the coarser of two clocks, and says both lengths where they differ', () => {
  const listed = call(1);
  const by = (off: number, captured: Precision, stated: Precision) => {
    const found = { ...match(1, ['start'], off), record: record('pbx', listed.started_at, stated) };
    return because(found, { ...listed, precision: stated }, of(captured), ru)[0];
  };
  expect(by(13, 'minute', 'second')).toBe('через 1\u00a0мин после начала по журналу АТС');
  expect(by(-70, 'second', 'minute')).toBe('за 2\u00a0мин до начала по журналу АТС');
  expect(by(0, 'minute', 'second')).toBe('начало совпадает до минуты по журналу АТС');
  expect(by(13, 'second', 'second')).toBe('через 13\u00a0с после начала по журналу АТС');
  const lengths = (kind: SourceKind, recorded: number | null, stated: number | null) => {
    const found = { ...match(1, ['duration']), record: record(kind, listed.started_at, 'second', stated) };
    return because(found, listed, of('second', recorded), ru)[0];
  };
  expect(lengths('phone', 15, 16)).toBe('длительность близка: запись 0:15, звонок 0:16');
  expect(lengths('phone', 16, 16)).toBe('длительность та же, 0:16');
  expect(lengths('operator', 15, 60)).toBe('длительность подходит: запись 0:15, звонок 1:00 с округлением');
  expect(lengths('phone', 15, null)).toBe('длительность подходит');
});

it('says of which record the seconds are, and its start where the call is listed under another', () => {
  const listed = call(1);
  const by = (kind: SourceKind, at: string) => because({ ...match(1, ['start'], 2), record: record(kind, at) }, listed, of(), ru)[0];
  expect(by('operator', listed.started_at)).toBe('через 2\u00a0с после начала по детализации оператора');
  expect(by('phone', '2025-09-03T10:15:37+03:00')).toBe('через 2\u00a0с после начала по журналу телефона, 10:15:37');
  expect(by('phone', '2025-09-03T12:15:37+05:00')).toBe('через 2\u00a0с после начала по журналу телефона, 12:15:37 UTC+5');
  const [minute] = because({ ...match(1, ['start'], 0), record: record('pbx', listed.started_at, 'minute') }, listed, of(), ru);
  expect(minute).toBe('начало совпадает до минуты по журналу АТС, около 10:15');
  desk.overview = { ...overview, sources: [{ ...source, ...zoned, id: 7, file: 'звонки.csv', received_at: '2025-10-01T09:00:00Z', entries: false }] };
  expect(by('other', listed.started_at)).toBe('через 2\u00a0с после начала по файлу «звонки.csv»');
});

it('zooms where the pointer is, and leaves no gap at an edge', () => {
  const [picture, pane] = [{ width: 1000, height: 2000 }, { width: 500, height: 500 }];
  const fit = fitScale(picture, pane, 1);
  expect(fit).toBe(0.25);
  const whole = settle({ scale: fit, x: 0, y: 0 }, picture, pane);
  expect(whole).toEqual({ scale: 0.25, x: 125, y: 0 });
  const at = { x: 300, y: 100 };
  const near = zoomAt(whole, 1, at, picture, pane, fit);
  expect((at.y - near.y) / near.scale).toBeCloseTo((at.y - whole.y) / whole.scale);
  expect(settle({ scale: 1, x: 90, y: -9000 }, picture, pane)).toEqual({ scale: 1, x: 0, y: -1500 });
  expect(zoomAt(whole, 0.001, at, picture, pane, fit).scale).toBe(fit);
  expect(fitScale({ width: 40, height: 40 }, pane, 0.5)).toBe(0.5);
});

it('keeps the upper edge of a picture in sight when it grows from the whole, and the middle from then on', () => {
  const [picture, pane] = [{ width: 1000, height: 2000 }, { width: 500, height: 532 }];
  const whole = settle({ scale: 0.25, x: 0, y: 0 }, picture, pane);
  const actual = zoomAt(whole, 1, held(whole, picture, pane), picture, pane, 0.25);
  expect(actual.y).toBe(0);
  const moved = { ...actual, y: -600 };
  const more = zoomAt(moved, 2, held(moved, picture, pane), picture, pane, 0.25);
  expect((266 - more.y) / more.scale).toBeCloseTo((266 - moved.y) / moved.scale);
});

it('draws a recording of any length in so many columns, silence as a line', () => {
  const loud = wavePath([-127, 127, -20, 20, 0, 0, 0, 0], 2);
  expect(loud).toContain(`0.0 ${HEIGHT / 2 - 127}`);
  expect(loud).toContain(`1.0 ${HEIGHT / 2 - 1}`);
  expect(wavePath([], 100)).toBe('');
});

it('says how far from its call an exhibit stands, and nothing where it is near', () => {
  const at = { captured_basis: 'stated', captured_precision: 'second' } as const;
  const far = (captured_at: string | null, precision: Precision = 'second') =>
    farFrom({ ...at, captured_at }, { started_at: '2025-04-23T11:19:47+03:00', precision }, ru);
  expect(far(null)).toBe('');
  expect(far('2025-04-24T11:00:00+03:00')).toBe('');
  expect(far('2025-04-25T09:19:47+01:00')).toBe('через 2\u00a0дня после звонка');
  expect(far('2025-04-23T11:00:00+03:00')).toBe('');
  expect(far('2025-04-23T10:00:00+03:00')).toBe('раньше звонка: проверьте время или связь');
  expect(far('2025-04-23T00:00:00+03:00', 'day')).toBe('');
  expect(far('2025-04-13T11:00:00+03:00')).toBe('раньше звонка на 10\u00a0дней: проверьте время или связь');
});

it('says that a recording lasts longer than its call, and never takes it for sure', () => {
  const stated = { ...match(1, ['number', 'start']), record: record('phone', '2025-04-23T11:19:47+03:00', 'second', 12) };
  expect(because(stated, undefined, { ...of(), duration_s: 600 }, ru).at(-1)).toBe('но запись длится 10:00, а звонок 0:12');
  expect(likeliest([stated], { duration_s: 600 })).toBeNull();
  expect(likeliest([stated], { duration_s: 40 })?.call).toBe(1);
});
