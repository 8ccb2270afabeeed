import { describe, expect, it } from 'vitest';
import type { CallRhythm } from '$lib/api';
import { columnName, lastDay, named, sums, ticks } from './chart';
import { ru } from './words/ru';

const rhythm = (unit: CallRhythm['unit'], days: string[]): CallRhythm => ({
  calls: 3,
  zone: 'Europe/Moscow',
  unit,
  days,
  parts: [
    { group: 1, name: 'ВЕКТОРИЯ', groups: 1, counts: days.map(() => 2), calls: 2 * days.length },
    { group: null, name: '', groups: 0, counts: days.map((_, i) => i), calls: 0 },
  ],
  hours: [],
  without_hour: 0,
});

describe('scales', () => {
  it('begin at zero, hold the most, and are few and round for 1 call and for 100 000', () => {
    for (const most of [1, 2, 3, 7, 31, 99, 431, 100_000]) {
      const found = ticks(most);
      expect(found[0]).toBe(0);
      expect(found.at(-1)).toBeGreaterThanOrEqual(most);
      expect(found.length).toBeLessThanOrEqual(6);
      expect(found.every(Number.isInteger)).toBe(true);
    }
  });

  it('name no more columns than fit', () => {
    expect(named(1, 800, 70)).toEqual([0]);
    expect(named(140, 800, 70).length).toBeLessThanOrEqual(12);
  });
});

describe('columns', () => {
  it('end where the next one begins', () => {
    expect(lastDay(rhythm('day', ['2025-02-28']), 0)).toBe('2025-02-28');
    expect(lastDay(rhythm('week', ['2025-02-24']), 0)).toBe('2025-03-02');
    expect(lastDay(rhythm('month', ['2024-02-01']), 0)).toBe('2024-02-29');
    expect(lastDay(rhythm('year', ['2025-01-01']), 0)).toBe('2025-12-31');
  });

  it('are named in words and summed over the parts', () => {
    expect(columnName(rhythm('month', ['2025-09-01']), 0, ru)).toBe('сен 2025');
    expect(sums(rhythm('day', ['2025-09-01', '2025-09-02']))).toEqual([2, 3]);
  });
});
