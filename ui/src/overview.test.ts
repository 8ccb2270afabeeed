import { fireEvent, render } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallFilter, CoverageView, SourceView, VerdictCount, WithdrawalPreview, WitnessSources, ZonePreview } from './lib/api';
import { failure, giveLayout, makeHost, overview, zoned } from './test/host';

const host = vi.hoisted(() => ({ now: {} as ReturnType<typeof makeHost> }));
vi.mock('$lib/api', () => ({
  host: new Proxy({}, { get: (_, name) => host.now[name as keyof typeof host.now] }),
  isFailure: (thrown: unknown) => typeof thrown === 'object' && thrown !== null && 'ru' in thrown,
}));

import App from './App.svelte';
import { comparison } from '$lib/comparison.svelte';
import { desk } from '$lib/desk.svelte';
import { speech } from '$lib/words/index.svelte';

const source = (id: number, kind: SourceView['kind'], records = 40): SourceView => ({
  ...zoned,
  id,
  kind,
  records,
  file: `${kind}.csv`,
  recipe: 'table',
  received_at: '2025-09-03T10:15:00Z',
  sha256: 'ab'.repeat(32),
  entries: false,
});
const days = (id: number, kind: SourceView['kind']): CoverageView => ({
  source: id,
  file: `${kind}.csv`,
  kind,
  from: '2025-05-01',
  to: '2025-05-10',
  records: 40,
  days: ['2025-05-01', '2025-05-04', '2025-05-10'].map((date) => ({ date, records: 5 })),
  gaps: [
    { from: '2025-05-02', to: '2025-05-03', days: 2 },
    { from: '2025-05-05', to: '2025-05-09', days: 5 },
  ],
});
const offer = { source: 1, zone: 'Asia/Yekaterinburg', zone_now: 'Europe/Moscow', zone_basis: 'line', shift_s: -7_200 };
const both: WitnessSources = {
  pairs: [{ sources: [1, 2], offset_s: -7_200, spread_s: 1, paired: 33, clock: 'steady', stretches: [], zone_offers: [offer] }],
  coverage: [days(1, 'phone'), days(2, 'operator')],
};
const counts: VerdictCount[] = [
  { verdict: 'both', calls: 33 },
  { verdict: 'phone_only', calls: 7 },
  { verdict: 'operator_only', calls: 0 },
  { verdict: 'other_only', calls: 0 },
  { verdict: 'conflict', calls: 0 },
];

beforeEach(() => {
  giveLayout();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  host.now = makeHost();
  host.now.callVerdicts.mockImplementation(async () => counts);
  host.now.witnessSources.mockImplementation(async () => both);
  speech.choose('ru');
  Object.assign(desk, { overview: null, incoming: [], call: null, group: null });
});

const see = (css: string) =>
  vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>(css);
    expect(found, css).not.toBeNull();
    return found as HTMLElement;
  });
const text = (element: HTMLElement) => (element.textContent ?? '').replace(/\s+/g, ' ');

function show(sources: SourceView[]) {
  render(App);
  const shown = { ...overview, sources };
  host.now.overview.mockImplementation(async () => shown);
  desk.show(shown);
  desk.screen = 'overview';
}

describe('the counts of witnesses', () => {
  it('lead to the calls and to nothing else', async () => {
    show([source(1, 'phone'), source(2, 'operator')]);
    const list = await see('#verdicts ul');
    expect(text(list)).toContain('33 телефон и оператор');
    expect(text(list)).toContain('0 только оператор');
    expect(document.querySelector('#verdict-operator_only'), 'a count of none leads nowhere').toBeNull();
    expect(text(list)).not.toContain('расхождение');
    await fireEvent.click(await see('#verdict-phone_only'));
    await vi.waitFor(() => expect((host.now.findCalls.mock.lastCall as unknown as [CallFilter])[0].verdict).toBe('phone_only'));
    expect(text(await see('.chip'))).toBe('только телефон');
  });

  it('say what is lacking where there is one kind of witness', async () => {
    host.now.witnessSources.mockImplementation(async () => ({ pairs: [], coverage: [days(1, 'phone')] }));
    show([source(1, 'phone')]);
    expect(text(await see('#verdicts'))).toContain('подтвердить звонки пока нечем');
    expect(text(await see('#clocks'))).toContain('нужны хотя бы два источника');
  });
});

describe('the counts of silence', () => {
  it('say who is silent and why, and lead to those calls', async () => {
    host.now.silenceCounts.mockImplementation(async () => [
      { witness: 'operator', reason: 'unanswered', calls: 6 },
      { witness: 'operator', reason: 'not_stated', calls: 1 },
    ]);
    show([source(1, 'phone'), source(2, 'operator')]);
    expect(text(await see('#silence-counts'))).toContain('6 Оператор молчит: неотвеченных звонков в этом источнике не бывает');
    await fireEvent.click(await see('#silent-operator-not_stated'));
    const silent = { witness: 'operator', reason: 'not_stated' };
    await vi.waitFor(() => expect((host.now.findCalls.mock.lastCall as unknown as [CallFilter])[0].silent).toEqual(silent));
    expect(text(await see('.chip'))).toBe('Оператор молчит: день в источнике есть, а этого звонка нет');
  });

  it('are not counted by themselves in a case so large that it takes a while', async () => {
    show([source(1, 'phone', 1_500_000), source(2, 'operator', 1_500_000)]);
    await see('#verdicts ul');
    expect(host.now.silenceCounts).not.toHaveBeenCalled();
    await fireEvent.click(await see('#compare'));
    await vi.waitFor(() => expect(host.now.silenceCounts).toHaveBeenCalledOnce());
    comparison.forget();
  });
});

describe('a source', () => {
  it('is taken out of the case when it was said what goes with it', async () => {
    let answer = (_: WithdrawalPreview) => {};
    host.now.previewWithdrawal.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    show([source(1, 'phone'), source(2, 'operator')]);
    await fireEvent.click((await see('#sources [aria-expanded]')) as HTMLElement);
    await fireEvent.click(await see('#withdraw-1'));
    const go = (await see('#withdraw-go')) as HTMLButtonElement;
    expect(go.disabled, 'not before it is known').toBe(true);
    answer({ calls: 12, stay: 3, exhibits: 2, labels: 1, said: 0 });
    await vi.waitFor(() => expect(go.disabled).toBe(false));
    const dialog = text(await see('dialog'));
    expect(dialog).toContain('Только в этом источнике: 12 звонков.');
    expect(dialog).toContain('Есть и в других источниках: 3 звонка.');
    expect(text(await see('#withdraw-hangs'))).toContain('держатся: 2 связанных доказательства, 1 прочитанная подпись.');
    expect(dialog).toContain('останется в деле байт в байт');
    expect(host.now.withdrawSource).not.toHaveBeenCalled();
    await fireEvent.submit(go.closest('form') as HTMLFormElement);
    await vi.waitFor(() => expect(host.now.withdrawSource).toHaveBeenCalledWith(1));
    await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
  });
});

describe('the days of the sources', () => {
  it('are told day by day to the keyboard, and stand in a table one key away', async () => {
    show([source(1, 'phone'), source(2, 'operator')]);
    const slider = await see('#coverage-day');
    slider.focus();
    await fireEvent.keyDown(slider, { code: 'ArrowRight' });
    expect(slider.getAttribute('aria-valuetext')?.replace(/\s/g, ' ')).toBe('2 мая 2025: «phone.csv» — записей нет; «operator.csv» — записей нет');
    await fireEvent.keyDown(slider, { code: 'End' });
    expect(text(await see('#coverage-told'))).toBe('10 мая 2025: «phone.csv» — 5 записей; «operator.csv» — 5 записей');
    await fireEvent.keyDown(slider, { code: 'ArrowRight' });
    expect(slider.getAttribute('aria-valuenow')).toBe('9');
    await fireEvent.keyDown(window, { code: 'KeyT' });
    const rows = [...(await see('#coverage tbody')).querySelectorAll('tr')].map((row) => text(row));
    expect(rows).toHaveLength(10);
    expect(rows[1]).toBe('phone.csv2 мая 20253 мая 20252записей нет');
  });

  it('of nothing are not drawn', async () => {
    show([]);
    await see('#go-overview');
    await vi.waitFor(() => expect(document.querySelector('main h1')?.textContent).toBe('Обзор'));
    expect(document.querySelector('#coverage, #clocks, #compare')).toBeNull();
    expect(host.now.witnessSources).not.toHaveBeenCalled();
  });

  it('of a large case are read when the person asks for them, and not again', async () => {
    show([source(1, 'phone', 1_500_000), source(2, 'operator', 1_500_000)]);
    await see('#compare');
    expect(host.now.witnessSources).not.toHaveBeenCalled();
    await fireEvent.click(await see('#compare'));
    await see('#coverage svg');
    desk.screen = 'log';
    await vi.waitFor(() => expect(document.querySelector('#coverage')).toBeNull());
    desk.screen = 'overview';
    await see('#coverage svg');
    expect(host.now.witnessSources).toHaveBeenCalledTimes(1);
    desk.revision += 1;
    await vi.waitFor(() => expect(host.now.witnessSources).toHaveBeenCalledTimes(2));
    comparison.forget();
  });
});

describe('sources that could not be read beside each other', () => {
  it('say so where they would stand, and are read again', async () => {
    host.now.witnessSources.mockRejectedValueOnce(failure);
    show([source(1, 'phone'), source(2, 'operator')]);
    const again = await see('#compare-again');
    const section = again.closest('section') as HTMLElement;
    expect(text(section.querySelector('[role=alert]') as HTMLElement)).toBe(failure.ru);
    expect(section.querySelector('[role=status]'), 'nothing is being read').toBeNull();
    await fireEvent.click(again);
    await see('#coverage svg');
    expect(document.querySelector('#compare-again')).toBeNull();
    expect(host.now.witnessSources).toHaveBeenCalledTimes(2);
  });
});

describe('the zone of a source', () => {
  const then: ZonePreview = {
    zone: 'Asia/Yekaterinburg',
    first: { now: '2025-05-01T12:15:00+03:00', then: '2025-05-01T12:15:00+05:00', precision: 'second', shift_s: -7_200 },
    verdicts: counts,
    verdicts_then: counts.map((count) => (count.verdict === 'both' ? { ...count, calls: 40 } : { ...count, calls: 0 })),
  };

  it('is offered, tells what it changes, and is set only then', async () => {
    let answer = (_: ZonePreview) => {};
    host.now.previewSourceZone.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    show([source(1, 'phone'), source(2, 'operator')]);
    expect(text(await see('#clocks'))).toContain('«phone.csv» читается по поясу Москва (МСК), а записан, похоже, по поясу Екатеринбург (МСК+2)');
    await fireEvent.click(await see('#offer-1-2-1'));
    const save = (await see('#zone-save')) as HTMLButtonElement;
    expect(save.disabled, 'not before it is known').toBe(true);
    expect(host.now.previewSourceZone).toHaveBeenCalledWith(1, 'Asia/Yekaterinburg');
    answer(then);
    await vi.waitFor(() => expect(save.disabled).toBe(false));
    const dialog = text(await see('dialog'));
    expect(dialog).toContain('1 мая 2025, 12:15:00 (UTC+3) → 1 мая 2025, 12:15:00 (UTC+5): на 2 ч раньше');
    expect(text(await see('#zone-verdicts'))).toBe('телефон и оператор: 33 → 40только телефон: 7 → 0');
    await fireEvent.submit(save.closest('form') as HTMLFormElement);
    await vi.waitFor(() => expect(host.now.setSourceZone).toHaveBeenCalledWith(1, 'Asia/Yekaterinburg'));
    await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
  });

  it('is shown with how it is known, and taken back', async () => {
    const moments = { ...source(2, 'operator'), zone: null, zone_basis: 'stated' as const, zone_settable: false };
    show([{ ...source(1, 'phone'), zone: 'Asia/Yekaterinburg', zone_basis: 'given', zone_set: true }, moments]);
    const table = await see('#sources');
    expect(text(table)).toContain('Екатеринбург (МСК+2) указан вами');
    expect(text(table)).toContain('от пояса они не зависят');
    expect(document.querySelector('#zone-2')).toBeNull();
    await fireEvent.click(await see('#zone-1'));
    const choice = (await see('#zone-choice')) as HTMLSelectElement;
    expect(choice.value).toBe('Asia/Yekaterinburg');
    expect(text(await see('dialog dd'))).toBe('Екатеринбург (МСК+2), указан вами');
    expect(host.now.previewSourceZone, 'nothing is chosen yet').not.toHaveBeenCalled();
    await fireEvent.change(choice, { target: { value: '' } });
    const save = (await see('#zone-save')) as HTMLButtonElement;
    await vi.waitFor(() => expect(save.disabled).toBe(false));
    expect([...document.querySelectorAll<HTMLElement>('dialog dd')].map(text)[1], 'no zone is made up').toBe('у каждой строки свой');
    await fireEvent.submit(save.closest('form') as HTMLFormElement);
    await vi.waitFor(() => expect(host.now.setSourceZone).toHaveBeenCalledWith(1, null));
    await vi.waitFor(() => expect(text(document.body)).toContain('«phone.csv» снова читается так, как при импорте. Звонки сопоставлены заново.'));
  });
});
