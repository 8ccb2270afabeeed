import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallFilter, CallView, Kept, SourceKind } from '$lib/api';
import { call, giveLayout, group, makeHost, overview, source, zoned } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { callList } from '$lib/callList.svelte';
import { comparison } from '$lib/comparison.svelte';
import { desk } from '$lib/desk.svelte';
import { countOf } from '$lib/marks';
import { notices } from '$lib/notices.svelte';
import { add } from './screens/incoming/add';
import { isoDate } from './screens/calls/narrowing';
import { ru } from '$lib/words/ru';
import { witnesses } from './screens/calls/witnesses';
import { listed } from './screens/groups/listed';

const found = (total: number) => ({ list: 1, total, ranges: [] as [number, number][], at: null });

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  desk.overview = null;
  desk.incoming = [];
  notices.list = [];
});

async function grid(total = 3): Promise<HTMLElement> {
  host.now.findCalls.mockImplementation(async () => found(total));
  render(App);
  desk.show({ ...overview, calls: total });
  const shown = await screen.findByRole('grid');
  await vi.waitFor(() => expect(shown.querySelector('[data-call]')).not.toBeNull());
  return shown;
}

const asked = () => host.now.findCalls.mock.lastCall as unknown as [CallFilter, Kept];

describe('the order of the list', () => {
  it('follows the heading that was clicked, and turns round with the next click', async () => {
    await grid();
    await fireEvent.click(screen.getByRole('button', { name: /Номер/ }));
    await vi.waitFor(() => expect(asked()[0].order).toEqual({ by: 'number', descending: false }));
    expect(screen.getByRole('columnheader', { name: /Номер/ }).getAttribute('aria-sort')).toBe('ascending');
    await fireEvent.click(screen.getByRole('button', { name: /Номер/ }));
    await vi.waitFor(() => expect(asked()[0].order).toEqual({ by: 'number', descending: true }));
  });

  it('hands the marks over, so that they stay on the same calls', async () => {
    const shown = await grid();
    await fireEvent.keyDown(shown, { code: 'Space' });
    host.now.findCalls.mockImplementation(async () => ({ list: 2, total: 3, ranges: [[2, 3]], at: null }));
    await fireEvent.click(screen.getByRole('button', { name: /Длительность/ }));
    await vi.waitFor(() => expect(asked()[1].marks).toEqual({ list: 1, ranges: [[0, 1]] }));
    await vi.waitFor(() => expect(callList.marks).toEqual([[2, 3]]));
  });
});

describe('the dots of a call', () => {
  const kinds = (...list: SourceKind[]) => new Map(list.map((kind, i) => [i + 1, kind] as const));
  const of = (source: number, known: ReturnType<typeof kinds>) =>
    witnesses({ records: [{ source, sheet: null, row: 1 }], exhibits: [] }, known, ru).map((dot) => [dot.name, dot.speaks]);

  it('are three for a phone and an operator, and one more where another kind of source is in the case', () => {
    expect(of(1, kinds('phone', 'operator'))).toEqual([['phone', true], ['operator', false], ['exhibit', false]]);
    for (const kind of ['other', 'pbx', 'hand'] as const) {
      expect(of(2, kinds('phone', kind)), kind).toEqual([['phone', false], ['operator', false], ['other', true], ['exhibit', false]]);
      expect(of(1, kinds('phone', kind))[2], 'hollow where it is silent').toEqual(['other', false]);
    }
  });

  it('stand in the list', async () => {
    const shown = await grid();
    const held = { ...zoned, file: 'x', recipe: 'x', records: 3, received_at: '2025-09-03T10:15:00Z', sha256: 'ab', entries: false };
    desk.overview = { ...overview, sources: [{ ...held, id: 1, kind: 'other' }] };
    const dots = await within(shown).findAllByRole('img', { name: /другой источник: подтверждает/ });
    expect(dots).not.toHaveLength(0);
    const signs = shown.querySelectorAll('#sort-witnesses svg');
    expect(signs, 'one above each dot').toHaveLength((dots[0] as Element).querySelectorAll('i').length);
  });
});

it('says of a call whose source writes instants that its zone is only how they are shown', async () => {
  const shown = await grid();
  const instant = (id: number) => ({ ...call(id), zone_basis: 'assumed', instant: true });
  host.now.callDetail.mockImplementation(async (id: number) => ({ call: instant(id), records: [], reasons: [], reasons_en: [] }));
  await fireEvent.click(shown.querySelector('[data-call]') as Element);
  expect(await screen.findByText(/всемирное время \(UTC\), так задано форматом; показано: Москва/)).toBeTruthy();
  expect(screen.queryByText(/принят московский/)).toBeNull();
});

describe('a label of a call', () => {
  it('says where it stands as a person finds it: a record of XML by its order, a row of a sheet', async () => {
    const shown = await grid();
    const held = { ...zoned, kind: 'phone' as const, recipe: 'x', records: 3, received_at: '2025-09-03T10:15:00Z', sha256: 'ab' };
    desk.overview = {
      ...overview,
      sources: [{ ...held, id: 1, file: 'звонки.xml', entries: true }, { ...held, id: 2, file: 'книга.xlsx', entries: false }],
    };
    const seen = (source: number, sheet: number | null, text: string) =>
      ({ text, call: 1, exhibit: null, place: { source, sheet, row: 17 }, asserter: 'unknown' as const });
    host.now.labelsOfCall.mockImplementation(async () => [seen(1, null, 'Реклама'), seen(2, 3, 'Вектория')]);
    await fireEvent.click(shown.querySelector('[data-call]') as Element);
    expect(await screen.findByText('звонки.xml, запись 17 по порядку')).toBeTruthy();
    expect(screen.getByText('книга.xlsx, лист 3, строка 17')).toBeTruthy();
  });
});

describe('filters', () => {
  it('combine, stand as chips, and are taken off one by one', async () => {
    await grid();
    await fireEvent.click(screen.getByRole('button', { name: 'Отобрать' }));
    const panel = screen.getByRole('group', { name: 'Отобрать звонки' });
    await fireEvent.change(within(panel).getByLabelText('Направление'), { target: { value: 'incoming' } });
    await fireEvent.change(within(panel).getByLabelText('Подпись'), { target: { value: 'false' } });
    await fireEvent.change(within(panel).getByLabelText('с'), { target: { value: '5.9.2025' } });
    await vi.waitFor(() => expect(asked()[0]).toMatchObject({ direction: 'incoming', labelled: false, from: '2025-09-05' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Убрать: входящие' }));
    await vi.waitFor(() => expect(asked()[0].direction).toBeUndefined());
    expect(asked()[0]).toMatchObject({ labelled: false, from: '2025-09-05' });
    await fireEvent.change(within(panel).getByLabelText('по'), { target: { value: 'вчера' } });
    expect((await screen.findByRole('alert')).textContent).toContain('05.09.2025');
  });

  it('stay open to whatever is clicked beside their panel: the click takes the focus along', async () => {
    await grid();
    await fireEvent.click(screen.getByRole('button', { name: 'Отобрать' }));
    const field = screen.getByLabelText(/Поиск по номеру/);
    field.focus();
    await fireEvent.click(field);
    expect(screen.queryByRole('group', { name: 'Отобрать звонки' })).toBeNull();
    expect(document.activeElement).toBe(field);
  });

  it('say of each date whether it is one, until what it stood for is taken off', async () => {
    await grid();
    callList.narrow({ from: '2025-09-05', direction: 'incoming' });
    await fireEvent.click(screen.getByRole('button', { name: 'Отобрать' }));
    const panel = document.getElementById('filters') as HTMLElement;
    const [from, to] = ['с', 'по'].map((label) => within(panel).getByLabelText<HTMLInputElement>(label)) as [HTMLInputElement, HTMLInputElement];
    await fireEvent.change(from, { target: { value: '31.02.2025' } });
    await fireEvent.change(to, { target: { value: 'вчера' } });
    expect([from, to].map((field) => field.getAttribute('aria-invalid'))).toEqual(['true', 'true']);
    await fireEvent.click(screen.getByRole('button', { name: /Убрать: с / }));
    await vi.waitFor(() => expect(from.getAttribute('aria-invalid')).toBe('false'));
    expect([from.value, to.value]).toEqual(['', 'вчера']);
    await fireEvent.click(screen.getByRole('button', { name: 'Убрать: входящие' }));
    await vi.waitFor(() => expect(to.getAttribute('aria-invalid'), 'nothing is narrowed any more').toBe('false'));
    expect(to.value).toBe('');
  });

  it('are as they were left when the screen is shown again', async () => {
    await grid();
    callList.text = 'вектория';
    callList.narrow({ direction: 'incoming' });
    await vi.waitFor(() => expect(asked()[0].text).toBe('вектория'));
    const times = host.now.findCalls.mock.calls.length;
    desk.go('groups');
    await screen.findByRole('heading', { name: /Группы/ });
    desk.go('calls');
    expect(((await screen.findByLabelText(/Поиск по номеру/)) as HTMLInputElement).value).toBe('вектория');
    expect(screen.getByRole('button', { name: 'Убрать: входящие' })).toBeTruthy();
    expect(host.now.findCalls.mock.calls.length).toBe(times);
  });

  it('say that a label does not show on every call of its group', async () => {
    host.now.groups.mockImplementation(async () => [{ ...group(1, 'ВЕКТОРИЯ'), calls: 70 }]);
    await grid(48);
    callList.text = 'вектория';
    await fireEvent.click(await screen.findByRole('button', { name: 'Показать все звонки группы' }));
    await vi.waitFor(() => expect(asked()[0]).toMatchObject({ text: null, group: 1 }));
  });

  it('read dates as people write them', () => {
    expect(['05.09.2025', '5.9.25', '2025-09-05'].map(isoDate)).toEqual(Array(3).fill('2025-09-05'));
    expect(['31.02.2025', 'вчера', '5'].map(isoDate)).toEqual([null, null, null]);
    expect(['05.09.0025', '0025-09-05'].map(isoDate), 'a year that was not typed to its end').toEqual([null, null]);
  });
});

describe('the panel of a call', () => {
  const by = (id: number, kind: SourceKind, file: string) => ({ ...zoned, id, file, kind, recipe: kind === 'hand' ? 'hand' : 'table', records: 3, received_at: '2025-09-03T07:20:00Z', entries: false, sha256: 'ab'.repeat(32) });
  const plain = (id: string) => document.getElementById(id)?.textContent?.replace(/\s+/g, ' ') ?? '';

  async function panel(of: Partial<CallView>) {
    const one = { ...call(1), ...of };
    host.now.callDetail.mockImplementation(async () => ({ call: one, records: [], reasons: [], reasons_en: [] }));
    render(App);
    desk.show({ ...overview, calls: 3, sources: [by(1, 'phone', 'phone.xml'), by(2, 'operator', 'detail.csv'), by(4, 'hand', 'запись.csv')] });
    desk.call = one;
    return vi.waitFor(() => {
      const found = document.getElementById('inspector');
      expect(found).not.toBeNull();
      return found as HTMLElement;
    });
  }

  it('says who is silent and why, and asks for one call only', async () => {
    host.now.callSilence.mockImplementation(async () => [
      { witness: 'operator', source: 2, reason: 'unanswered' },
      { witness: 'pbx', source: null, reason: 'outside_period' },
    ]);
    await panel({});
    await vi.waitFor(() => expect(plain('silences')).toContain('Оператор молчит: неотвеченных звонков в этом источнике не бывает'));
    expect(plain('silences')).toContain('detail.csv');
    expect(plain('silences')).toContain('АТС молчит: звонок вне периода источника');
    expect(host.now.callSilence.mock.calls).toEqual([[1]]);
    expect(host.now.silenceCounts).not.toHaveBeenCalled();
  });

  it('reads through a large case for it only when the person wants that', async () => {
    host.now.callSilence.mockImplementation(async () => [{ witness: 'operator', source: 2, reason: 'not_stated' }]);
    await panel({});
    desk.overview = { ...overview, sources: [by(1, 'phone', 'a.xml'), by(2, 'operator', 'b.csv')].map((one) => ({ ...one, records: 1_500_000 })) };
    host.now.callSilence.mockClear();
    await vi.waitFor(() => expect(document.getElementById('silences-ask')).not.toBeNull());
    expect(host.now.callSilence).not.toHaveBeenCalled();
    await fireEvent.click(document.getElementById('silences-ask') as HTMLElement);
    await vi.waitFor(() => expect(plain('silences')).toContain('b.csv'));
    comparison.forget();
  });

  it('calls what came by a messenger so, in the list too', async () => {
    const page = host.now.callsPage;
    page.mockImplementation(async (_: number, from: number, count: number) => Array.from({ length: count }, (_, i) => ({ ...call(from + i), messenger: 'Пример' })));
    const shown = await panel({ messenger: 'Пример' });
    await vi.waitFor(() => expect(shown.querySelector('header')?.textContent).toContain('звонок в мессенджере, Пример'));
    await vi.waitFor(() => expect(document.querySelector('#row-1')?.textContent).toContain('звонок в мессенджере, Пример'));
  });

  it('names no file where the person wrote the call down', async () => {
    const shown = await panel({ records: [{ source: 4, sheet: null, row: 2 }], kinds: ['hand'], zone_basis: 'stated' });
    await vi.waitFor(() => expect(shown.textContent).toContain('Москва (МСК), указан вами'));
    expect(shown.textContent).not.toContain('указан в файле');
  });

  it('stands beside times that are short enough to be read whole', async () => {
    host.now.callsPage.mockImplementation(async (_: number, from: number, count: number) => Array.from({ length: count }, (_, i) => ({ ...call(from + i), precision: 'minute' as const })));
    await panel({});
    const cell = await vi.waitFor(() => {
      const found = document.querySelector('#row-1 [role=gridcell].number');
      expect(found?.textContent?.replace(/\s/g, ' ')).toBe('3 сен 2025, 10:15');
      return found as HTMLElement;
    });
    expect(cell.title.replace(/\s/g, ' '), 'how precise it is stands behind it').toBe('3 сен 2025, около 10:15');
  });
});

describe('calls that come while the list is narrowed', () => {
  const came = () => document.querySelector('#came-narrowed');
  const comes = (answer: object = {}) => {
    host.now.import.mockImplementationOnce(async () => ({ sources: [source], ...answer }) as Awaited<ReturnType<typeof host.now.import>>);
    return add({ files: [{ token: 1, name: 'a.csv', purpose: 'source' }], said: [], preview: null, exhibits: [], calls: [], left: [] });
  };
  const changed = { event: 2, changed: ['calls'] };

  it('are said to be left out for as long as it is narrowed to that', async () => {
    await grid();
    callList.narrow({ direction: 'incoming' });
    callList.narrow({ labelled: false });
    await comes(changed);
    await vi.waitFor(() => expect(came()).not.toBeNull());
    await fireEvent.click(document.getElementById('all-off') as HTMLElement);
    await vi.waitFor(() => expect(came()).toBeNull());
    callList.text = 'вектория';
    await vi.waitFor(() => expect(asked()[0].text).toBe('вектория'));
    expect(came(), 'a new search is made among all of them').toBeNull();
    callList.text = '';
    callList.narrow({ direction: 'incoming' });
    await screen.findByRole('button', { name: 'Убрать: входящие' });
    expect(came(), 'so is another narrowing').toBeNull();
  });

  it('are not said to be where another search stands, or a group', async () => {
    await grid();
    callList.text = 'вектория';
    await comes(changed);
    await vi.waitFor(() => expect(came()).not.toBeNull());
    callList.text = 'гавань';
    await vi.waitFor(() => expect(came()).toBeNull());
    callList.text = 'вектория';
    await vi.waitFor(() => expect(came()).not.toBeNull());
    desk.group = 1;
    await vi.waitFor(() => expect(came()).toBeNull());
  });

  it('are not said to have come where nothing came', async () => {
    await grid();
    callList.narrow({ direction: 'incoming' });
    await comes();
    await screen.findByRole('button', { name: 'Убрать: входящие' });
    expect(came()).toBeNull();
  });
});

describe('marks', () => {
  it('are made by key: one, several in a row, a million at once; Esc takes them off', async () => {
    const shown = await grid(1_000_000);
    await fireEvent.keyDown(shown, { code: 'ArrowDown' });
    await fireEvent.keyDown(shown, { code: 'ArrowDown', shiftKey: true });
    await fireEvent.keyDown(shown, { code: 'ArrowDown', shiftKey: true });
    expect(callList.marks).toEqual([[1, 4]]);
    await fireEvent.keyDown(shown, { code: 'ArrowUp', shiftKey: true });
    expect(callList.marks).toEqual([[1, 3]]);
    expect((await screen.findByRole('toolbar')).textContent).toContain('Выбрано: 2');
    await fireEvent.keyDown(shown, { code: 'KeyA', ctrlKey: true });
    expect(callList.marks).toEqual([[0, 1_000_000]]);
    await fireEvent.keyDown(shown, { code: 'Escape' });
    expect(callList.marks).toEqual([]);
  });

  it('are made by mouse: the tick, Ctrl and Shift', async () => {
    const shown = await grid(20);
    const rows = () => [...shown.querySelectorAll<HTMLElement>('[data-call]')];
    await fireEvent.click(rows()[2]?.querySelector('.tick') as HTMLElement);
    await fireEvent.click(rows()[5] as HTMLElement, { shiftKey: true });
    await fireEvent.click(rows()[9] as HTMLElement, { ctrlKey: true });
    expect(callList.marks).toEqual([[2, 6], [9, 10]]);
    expect(rows().filter((row) => row.getAttribute('aria-selected') === 'true').length).toBe(countOf(callList.marks));
    expect(desk.call).toBeNull();
  });

  it('say who is not them, with or without the rest of their numbers', async () => {
    const shown = await grid();
    await fireEvent.keyDown(shown, { code: 'Space' });
    await fireEvent.click(screen.getByRole('button', { name: 'Это не они…' }));
    await fireEvent.click(screen.getByText(/Убрать все звонки с этих номеров/));
    await vi.waitFor(() => expect(host.now.takeOut).toHaveBeenCalledWith(null, { list: 1, ranges: [[0, 1]] }, true));
    await vi.waitFor(() => expect(callList.marks).toEqual([]));
  });

  it('are copied as text that a spreadsheet understands', async () => {
    const write = vi.fn(async () => {});
    vi.stubGlobal('navigator', { clipboard: { writeText: write } });
    const shown = await grid();
    await fireEvent.keyDown(shown, { code: 'KeyA', ctrlKey: true });
    await fireEvent.click(screen.getByRole('button', { name: 'Скопировать' }));
    await vi.waitFor(() => expect(write).toHaveBeenCalledOnce());
    const [text] = write.mock.lastCall as unknown as [string];
    const lines = text.split('\n').map((line) => line.split('\t'));
    expect(lines.length).toBe(4);
    expect(lines[1]?.slice(0, 2)).toEqual(['3 сен 2025, 10:15:00 UTC+3', '+7 935 310-40-84']);
    vi.unstubAllGlobals();
  });
});

describe('groups', () => {
  async function groups() {
    render(App);
    desk.show(overview);
    desk.screen = 'groups';
    await screen.findByRole('heading', { name: /Группы/ });
    await screen.findByRole('button', { name: 'Переименовать' });
  }

  it('open the calls of a reason', async () => {
    await groups();
    await fireEvent.click(screen.getByRole('button', { name: 'одна подпись' }));
    await vi.waitFor(() => expect(asked()[0]).toMatchObject({ group: 1, reason: 0 }));
    expect(await screen.findByRole('button', { name: /Убрать: причина: одна подпись/ })).toBeTruthy();
  });

  it('are renamed with a pencil, say so, and say what is wrong with no name', async () => {
    await groups();
    await fireEvent.click(screen.getByRole('button', { name: 'Переименовать' }));
    const field = screen.getByLabelText('Название группы');
    await fireEvent.input(field, { target: { value: '  ' } });
    expect((await screen.findByRole('alert')).textContent).toBe('Название не может быть пустым.');
    await fireEvent.input(field, { target: { value: 'Реклама' } });
    await fireEvent.submit(field.closest('form') as HTMLFormElement);
    await vi.waitFor(() => expect(host.now.nameGroup).toHaveBeenCalledWith(1, 'Реклама'));
    expect(await screen.findByText('Группа названа «Реклама».')).toBeTruthy();
  });

  it('let a number go and take it back', async () => {
    host.now.groupNumbers.mockImplementation(async () => {
      const one = { number: '+79353104084', kind: 'e164' as const, calls: 2, first: '', last: '', call: 1 };
      return [one, { ...one, number: '+79353104085', call: 5 }];
    });
    host.now.groups.mockImplementation(async () => [{ ...group(1, 'ВЕКТОРИЯ'), taken_out: [{ id: 9, calls: 12, numbers: [] }] }]);
    await groups();
    await fireEvent.click((await screen.findAllByRole('button', { name: /^Не они: убрать из группы/ }))[1] as HTMLElement);
    await vi.waitFor(() => expect(host.now.takeOutNumber).toHaveBeenCalledWith(1, 5));
    expect(screen.getByText(/12\s*звонков/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Вернуть' }));
    await vi.waitFor(() => expect(host.now.putBack).toHaveBeenCalledWith(9));
  });

  it('let marked numbers go into a group of their own, and say which it is', async () => {
    host.now.groupNumbers.mockImplementation(async () => {
      const one = { number: '+79353104084', kind: 'e164' as const, calls: 2, first: '', last: '', call: 1 };
      return [one, { ...one, number: '+79353104085', call: 5 }, { ...one, number: '+79353104086', call: 7 }];
    });
    await groups();
    const split = await screen.findByRole('button', { name: 'Отделить в свою группу' });
    expect(split).toHaveProperty('disabled', true);
    const marks = screen.getAllByRole('checkbox', { name: /^Отметить номер/ });
    for (const mark of marks) await fireEvent.click(mark);
    expect(split, 'not all of them').toHaveProperty('disabled', true);
    await fireEvent.click(marks[0] as HTMLElement);
    await fireEvent.click(screen.getByRole('button', { name: /Отделить 2\s*номера в свою группу/ }));
    await vi.waitFor(() => expect(host.now.splitNumbers).toHaveBeenCalledWith(1, [5, 7]));
    expect(await screen.findByText(/Отделена группа/)).toBeTruthy();
  });

  it('are parted again, and keep the names of those that came together', async () => {
    host.now.groups.mockImplementation(async () => [
      { ...group(1, 'ВЕКТОРИЯ'), also_named: ['Назойливые'], merged: [{ id: 4, names: ['Назойливые', 'ВЕКТОРИЯ'], numbers: ['+79353104084', '+79353104099'] }] },
    ]);
    await groups();
    expect(screen.getByText(/вы назвали: «Назойливые»/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Разделить' }));
    await vi.waitFor(() => expect(host.now.partGroups).toHaveBeenCalledWith(4));
  });

  it('say how often the like happens only when asked, and what speaks against them', async () => {
    const conflict = { kind: 'two_groups' as const, calls: 2, text: 'номер +79353104084 есть и в другой группе: 2 звонка', text_en: '' };
    host.now.groups.mockImplementation(async () => [{ ...group(1, 'ВЕКТОРИЯ'), conflicts: [conflict] }]);
    await groups();
    expect(screen.getByText(/есть и в другой группе/)).toBeTruthy();
    expect(screen.queryByText(/из 10.000 проб/)).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Насколько это могло совпасть случайно?' }));
    expect(await screen.findByText(/встречается в 14 из 10.000 проб/)).toBeTruthy();
    expect(screen.getByText(/Это не вероятность того, кто звонил/)).toBeTruthy();
    expect(host.now.groupChance).toHaveBeenCalledWith(1, expect.any(Function));
    await fireEvent.click(screen.getByRole('button', { name: 'Скрыть сравнение' }));
    expect(screen.queryByText(/из 10.000 проб/)).toBeNull();

    host.now.groupChance.mockImplementation(async () => ({ basis: { ordinary_calls: 12, tests: 0, correction: 'bonferroni' }, reasons: [null] }));
    await fireEvent.click(screen.getByRole('button', { name: 'Насколько это могло совпасть случайно?' }));
    expect(await screen.findByText(/слишком мало, чтобы сравнивать: 12/)).toBeTruthy();
  });

  it('suppose nothing of people whom the person knows', async () => {
    host.now.groups.mockImplementation(async () => [{ ...group(1, 'Мама'), known: true }, group(2, 'ВЕКТОРИЯ')]);
    await groups();
    await fireEvent.click(screen.getByText('Мама'));
    expect(await screen.findByText(/Вы отметили: это свои/)).toBeTruthy();
    expect(screen.queryByText(/Похоже, один звонящий/)).toBeNull();
  });

  it('five hundred of them are found by name, label and number, and sorted', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ ...group(i, `Группа ${i}`), calls: i, numbers: [`+7935310${4000 + i}`] }));
    expect(listed(many, 'группа 49', 'calls').map((g) => g.name).slice(0, 2)).toEqual(['Группа 499', 'Группа 498']);
    expect(listed(many, '8 (935) 310-40-07', 'calls').map((g) => g.id)).toEqual([7]);
    expect(listed(many, '', 'name')[1]?.name).toBe('Группа 1');
  });
});

describe('pictures', () => {
  it('have a table one key away, for the screen and for who does not see it', async () => {
    await grid();
    await fireEvent.click(screen.getByLabelText('По времени'));
    const image = await screen.findByRole('img', { name: 'Звонки по дням' });
    expect(image.querySelector('desc')?.textContent).toMatch(/больше всего/);
    expect(screen.getByText('Номеров подряд в этой группе нет.'), 'what has nothing to draw says so').toBeTruthy();
    await fireEvent.keyDown(window, { code: 'KeyT' });
    const table = (await screen.findAllByRole('table'))[0] as HTMLElement;
    expect(within(table).getByRole('rowheader', { name: /3.сен.2025/ })).toBeTruthy();
    await fireEvent.click(within(table).getByRole('button', { name: /3.сен.2025/ }));
    await vi.waitFor(() => expect(asked()[0]).toMatchObject({ from: '2025-09-03', to: '2025-09-03' }));
  });

  it('are gone through by arrows; Enter shows the calls of a mark', async () => {
    await grid();
    await fireEvent.click(screen.getByLabelText('По времени'));
    const marks = await screen.findByRole('slider', { name: /Звонки по дням/ });
    marks.focus();
    expect(marks.getAttribute('aria-valuetext')).toBe('3 сен 2025: 2 звонка');
    await fireEvent.keyDown(marks, { code: 'ArrowRight' });
    expect(marks.getAttribute('aria-valuetext')).toBe('4 сен 2025: 1 звонок');
    await fireEvent.keyDown(marks, { code: 'Enter' });
    await vi.waitFor(() => expect(asked()[0]).toMatchObject({ from: '2025-09-04', to: '2025-09-04' }));
  });

  it('are of the calls that the list shows', async () => {
    await grid();
    callList.narrow({ direction: 'outgoing' });
    await fireEvent.click(screen.getByLabelText('По времени'));
    await vi.waitFor(() => expect(host.now.charts).toHaveBeenCalledWith(expect.objectContaining({ direction: 'outgoing' }), expect.objectContaining({ tongue: 'ru' })));
    expect(call(1).direction).toBe('incoming');
  });
});
