// Invented facts for the specimens. They stand apart from the tests, which need a test library.

import type { CallRhythm, CallView, Overview, SourceAnswer } from '$lib/api';

export const overview: Overview = {
  title: 'Дело о рекламе',
  path: '/tmp/case.ulika',
  lines: ['+79071204518'],
  ported: [],
  registers: { in_force: [], missing: [] },
  calls: 3,
  groups: 2,
  exhibits: 0,
  sources: [],
  writable: true,
  keyed: false,
  undo: 'imported',
  redo: null,
};

/** What a listed source says of its zone. */
export const zoned = { zone: 'Europe/Moscow', zone_basis: 'line', zone_settable: true, zone_set: false } as const;

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
  kinds: ['phone', 'operator'],
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
  mended: 0,
  mends: [],
  journal: null,
  from_pdf: false,
  already_imported: false,
};

const hours = Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 0 : (day * hour) % 7)));

export const rhythm: CallRhythm = {
  calls: 12,
  zone: 'Europe/Moscow',
  unit: 'day',
  days: ['2025-09-03', '2025-09-04', '2025-09-05'],
  parts: [
    { group: 1, name: 'ВЕКТОРИЯ', groups: 1, counts: [4, 0, 3], calls: 7 },
    { group: 2, name: 'Серая гавань', groups: 1, counts: [1, 0, 2], calls: 3 },
    { group: null, name: '', groups: 0, counts: [0, 1, 1], calls: 2 },
  ],
  hours,
  without_hour: 1,
};

export const oneCall: CallRhythm = {
  ...rhythm,
  calls: 1,
  days: ['2025-09-03'],
  parts: [{ group: 1, name: 'ВЕКТОРИЯ', groups: 1, counts: [1], calls: 1 }],
  hours: hours.map((row, day) => row.map((_, hour) => Number(day === 2 && hour === 10))),
  without_hour: 0,
};
