import { describe, expect, it } from 'vitest';
import type { CoverageView } from '$lib/api';
import { en } from '$lib/words/en';
import { ru } from '$lib/words/ru';
import { axis, dates, dayOf, dayText, gapsText, isoOf, on, spanOf, stripOf, told } from './coverage';

const view = (days: [string, number][], gaps: [string, string][], source = 1, file = 'журнал.csv'): CoverageView => ({
  source,
  file,
  kind: 'phone',
  from: days[0]?.[0] ?? null,
  to: days.at(-1)?.[0] ?? null,
  records: days.reduce((sum, [, records]) => sum + records, 0),
  days: days.map(([date, records]) => ({ date, records })),
  gaps: gaps.map(([from, to]) => ({ from, to, days: dayOf(to) - dayOf(from) + 1 })),
});
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const may = stripOf(view([['2025-05-03', 2], ['2025-05-04', 1], ['2025-05-08', 5]], [['2025-05-05', '2025-05-07']]));

describe('the days of a source', () => {
  it('are stretches without a hole, days in a row being one', () => {
    expect(may.stretches.map((s) => [isoOf(s.from), isoOf(s.to), s.records])).toEqual([
      ['2025-05-03', '2025-05-04', 3],
      ['2025-05-05', '2025-05-07', 0],
      ['2025-05-08', '2025-05-08', 5],
    ]);
    expect(stripOf(view([], [])).stretches).toEqual([]);
  });

  it('are asked one by one: records, none within the period, outside of it', () => {
    expect(['2025-05-02', '2025-05-03', '2025-05-06', '2025-05-08', '2025-05-09'].map((day) => on(may, dayOf(day)))).toEqual([null, 2, 0, 5, null]);
  });

  it('span what all sources span', () => {
    const june = stripOf(view([['2025-06-30', 1]], [], 2));
    expect(spanOf([may, june, stripOf(view([], [], 3))])).toEqual([dayOf('2025-05-03'), dayOf('2025-06-30')]);
    expect(spanOf([stripOf(view([], []))])).toBeNull();
  });
});

describe('days in words', () => {
  it('say once what both ends share', () => {
    const said = (from: string, to: string, words = ru) => plain(dates(dayOf(from), dayOf(to), words));
    expect(said('2025-05-05', '2025-05-05')).toBe('5 мая 2025');
    expect(said('2025-05-05', '2025-05-07')).toBe('5–7 мая 2025');
    expect(said('2025-04-28', '2025-05-03')).toBe('28 апр — 3 мая 2025');
    expect(said('2024-12-30', '2025-01-02')).toBe('30 дек 2024 — 2 янв 2025');
    expect(said('2025-05-05', '2025-05-07', en)).toBe('5–7 May 2025');
  });

  it('name the only gap, or the longest of several', () => {
    expect(plain(gapsText(may, ru))).toBe('3 дня без записей: 5–7 мая 2025');
    const two = stripOf(view([['2025-05-01', 1], ['2025-05-03', 1], ['2025-05-10', 1]], [['2025-05-02', '2025-05-02'], ['2025-05-04', '2025-05-09']]));
    expect(plain(gapsText(two, ru))).toBe('7 дней без записей, самый долгий перерыв — 6 дней: 4–9 мая 2025');
    expect(plain(gapsText(two, en))).toBe('7 days without records, the longest gap is of 6 days: 4–9 May 2025');
    const odd = stripOf(view([['2025-05-01', 1], ['2025-05-03', 1], ['2025-05-05', 1]], [['2025-05-02', '2025-05-02'], ['2025-05-04', '2025-05-04']]));
    expect(plain(gapsText(odd, ru))).toBe('2 отдельных дня без записей');
    expect(gapsText(stripOf(view([['2025-05-01', 1]], [])), ru)).toBe('без перерывов');
    expect(gapsText(stripOf(view([], [])), ru)).toBe('звонков в файле нет');
    expect(plain(told(may, ru))).toBe('3–8 мая 2025 · 8 записей · 3 дня без записей: 5–7 мая 2025');
  });

  it('tell of a day what each source has', () => {
    const other = stripOf(view([['2025-05-06', 1], ['2025-05-07', 4]], [], 2, 'оператор.csv'));
    const said = (day: string) => plain(dayText([may, other], dayOf(day), ru));
    expect(said('2025-05-06')).toBe('6 мая 2025: «журнал.csv» — записей нет; «оператор.csv» — 1 запись');
    expect(said('2025-05-08')).toBe('8 мая 2025: «журнал.csv» — 5 записей; вне периода — 1 источник');
    expect(said('2026-01-01')).toBe('1 янв 2026: вне периода всех источников');
  });
});

describe('the dates under the strips', () => {
  const texts = (from: string, to: string, most: number) => axis(dayOf(from), dayOf(to), most, ru).map((tick) => plain(tick.text));
  it('are days, first days of months or of years, never more than fit', () => {
    expect(texts('2025-05-01', '2025-05-10', 5)).toEqual(['1 мая 2025', '3 мая 2025', '5 мая 2025', '7 мая 2025', '9 мая 2025']);
    expect(texts('2025-05-01', '2025-05-01', 5)).toEqual(['1 мая 2025']);
    expect(texts('2025-03-10', '2025-07-31', 8)).toEqual(['апр 2025', 'май 2025', 'июн 2025', 'июл 2025']);
    expect(texts('2024-11-20', '2025-05-02', 8)).toEqual(['дек 2024', 'янв 2025', 'фев 2025', 'мар 2025', 'апр 2025', 'май 2025']);
    expect(texts('2019-06-01', '2025-05-31', 7)).toEqual(['2020', '2021', '2022', '2023', '2024', '2025']);
    for (const most of [2, 3, 5, 9]) expect(texts('1970-01-01', '2025-12-31', most).length).toBeLessThanOrEqual(most + 1);
  });
});
