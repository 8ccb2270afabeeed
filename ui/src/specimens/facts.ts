// Invented facts for the specimens. They stand apart from the tests, which need a test library.

import type { CallView, Chart, Overview, SourceAnswer } from '$lib/api';

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

const ink = { ink: 'ink', tile: null, percent: 100 } as const;

/** A chart with a pattern, a text, a disc and a mark. */
export const chart: Chart = {
  kind: 'days',
  title: 'Звонки по дням',
  lead: 'всего 12 звонков; больше всего 5 сен 2025: 7 · время московское',
  notes: ['У 1 звонка известен только день: здесь его нет.'],
  width: 440,
  height: 90,
  tiles: [{ side: 5, turned: true, shapes: [{ shape: 'rect', x: 0, y: 0, width: 2.5, height: 5, paint: ink, edged: false }] }],
  shapes: [
    { shape: 'line', x1: 40, y1: 70, x2: 430, y2: 70, paint: ink, thick: 1 },
    { shape: 'rect', x: 40, y: 30, width: 40, height: 40, paint: { ink: 'group-1', tile: 0, percent: 100 }, edged: true },
    { shape: 'rect', x: 90, y: 10, width: 40, height: 60, paint: { ink: 'group-0', tile: null, percent: 100 }, edged: false },
    { shape: 'disc', x: 200, y: 40, r: 4, paint: { ink: 'soft', tile: null, percent: 100 } },
    { shape: 'text', x: 40, y: 86, text: '4 сен 2025', ink: 'soft', anchor: 'start', strong: false },
    { shape: 'text', x: 110, y: 8, text: '7', ink: 'ink', anchor: 'middle', strong: true },
  ],
  marks: [
    { x: 36, y: 0, width: 48, height: 70, text: '4 сен 2025: 5 звонков', calls: 5, asks: { from: '2025-09-04', to: '2025-09-04' } },
    { x: 86, y: 0, width: 48, height: 70, text: '5 сен 2025: 7 звонков', calls: 7, asks: null },
  ],
  table: {
    columns: ['День', 'Всего'],
    words: 1,
    rows: [
      { cells: ['4 сен 2025', '5'], asks: { from: '2025-09-04', to: '2025-09-04' } },
      { cells: ['5 сен 2025', '7'], asks: null },
    ],
  },
};

/** One that has nothing to draw. */
export const noChart: Chart = {
  ...chart,
  kind: 'block',
  title: 'Номера подряд',
  lead: 'Номеров подряд в этой группе нет.',
  ...{ notes: [], width: 0, height: 0, tiles: [], shapes: [], marks: [], table: { columns: [], words: 0, rows: [] } },
};
