import { describe, expect, it } from 'vitest';
import { markAt, markBy } from './chartMarks';

// Two rows: three cells above, the last two of them with one below each.
const cell = (column: number, row: number) => ({ x: column * 20, y: row * 10, width: 19, height: 9 });
const marks = [cell(0, 0), cell(1, 0), cell(2, 0), cell(1, 1), cell(2, 1)];

describe('marks of a chart', () => {
  it('are found under a point', () => {
    expect(markAt(marks, 25, 5)).toBe(1);
    expect(markAt(marks, 25, 15)).toBe(3);
    expect(markAt(marks, 5, 15), 'there is none').toBeNull();
  });

  it('are gone through as they stand, and the way ends at an edge', () => {
    expect(markBy('ArrowRight', marks, 0)).toBe(1);
    expect(markBy('ArrowDown', marks, 1)).toBe(3);
    expect(markBy('ArrowUp', marks, 4)).toBe(2);
    expect(markBy('ArrowLeft', marks, 0)).toBe(0);
    expect(markBy('ArrowUp', marks, 2)).toBe(2);
    expect([markBy('Home', marks, 3), markBy('End', marks, 0)]).toEqual([0, 4]);
    expect(markBy('Enter', marks, 0)).toBeNull();
  });

  it('straight ahead come before those aside, however near', () => {
    const lanes = [cell(0, 0), { x: 21, y: 30, width: 5, height: 5 }, { x: 300, y: 0, width: 5, height: 9 }];
    expect(markBy('ArrowRight', lanes, 0)).toBe(1);
    expect(markBy('ArrowRight', [cell(0, 0), { x: 21, y: 100, width: 5, height: 5 }, { x: 300, y: 0, width: 5, height: 9 }], 0)).toBe(2);
  });
});
