import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import type { CallFilter } from '$lib/api';
import { failure, giveLayout, group, makeHost, overview } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { desk } from '$lib/desk.svelte';
import { notices } from '$lib/notices.svelte';

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  desk.overview = null;
  desk.incoming = [];
  desk.call = null;
  desk.group = null;
  notices.list = [];
});

it('stands on the start screen and says that nothing leaves the computer', async () => {
  render(App);
  expect(await screen.findByRole('heading', { name: 'Новое дело' })).toBeTruthy();
  expect(screen.getByText(/не выходит в сеть/)).toBeTruthy();
});

it('changes its language without a restart', async () => {
  render(App);
  await fireEvent.click(await screen.findByLabelText('Eng'));
  expect(await screen.findByRole('heading', { name: 'New case' })).toBeTruthy();
  expect(host.now.changeSettings).toHaveBeenCalledWith({ language: 'en', colours: 'system', zoom: 100 });
  await fireEvent.click(screen.getByLabelText('Рус'));
});

it('names the step that undo takes back, and takes it back with the key, whatever the layout', async () => {
  render(App);
  desk.show(overview);
  expect(await screen.findByText('Отменить: добавление источника')).toBeTruthy();
  await fireEvent.keyDown(window, { key: 'я', code: 'KeyZ', ctrlKey: true });
  await vi.waitFor(() => expect(host.now.undo).toHaveBeenCalledOnce());
});

it('says an error in words, in the language of the window', async () => {
  host.now.undo.mockRejectedValue(failure);
  render(App);
  desk.show(overview);
  await desk.undo();
  expect((await screen.findByRole('alert')).textContent).toContain(failure.ru);
});

it('keeps an error until Esc or until what it speaks of is done again, in a place where it lies over nothing', async () => {
  host.now.undo.mockRejectedValueOnce(failure).mockRejectedValueOnce(failure);
  render(App);
  desk.show(overview);
  await desk.undo();
  const alert = await screen.findByRole('alert');
  const place = alert.parentElement as HTMLElement;
  expect(place.parentElement?.classList.contains('window'), 'a part of the page, beside the others').toBe(true);
  expect(getComputedStyle(place).position).not.toBe('fixed');
  desk.call = { ...(await host.now.callDetail(1)).call };
  await fireEvent.keyDown(document.body, { code: 'Escape' });
  await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(desk.call, 'the first Esc closes nothing else').not.toBeNull();
  await desk.undo();
  await screen.findByRole('alert');
  await desk.edit(() => host.now.redo());
  await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

it('leaves an error behind on whatever way the screen is left, also when files come in', async () => {
  host.now.undo.mockRejectedValue(failure);
  render(App);
  desk.show(overview);
  const ways = [
    () => (desk.screen = 'groups'),
    () => desk.receive([{ token: 1, name: 'a.png', purpose: 'exhibit' }]),
    () => (desk.incoming = []),
    () => desk.showExhibit(1),
  ];
  for (const leave of ways) {
    await desk.undo();
    await screen.findByRole('alert');
    leave();
    await vi.waitFor(() => expect(screen.queryByRole('alert'), String(leave)).toBeNull());
  }
});

it('leaves an error behind when the person goes on', async () => {
  host.now.undo.mockRejectedValue(failure);
  render(App);
  desk.show(overview);
  await desk.undo();
  await screen.findByRole('alert');
  desk.go('log');
  await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

it('draws a million calls as one screenful and tells their true number', async () => {
  host.now.findCalls.mockResolvedValue({ list: 1, total: 1_000_000, ranges: [], at: null });
  render(App);
  desk.show({ ...overview, calls: 1_000_000 });
  const grid = await screen.findByRole('grid');
  expect(grid.getAttribute('aria-rowcount')).toBe('1000001');
  await vi.waitFor(() => expect(grid.querySelectorAll('[data-call]').length).toBeGreaterThan(10));
  expect(grid.querySelectorAll('[role=row]').length).toBeLessThan(40);
  await fireEvent.keyDown(grid, { code: 'End' });
  await vi.waitFor(() => expect(grid.querySelector('[aria-rowindex="1000001"][data-call]')).not.toBeNull());
  expect(host.now.callsPage).toHaveBeenLastCalledWith(1, 999_900, 100);
});

it('shows the newest call first', async () => {
  render(App);
  desk.show(overview);
  const grid = await screen.findByRole('grid');
  await vi.waitFor(() => expect(grid.querySelector('[data-call]')).not.toBeNull());
  const asked = host.now.findCalls.mock.lastCall as unknown as [CallFilter];
  expect(asked[0].order).toEqual({ by: 'time', descending: true });
});

it('looks at files before anything is added, and adds exactly what was seen', async () => {
  render(App);
  desk.show(overview);
  desk.receive([{ token: 7, name: 'detail.xml', purpose: 'source' }]);
  expect(await screen.findByText(/155\s*строк:\s*116\s*звонков, 37\s*SMS/)).toBeTruthy();
  expect(screen.getByText('«??»')).toBeTruthy();
  expect(host.now.import).not.toHaveBeenCalled();
  await fireEvent.click(screen.getByRole('button', { name: 'Добавить в дело' }));
  await vi.waitFor(() => expect(host.now.import).toHaveBeenCalledOnce());
  const asked = host.now.import.mock.calls[0] as unknown as [{ token: number; choice: object }[], string[]];
  expect(asked.slice(0, 2)).toEqual([[{ token: 7, choice: {} }], ['ab'.repeat(32)]]);
});

it('adds nothing where the files could not be read', async () => {
  host.now.previewImport.mockRejectedValue(failure);
  render(App);
  desk.show(overview);
  desk.receive([{ token: 8, name: 'broken.xml', purpose: 'source' }]);
  expect((await screen.findByRole('alert')).textContent).toContain('ничего не изменилось');
  const add = screen.getByRole('button', { name: 'Добавить в дело' }) as HTMLButtonElement;
  expect(add.disabled).toBe(true);
});

it('merges the groups that were marked', async () => {
  render(App);
  desk.show(overview);
  desk.screen = 'groups';
  await fireEvent.click(await screen.findByLabelText('Отметить группу «ВЕКТОРИЯ»'));
  await fireEvent.click(screen.getByLabelText('Отметить группу «Серая гавань»'));
  await fireEvent.click(screen.getByRole('button', { name: /Объединить 2\s*группы/ }));
  await vi.waitFor(() => expect(host.now.mergeGroups).toHaveBeenCalledWith([1, 2]));
});

it('says what the merged group is called and looks at it, whichever of them gave it its identity', async () => {
  render(App);
  desk.show(overview);
  desk.screen = 'groups';
  await fireEvent.click(await screen.findByLabelText('Отметить группу «ВЕКТОРИЯ»'));
  await fireEvent.click(screen.getByLabelText('Отметить группу «Серая гавань»'));
  host.now.groups.mockImplementation(async () => [group(5, 'Третьи'), { ...group(2, 'Серая гавань'), calls: 7 }]);
  await fireEvent.click(screen.getByRole('button', { name: /Объединить 2/ }));
  expect((await screen.findByText(/группы объединены/)).textContent?.replaceAll('\u00a0', ' ')).toContain('«Серая гавань», 7 звонков');
  await vi.waitFor(() => expect(document.getElementById('group-title')?.textContent).toContain('Серая гавань'));
});

it('lets no whole original out before the person has said so', async () => {
  render(App);
  desk.show(overview);
  desk.screen = 'bundle';
  expect(await screen.findByText(/37\s*номеров вне групп/)).toBeTruthy();
  const save = screen.getByRole('button', { name: 'Собрать пакет…' }) as HTMLButtonElement;
  await vi.waitFor(() => expect(host.now.previewExport).toHaveBeenCalled());
  expect(save.disabled).toBe(true);
  await fireEvent.click(screen.getByLabelText(/Выписки/));
  await vi.waitFor(() => expect(save.disabled).toBe(false));
  await fireEvent.click(save);
  const asked = host.now.export.mock.calls[0] as unknown as [object, string];
  expect(asked[0]).toEqual({ groups: [], contents: 'extracts' });
});
