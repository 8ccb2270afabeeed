// A host for tests: answers as the real one would, about an invented case, and remembers what it was asked.

import { vi } from 'vitest';
import type {
  AttachAnswer,
  AttachPreview,
  Chart,
  GroupChance,
  CallView,
  ExhibitView,
  ExportPreview,
  Failure,
  FileSeen,
  GroupListed,
  HandView,
  LabelObservation,
  Match,
  NumberOfGroup,
  OwnRecipeListed,
  PendingFile,
  RegisterChoice,
  RegistersAnswer,
  Silence,
  SilenceCount,
  VerdictCount,
  VerifyAnswer,
  WithdrawalPreview,
  WitnessSources,
  ZonePreview,
} from '$lib/api';
import { call as oneOf, overview, source, zoned } from '../specimens/facts';

export { overview, source, zoned };

/** One of the calls, by its number. */
export function call(id: number): CallView {
  return { ...oneOf, id, records: [{ source: 1, sheet: null, row: id }] };
}

const captured = {
  captured_at: '2025-09-03T10:15:05+03:00',
  captured_basis: 'file_name',
  captured_precision: 'second',
  saved_by: null,
  duration_s: null,
} as const;

export const proposal = (call: number): Match => ({
  call,
  because: ['start'],
  off_by_s: 5,
  confirmed: false,
  record: {
    ...{ source: 1, sheet: null, row: call, kind: 'phone', started_at: '2025-09-03T10:15:00+03:00', precision: 'second' },
    ...{ duration_s: 31, duration_unit_s: 1 },
  },
});

export const filePreview: AttachPreview = {
  ...captured,
  file: 'Screenshot_20250903-101505.png',
  kind: 'screenshot',
  bytes: 1000,
  has_thumbnail: true,
  already: null,
  proposals: [proposal(1)],
  as_log: false,
};

export function exhibit(id: number, calls: number[] = [], proposals: Match[] = []): ExhibitView {
  return {
    ...captured,
    id,
    no: `E000${id}`,
    file: `Screenshot_2025090${id}-101505.png`,
    kind: 'screenshot',
    media_type: 'image/png',
    bytes: 1000,
    sha256: 'cd'.repeat(32),
    calls,
    has_thumbnail: true,
    number: null,
    contact: null,
    direction: 'unknown',
    labels: [],
    proposals,
    refused: [],
  };
}

export function group(id: number, name: string): GroupListed {
  return {
    id,
    name,
    named_by_person: false,
    mark: id % 24,
    calls: 2,
    first: '2025-09-03T10:15:00+03:00',
    last: '2025-09-04T10:15:00+03:00',
    numbers: ['+79353104084'],
    numbers_in_all: 1,
    labels: [{ text: 'ООО ВЕКТОРИЯ', seen: 2 }],
    pools: [],
    reasons: [{ kind: 'label', calls: 2, text: 'одна подпись', text_en: 'one label' }],
    conflicts: [],
    known: false,
    taken_out: [],
    merged: [],
    also_named: [],
    attribution: null,
    by_label_alone: false,
    also_attributed: [],
    mark_chosen: false,
  };
}

const fill = { ink: 'ink', tile: null, percent: 100 } as const;

/** Two days, drawn. */
export const daysChart: Chart = {
  kind: 'days',
  title: 'Звонки по дням',
  lead: 'всего 3 звонка; больше всего 3 сен 2025: 2 · время московское',
  notes: [],
  width: 660,
  height: 240,
  tiles: [{ side: 5, turned: true, shapes: [{ shape: 'rect', x: 0, y: 0, width: 2.5, height: 5, paint: fill, edged: false }] }],
  shapes: [
    { shape: 'line', x1: 46, y1: 218, x2: 600, y2: 218, paint: fill, thick: 1 },
    { shape: 'rect', x: 46, y: 18, width: 40, height: 200, paint: { ink: 'group-1', tile: 0, percent: 100 }, edged: true },
    { shape: 'rect', x: 94, y: 118, width: 40, height: 100, paint: fill, edged: false },
    { shape: 'text', x: 46, y: 234, text: '3 сен 2025', ink: 'soft', anchor: 'start', strong: false },
  ],
  marks: [
    { x: 46, y: 18, width: 48, height: 200, text: '3 сен 2025: 2 звонка', calls: 2, asks: { from: '2025-09-03', to: '2025-09-03' } },
    { x: 94, y: 18, width: 48, height: 200, text: '4 сен 2025: 1 звонок', calls: 1, asks: { from: '2025-09-04', to: '2025-09-04' } },
  ],
  table: {
    columns: ['День', 'Всего'],
    words: 1,
    rows: [
      { cells: ['3 сен 2025', '2'], asks: { from: '2025-09-03', to: '2025-09-03' } },
      { cells: ['4 сен 2025', '1'], asks: { from: '2025-09-04', to: '2025-09-04' } },
    ],
  },
};

/** Nothing to draw. */
export const blockChart: Chart = {
  ...daysChart,
  kind: 'block',
  title: 'Номера подряд',
  lead: 'Номеров подряд в этой группе нет.',
  ...{ width: 0, height: 0, tiles: [], shapes: [], marks: [], table: { columns: [], words: 0, rows: [] } },
};

export const numberOfGroup: NumberOfGroup = {
  number: '+79353104084',
  kind: 'e164',
  calls: 2,
  first: '2025-09-03T10:15:00+03:00',
  last: '2025-09-04T10:15:00+03:00',
  call: 1,
};

export const preview: ExportPreview = {
  groups: [],
  calls: 3,
  calls_left_out: 0,
  exhibits: 0,
  exhibits_left_out: 0,
  bytes: 1000,
  originals: true,
  sources: [{ id: 1, file: 'detail.xml', rows: 155, numbers_of_others: 37, rows_uncounted: 0, extract: false }],
  numbers_of_others: 37,
  file_name: 'ulika_20250904_K7QF.zip',
};

export const failure: Failure = {
  code: 'file_truncated',
  detail: { file: 'detail.xml' },
  ru: 'Файл обрывается. В деле ничего не изменилось.',
  en: 'The file breaks off. Nothing in the case has changed.',
};

export const ownRecipe: OwnRecipeListed = {
  info: { name: 'Ромашка', title_ru: 'Ромашка', title_en: 'Ромашка', containers: ['csv'], kind: null, confidence: null, own: true },
  reads: [
    { heading: 'когда', field: 'start' },
    { heading: 'кто', field: 'number' },
  ],
};

const never = async () => () => {};

/** A fresh host; each answer can be replaced in a test. */
export function makeHost() {
  return {
    settings: vi.fn(async () => ({ language: 'ru' as const, colours: 'system' as const })),
    changeSettings: vi.fn(async () => null),
    recentCases: vi.fn(async () => []),
    givenCase: vi.fn(async () => null),
    overview: vi.fn(async () => overview),
    findCalls: vi.fn(async () => ({ list: 1, total: 3, ranges: [] as [number, number][], at: null as number | null })),
    markedCalls: vi.fn(async () => [1, 2]),
    groupChance: vi.fn(async (): Promise<GroupChance> => ({ basis: { ordinary_calls: 420, tests: 7, correction: 'bonferroni' }, reasons: [0.0014] })),
    charts: vi.fn(async () => [daysChart, blockChart]),
    groupNumbers: vi.fn(async () => [numberOfGroup]),
    callsPage: vi.fn(async (_: number, from: number, count: number) =>
      Array.from({ length: count }, (_, i) => call(from + i)),
    ),
    callDetail: vi.fn(async (id: number) => ({ call: call(id), records: [], reasons: [], reasons_en: [] })),
    exhibits: vi.fn(async (): Promise<ExhibitView[]> => []),
    callsById: vi.fn(async (ids: number[]) => ids.map(call)),
    searchCalls: vi.fn(async () => [call(7)]),
    chooseFiles: vi.fn(async (): Promise<PendingFile[]> => []),
    attach: vi.fn(async (_: number[], __: number[]): Promise<AttachAnswer> => ({ exhibits: [], event: 2, changed: ['exhibits'] })),
    previewAttach: vi.fn(async (tokens: number[]): Promise<FileSeen[]> => tokens.map((token) => ({ token, preview: filePreview, refused: null }))),
    thumbnail: vi.fn(async () => null),
    peek: vi.fn(async () => null),
    picture: vi.fn(async () => null),
    exhibitText: vi.fn(async () => null),
    waveform: vi.fn(async () => null),
    labelsOfCall: vi.fn(async (): Promise<LabelObservation[]> => []),
    linkExhibits: vi.fn(async () => ({ event: 2, changed: ['exhibits'] })),
    refuseProposal: vi.fn(async () => ({ event: 2, changed: ['exhibits'] })),
    putBackProposals: vi.fn(async () => ({ event: 2, changed: ['exhibits'] })),
    unlinkExhibit: vi.fn(async () => ({ event: 2, changed: ['exhibits'] })),
    stateCapture: vi.fn(async () => ({ event: 2, changed: ['exhibits'] })),
    observeLabel: vi.fn(async () => ({ event: 2, changed: ['labels'] })),
    removeLabel: vi.fn(async () => ({ event: 2, changed: ['labels'] })),
    saveCopy: vi.fn(async () => null),
    chooseFolder: vi.fn(async () => ({ files: [], passed_over: [] })),
    groups: vi.fn(async () => [group(1, 'ВЕКТОРИЯ'), group(2, 'Серая гавань')]),
    callVerdicts: vi.fn(async (): Promise<VerdictCount[]> => []),
    silenceCounts: vi.fn(async (): Promise<SilenceCount[]> => []),
    callSilence: vi.fn(async (_: number): Promise<Silence[]> => []),
    witnessSources: vi.fn(async (): Promise<WitnessSources> => ({ pairs: [], coverage: [] })),
    previewSourceZone: vi.fn(async (_: number, zone: string | null): Promise<ZonePreview> => ({ zone: zone as ZonePreview['zone'], first: null, verdicts: [], verdicts_then: [] })),
    setSourceZone: vi.fn(async (_: number, __: string | null) => ({ event: 7, changed: ['calls'] })),
    sourceSums: vi.fn(async () => source),
    mergeGroups: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 2 })),
    gatherCalls: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 2 })),
    takeOut: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    takeOutNumber: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    putBack: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    partGroups: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    splitNumbers: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 2 })),
    attributeGroup: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    markGroup: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    markKnown: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    nameGroup: vi.fn(async () => ({ event: 2, changed: ['groups'], group: 1 })),
    noteCall: vi.fn(async () => ({ event: 5, changed: ['calls'], source: 4, call: 9, known: false })),
    handEntries: vi.fn(async (): Promise<HandView[]> => []),
    previewWithdrawal: vi.fn(async (_: number): Promise<WithdrawalPreview> => ({ calls: 12, stay: 3, exhibits: 2, labels: 1, said: 0 })),
    withdrawSource: vi.fn(async () => ({ event: 6, changed: ['calls'] })),
    excerpt: vi.fn(async () => '0: Ххххх;00.00.0000'),
    saveExcerpt: vi.fn(async () => true),
    ownRecipes: vi.fn(async () => ({ recipes: [ownRecipe], broken: [] })),
    renameRecipe: vi.fn(async (_: string, to: string) => ({ ...ownRecipe.info, name: to })),
    giveOutRecipe: vi.fn(async () => true),
    forgetRecipe: vi.fn(async () => null),
    takeInRecipe: vi.fn(async () => [ownRecipe.info]),
    undo: vi.fn(async () => ({ event: 3, changed: ['groups'] })),
    redo: vi.fn(async () => ({ event: 3, changed: ['groups'] })),
    recipes: vi.fn(async () => []),
    previewRegisters: vi.fn(async (_: RegisterChoice): Promise<RegistersAnswer> => ({ registers: [] })),
    loadRegisters: vi.fn(async (_: RegisterChoice): Promise<RegistersAnswer> => ({ registers: [] })),
    previewImport: vi.fn(async () => ({ sources: [source] })),
    import: vi.fn(async () => ({ sources: [source], event: 2, changed: ['calls'] })),
    previewExport: vi.fn(async () => preview),
    export: vi.fn(async () => null),
    verifyBundle: vi.fn(async (): Promise<VerifyAnswer | null> => null),
    cancel: vi.fn(async () => {}),
    changePassword: vi.fn(async () => null),
    openCase: vi.fn(async () => overview),
    onFilesDropped: vi.fn(never),
    onFilesOver: vi.fn(never),
    onCaseGiven: vi.fn(never),
    onClosingAsked: vi.fn(never),
    onMenuChosen: vi.fn(never),
    tellMenu: vi.fn(async () => null),
    readiness: vi.fn(async () => []),
    leavingTexts: vi.fn(async () => ({ texts: [], total: 0 })),
    exportPlain: vi.fn(async () => null),
    showSaved: vi.fn(async () => true),
    editCase: vi.fn(async () => ({ event: 4, changed: ['case'] })),
    log: vi.fn(async () => ({ custody: [], releases: [], zone: 'Europe/Moscow' })),
    openWindow: vi.fn(async () => null),
    closeWindow: vi.fn(async () => null),
  };
}

/** What jsdom has no layout for. */
export function giveLayout(): void {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
}
