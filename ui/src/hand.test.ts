import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { call, giveLayout, makeHost, overview, zoned } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { callList } from '$lib/callList.svelte';
import { desk, SCREENS } from '$lib/desk.svelte';
import { job } from '$lib/job.svelte';
import { shell } from '$lib/shell.svelte';
import { ru } from '$lib/words/ru';
import { witnesses } from './screens/calls/witnesses';

beforeEach(() => {
  giveLayout();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  host.now = makeHost();
  Object.assign(desk, { overview: null, incoming: [], call: null, group: null });
  Object.assign(shell, { palette: false, keys: false, closing: false, note: false, layouts: false });
  job.name = null;
});

const press = (code: string) => fireEvent.keyDown(window, { code, ctrlKey: true });
// Finding by label or role takes seconds on a page that is a whole window.
const field = (id: string) =>
  vi.waitFor(() => {
    const found = document.getElementById(id);
    expect(found).not.toBeNull();
    return found as HTMLInputElement;
  });
const form = () => document.getElementById('note-number')?.closest('form') as HTMLFormElement;
type Note = { number: string | null; at: string; precision: string; direction: string; channel: string; label: string; said: string };
const noted = () => (host.now.noteCall.mock.lastCall as unknown as [Note])[0];

it('takes a number and Enter, whatever the layout: everything else is filled in', async () => {
  render(App);
  desk.show(overview);
  await press('KeyJ');
  await fireEvent.input(await field('note-number'), { target: { value: '8 940 123-45-67' } });
  const before = new Date();
  await fireEvent.submit(form());
  await vi.waitFor(() => expect(host.now.noteCall).toHaveBeenCalled());
  const note = noted();
  expect(note).toMatchObject({ number: '8 940 123-45-67', direction: 'incoming', channel: 'call', precision: 'minute' });
  expect(Math.abs(new Date(note.at).getTime() - before.getTime())).toBeLessThan(120_000);
  await vi.waitFor(() => expect(shell.note).toBe(false));
});

it('stands on every screen of a case, and only where the case can be changed', async () => {
  render(App);
  desk.show(overview);
  const button = () => document.getElementById('just-called') as HTMLButtonElement;
  for (const name of SCREENS) {
    desk.go(name);
    await vi.waitFor(() => expect(button().disabled).toBe(false));
    expect(button().textContent).toContain(ru.hand.button);
  }
  desk.overview = { ...overview, writable: false };
  await vi.waitFor(() => expect(button().disabled).toBe(true));
  await press('KeyJ');
  expect(shell.note).toBe(false);
});

it('writes nothing without a number, unless it was hidden, and says what time will be written down', async () => {
  render(App);
  desk.show(overview);
  await press('KeyJ');
  const go = await field('note-go');
  expect(go.hasAttribute('disabled')).toBe(true);
  await fireEvent.click(await field('note-hidden'));
  await vi.waitFor(() => expect(go.hasAttribute('disabled')).toBe(false));
  await fireEvent.input(await field('note-date'), { target: { value: '03.09.2025' } });
  await fireEvent.input(await field('note-time'), { target: { value: '14' } });
  expect(await screen.findByText(/3\s?сен\s?2025, около\s?14\s?ч/)).toBeTruthy();
  await fireEvent.input(await field('note-time'), { target: { value: '14:77' } });
  expect(await screen.findByText(ru.hand.wrongTime)).toBeTruthy();
  expect(go.hasAttribute('disabled')).toBe(true);
  await fireEvent.input(await field('note-time'), { target: { value: '' } });
  await fireEvent.submit(form());
  await vi.waitFor(() => expect(noted()).toMatchObject({ number: null, at: '2025-09-03T00:00:00', precision: 'day' }));
});

it('asks for no length of a message, whatever was typed while it was a call', async () => {
  render(App);
  desk.show(overview);
  await press('KeyJ');
  await fireEvent.input(await field('note-number'), { target: { value: '8 940 123-45-67' } });
  await fireEvent.input(await field('note-length'), { target: { value: 'минуту' } });
  const go = await field('note-go');
  await vi.waitFor(() => expect(go.hasAttribute('disabled')).toBe(true));
  await fireEvent.change(await field('note-channel'), { target: { value: 'sms' } });
  await vi.waitFor(() => expect(go.hasAttribute('disabled')).toBe(false));
  await fireEvent.submit(form());
  await vi.waitFor(() => expect(noted()).toMatchObject({ channel: 'sms', duration_s: null }));
});

it('says beside the field that the messenger is lacking, and writes nothing without it', async () => {
  render(App);
  desk.show(overview);
  await press('KeyJ');
  await fireEvent.input(await field('note-number'), { target: { value: '8 940 123-45-67' } });
  await fireEvent.change(await field('note-channel'), { target: { value: 'messenger' } });
  const messenger = await field('note-messenger');
  expect(document.getElementById('note-lacks')).toBeNull();
  expect(form().checkValidity(), 'the engine keeps nothing back without a word').toBe(true);
  await fireEvent.submit(form());
  expect((await field('note-lacks')).textContent).toBe(ru.hand.messengerLacks);
  expect([document.activeElement, messenger.getAttribute('aria-describedby')]).toEqual([messenger, 'note-lacks']);
  expect(host.now.noteCall).not.toHaveBeenCalled();
  await fireEvent.input(messenger, { target: { value: 'Пример' } });
  await vi.waitFor(() => expect(document.getElementById('note-lacks')).toBeNull());
  await fireEvent.submit(form());
  await vi.waitFor(() => expect(noted()).toMatchObject({ channel: 'messenger', messenger: 'Пример' }));
});

it('speaks of a message in words of a message', async () => {
  render(App);
  desk.show(overview);
  await press('KeyJ');
  await fireEvent.click(await field('note-hidden'));
  await fireEvent.change(await field('note-channel'), { target: { value: 'sms' } });
  await vi.waitFor(() => expect(form().textContent).toContain(ru.hand.written));
  expect(form().textContent).not.toContain(ru.hand.said);
  expect(form().textContent).not.toContain(ru.hand.hidden);
  expect(form().closest('dialog')?.textContent).toContain(ru.hand.titleMessage);
  expect((await field('note-go')).hasAttribute('disabled'), 'a message has a sender').toBe(true);
  await fireEvent.input(await field('note-number'), { target: { value: 'ZAIM' } });
  await fireEvent.submit(form());
  await vi.waitFor(() => expect(noted()).toMatchObject({ channel: 'sms', number: 'ZAIM' }));
});

it('says that the list does not show what was written down, where it is narrowed, and shows it', async () => {
  render(App);
  desk.show({ ...overview, calls: 3 });
  callList.text = 'вектория';
  const write = async () => {
    await press('KeyJ');
    await fireEvent.input(await field('note-number'), { target: { value: '8 940 123-45-67' } });
    await fireEvent.submit(form());
    await vi.waitFor(() => expect(shell.note).toBe(false));
  };
  host.now.searchCalls.mockResolvedValueOnce([call(9)]);
  await write();
  await vi.waitFor(() => expect(host.now.searchCalls).toHaveBeenCalledOnce());
  expect(document.getElementById('unseen'), 'it stands in the list').toBeNull();
  await write();
  expect((await field('unseen')).textContent).toContain('Записано. В списке не видно: стоит отбор.');
  await fireEvent.click(await field('show-unseen'));
  await vi.waitFor(() => expect(desk.call?.id).toBe(9));
  expect([callList.text, document.getElementById('unseen')]).toEqual(['', null]);
});

it('says in the dialog why something was not written down, and keeps what was typed', async () => {
  host.now.noteCall.mockRejectedValue({ code: 'number_unreadable', ru: 'Не похоже на номер.', en: 'No number.', detail: {} });
  render(App);
  desk.show(overview);
  await press('KeyJ');
  const number = await field('note-number');
  await fireEvent.input(number, { target: { value: 'кто-то' } });
  await fireEvent.submit(form());
  expect(await screen.findByText('Не похоже на номер.')).toBeTruthy();
  expect(number.value).toBe('кто-то');
  expect(shell.note).toBe(true);
});

it('lists what was written down, messages too, and takes an entry out', async () => {
  const entry = {
    source: 4, written_at: '2025-09-03T10:20:00+03:00', channel: 'sms', messenger: '', outgoing: false, call: null, at: null,
    precision: null, when: '03.09.2025 10:15', number: null, number_raw: 'ZAIM', number_kind: 'sender', label: '', said: 'Займ одобрен',
  } as const;
  host.now.handEntries.mockResolvedValue([entry]);
  render(App);
  const by = { ...zoned, id: 4, file: 'запись.csv', kind: 'hand', recipe: 'hand', records: 0, received_at: '2025-09-03T07:20:00Z', entries: false, sha256: 'ab'.repeat(32) } as const;
  desk.show({ ...overview, sources: [by] });
  desk.screen = 'overview';
  expect(await screen.findByText('входящее SMS')).toBeTruthy();
  expect(screen.getByText('Займ одобрен')).toBeTruthy();
  expect(screen.queryByText('запись.csv')).toBeNull();
  await fireEvent.click(screen.getByText(ru.hand.withdraw));
  await vi.waitFor(() => expect(host.now.withdrawSource).toHaveBeenCalledWith(4));
});

it('lists two messages of one source, none of which is a call, as two', async () => {
  const entry = {
    source: 4, written_at: '2025-09-03T10:20:00+03:00', channel: 'sms', messenger: '', outgoing: false, call: null, at: null,
    precision: null, when: '03.09.2025 10:15', number: null, number_raw: 'ZAIM', number_kind: 'sender', label: '', said: 'Займ одобрен',
  } as const;
  host.now.handEntries.mockResolvedValue([entry, { ...entry, said: 'Займ ждёт вас' }]);
  render(App);
  const by = { ...zoned, id: 4, file: 'запись.csv', kind: 'hand', recipe: 'hand', records: 0, received_at: '2025-09-03T07:20:00Z', entries: false, sha256: 'ab'.repeat(32) } as const;
  desk.show({ ...overview, sources: [by] });
  desk.screen = 'overview';
  expect(await screen.findByText('Займ одобрен')).toBeTruthy();
  expect(screen.getByText('Займ ждёт вас')).toBeTruthy();
});

it('says of the dot of further witnesses that it is the person, where it is', () => {
  const kinds = new Map([[1, 'hand'], [2, 'pbx']] as const);
  const dots = (source: number) => witnesses({ records: [{ source, sheet: null, row: 2 }], exhibits: [] }, kinds, ru);
  expect(dots(1).filter((dot) => dot.speaks).map((dot) => dot.text)).toEqual([ru.hand.witness]);
  expect(dots(2).filter((dot) => dot.speaks).map((dot) => dot.text)).not.toEqual([ru.hand.witness]);
});

it('shows a masked excerpt of an unknown file before it is saved', async () => {
  host.now.previewImport.mockRejectedValue({ code: 'format_unknown', ru: 'Это PDF.', en: 'A PDF.', detail: { file: 'a.pdf' } } as never);
  render(App);
  desk.show(overview);
  desk.incoming = [{ token: 7, name: 'a.pdf', purpose: 'source' }];
  await fireEvent.click(await field('show-excerpt'));
  expect(await screen.findByText('0: Ххххх;00.00.0000')).toBeTruthy();
  expect(host.now.saveExcerpt).not.toHaveBeenCalled();
  await fireEvent.click(await field('excerpt-save'));
  await vi.waitFor(() => expect(host.now.saveExcerpt).toHaveBeenCalledWith(7, ru.layouts.excerptName));
});

it('renames, gives out, takes in and forgets layouts, and says what is wrong with a file that is none', async () => {
  render(App);
  desk.show(overview);
  shell.layouts = true;
  expect(await screen.findByText(/когда → дата и время звонка; кто → номер собеседника/)).toBeTruthy();
  await fireEvent.click(screen.getByText(ru.layouts.rename));
  await fireEvent.input(screen.getByLabelText(ru.layouts.newName('Ромашка')), { target: { value: 'Лютик' } });
  await fireEvent.click(screen.getByText(ru.layouts.keep));
  await vi.waitFor(() => expect(host.now.renameRecipe).toHaveBeenCalledWith('Ромашка', 'Лютик'));
  expect(await screen.findByText(ru.layouts.renamed('Лютик'))).toBeTruthy();
  await fireEvent.click(screen.getByText(ru.layouts.giveOut));
  await vi.waitFor(() => expect(host.now.giveOutRecipe).toHaveBeenCalledWith('Ромашка'));
  await fireEvent.click(screen.getByText(ru.layouts.forget));
  expect(host.now.forgetRecipe).not.toHaveBeenCalled();
  await fireEvent.click(screen.getByText(ru.layouts.forgetGo));
  await vi.waitFor(() => expect(host.now.forgetRecipe).toHaveBeenCalledWith('Ромашка'));
  const before = host.now.recipes.mock.calls.length;
  host.now.takeInRecipe.mockRejectedValue({ code: 'recipe_broken', ru: 'Не читается: строка 1.', en: 'Line 1.', detail: {} } as never);
  await fireEvent.click(screen.getByText(ru.layouts.takeIn));
  expect(await screen.findByText('Не читается: строка 1.')).toBeTruthy();
  await vi.waitFor(() => expect(host.now.recipes.mock.calls.length, 'files before it may have been taken in').toBe(before + 1));
});
