import { expect, it } from 'vitest';
import { ru } from '$lib/words/ru';
import { summary } from './summary';

it('tells names and values and shortens digests', () => {
  const details = JSON.stringify({ file: 'detail.xml', sha256: 'ab'.repeat(32), rows: 12, note: null });
  expect(summary(details, ru)).toBe('file: detail.xml; sha256: abababab…abababab; rows: 12');
});

it('says that details are absent, and shows what is no JSON as it is', () => {
  expect(summary(null, ru)).toBe('подробностей нет');
  expect(summary('<b>{', ru)).toBe('<b>{');
});
