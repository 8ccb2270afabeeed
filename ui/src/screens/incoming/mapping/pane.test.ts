import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { failure, giveLayout, makeHost, overview, source } from '../../../test/host';
import type { ImportChoice, Look, Mapping, ReadingNote } from '$lib/api';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from '../../../App.svelte';
import { desk } from '$lib/desk.svelte';
import { afterMove, ownLines, setField } from './mapping';

const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ').replaceAll('\u2011', '-') ?? '';

const numbers = (...seen: [string, number][]) => seen.map(([number, count]) => ({ number, count }));
const column = (name: string, seen: [string, number][] = []) => ({ name, proposal: null, words: [], numbers: numbers(...seen), date: null, duration: 'clock' });
const mapping: Mapping = {
  container: 'csv',
  header: { sheet: 0, row: 1 },
  headings: ['когда', 'Номер А', 'Номер Б'],
  fields: ['start', 'caller', 'callee'],
  words: [],
  date: 'dd.mm.yyyy',
  duration: 'clock',
  zone: null,
  line: null,
  kind: null,
  xml: null,
};
const look: Look = {
  encoding: 'utf-8',
  sheet: 0,
  rows: [{ row: 1, cells: mapping.headings }, { row: 2, cells: ['03.09.2025 10:15', '79071110000', '79351112233'] }],
  columns: [
    column('когда'),
    column('Номер А', [['+79071110000', 5], ['+79351112233', 1]]),
    column('Номер Б', [['+79351112233', 3], ['+79071110000', 1]]),
  ],
  mapping,
};
const strangers: ReadingNote = { kind: 'strangers', text: 'Не видно, какой из них ваш.', text_en: 'Not known.', calls: 4 };
const trial = {
  rows: 6, skipped: 0, records: 6, directions: { unknown: 4, incoming: 2 }, other: {}, repeats_in_file: 0, other_lines: 0,
  problems: [], mended: 0, mends: [], notes: [strangers], first: null,
};

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  desk.overview = null;
  desk.incoming = [];
});

function give(tried: Mapping[]) {
  Object.assign(host.now, {
    lookAtTable: vi.fn(async () => look),
    tryMapping: vi.fn((_: number, now: Mapping) => (tried.push(now), { answer: Promise.resolve(trial), cancel: async () => {} })),
  });
}

async function open() {
  render(App);
  desk.show({ ...overview, lines: ['+79071204518'] });
  desk.receive([{ token: 3, name: 'x.csv', purpose: 'source' }]);
}

it('offers the numbers of both columns as the own line, those of the case and any other', async () => {
  const tried: Mapping[] = [];
  give(tried);
  host.now.previewImport.mockRejectedValueOnce({ ...failure, code: 'recipe_unknown', detail: { file: 'x.csv' } });
  await open();
  await fireEvent.click(await screen.findByRole('button', { name: 'Указать столбцы…' }));
  const select = (await screen.findByLabelText(/Ваш номер в этом файле/)) as HTMLSelectElement;
  expect([...select.options].map((option) => option.value)).toEqual(['', '+79071204518', '+79071110000', '+79351112233', 'other']);
  expect(plain(select.options[2]?.textContent)).toContain('(6 строк)');
  expect(await screen.findByText('Не видно, какой из них ваш.')).toBeTruthy();
  await fireEvent.change(select, { target: { value: 'other' } });
  await fireEvent.change(await screen.findByLabelText('Ваш номер, с кодом'), { target: { value: ' 8 998 765-43-21 ' } });
  await vi.waitFor(() => expect(tried.at(-1)?.line).toBe('8 998 765-43-21'));
  await fireEvent.change(select, { target: { value: '+79071110000' } });
  await vi.waitFor(() => expect(tried.at(-1)?.line).toBe('+79071110000'));
  expect(screen.queryByLabelText('Ваш номер, с кодом')).toBeNull();
});

it('asks for the row of the headings of a table, also where nothing is said of one in a database', async () => {
  give([]);
  expect('table' in mapping).toBe(false);
  host.now.previewImport.mockRejectedValueOnce({ ...failure, code: 'recipe_unknown', detail: { file: 'x.csv' } });
  await open();
  await fireEvent.click(await screen.findByRole('button', { name: 'Указать столбцы…' }));
  expect(((await screen.findByLabelText('Заголовки в строке 1')) as HTMLInputElement).checked).toBe(true);
});

it('offers no more numbers than a person can look through', () => {
  const many = Array.from({ length: 8 }, (_, i): [string, number] => [`+7907000000${i}`, 20 - i]);
  const wide = { ...look, columns: [column('a'), column('b', many), column('c', [['+79981112233', 100]])] };
  const offered = ownLines(wide, { ...mapping, line: '+79460000000' }, ['+79071204518']);
  expect(offered.length).toBe(10);
  expect(offered.slice(0, 3)).toEqual([{ number: '+79460000000', count: 0 }, { number: '+79071204518', count: 0 }, { number: '+79981112233', count: 100 }]);
});

it('says in the preview whose line the file shows, and what it does not show', async () => {
  const own: ReadingNote = { kind: 'own_line', text: 'Ваш номер, по файлу: +79071204518.', text_en: 'x', number: '+79071204518' };
  host.now.previewImport.mockResolvedValue({ sources: [{ ...source, recipe: 'table', notes: [own, strangers] }] } as never);
  await open();
  const term = await screen.findByText('Ваш номер, по файлу');
  expect(plain(term.nextElementSibling?.textContent)).toBe('+7 907 120-45-18 (стоит в каждой строке)');
  expect(screen.getByText('Не видно, какой из них ваш.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Указать свой номер…' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Исправить столбцы…' })).toBeNull();
});

it('says how dates with strokes are read and why, and reads them otherwise where the person says so', async () => {
  const days: ReadingNote = { kind: 'day_order', text: 'Дата читается как день/месяц/год.', text_en: 'x', order: 'day_first', because: 'usual' };
  host.now.previewImport.mockResolvedValue({ sources: [{ ...source, recipe: 'table', notes: [days] }] } as never);
  await open();
  expect(await screen.findByText('Дата читается как день/месяц/год.')).toBeTruthy();
  const select = screen.getByLabelText('Порядок даты') as HTMLSelectElement;
  expect(select.value).toBe('day_first');
  await fireEvent.change(select, { target: { value: 'month_first' } });
  await vi.waitFor(() => {
    const asked = host.now.previewImport.mock.lastCall as unknown as [{ choice: ImportChoice }[]];
    expect(asked[0][0]?.choice).toEqual({ days: 'month_first' });
  });
});

it('reads a time beside a day where the person says so, and keeps what was said when the header moves', () => {
  const dated = { ...look, columns: [column('день'), column('время'), column('номер')] };
  const before: Mapping = { ...mapping, headings: ['день', 'время', 'номер'], fields: ['start', null, 'number'] };
  const apart = setField(dated, before, 1, 'time');
  expect(apart.fields).toEqual(['date', 'time', 'number']);
  expect(setField(dated, apart, 0, 'start').fields).toEqual(['start', null, 'number']);
  const proposed = { ...dated, mapping: before };
  const said = setField(dated, { ...apart, way: 'incoming' }, 2, 'label');
  const moved = afterMove(proposed, proposed, said);
  expect([moved.fields, moved.way]).toEqual([['date', 'time', 'label'], 'incoming']);
});
