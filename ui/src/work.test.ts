import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { failure, giveLayout, group, makeHost, overview, preview, source, zoned } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { desk } from '$lib/desk.svelte';
import { job } from '$lib/job.svelte';
import { notices } from '$lib/notices.svelte';

const wrong = { ...failure, code: 'password_or_not_a_case' as const, ru: 'Пароль не подходит.', en: 'Wrong password.' };

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  desk.overview = null;
  desk.locked = null;
  desk.incoming = [];
  desk.call = null;
  desk.group = null;
  notices.list = [];
});

/** Work that lasts until it is let go. */
function lasting() {
  let letGo = (_: null) => {};
  const work = new Promise<null>((resolve) => (letGo = resolve));
  return { work, letGo: () => letGo(null) };
}

it('does one long work at a time: what comes meanwhile waits its turn', async () => {
  const first = lasting();
  const begun: string[] = [];
  const one = job.run('export', () => (begun.push('one'), first.work));
  const two = job.run('preview', async () => begun.push('two'));
  await Promise.resolve();
  expect(begun).toEqual(['one']);
  first.letGo();
  await Promise.all([one, two]);
  expect(begun).toEqual(['one', 'two']);
  expect(job.name).toBeNull();
});

it('lets the case be looked at but not changed while a bundle is being saved', async () => {
  const saving = lasting();
  render(App);
  desk.show(overview);
  const work = job.run('export', () => saving.work);
  const undo = (await screen.findByText('Отменить: добавление источника')).closest('button') as HTMLButtonElement;
  await vi.waitFor(() => expect(undo.disabled).toBe(true));
  await fireEvent.keyDown(window, { code: 'KeyZ', ctrlKey: true });
  expect(host.now.undo).not.toHaveBeenCalled();
  await fireEvent.click(screen.getByRole('button', { name: /Группы/ }));
  expect(await screen.findByRole('heading', { name: /Группы/ })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Отменить' }));
  expect(host.now.cancel).toHaveBeenCalledOnce();
  saving.letGo();
  await work;
  await vi.waitFor(() => expect(undo.disabled).toBe(false));
});

it('ends a look into files that is no longer wanted', async () => {
  host.now.previewImport.mockReturnValueOnce(new Promise(() => {}));
  host.now.cancel.mockImplementation(async () => {});
  render(App);
  desk.show(overview);
  desk.receive([{ token: 1, name: 'huge.csv', purpose: 'source' }]);
  await vi.waitFor(() => expect(host.now.previewImport).toHaveBeenCalledOnce());
  await fireEvent.keyDown(window, { code: 'Digit2', ctrlKey: true });
  await vi.waitFor(() => expect(host.now.cancel).toHaveBeenCalledOnce());
  expect(await screen.findByRole('heading', { name: /Звонки/ })).toBeTruthy();
  job.name = null;
});

it('asks for a password, says in words that it is wrong, and opens with the right one', async () => {
  host.now.openCase.mockRejectedValueOnce(wrong).mockRejectedValueOnce(wrong);
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  render(App);
  desk.receive([{ token: 4, name: 'тайное.ulika', purpose: 'case' }]);
  const field = await screen.findByLabelText('Пароль');
  await fireEvent.input(field, { target: { value: 'первый' } });
  await fireEvent.submit(field.closest('form') as HTMLFormElement);
  expect((await screen.findByRole('alert')).textContent).toBe('Пароль не подходит.');
  await fireEvent.input(field, { target: { value: 'второй' } });
  await fireEvent.submit(field.closest('form') as HTMLFormElement);
  expect(await screen.findByText(overview.title)).toBeTruthy();
  expect(host.now.openCase).toHaveBeenLastCalledWith(4, 'второй');
});

it('opens another case in a window of its own while one is open', async () => {
  render(App);
  desk.show({ ...overview, title: 'Открытое дело' });
  desk.receive([{ token: 4, name: 'другое.ulika', purpose: 'case' }]);
  await vi.waitFor(() => expect(host.now.openWindow).toHaveBeenCalledWith(4));
  expect(host.now.openCase).not.toHaveBeenCalled();
  expect(screen.getByText('Открытое дело')).toBeTruthy();
});

it('asks before closing while work goes on, and closes when the work has been cancelled', async () => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  const adding = lasting();
  let asked = () => {};
  host.now.onClosingAsked.mockImplementation((async (hear: () => void) => ((asked = hear), () => {})) as never);
  host.now.cancel.mockImplementation(async () => adding.letGo());
  render(App);
  desk.show(overview);
  const work = job.run('import', () => adding.work);
  await vi.waitFor(() => expect(host.now.onClosingAsked).toHaveBeenCalled());
  asked();
  await fireEvent.click(await screen.findByText('Отменить работу и закрыть'));
  await work;
  await vi.waitFor(() => expect(host.now.closeWindow).toHaveBeenCalledOnce());
});

it('asks which layout a file has where several fit, and reads it by the one chosen', async () => {
  host.now.recipes.mockResolvedValue([{ name: 'a', title_ru: 'Первый', title_en: 'A' }] as never);
  const ambiguous = { ...failure, code: 'recipe_ambiguous' as const, detail: { file: 'x.csv', candidates: '["a","b"]' } };
  host.now.previewImport.mockRejectedValueOnce(ambiguous);
  render(App);
  desk.show(overview);
  desk.receive([{ token: 3, name: 'x.csv', purpose: 'source' }]);
  expect((await screen.findByRole('alert')).textContent).toContain('«x.csv» подходит под несколько описаний');
  await fireEvent.change(screen.getByLabelText('Описание формата'), { target: { value: 'b' } });
  expect(await screen.findByText(source.file)).toBeTruthy();
  const asked = host.now.previewImport.mock.lastCall as unknown as [{ token: number; choice: { recipe: string } }[]];
  expect(asked[0]).toEqual([{ token: 3, choice: { recipe: 'b' } }]);
});

it('says in its own row why a file cannot be read, and looks at the others without it', async () => {
  const bad = { ...failure, detail: { file: 'пустой.csv' }, ru: 'Файл «пустой.csv» пуст.' };
  host.now.previewImport.mockRejectedValueOnce(bad);
  render(App);
  desk.show(overview);
  desk.receive([
    { token: 5, name: 'пустой.csv', purpose: 'source' },
    { token: 6, name: 'detail.xml', purpose: 'source' },
  ]);
  expect((await screen.findByRole('alert')).textContent).toContain('«пустой.csv» пуст');
  const add = screen.getByRole('button', { name: 'Добавить в дело' }) as HTMLButtonElement;
  await vi.waitFor(() => expect(add.disabled).toBe(false));
  await fireEvent.click(add);
  await vi.waitFor(() => expect(host.now.import).toHaveBeenCalledOnce());
  const asked = host.now.import.mock.lastCall as unknown as [{ token: number }[]];
  expect(asked[0].map((file) => file.token)).toEqual([6]);
});

it('lets nothing out before it is known what whole originals hold', async () => {
  let known = (_: typeof preview) => {};
  host.now.previewExport.mockImplementation(() => new Promise((tell) => (known = tell)));
  render(App);
  desk.show(overview);
  desk.screen = 'bundle';
  const save = (await screen.findByRole('button', { name: 'Собрать пакет…' })) as HTMLButtonElement;
  await vi.waitFor(() => expect(host.now.previewExport).toHaveBeenCalled());
  expect(save.disabled).toBe(true);
  const before = known;
  host.now.previewExport.mockImplementation(async () => preview);
  before(preview);
  expect(await screen.findByText(/37\s*номеров вне групп/)).toBeTruthy();
  expect(save.disabled).toBe(true);
});

it('shows what became of the rows of a source as long as it is in the case', async () => {
  const held = { ...zoned, id: 1, file: 'detail.xml', kind: 'operator' as const, recipe: 'mts-xml', records: 116, received_at: '2025-09-03T10:15:00Z', sha256: 'ab', entries: true };
  render(App);
  desk.show({ ...overview, sources: [held] });
  desk.screen = 'overview';
  await fireEvent.click(await screen.findByRole('button', { name: /^detail\.xml/ }));
  expect(await screen.findByText(/155\s*строк:\s*116\s*звонков/)).toBeTruthy();
  expect(screen.getByText('«??»')).toBeTruthy();
});

it('asks no password of a file that is no case, but says so', async () => {
  const none = { ...wrong, detail: { file: 'table.csv', keyed: 'false' }, ru: 'Файл «table.csv» — не дело «Улики».' };
  host.now.openCase.mockRejectedValueOnce(none);
  render(App);
  desk.receive([{ token: 4, name: 'table.csv', purpose: 'case' }]);
  expect(await screen.findByText('Файл «table.csv» — не дело «Улики».')).toBeTruthy();
  expect(desk.locked).toBeNull();
  expect(screen.queryByLabelText('Пароль')).toBeNull();
});

it('keeps what was chosen for a bundle, and the code of what was saved, while the person looks elsewhere', async () => {
  const done = { code: 'AAAA-BBBB-CCCC-DDDD', bundle: '/tmp/ulika.zip', files: 9, bytes: 100, sha256: 'ab', volumes: [] };
  host.now.export.mockResolvedValue(done as never);
  render(App);
  desk.show(overview);
  desk.screen = 'bundle';
  await fireEvent.click(await screen.findByLabelText('Только выбранные группы'));
  await fireEvent.click(await screen.findByLabelText(/Серая гавань/));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Собрать пакет…' });
  await vi.waitFor(() => expect(save.disabled).toBe(false));
  await fireEvent.click(save);
  expect(await screen.findByText(done.code)).toBeTruthy();
  desk.go('calls');
  await screen.findByRole('heading', { name: /Звонки/ });
  desk.go('bundle');
  expect(await screen.findByText(done.code)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>(/Серая гавань/).checked).toBe(true);
  await fireEvent.click(screen.getByLabelText(/ВЕКТОРИЯ/));
  await vi.waitFor(() => expect(screen.queryByText(done.code), 'of another choice it is not the code').toBeNull());
  desk.show(overview);
  desk.screen = 'bundle';
  expect((await screen.findByLabelText<HTMLInputElement>('Всё дело')).checked, 'another case').toBe(true);
});

it('names the people one knows among those whose calls leave with the whole case', async () => {
  host.now.groups.mockImplementation(async () => [group(1, 'ВЕКТОРИЯ'), { ...group(2, 'Мама'), known: true }]);
  render(App);
  desk.show(overview);
  desk.screen = 'bundle';
  expect((await screen.findByText(/номеров вне групп/)).textContent).toContain('своих тоже («Мама»)');
  await fireEvent.click(screen.getByLabelText('Только выбранные группы'));
  expect(await screen.findByText('Свои')).toBeTruthy();
});

it('names the file that was verified, and says where it is no bundle at all', async () => {
  const difference = { kind: 'not_a_zip', path: '', text: 'Это не zip-архив.', text_en: 'This is not a zip archive.' };
  const answer = { target: 'bundle', file: 'фото.png', complete: false, valid: false, differences: [difference], signature: 'none', code: null };
  host.now.verifyBundle.mockResolvedValueOnce(answer).mockResolvedValueOnce({ ...answer, differences: [{ ...difference, kind: 'byte_flipped' }] });
  render(App);
  const verify = await screen.findByRole('button', { name: 'Проверить пакет…' });
  await fireEvent.click(verify);
  expect(await screen.findByText('«фото.png» — не пакет «Улики».')).toBeTruthy();
  await fireEvent.click(verify);
  expect(await screen.findByText('Найдены расхождения в «фото.png»: 1')).toBeTruthy();
});
