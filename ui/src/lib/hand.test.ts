import { expect, it } from 'vitest';
import { nowTyped, readLength, readWhen } from './hand';

it('reads a moment as precisely as it is typed', () => {
  const at = (time: string) => readWhen('28.11.2026', time);
  expect(at('14:05:30')).toEqual({ at: '2026-11-28T14:05:30', precision: 'second' });
  expect(at('14:05')).toEqual({ at: '2026-11-28T14:05:00', precision: 'minute' });
  expect(at('9.05')).toEqual({ at: '2026-11-28T09:05:00', precision: 'minute' });
  expect(at('14')).toEqual({ at: '2026-11-28T14:00:00', precision: 'hour' });
  expect(at('14 ч')).toEqual({ at: '2026-11-28T14:00:00', precision: 'hour' });
  expect(at('')).toEqual({ at: '2026-11-28T00:00:00', precision: 'day' });
  for (const wrong of ['25', '14:60', '14:5', 'вечером', '14:05:61']) expect(at(wrong)).toBeNull();
  for (const wrong of ['31.11.2026', '28.13.2026', '', 'сегодня', '28.11.26']) expect(readWhen(wrong, '14:05')).toBeNull();
});

it('fills in the computer’s own clock, to the minute', () => {
  const { date, time } = nowTyped(new Date(2026, 10, 8, 9, 5, 59));
  expect([date, time]).toEqual(['08.11.2026', '09:05']);
  expect(readWhen(date, time)).toEqual({ at: '2026-11-08T09:05:00', precision: 'minute' });
});

it('reads lengths', () => {
  expect(readLength('1:35')).toBe(95);
  expect(readLength('1:02:07')).toBe(3727);
  expect(readLength('75:30')).toBe(4530);
  expect(readLength('42')).toBe(42);
  expect(readLength(' ')).toBeNull();
  for (const wrong of ['1:75', 'минуту', '1:2:3:4', '-5', '1:60:00']) expect(readLength(wrong)).toBeUndefined();
});
