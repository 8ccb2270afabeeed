import { expect, it } from 'vitest';
import { en } from '$lib/words/en';
import { ru } from '$lib/words/ru';
import { problemRows, sums } from './sums';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it('names every kind of row, so that the numbers add up before the eyes', () => {
  const source = { rows: 1257, records: 995, other: { sms: 206, ussd: 48, data: 8 }, repeats_in_file: 0, other_lines: 0 };
  expect(plain(sums(source, ru, 'ru'))).toBe('1 257 строк: 995 звонков, 206 SMS, 48 USSD, 8 выходов в интернет.');
});

it('declines what is counted, and counts what it has no name for', () => {
  const source = { rows: 4, records: 1, other: { fee: 2, novelty: 1 }, repeats_in_file: 0, other_lines: 0 };
  expect(plain(sums(source, ru, 'ru'))).toBe('4 строки: 1 звонок, 2 списания, 1 прочая строка.');
});

it('leaves out what does not occur and names what does', () => {
  const source = { rows: 5, records: 1, other: {}, repeats_in_file: 2, other_lines: 1 };
  expect(plain(sums(source, en, 'en'))).toBe(
    '5 rows: 1 call, repeats in the file: 2, rows of other lines: 1, 1 row not understood.',
  );
});

it('counts the rows that could not be read by what the others leave', () => {
  expect(problemRows({ rows: 9, records: 2, other: { sms: 1, data: 1 }, repeats_in_file: 1, other_lines: 1 })).toBe(3);
});
