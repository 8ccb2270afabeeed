// Files on their way in: what they are linked to, and that none is lost in silence.

import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure, FileChoice, FileSeen, Match, PendingFile } from '$lib/api';
import { call, failure, filePreview, giveLayout, makeHost, overview, proposal, source as sourceAnswer } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import Mends from '$lib/components/Mends.svelte';
import Problems from '$lib/components/Problems.svelte';
import { callList } from '$lib/callList.svelte';
import { desk } from '$lib/desk.svelte';
import { job } from '$lib/job.svelte';
import { notices } from '$lib/notices.svelte';
import { ru } from '$lib/words/ru';

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  Object.assign(desk, { overview: null, incoming: [], call: null, group: null, linkTo: [] });
  job.name = null;
  notices.list = [];
});

const exhibit = (token: number, name = `снимок ${token}.png`): PendingFile => ({ token, name, purpose: 'exhibit' });
const source = (token: number, name: string): PendingFile => ({ token, name, purpose: 'source' });
const box = async () => (await screen.findByRole('checkbox', { name: /Связать/ })) as HTMLInputElement;

function proposes(of: Record<number, Match[]>) {
  host.now.previewAttach.mockImplementation(
    async (tokens: number[]): Promise<FileSeen[]> =>
      tokens.map((token) => ({ token, preview: { ...filePreview, proposals: of[token] ?? [] }, refused: null })),
  );
}

function open() {
  render(App);
  desk.show(overview);
  desk.call = call(1);
}

const confirm = () => fireEvent.click(screen.getByRole('button', { name: 'Добавить в дело' }));
const attached = () => host.now.attach.mock.lastCall ?? [];

describe('the call that is open', () => {
  it('is what dropped files are linked to where nothing speaks against it', async () => {
    proposes({ 1: [proposal(1)], 2: [] });
    open();
    desk.receive([exhibit(1), exhibit(2)]);
    await vi.waitFor(async () => expect((await box()).checked).toBe(true));
    await confirm();
    await vi.waitFor(() => expect(attached().slice(0, 2)).toEqual([[1, 2], [1]]));
  });

  it('is not, where a file speaks for another call; the person may still say so', async () => {
    proposes({ 1: [proposal(1)], 2: [proposal(2), proposal(1)] });
    open();
    desk.receive([exhibit(1), exhibit(2)]);
    expect(await screen.findByText(/Один файл, похоже, о другом звонке/)).toBeTruthy();
    expect((await box()).checked).toBe(false);
    await confirm();
    await vi.waitFor(() => expect(attached().slice(0, 2)).toEqual([[1, 2], []]));
    Object.assign(desk, { screen: 'calls', call: call(1) });
    desk.receive([exhibit(3)]);
    proposes({ 3: [proposal(2)] });
    await vi.waitFor(async () => expect((await box()).checked).toBe(false));
    await fireEvent.click(await box());
    await confirm();
    await vi.waitFor(() => expect(attached().slice(0, 2)).toEqual([[3], [1]]));
  });

  it('is, whatever the files speak for, where the person chose them for it', async () => {
    proposes({ 1: [proposal(2)] });
    host.now.chooseFiles.mockResolvedValue([exhibit(1)]);
    open();
    await fireEvent.click(await screen.findByRole('button', { name: /Приложить/ }));
    expect(await screen.findByText(/Один файл, похоже, о другом звонке/)).toBeTruthy();
    expect((await box()).checked).toBe(true);
  });
});

describe('a call that was open once', () => {
  it('is linked to nothing where another screen hides it', async () => {
    proposes({ 1: [] });
    open();
    desk.screen = 'overview';
    desk.receive([exhibit(1)]);
    await vi.waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Добавить в дело' }).disabled).toBe(false));
    expect(screen.queryByRole('checkbox', { name: /Связать/ })).toBeNull();
    await confirm();
    await vi.waitFor(() => expect(attached().slice(0, 2)).toEqual([[1], []]));
  });
});

describe('a document whose pages hold a table of calls', () => {
  const choice = (name: string) => screen.findByRole<HTMLSelectElement>('combobox', { name });
  beforeEach(() => {
    host.now.previewAttach.mockImplementation(
      async (tokens: number[]): Promise<FileSeen[]> =>
        tokens.map((token) => ({ token, preview: { ...filePreview, kind: 'document', as_log: token === 1, proposals: [] }, refused: null })),
    );
  });

  it('is to be read as one from the start, and stays an exhibit where the person says so', async () => {
    render(App);
    desk.show(overview);
    desk.receive([exhibit(1, 'выписка.pdf'), exhibit(2, 'договор.pdf')]);
    await vi.waitFor(async () => expect((await choice('выписка.pdf')).value).toBe('source'));
    expect((await choice('договор.pdf')).value, 'without a table it is a document').toBe('exhibit');
    await fireEvent.change(await choice('выписка.pdf'), { target: { value: 'exhibit' } });
    expect(await screen.findByText(/Похоже на детализацию/)).toBeTruthy();
    expect((await choice('выписка.pdf')).value).toBe('exhibit');
  });

  it('stays what it was brought as where that is an exhibit of a call, and is named', async () => {
    open();
    desk.receive([exhibit(1, 'выписка.pdf')]);
    expect(await screen.findByText(/Похоже на детализацию/)).toBeTruthy();
    expect((await choice('выписка.pdf')).value).toBe('exhibit');
    await fireEvent.click(screen.getByRole('button', { name: 'Читать как журнал вызовов' }));
    await vi.waitFor(async () => expect((await choice('выписка.pdf')).value).toBe('source'));
  });
});

it('says of one call that it is confirmed, and of several that they are', () => {
  expect([1, 3, 5, 21].map(ru.incoming.corroborating)).toEqual([
    'подтверждает известный звонок',
    ...Array(2).fill('подтверждают известные звонки'),
    'подтверждает известный звонок',
  ]);
});

describe('a file that no recipe reads', () => {
  const unknown: Failure = { ...failure, code: 'recipe_unknown', ru: 'Расположение столбцов незнакомо. В окне программы можно указать столбцы.', detail: { file: 'письмо.txt' } };

  /** Refuses the letter and reads the rest. */
  function refusing() {
    host.now.previewImport.mockImplementation((async (files: { token: number }[]) => {
      if (files.some((file) => file.token === 7)) throw unknown;
      return { sources: [] };
    }) as unknown as typeof host.now.previewImport);
  }

  it('comes in as a document where it was brought among exhibits, and is said to', async () => {
    refusing();
    render(App);
    desk.show(overview);
    desk.receive([exhibit(1), source(7, 'письмо.txt')]);
    expect(await screen.findByText('не прочитан, добавится как документ')).toBeTruthy();
    await vi.waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Добавить в дело' }).disabled).toBe(false));
    await confirm();
    await vi.waitFor(() => expect(attached().slice(0, 2)).toEqual([[1, 7], []]));
    expect(host.now.import).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(desk.incoming).toEqual([]));
  });

  it('stays out where a log was to be read and the person does not say that it is to be kept', async () => {
    refusing();
    render(App);
    desk.show(overview);
    desk.receive([source(7, 'письмо.txt')]);
    const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: /как документ/ });
    expect(box.checked).toBe(false);
    expect(screen.getByText('не прочитан, в дело не войдёт')).toBeTruthy();
    expect(screen.queryByText(/В окне программы/), 'this is the window').toBeNull();
    await fireEvent.click(box);
    expect(screen.getByText('не прочитан, добавится как документ')).toBeTruthy();
    await confirm();
    await vi.waitFor(() => expect(attached()[0]).toEqual([7]));
  });

  it('comes in as a document where it was brought to the exhibits, and stays out where the person says so', async () => {
    refusing();
    render(App);
    desk.show(overview);
    desk.screen = 'exhibits';
    desk.receive([source(7, 'письмо.txt')]);
    expect(await screen.findByText('не прочитан, добавится как документ')).toBeTruthy();
    await fireEvent.click(screen.getByRole('checkbox', { name: /как документ/ }));
    expect(screen.getByText('не прочитан, в дело не войдёт')).toBeTruthy();
  });

  it('is nothing to add on its own where the person does not want it', async () => {
    refusing();
    render(App);
    desk.show(overview);
    desk.receive([source(7, 'письмо.txt')]);
    await screen.findByRole('checkbox', { name: /как документ/ });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Добавить в дело' }).disabled).toBe(true);
  });

  it('cannot be kept where it cannot be read at all', async () => {
    host.now.previewImport.mockRejectedValue({ ...unknown, code: 'file_unreadable', ru: 'Файл не читается.' });
    render(App);
    desk.show(overview);
    desk.receive([source(7, 'письмо.txt')]);
    expect(await screen.findByText('Файл не читается.')).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: /как документ/ })).toBeNull();
  });
});

it('keeps what came in while other files were being added', async () => {
  proposes({});
  let letGo = (_: unknown) => {};
  host.now.attach.mockImplementation(() => new Promise((resolve) => (letGo = resolve as typeof letGo)));
  render(App);
  desk.show(overview);
  desk.receive([exhibit(1)]);
  await vi.waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Добавить в дело' }).disabled).toBe(false));
  await confirm();
  await vi.waitFor(() => expect(host.now.attach).toHaveBeenCalled());
  desk.receive([exhibit(2)]);
  letGo({ exhibits: [] });
  await vi.waitFor(() => expect(desk.incoming.map((file) => file.token)).toEqual([2]));
});

describe('a file of several lines', () => {
  const mine = '+79071204518';
  const several = { ...sourceAnswer, lines: [mine, '+79071204519'], other_lines: 0 };
  const asked = () => (host.now.previewImport.mock.lastCall as unknown as [FileChoice[]])[0][0]?.choice;
  const keep = () => screen.queryByRole('checkbox', { name: /Хранить только строки своей линии/ }) as HTMLInputElement | null;

  const mark = async (number: string) =>
    fireEvent.click(await vi.waitFor(() => {
      const box = document.querySelector(`.own-lines input[value="${number}"]`);
      if (!box) throw new Error(number);
      return box;
    }));

  async function pick() {
    host.now.previewImport.mockImplementation(async (...given: unknown[]) => {
      const choice = (given[0] as FileChoice[])[0]?.choice;
      const extract_of = choice?.extract ? { sha256: 'ef'.repeat(32), bytes: 5, line: mine } : null;
      return { sources: [{ ...several, other_lines: choice?.line ? 40 : 0, extract_of }] };
    });
    open();
    desk.receive([source(1, 'detail.xml')]);
    await vi.waitFor(() => expect(screen.getByText(/возьмутся строки всех линий/)).toBeTruthy());
    expect(keep()).toBeNull();
    await mark(mine);
    await vi.waitFor(() => expect(keep()?.checked).toBe(false));
  }

  it('can be kept as the rows of the line that was picked, and is not unless it is said', async () => {
    await pick();
    expect(asked()?.extract ?? false).toBe(false);
    await fireEvent.click(keep()!);
    await vi.waitFor(() => expect(screen.getByText(/Хранится выписка: строки линии/).textContent).toContain('efef'));
    expect(asked()).toMatchObject({ line: mine, extract: true });
    await confirm();
    await vi.waitFor(() => expect((host.now.import.mock.lastCall as unknown as [FileChoice[]])[0]).toMatchObject([{ choice: { line: mine, extract: true } }]));
  });

  it('is kept whole again where no line is picked any more', async () => {
    await pick();
    await fireEvent.click(keep()!);
    await vi.waitFor(() => expect(asked()).toMatchObject({ extract: true }));
    await mark(mine);
    await vi.waitFor(() => expect(asked()).toMatchObject({ line: null, extract: false }));
    await vi.waitFor(() => expect(keep()).toBeNull());
  });

  it('gives the rows of several lines, and then is kept whole', async () => {
    await pick();
    await fireEvent.click(keep()!);
    await vi.waitFor(() => expect(asked()).toMatchObject({ extract: true }));
    const other = several.lines.find((known) => known !== mine)!;
    await mark(other);
    const both = [mine, other].sort();
    await vi.waitFor(() => expect(asked()).toMatchObject({ line: both[0], further_lines: both.slice(1), extract: false }));
    await vi.waitFor(() => expect(keep()).toBeNull());
    expect(screen.getByText(/Строки остальных линий посчитаются/)).toBeTruthy();
  });

  it('of which the case has an extract comes as a whole only where that is said', async () => {
    const extract_of = { sha256: 'ef'.repeat(32), bytes: 5, line: mine };
    host.now.previewImport.mockImplementation(async (...given: unknown[]) => {
      const whole = (given[0] as FileChoice[])[0]?.choice.whole ?? false;
      return { sources: [whole ? several : { ...several, already_imported: true, extract_of }] };
    });
    open();
    desk.receive([source(1, 'detail.xml')]);
    await vi.waitFor(() => expect(screen.getByText(/В деле уже есть выписка/)).toBeTruthy());
    await fireEvent.click(screen.getByRole('checkbox', { name: /Добавить файл целиком/ }));
    await vi.waitFor(() => expect(asked()).toMatchObject({ whole: true }));
    await vi.waitFor(() => expect(screen.queryByText(/В деле уже есть выписка/)).toBeNull());
  });
});

it('says that a narrowed list may not show what has come, and shows all of it', async () => {
  render(App);
  desk.show(overview);
  callList.narrow({ direction: 'outgoing' });
  desk.receive([source(3, 'detail.xml')]);
  await vi.waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Добавить в дело' }).disabled).toBe(false));
  await confirm();
  expect(await screen.findByText(/Показаны не все звонки/)).toBeTruthy();
  await fireEvent.click(document.getElementById('show-all') as HTMLElement);
  await vi.waitFor(() => expect(callList.narrowed).toBe(false));
  expect(screen.queryByText(/Показаны не все звонки/)).toBeNull();
});

it('shows rows that were mended or not read in a frame that the keys can scroll', () => {
  const problem = { sheet: 0, row: 7, column: 'Дата', found: 'вчера', expected: 'дата и время', expected_en: 'a date and a time' };
  render(Problems, { problems: [problem], total: 3 });
  render(Mends, { mends: [{ sheet: 0, row: 2, lines: 2, rows: 1, kind: 'broken', found: '25' }], rows: 4 });
  const [unread, mended] = [ru.incoming.problems(3), ru.incoming.mended(4)].map((name) => screen.getByRole('region', { name }));
  for (const frame of [unread, mended]) expect(frame?.tabIndex, frame?.getAttribute('aria-label') ?? '').toBe(0);
  expect(unread?.textContent, 'and says how many more there are').toContain(ru.incoming.problemsMore(2));
  expect(mended?.textContent).toContain(ru.incoming.problemsMore(3));
});
