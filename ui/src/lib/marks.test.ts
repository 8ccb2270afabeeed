import { describe, expect, it } from 'vitest';
import { between, countOf, holds, toggled, withRange, without, type Ranges } from './marks';

describe('marks', () => {
  it('hold a million rows in one range and let one go', () => {
    const all = withRange([], 0, 1_000_000);
    expect(all).toEqual([[0, 1_000_000]]);
    const less = without(all, 500_000);
    expect(countOf(less)).toBe(999_999);
    expect([holds(less, 499_999), holds(less, 500_000), holds(less, 999_999), holds(less, 1_000_000)]).toEqual([true, false, true, false]);
  });

  it('join where they touch and stay apart where they do not', () => {
    const marks = withRange(withRange(withRange([], 5, 6), 7, 9), 6, 7);
    expect(marks).toEqual([[5, 9]]);
    expect(withRange(marks, 20, 21)).toEqual([[5, 9], [20, 21]]);
  });

  it('go back and forth from where one began', () => {
    expect(between([], 9, 4)).toEqual([[4, 10]]);
    expect(toggled(toggled([], 3), 3)).toEqual([]);
  });

  it('are those of a plain set, whatever is done', () => {
    let [ranges, set] = [[] as Ranges, new Set<number>()];
    for (let i = 0; i < 500; i += 1) {
      const place = (i * 7919) % 40;
      ranges = toggled(ranges, place);
      if (!set.delete(place)) set.add(place);
    }
    expect(Array.from({ length: 40 }, (_, p) => holds(ranges, p))).toEqual(Array.from({ length: 40 }, (_, p) => set.has(p)));
    expect(countOf(ranges)).toBe(set.size);
  });
});
