import { describe, expect, it } from 'vitest';
import { clamp, reveal, scrollHeight, scrollOf, TALLEST, topOf, visible, type Shape } from './grid';

const million: Shape = { total: 1_000_000, rowHeight: 32, paneHeight: 600 };
const few: Shape = { total: 5, rowHeight: 32, paneHeight: 600 };

describe('a list of a million rows', () => {
  it('keeps the scroller within what a web view can place', () => {
    expect(scrollHeight(million)).toBe(TALLEST);
  });

  it('reaches its last row with the scroller at its end', () => {
    const top = topOf(million, TALLEST - million.paneHeight);
    const { first, count } = visible(million, top);
    expect(first + count).toBe(1_000_000);
  });

  it('has one place of the scroller for each place of the list', () => {
    for (const row of [0, 1, 499_999, 999_900]) {
      const top = row * 32;
      expect(topOf(million, scrollOf(million, top))).toBeCloseTo(top, 3);
    }
  });

  it('moves no further than it has to when a row is to be seen', () => {
    expect(reveal(million, 3200, 101)).toBe(3200);
    expect(reveal(million, 3200, 99)).toBe(99 * 32);
    expect(reveal(million, 0, 999_999)).toBe(clamp(million, Number.MAX_SAFE_INTEGER));
  });
});

describe('a list shorter than its pane', () => {
  it('does not scroll and draws every row once', () => {
    expect(visible(few, 500)).toEqual({ first: 0, count: 5, shift: 0 });
    expect(scrollOf(few, 500)).toBe(0);
  });
});
