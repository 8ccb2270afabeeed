import { expect, it } from 'vitest';
import { ru } from '$lib/words/ru';
import { summary } from './summary';

it('tells what a person looks for, a line for each thing', () => {
  const source = (file: string) => ({ file, rows: 12, sha256: 'ab'.repeat(32), leaves: 'cd'.repeat(32) });
  const details = JSON.stringify({ sources: [source('detail.xml'), source('log.xml')], calls: [] });
  expect(summary(details, ru)).toEqual([
    'detail.xml; строк: 12; SHA-256: abababab…abababab',
    'log.xml; строк: 12; SHA-256: abababab…abababab',
  ]);
});

it('says that details are absent, and shows what is no JSON as it is', () => {
  expect(summary(null, ru)).toEqual(['подробностей нет']);
  expect(summary('<b>{', ru)).toEqual(['<b>{']);
});
