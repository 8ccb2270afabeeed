import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { giveLayout, makeHost, overview, preview } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import Readiness from './screens/bundle/Readiness.svelte';
import { COMMANDS, menu } from '$lib/commands';
import { desk } from '$lib/desk.svelte';
import { job } from '$lib/job.svelte';
import { shell } from '$lib/shell.svelte';
import { en } from '$lib/words/en';
import { ru } from '$lib/words/ru';

beforeEach(() => {
  giveLayout();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  host.now = makeHost();
  Object.assign(desk, { overview: null, incoming: [], call: null, group: null });
  Object.assign(shell, { palette: false, keys: false, closing: false });
  job.name = null;
});

const press = (code: string, more = {}) => fireEvent.keyDown(window, { code, ctrlKey: true, ...more });

it('opens everything with Ctrl+K whatever the layout, and goes where Enter says', async () => {
  render(App);
  desk.show(overview);
  await press('KeyK', { key: 'л' });
  const field = await screen.findByRole('combobox', { name: ru.palette.placeholder });
  await fireEvent.input(field, { target: { value: 'журн' } });
  await fireEvent.keyDown(field, { code: 'Enter' });
  await vi.waitFor(() => expect(desk.screen).toBe('log'));
  expect(shell.palette).toBe(false);
});

it('finds groups and offers to search calls by number', async () => {
  render(App);
  desk.show(overview);
  await press('KeyK');
  const field = await screen.findByRole('combobox', { name: ru.palette.placeholder });
  await fireEvent.input(field, { target: { value: 'гавань' } });
  expect(await screen.findByText('Серая гавань', { selector: '#palette-list span' })).toBeTruthy();
  await fireEvent.input(field, { target: { value: '935 310' } });
  await vi.waitFor(() => expect(document.querySelector('#palette-list li')?.textContent).toContain('935 310'));
});

it('makes the page larger and smaller with Ctrl and plus, minus, nought', async () => {
  render(App);
  await vi.waitFor(() => expect(host.now.settings).toHaveBeenCalled());
  await new Promise((done) => setTimeout(done));
  await press('Equal');
  await press('Equal');
  await press('Digit0');
  const zooms = host.now.changeSettings.mock.calls.map((asked) => (asked as unknown as [{ zoom: number }])[0].zoom);
  expect(zooms).toEqual([110, 125, 100]);
});

it('gives the native menu the words of the language and the names of the steps', async () => {
  render(App);
  desk.show(overview);
  await vi.waitFor(() => {
    const told = host.now.tellMenu.mock.lastCall as unknown as [{ bars: { text: string; items: { text: string }[] }[] }];
    expect(told[0].bars.map((bar) => bar.text)).toEqual(['Файл', 'Правка', 'Вид', 'Справка']);
    expect(told[0].bars[1]?.items[0]?.text).toContain('Отменить: добавление источника');
  });
});

it('has words and a doer for every item of the menu, in both languages', () => {
  const known = new Set([...COMMANDS.map((one) => one.id), '-', 'recent']);
  for (const words of [ru, en]) {
    const items = menu(words).flatMap((bar) => bar.items);
    expect(items.filter((item) => !known.has(item.command))).toEqual([]);
    expect(items.filter((item) => item.command !== '-' && !item.text.trim())).toEqual([]);
  }
});

it('says of a package what it lacks and leads to where it is mended', async () => {
  const item = { count: 0, of: 0, from: null, to: null, gaps: [], kinds: ['other'] };
  host.now.readiness.mockResolvedValue([
    { ...item, item: 'line', state: 'missing' },
    { ...item, item: 'detail', state: 'missing' },
    { ...item, item: 'groups', state: 'partial', count: 1, of: 2 },
  ] as never);
  render(App);
  desk.show(overview);
  desk.screen = 'bundle';
  expect(await screen.findByText(/на какой номер звонили/)).toBeTruthy();
  expect(screen.getByText('Нет. Звонки подтверждает только: файл, о котором не сказано, чей он.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'К группам' }));
  expect(desk.screen).toBe('groups');
});

it('says what the package of the chosen groups has, and again when others are chosen', async () => {
  const view = render(Readiness, { groups: [7] });
  await vi.waitFor(() => expect(host.now.readiness).toHaveBeenLastCalledWith([7]));
  await view.rerender({ groups: [8] });
  await vi.waitFor(() => expect(host.now.readiness).toHaveBeenLastCalledWith([8]));
});

it('lets each text that leaves be read, and says what stays', async () => {
  host.now.previewExport.mockResolvedValue({ ...preview, numbers_of_others: 0 });
  host.now.leavingTexts.mockResolvedValue({ 
    texts: Object.keys(ru.texts.kinds).map((kind) => ({ kind, text: `текст вида ${kind}`, of: '' })),
    total: 1,
  } as never);
  render(App);
  desk.show(overview);
  desk.screen = 'bundle';
  await fireEvent.click(await screen.findByRole('button', { name: ru.texts.open }));
  for (const kind of ['group', 'hand', 'log']) expect(await screen.findByText(`текст вида ${kind}`)).toBeTruthy();
  expect(screen.getByText(ru.texts.stays)).toBeTruthy();
});

it('changes title and numbers in one edit', async () => {
  render(App);
  desk.show(overview);
  desk.screen = 'overview';
  await fireEvent.click(await screen.findByRole('button', { name: ru.caseFacts.edit }));
  await fireEvent.input(screen.getByLabelText(ru.caseFacts.name), { target: { value: 'Новое' } });
  await fireEvent.input(screen.getByLabelText(ru.caseFacts.lines), { target: { value: '8 935 310-40-84\n\n' } });
  await fireEvent.submit(screen.getByLabelText(ru.caseFacts.name).closest('form') as HTMLFormElement);
  await vi.waitFor(() => expect(host.now.editCase).toHaveBeenCalledWith('Новое', ['8 935 310-40-84']));
});
