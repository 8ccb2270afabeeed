import { expect, it } from 'vitest';
import { COLOURS, marksOf, SHAPES } from './groupMarks';

const none = new Map<number, number>();

it('gives every group a mark of its own, and a colour of its own while there are enough', () => {
  const few = [...marksOf([3, 11, 19, 27, 40], none).values()];
  expect(new Set(few.map((mark) => mark % COLOURS)).size, 'their identities ask for one colour').toBe(5);
  expect(new Set(few.slice(0, 3).map((mark) => mark % SHAPES)).size, 'and they are apart in grey').toBe(3);
  const many = Array.from({ length: 24 }, (_, i) => i * 8);
  expect(new Set(marksOf(many, none).values()).size).toBe(24);
  expect(marksOf(Array.from({ length: 2000 }, (_, i) => i + 1), none).size).toBe(2000);
});

it('lets the mark of a group be, whatever becomes of the others', () => {
  const before = marksOf([3, 11, 19, 27], none);
  const merged = marksOf([11, 19, 27], before);
  const split = marksOf([2, 11, 19, 27, 30], merged);
  for (const id of [11, 19, 27]) {
    expect(merged.get(id), 'one went').toBe(before.get(id));
    expect(split.get(id), 'others came').toBe(before.get(id));
  }
  expect(marksOf([3, 11, 19, 27], split).get(3), 'an undo brings it back as it was').toBe(before.get(3));
});

it('gives the same marks to the same groups wherever the case is opened', () => {
  expect(marksOf([27, 3, 19], none)).toEqual(marksOf([3, 19, 27], none));
});

it('gives a group the mark that the person chose, and no other group the same', () => {
  const before = marksOf([3, 11, 19], none);
  const chosen = new Map([[3, before.get(11) ?? 0]]);
  const now = marksOf([3, 11, 19], before, chosen);
  expect(now.get(3)).toBe(before.get(11));
  expect(now.get(11)).not.toBe(before.get(11));
  expect(now.get(19)).toBe(before.get(19));
});

it('takes the mark of one that went away only where there is no other', () => {
  const full = marksOf(Array.from({ length: 24 }, (_, i) => i + 1), none);
  const now = marksOf([...Array.from({ length: 23 }, (_, i) => i + 1), 50], full);
  expect(now.get(50)).toBe(full.get(24));
  expect(now.has(24)).toBe(false);
});
