// Exhibits on their screens and in the panel of a call: proposals refused and taken back, links taken away, the keys.

import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExhibitView } from '$lib/api';
import { call, exhibit, giveLayout, makeHost, overview, proposal } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { callList } from '$lib/callList.svelte';
import { desk } from '$lib/desk.svelte';
import { exhibits } from '$lib/exhibits.svelte';
import { notices } from '$lib/notices.svelte';
import { ru } from '$lib/words/ru';

let held: ExhibitView[] = [];

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  host.now.exhibits.mockImplementation(async () => held);
  Object.assign(desk, { overview: null, incoming: [], call: null, group: null, exhibit: null });
  exhibits.forget();
  callList.forget();
  notices.list = [];
});

async function open(screenName: 'exhibits' | 'calls', list: ExhibitView[]) {
  held = list;
  render(App);
  desk.show({ ...overview, exhibits: list.length });
  desk.screen = screenName;
}

describe('a proposal that is none', () => {
  const refused = { exhibit: 1, call: 2 };

  it('is refused in the tray by the case itself, and can be had again', async () => {
    await open('exhibits', [exhibit(1, [], [proposal(2), proposal(3)])]);
    exhibits.view = 'tray';
    const [first] = await screen.findAllByRole('button', { name: 'Не этот звонок' });
    held = [{ ...exhibit(1, [], [proposal(3)]), refused: [2] }];
    await fireEvent.click(first as HTMLElement);
    expect(host.now.refuseProposal).toHaveBeenCalledWith(refused);
    expect(await screen.findByText(/Не об этом, по вашим словам: 1.звонок/)).toBeTruthy();
    const tray = document.getElementById('tray') as HTMLElement;
    await vi.waitFor(() => expect(within(tray).getAllByRole('button', { name: 'Связать' })).toHaveLength(1));
    await vi.waitFor(() => expect(document.activeElement?.textContent, 'the hand stays at the exhibit').toBe('Связать'));
    await fireEvent.click(screen.getByRole('button', { name: 'Предлагать снова' }));
    expect(host.now.putBackProposals).toHaveBeenCalledWith([refused]);
  });

  it('is refused in the viewer, which says so, or says why not and leaves the hand where it was', async () => {
    await open('exhibits', [exhibit(1, [], [proposal(2)])]);
    desk.showExhibit(1);
    const button = await screen.findByRole('button', { name: 'Не этот звонок' });
    host.now.refuseProposal.mockRejectedValueOnce({ code: 'case_busy', ru: 'Дело занято.', en: 'Busy.', detail: {} });
    button.focus();
    await fireEvent.click(button);
    expect(await screen.findByText('Дело занято.')).toBeTruthy();
    await vi.waitFor(() => expect(desk.editable).toBe(true));
    await new Promise((later) => setTimeout(later));
    expect(document.activeElement, 'the hand stays at what was not done').toBe(button);
    held = [{ ...exhibit(1), refused: [2] }];
    await fireEvent.click(button);
    expect(await screen.findByText(ru.exhibits.refusedOne('E0001'))).toBeTruthy();
    await vi.waitFor(() => expect(document.activeElement?.id, 'there is none left').toBe('search-call'));
    await fireEvent.click(screen.getByRole('button', { name: 'Предлагать снова' }));
    expect(host.now.putBackProposals).toHaveBeenCalledWith([refused]);
  });

  it('is refused in the viewer and in the panel of the call', async () => {
    await open('exhibits', [exhibit(1, [], [proposal(2)])]);
    desk.showExhibit(1);
    await fireEvent.click(await screen.findByRole('button', { name: 'Не этот звонок' }));
    expect(host.now.refuseProposal).toHaveBeenCalledWith(refused);
    desk.leaveExhibit();
    desk.screen = 'calls';
    desk.call = call(2);
    const panel = await screen.findByRole('complementary', { name: 'Звонок подробно' });
    await fireEvent.click(await within(panel).findByRole('button', { name: 'Не этот звонок' }));
    await vi.waitFor(() => expect(host.now.refuseProposal).toHaveBeenCalledTimes(2));
  });
});

describe('the panel of a call', () => {
  async function panel(list: ExhibitView[] = []) {
    host.now.findCalls.mockImplementation(async () => ({ list: 1, total: 3, ranges: [], at: 1 }));
    host.now.callsPage.mockImplementation(async () => [call(1), call(2), call(3)]);
    await open('calls', list);
    const linked = list.map((one) => one.id);
    host.now.callDetail.mockImplementation(async (id: number) => ({ call: { ...call(id), exhibits: linked }, records: [], reasons: [], reasons_en: [] }));
    desk.call = call(2);
    const shown = await screen.findByRole('complementary', { name: 'Звонок подробно' });
    await vi.waitFor(() => expect(document.querySelector('#grid [data-call]')).not.toBeNull());
    return shown;
  }

  it('goes to the call before and to the next by the keys that its buttons name', async () => {
    const shown = await panel();
    const [before, next] = ['Предыдущий звонок', 'Следующий звонок'].map((name) => within(shown).getByRole('button', { name }));
    expect([before?.title, next?.title]).toEqual(['Предыдущий звонок (PgUp)', 'Следующий звонок (PgDn)']);
    await fireEvent.keyDown(shown, { code: 'PageDown' });
    await vi.waitFor(() => expect(desk.call?.id).toBe(3));
    expect((next as HTMLButtonElement).disabled, 'there is none behind the last').toBe(true);
    await fireEvent.keyDown(document.body, { code: 'PageUp' });
    await fireEvent.click(before as HTMLElement);
    await vi.waitFor(() => expect(desk.call?.id).toBe(1));
    const field = document.querySelector('#search') as HTMLElement;
    await fireEvent.keyDown(field, { code: 'PageDown' });
    expect(desk.call?.id, 'not while something is typed').toBe(1);
    await fireEvent.keyDown(shown, { code: 'Escape' });
    expect(desk.call).toBeNull();
  });

  it('goes on from the call that was shown, wherever it stands in the list', async () => {
    await panel();
    host.now.findCalls.mockImplementation(async () => ({ list: 1, total: 3, ranges: [], at: 2 }));
    await desk.showCall(3);
    await vi.waitFor(() => expect(callList.cursor).toBe(2));
    expect(host.now.findCalls.mock.lastCall?.[1 as never]).toMatchObject({ call: 3 });
    await fireEvent.keyDown(document.body, { code: 'PageUp' });
    await vi.waitFor(() => expect(desk.call?.id).toBe(2));
  });

  it('takes an exhibit from the call', async () => {
    const shown = await panel([exhibit(1, [2])]);
    await fireEvent.click(await within(shown).findByRole('button', { name: 'Отвязать E0001 от этого звонка' }));
    expect(host.now.unlinkExhibit).toHaveBeenCalledWith({ exhibit: 1, call: 2 });
    await vi.waitFor(() => expect(document.activeElement?.id, 'the keys go on from the call').toBe('inspector'));
  });
});

it('walks the exhibits by the keys that the buttons name', async () => {
  await open('exhibits', [exhibit(1), exhibit(2)]);
  await vi.waitFor(() => expect(exhibits.list).toHaveLength(2));
  desk.showExhibit(1);
  const next = await screen.findByRole('button', { name: 'Следующее' });
  expect(next.title).toBe('Следующее (PgDn)');
  await fireEvent.keyDown(document.body, { code: 'PageDown' });
  expect(desk.exhibit).toBe(2);
  await fireEvent.keyDown(document.body, { code: 'PageUp' });
  expect(desk.exhibit).toBe(1);
});

describe('words by kind', () => {
  const plain = { has_thumbnail: false, captured_at: null, captured_basis: 'unknown', captured_precision: null } as const;
  const shown = async (one: Partial<ExhibitView>) => {
    await open('exhibits', [{ ...exhibit(1, [1]), ...one }]);
    desk.showExhibit(1);
    return screen.findByRole('complementary', { name: ru.viewer.file });
  };

  it('asks of a picture what its clock and its screen show', async () => {
    const facts = await shown({});
    expect(within(facts).getByRole('button', { name: 'Указать время на часах снимка' })).toBeTruthy();
    expect(within(facts).getByText('Подпись на экране')).toBeTruthy();
  });

  it('asks of a document no clock of a picture', async () => {
    const facts = await shown({ ...plain, kind: 'document', media_type: 'text/plain' });
    expect(within(facts).getByRole('button', { name: 'Указать время документа' })).toBeTruthy();
    expect(within(facts).queryByText('Подпись на экране')).toBeNull();
  });

  it('asks of a recording no label that a screen showed, and lets go of one that it has', async () => {
    const sound = { ...plain, kind: 'recording', media_type: 'audio/mp4' } as const;
    const facts = await shown({ ...sound, labels: [{ call: 1, text: 'ООО ВЕКТОРИЯ' }] });
    expect(within(facts).getByRole('button', { name: 'Указать время записи' })).toBeTruthy();
    expect(within(facts).queryByLabelText(ru.viewer.labelField)).toBeNull();
    expect(within(facts).getByRole('button', { name: ru.viewer.labelRemove('ООО ВЕКТОРИЯ') })).toBeTruthy();
    held = [{ ...exhibit(1, [1]), ...sound }];
    await exhibits.read(2, true);
    await vi.waitFor(() => expect(within(facts).queryByText('Подпись на экране')).toBeNull());
  });

  it('says once, and as a sentence, what a messenger did', async () => {
    const facts = await shown({ ...plain, has_thumbnail: true, saved_by: 'telegram' });
    const note = facts.querySelector('.gap')?.textContent?.trim() ?? '';
    expect(note).toBe(ru.exhibits.compressedMore.screenshot('Telegram'));
    expect(note.match(/сжа[лт]/g)).toHaveLength(1);
    expect(note).not.toMatch(/\. [а-я]/);
  });
});

it('opens an exhibit with one click, and the keys go on from it when it is left', async () => {
  await open('exhibits', [exhibit(1), exhibit(2)]);
  await vi.waitFor(() => expect(document.querySelector('[data-exhibit="2"]')).not.toBeNull());
  await fireEvent.click(document.querySelector('[data-exhibit="2"]') as HTMLElement);
  expect(desk.exhibit).toBe(2);
  await screen.findByRole('button', { name: 'Предыдущее' });
  await fireEvent.keyDown(document.body, { code: 'Escape' });
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('exhibits'));
  expect(document.querySelector('[data-exhibit="2"]')?.getAttribute('aria-selected')).toBe('true');
});

it('leads back to the card in the tray from which an exhibit was opened', async () => {
  await open('exhibits', [exhibit(1, [], [proposal(2)]), exhibit(2, [], [proposal(3)])]);
  exhibits.view = 'tray';
  await fireEvent.click(await screen.findByRole('button', { name: /Открыть: E0002/ }));
  await screen.findByRole('button', { name: 'Предыдущее' });
  await fireEvent.keyDown(document.body, { code: 'Escape' });
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/E0002/));
});

it('keeps the calls that were read in sight while they are read again, and links none that is not seen yet', async () => {
  let tell = (_: unknown) => {};
  host.now.callsById.mockImplementation(() => new Promise((done) => (tell = done as typeof tell)));
  await open('exhibits', [exhibit(1, [], [proposal(2)]), exhibit(2, [], [proposal(3)])]);
  exhibits.view = 'tray';
  const links = () => screen.getAllByRole<HTMLButtonElement>('button', { name: 'Связать' });
  await vi.waitFor(() => expect(links()).toHaveLength(2));
  expect(links().map((button) => button.disabled)).toEqual([true, true]);
  tell([call(2), call(3)]);
  await vi.waitFor(() => expect(links().map((button) => button.disabled)).toEqual([false, false]));
  held = [exhibit(1, [2]), exhibit(2, [], [proposal(3)])];
  await fireEvent.click(links()[0] as HTMLElement);
  await vi.waitFor(() => expect(links()).toHaveLength(1));
  expect(host.now.callsById).toHaveBeenCalledTimes(2);
  const tray = document.getElementById('tray') as HTMLElement;
  expect(within(tray).queryByText('Читаю…'), 'the second reading has not come yet').toBeNull();
  expect(links()[0]?.disabled).toBe(false);
});

it('links no call that is not seen yet from the viewer either', async () => {
  let tell = (_: unknown) => {};
  host.now.callsById.mockImplementation(() => new Promise((done) => (tell = done as typeof tell)));
  await open('exhibits', [exhibit(1, [], [proposal(2)])]);
  await vi.waitFor(() => expect(exhibits.list).toHaveLength(1));
  desk.showExhibit(1);
  const link = await screen.findByRole<HTMLButtonElement>('button', { name: 'Связать' });
  expect(link.disabled, 'the call is being read').toBe(true);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Не этот звонок' }).disabled).toBe(false);
  tell([call(2)]);
  await vi.waitFor(() => expect(link.disabled).toBe(false));
  await fireEvent.click(link);
  expect(host.now.linkExhibits).toHaveBeenCalledWith([{ exhibit: 1, call: 2 }]);
});
