// A numbering register among dropped files: it is taken for what it is, and what it does not say stands beside it.

import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PendingFile, RegisterAnswer } from '$lib/api';
import { call, giveLayout, makeHost, overview } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { desk } from '$lib/desk.svelte';
import { job } from '$lib/job.svelte';
import { notices } from '$lib/notices.svelte';
import Facts from './screens/calls/Facts.svelte';
import Registers from './screens/overview/Registers.svelte';

beforeEach(() => {
  giveLayout();
  host.now = makeHost();
  Object.assign(desk, { overview: null, incoming: [], call: null, group: null, linkTo: [] });
  job.name = null;
  notices.list = [];
});

const file: PendingFile = { token: 5, name: 'DEF-9xx.csv', purpose: 'register' };
const register: RegisterAnswer = {
  ...{ file: 'DEF-9xx.csv', sha256: 'ab'.repeat(32), dated: '2026-08-19', dated_basis: 'file_time' },
  ...{ series: ['DEF-9xx'], rows: 17_060, ranges: 17_059, state: 'taken', instead_of: [] },
  problems: [{ line: 7, kind: 'capacity', found: '907;1;2;9;А' }],
};

const drop = async (told: Partial<RegisterAnswer> = {}) => {
  host.now.previewRegisters.mockResolvedValue({ registers: [{ ...register, ...told }] });
  host.now.loadRegisters.mockResolvedValue({ registers: [{ ...register, ...told }] });
  render(App);
  desk.show(overview);
  desk.receive([file]);
  return within(await screen.findByRole('region', { name: 'Файл реестра нумерации' }));
};

describe('a register that was dropped', () => {
  it('is told with its day, how that is known and what does not hold; it is not offered as a call log', async () => {
    const section = await drop();
    await section.findByText('DEF-9xx от 19.08.2026 (дата, когда изменён файл), 17 059 диапазонов');
    expect(section.getByText('907;1;2;9;А')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Добавить в дело' })).toBeNull();
    expect(host.now.previewImport).not.toHaveBeenCalled();
    expect(host.now.loadRegisters).not.toHaveBeenCalled();
  });

  it('is loaded after the look, of the day that the person says, with the digest that was seen', async () => {
    const section = await drop();
    await section.findByText(/диапазонов/);
    await fireEvent.change(section.getByLabelText('На какой день реестр'), { target: { value: '2026-08-01' } });
    await fireEvent.click(section.getByRole('radio', { name: 'в этом деле' }));
    await vi.waitFor(() =>
      expect(host.now.previewRegisters).toHaveBeenLastCalledWith({ tokens: [5], place: 'case', dated: '2026-08-01', expected: [] }),
    );
    await fireEvent.click(section.getByRole('button', { name: 'Загрузить реестр' }));
    await vi.waitFor(() =>
      expect(host.now.loadRegisters).toHaveBeenCalledWith({ tokens: [5], place: 'case', dated: '2026-08-01', expected: [register.sha256] }),
    );
    await vi.waitFor(() => expect(desk.incoming).toEqual([]));
  });

  it('warns where it is older than what is loaded, and has nothing to do where it is loaded', async () => {
    const older = await drop({ state: 'older', instead_of: [{ ...register, dated: '2026-09-01' }] });
    await older.findByText('Загружен более новый, от 01.09.2026. Если загрузить этот, он займёт его место.');
    host.now.previewRegisters.mockResolvedValue({ registers: [{ ...register, state: 'held' }] });
    await fireEvent.change(older.getByLabelText('На какой день реестр'), { target: { value: '2026-08-02' } });
    await older.findByText('Этот реестр уже загружен.');
    expect((older.getByRole('button', { name: 'Загрузить реестр' }) as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('what a register says', () => {
  it('stands with its day and with what it does not say', () => {
    render(Facts, { call: { ...call(1), range_holder: 'ПАО "СВЯЗЬ"', region: 'Псков', range_dated: '2026-08-19', line_operator: 'Волна' } });
    const said = document.querySelector('#range-holder')?.textContent ?? '';
    expect(said).toContain('Диапазон выделен оператору ПАО "СВЯЗЬ", Псков, номер мог быть перенесён · реестр от 19.08.2026');
    expect(said).toContain('Это не значит, что звонили из другой сети');
  });

  it('is missed by name where the case has numbers of it', () => {
    render(Registers, { overview: { ...overview, registers: { in_force: [], missing: ['ABC-4xx'] } } });
    expect(document.querySelector('#registers')?.textContent).toContain('Реестр не загружен: ABC-4xx.');
  });
});
