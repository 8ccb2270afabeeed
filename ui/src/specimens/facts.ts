// Invented facts for the specimens. They stand apart from the tests, which need a test library.

import type { CallView, Overview, SourceAnswer } from '$lib/api';

export const overview: Overview = {
  title: 'Дело о рекламе',
  path: '/tmp/case.ulika',
  lines: ['+79071204518'],
  calls: 3,
  groups: 2,
  exhibits: 0,
  sources: [],
  writable: true,
  keyed: false,
  undo: 'imported',
  redo: null,
};

export const call: CallView = {
  id: 1,
  started_at: '2025-09-03T10:15:00+03:00',
  precision: 'second',
  zone: 'Europe/Moscow',
  zone_basis: 'stated',
  direction: 'incoming',
  disposition: 'missed',
  number: '+79353104084',
  number_raw: '89353104084',
  number_kind: 'e164',
  line: '+79071204518',
  duration_s: 0,
  labels: ['ООО ВЕКТОРИЯ'],
  group: 1,
  group_name: 'ВЕКТОРИЯ',
  verdict: 'both',
  records: [{ source: 1, sheet: null, row: 1 }],
  exhibits: [],
  range_holder: null,
  region: null,
};

export const source: SourceAnswer = {
  id: null,
  file: 'detail.xml',
  sha256: 'ab'.repeat(32),
  recipe: 'mts-xml',
  kind: 'operator',
  encoding: 'utf-8',
  lines: ['+79071204518'],
  zone: 'per-row',
  zone_basis: 'stated',
  period: ['2025-03-02', '2025-05-15'],
  rows: 155,
  skipped: 0,
  records: 116,
  new_calls: 116,
  corroborating: 0,
  duplicates: 0,
  other: { sms: 37 },
  repeats_in_file: 1,
  other_lines: 0,
  problems: [{ sheet: 0, row: 17, column: 'Длительность', found: '??', expected: 'мм:сс' }],
  already_imported: false,
};
