// Every component of lib/components in every state, with invented facts. Components that hold something are given a text.

import { createRawSnippet, type Component } from 'svelte';
import type { CallView, ExhibitView, Match, Mend, Overview, ReadingNote, SourceAnswer, VerifyAnswer, WaveformView } from '$lib/api';
import AskDialog from '$lib/components/AskDialog.svelte';
import Button from '$lib/components/Button.svelte';
import CallLine from '$lib/components/CallLine.svelte';
import ChartPicture from '$lib/components/ChartPicture.svelte';
import ChartShape from '$lib/components/ChartShape.svelte';
import ChartTable from '$lib/components/ChartTable.svelte';
import Charts from '$lib/components/Charts.svelte';
import Chip from '$lib/components/Chip.svelte';
import Dialog from '$lib/components/Dialog.svelte';
import Empty from '$lib/components/Empty.svelte';
import GroupMark from '$lib/components/GroupMark.svelte';
import Meter from '$lib/components/Meter.svelte';
import MarkSign from '$lib/components/MarkSign.svelte';
import Notice from '$lib/components/Notice.svelte';
import Notices from '$lib/components/Notices.svelte';
import NotThis from '$lib/components/NotThis.svelte';
import Page from '$lib/components/Page.svelte';
import PasswordField from '$lib/components/PasswordField.svelte';
import Player from '$lib/components/Player.svelte';
import Mends from '$lib/components/Mends.svelte';
import Notes from '$lib/components/Notes.svelte';
import Problems from '$lib/components/Problems.svelte';
import Proposal from '$lib/components/Proposal.svelte';
import Refused from '$lib/components/Refused.svelte';
import RowsTable from '$lib/components/RowsTable.svelte';
import ScrollTable from '$lib/components/ScrollTable.svelte';
import Segments from '$lib/components/Segments.svelte';
import SourceSums from '$lib/components/SourceSums.svelte';
import StatusBar from '$lib/components/StatusBar.svelte';
import TableToggle from '$lib/components/TableToggle.svelte';
import Thumbnail from '$lib/components/Thumbnail.svelte';
import VerifyOutcome from '$lib/components/VerifyOutcome.svelte';
import Witnesses from '$lib/components/Witnesses.svelte';
import ZoneSelect from '$lib/components/ZoneSelect.svelte';
import { call, chart, noChart, overview, source } from './facts';

export type State = { state: string; props: Record<string, unknown> };
export type Specimen = { component: Component<never>; states: State[]; overlay?: true };

const said = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
const table = createRawSnippet(() => ({ render: () => '<tbody><tr><th scope="row">3 сен 2025</th><td class="count">12</td></tr></tbody>' }));
const state = (name: string, props: Record<string, unknown>): State => ({ state: name, props });
const nothing = () => {};
const long = 'Очень длинное имя файла детализации за полтора года, присланной оператором по запросу (1).xlsx';

const whole: VerifyAnswer = { target: 'bundle', complete: true, valid: true, differences: [], signature: 'none', code: 'K7QF-2M9D-X4TA-81ZC' };
const broken: VerifyAnswer = {
  ...whole,
  valid: false,
  code: null,
  differences: [{ kind: 'byte_flipped', path: 'data/tables/calls.csv', text: 'Файл изменён.', text_en: 'The file was changed.' }],
};
const wave: WaveformView = { duration_ms: 31_000, bucket_ms: 1_000, peaks: Array.from({ length: 31 }, (_, i) => (i * 37) % 128) };
const missed: CallView = { ...call, disposition: 'missed', duration_s: 0, number: null, number_kind: 'hidden' };
const bad: SourceAnswer = { ...source, file: long, problems: [{ sheet: 0, row: 17, column: 'Длительность', found: '??', expected: 'мм:сс' }], records: 115 };
const mends: Mend[] = [
  { sheet: 0, row: 17, lines: 2, rows: 1, kind: 'broken', found: '03.09.2025 10:15 | +7907111 ↵ 2233 | Входящий | 0:31' },
  { sheet: 0, row: 40, lines: 1, rows: 1, kind: 'stamp', found: '[03.09.2025, 10:15] Анна: 03.09.2025 10:14 | +79071112233 | Входящий | 0:31' },
];
const shot: ExhibitView = {
  ...{ id: 1, no: 'E0001', file: 'Screenshot_20250903-101505.png', kind: 'screenshot', media_type: 'image/png', bytes: 1000, sha256: 'cd'.repeat(32) },
  ...{ captured_at: '2025-09-03T10:15:05+03:00', captured_basis: 'file_name', captured_precision: 'second', saved_by: null, duration_s: null },
  ...{ calls: [], has_thumbnail: false, number: null, contact: null, direction: 'unknown', labels: [], proposals: [], refused: [] },
};
const match: Match = { call: 1, because: ['number', 'start'], off_by_s: 5, confirmed: false, record: null };
const extract_of = { sha256: 'ef'.repeat(32), bytes: 48_213, line: '+79071204518' };
const notes = {
  own: { kind: 'own_line', text: 'Ваш номер, по файлу: +79071204518.', text_en: 'Your number, by the file: +79071204518.', number: '+79071204518' },
  strangers: { kind: 'strangers', text: 'Кто кому звонил, неизвестно; таких звонков: 12.', text_en: 'Who called whom is not known; such calls: 12.', calls: 12 },
  days: { kind: 'day_order', text: 'Дата читается как день/месяц/год.', text_en: 'Dates are read as day/month/year.', order: 'day_first', because: 'usual' },
} satisfies Record<string, ReadingNote>;
const locked: Overview = { ...overview, writable: false };
const dots = (...speaks: boolean[]) => speaks.map((one, i) => ({ name: String(i), speaks: one, text: one ? 'подтверждает' : 'нет сведений' }));
const options = [
  { value: 'one', text: 'Первое' },
  { value: 'two', text: 'Второе, подлиннее' },
];

export const SPECIMENS: Record<string, Specimen> = {
  AskDialog: {
    component: AskDialog as Component<never>,
    overlay: true,
    states: [true, false].map((ready) =>
      state(ready ? 'можно' : 'ещё нельзя', { title: 'Вопрос', go: 'Сохранить', goId: 'go', ready, act: async () => {}, close: nothing, children: said('Поля') }),
    ),
  },
  Button: {
    component: Button as Component<never>,
    states: (['plain', 'primary', 'quiet'] as const).flatMap((tone) => [
      state(tone, { tone, children: said('Сохранить') }),
      state(`${tone}, нельзя`, { tone, disabled: true, children: said('Сохранить') }),
    ]),
  },
  CallLine: { component: CallLine as Component<never>, states: [state('отвечен', { call }), state('скрытый, не отвечен', { call: missed })] },
  ChartPicture: { component: ChartPicture as Component<never>, states: [state('два дня', { chart, pick: nothing })] },
  ChartShape: {
    component: ChartShape as Component<never>,
    states: chart.shapes.slice(0, 1).map((shape) => state(shape.shape, { shape, id: 'shape' })),
  },
  ChartTable: { component: ChartTable as Component<never>, states: [state('два дня', { chart, pick: nothing })] },
  Charts: { component: Charts as Component<never>, states: [state('один рисунок и одно пояснение', { charts: [chart, noChart], pick: nothing }), state('рисовать нечего', { charts: [noChart], pick: nothing })] },
  Chip: { component: Chip as Component<never>, states: [state('короткое', { text: 'входящие', label: 'Убрать: входящие', off: nothing }), state('длинное', { text: long, label: 'Убрать', off: nothing })] },
  Dialog: { component: Dialog as Component<never>, overlay: true, states: [state('открыт', { title: 'Вопрос', close: nothing, children: said('Текст вопроса.') })] },
  Empty: { component: Empty as Component<never>, states: [state('без действия', { text: 'Здесь появятся звонки.' }), state('с действием', { text: 'Здесь появятся звонки.', children: said('Добавить') })] },
  GroupMark: { component: GroupMark as Component<never>, states: [state('короткое', { id: 1, name: 'Вектория' }), state('длинное', { id: 2, name: long })] },
  Meter: { component: Meter as Component<never>, states: [0, 40, 100].map((done) => state(`${done} из 100`, { done, total: 100, label: 'Ход работы' })) },
  MarkSign: { component: MarkSign as Component<never>, states: [0, 9, 23].map((mark) => state(`${mark}`, { mark })) },
  Notices: { component: Notices as Component<never>, states: [state('ошибок нет', {})] },
  Notice: { component: Notice as Component<never>, states: [state('ошибка', { text: 'Файл обрывается. В деле ничего не изменилось.', closeLabel: 'Закрыть', close: nothing })] },
  NotThis: { component: NotThis as Component<never>, states: [false, true].map((disabled) => state(disabled ? 'нельзя' : 'можно', { disabled, refuse: nothing })) },
  Page: { component: Page as Component<never>, states: [state('пустая', { title: 'Звонки', children: said('') }), state('с числом и пояснением', { title: 'Звонки', count: '412', lead: 'Пояснение под заголовком.', actions: said('действия'), children: said('Содержимое') })] },
  PasswordField: { component: PasswordField as Component<never>, states: [state('пустое', { id: 'p1', label: 'Пароль', value: '' }), state('с паролем', { id: 'p2', label: 'Пароль', value: 'тайна' })] },
  Player: { component: Player as Component<never>, states: [state('с волной', { id: 1, wave, duration: 31_000 }), state('без волны', { id: 2, wave: null, duration: 31_000 }), state('малый', { id: 3, wave, duration: 31_000, small: true })] },
  Mends: { component: Mends as Component<never>, states: [state('две', { mends, rows: 2 }), state('показано не всё', { mends, rows: 300 })] },
  Notes: { component: Notes as Component<never>, states: [state('ваш номер', { notes: [notes.own] }), state('что неясно', { notes: [notes.strangers, notes.days] })] },
  Problems: { component: Problems as Component<never>, states: [state('одна', { problems: bad.problems, total: 1 }), state('показано не всё', { problems: bad.problems, total: 300 })] },
  Proposal: { component: Proposal as Component<never>, states: [state('звонок ещё читается', { exhibit: shot, match, link: nothing, refuse: nothing })] },
  Refused: { component: Refused as Component<never>, states: [1, 3].map((count) => state(`${count}`, { count, disabled: false, putBack: nothing })) },
  RowsTable: { component: RowsTable as Component<never>, states: [state('все', { label: 'Строки', more: 0, children: table }), state('показано не всё', { label: 'Строки', more: 298, children: table })] },
  ScrollTable: { component: ScrollTable as Component<never>, states: [state('строка', { label: 'Звонки по дням', children: table })] },
  Segments: { component: Segments as Component<never>, states: options.map((one) => state(one.text, { label: 'Выбор', value: one.value, options, choose: nothing })) },
  SourceSums: { component: SourceSums as Component<never>, states: [state('всё прочитано', { source }), state('есть непонятые', { source: bad }), state('номер найден по строкам', { source: { ...source, notes: Object.values(notes) } }), state('уже в деле', { source: { ...source, already_imported: true } }), state('добавлен', { source, imported: true }), state('хранится выписка', { source: { ...source, extract_of }, imported: true }), state('выписка уже в деле', { source: { ...source, already_imported: true, extract_of } })] },
  StatusBar: { component: StatusBar as Component<never>, states: [state('сохранено', { overview }), state('только смотреть', { overview: locked }), state('без дела', { overview: null })] },
  TableToggle: { component: TableToggle as Component<never>, states: [false, true].map((on) => state(on ? 'таблица' : 'рисунок', { id: `toggle-${on}`, table: on })) },
  Thumbnail: { component: Thumbnail as Component<never>, states: (['screenshot', 'recording', 'document'] as const).map((kind) => state(kind, { alt: 'E0001', kind, load: null })) },
  VerifyOutcome: { component: VerifyOutcome as Component<never>, states: [state('пакет верный', { outcome: whole }), state('дело верное', { outcome: { ...whole, target: 'case', code: null } }), state('расхождения', { outcome: broken })] },
  Witnesses: { component: Witnesses as Component<never>, states: [state('все', { dots: dots(true, true, true) }), state('один', { dots: dots(true, false, false) }), state('никто', { dots: dots(false, false, false) })] },
  ZoneSelect: { component: ZoneSelect as Component<never>, states: [null, 'Europe/Samara', '+05:30'].map((value) => state(value ?? 'не выбран', { label: 'Часовой пояс', none: 'По файлу или линии', value, choose: nothing })) },
};
