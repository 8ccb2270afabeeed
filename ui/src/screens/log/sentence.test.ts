import { expect, it } from 'vitest';
import type { LogEntry, LogFacts } from '$lib/api';
import { en } from '$lib/words/en';
import { ru } from '$lib/words/ru';
import { sentence } from './sentence';

const facts: LogFacts = {
  known: true,
  program: 'Ulika 0.1.0',
  files: [],
  held: [],
  groups: [],
  groups_in_all: 0,
  name: null,
  lines: [],
  calls: [],
  calls_in_all: 0,
  label: null,
  channel: null,
  captured_at: null,
  precision: null,
  zone: null,
  keyed: null,
  marked: null,
  code: null,
  form: '',
  target: '',
  differences: null,
  of: null,
  action: null,
};

function entry(kind: string, told: Partial<LogFacts>, seq = 1): LogEntry {
  const at = '2025-09-03T07:15:00Z';
  return { seq, at, local: '2025-09-03T10:15:00+03:00', kind, subject: 0, details: '{}', hash: 'ab', facts: { ...facts, ...told } };
}

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2011', '-');
const chain = (...entries: LogEntry[]) => new Map(entries.map((one) => [one.seq, one]));
const kinds = Object.keys(ru.say);

const whole: Partial<LogFacts> = {
  name: 'Имя',
  label: 'ООО',
  code: 'AAAA',
  action: 'imported',
  files: [{ no: 'E0001', file: 'a.png', rows: 0, records: 0 }],
};

it('has a sentence for every kind of entry, in both languages, that leaves no hole', () => {
  expect(kinds.length).toBeGreaterThan(20);
  for (const kind of kinds) {
    for (const words of [ru, en]) {
      const told = sentence(entry(kind, whole), new Map(), words);
      expect(told, kind).toMatch(/^[А-ЯA-Z].*\.$/);
      expect(told, kind).not.toMatch(/undefined|null|\[object/);
    }
  }
});

it('tells which group got which name', () => {
  const named = entry('group_named', { groups: ['Вектория'], name: 'Реклама' });
  expect(sentence(named, new Map(), ru)).toBe('Группа «Вектория» названа «Реклама».');
});

it('is not turned round by a name', () => {
  const named = entry('group_named', { groups: ['Век\u202Eтория'], name: 'Рек\u202Eлама' });
  expect(sentence(named, new Map(), ru)).toBe('Группа «Век[U+202E]тория» названа «Рек[U+202E]лама».');
});

it('tells how many were split off and taken out, and how a mark was changed', () => {
  const split = { groups: ['Вектория'], calls_in_all: 7 };
  expect(sentence(entry('group_split', split), new Map(), ru).replace(/\u00a0/g, ' ')).toBe('Из группы «Вектория» отделено: 7 звонков.');
  expect(sentence(entry('calls_taken_out', split), new Map(), ru).replace(/\u00a0/g, ' ')).toBe('Убрано из группы «Вектория», «это не они»: 7 звонков.');
  expect(sentence(entry('group_known', { groups: ['Мама'], marked: true }), new Map(), ru)).toBe('Группа «Мама» отмечена: «это свои».');
  expect(sentence(entry('group_known', { groups: ['Мама'], marked: false }), new Map(), ru)).toBe('Группа «Мама»: отметка «это свои» снята.');
});

it('tells whose calls were put back', () => {
  expect(sentence(entry('calls_put_back', { groups: ['Мама'] }), new Map(), ru)).toBe('В группу «Мама» возвращены убранные звонки.');
});

it('tells what was undone by its name', () => {
  const merged = entry('groups_merged', { groups: ['Один', 'Два'] }, 4);
  const undone = entry('undone', { of: 4, action: 'groups_merged' }, 5);
  expect(sentence(undone, chain(merged, undone), ru)).toBe(
    'Отменено: объединение групп — Объединены группы «Один», «Два».',
  );
});

it('tells a file with its rows and a call by its date and number', () => {
  const imported = entry('imported', { files: [{ no: '', file: 'detail.xml', rows: 155, records: 116 }] });
  expect(plain(sentence(imported, new Map(), ru))).toBe(
    'Добавлен источник: «detail.xml» (155 строк, из них о звонках 116).',
  );
  const call = { started_at: '2025-09-03T10:15:00+03:00', precision: 'second' as const, number: '+79353104084', number_raw: '', number_kind: 'e164' as const };
  const linked = entry('exhibits_linked', { files: [{ no: 'E0002', file: 'a.png', rows: 0, records: 0 }], calls: [call], calls_in_all: 1 });
  expect(plain(sentence(linked, new Map(), ru))).toBe('Связано: E0002 «a.png» — +7 935 310-40-84, 3 сен 2025, 10:15:00.');
});

it('leaves names of files and labels as they are, and writes only its own numbers as numbers are written', () => {
  const file = { no: 'E0003', file: 'in_+79447721560.oga', rows: 0, records: 0 };
  const call = { started_at: '2025-09-03T10:15:00+03:00', precision: 'second' as const, number: '+79447721560', number_raw: '', number_kind: 'e164' as const };
  const added = entry('attached', { files: [file], label: 'Перезвоните +79447721560', calls: [call], calls_in_all: 1 });
  for (const words of [ru, en]) {
    const told = plain(sentence(added, new Map(), words));
    expect(told).toContain('in_+79447721560.oga');
    expect(told).toContain('Перезвоните +79447721560');
    expect(told).toContain('+7 944 772-15-60, 3');
  }
  const named = entry('group_named', { groups: ['+79447721560'], name: 'Реклама' });
  expect(plain(sentence(named, new Map(), ru))).toBe('Группа «+7 944 772-15-60» названа «Реклама».');
});

it('writes the line of an extract as numbers are written', () => {
  const extract_of = { sha256: 'ef'.repeat(32), bytes: 48_213, line: '+79071204518' };
  const imported = entry('imported', { files: [{ no: '', file: 'detail.csv', rows: 155, records: 116, extract_of }] });
  expect(plain(sentence(imported, new Map(), ru))).toBe(
    `Добавлен источник: «detail.csv» (155 строк, из них о звонках 116). Хранится выписка: строки линии +7 907 120-45-18; файл целиком не хранится, его SHA-256 ${'ef'.repeat(32)}.`,
  );
  expect(plain(sentence(imported, new Map(), en))).toContain('rows of the line +7 907 120-45-18; the whole file is not');
});

it('names exhibits that the case held before beside those that were added', () => {
  const file = (no: string, name: string) => ({ no, file: name, rows: 0, records: 0 });
  const mixed = entry('attached', { files: [file('E0002', 'b.png')], held: [file('E0001', 'a.png')] });
  expect(sentence(mixed, new Map(), ru)).toBe('Добавлено: E0002 «b.png»; уже было в деле: E0001 «a.png».');
  expect(sentence(mixed, new Map(), en)).toBe('Added: E0002 “b.png”; in the case before: E0001 “a.png”.');
});

it('tells no more than it knows where an entry has no details', () => {
  const bare = (kind: string, told: Partial<LogFacts> = {}) => [ru, en].map((words) => sentence({ ...entry(kind, told), details: null }, new Map(), words));
  const absent = [ru.entries.absent, en.entries.absent];
  const ends = (said: string[]) => said.map((text, i) => `${text} ${absent[i]}`);
  expect(bare('withdrawn', { known: false })).toEqual(
    ends(['Исключено из дела. Исходный файл остался.', 'Withdrawn from the case. The original file stays.']),
  );
  expect(bare('call_noted', { known: false })).toEqual(ends(['Сделана запись от руки.', 'An entry by hand was made.']));
  expect(bare('zone_set', { known: false })).toEqual(
    ends(['Изменён часовой пояс источника.', 'The time zone of a source was changed.']),
  );
});

it('says of an entry by hand which of its kinds it is', () => {
  const noted = (channel: string) => [ru, en].map((words) => sentence(entry('call_noted', { channel }), new Map(), words));
  expect(noted('sms')).toEqual(['Записано вами: SMS.', 'Written down by you: an SMS.']);
  expect(noted('message')).toEqual(['Записано вами: сообщение в мессенджере.', 'Written down by you: a message in a messenger.']);
});

it('names moment and sender of a message and of a call in a messenger, as of a call', () => {
  const message = { when: '03.09.2025 10:15', number: null, number_raw: 'ZAIM', number_kind: 'sender' as const };
  const sms = entry('call_noted', { channel: 'sms', message });
  expect(plain(sentence(sms, new Map(), ru))).toBe('Записано вами: SMS: ZAIM, 03.09.2025 10:15.');
  const chat = entry('call_noted', { channel: 'message', messenger: 'Пример', message: { ...message, number: '+79353104084' } });
  expect(plain(sentence(chat, new Map(), ru))).toBe('Записано вами: сообщение в мессенджере (Пример): +7 935 310-40-84, 03.09.2025 10:15.');
  const call = { started_at: '2025-09-03T10:15:00+03:00', precision: 'second' as const, number: '+79353104084', number_raw: '', number_kind: 'e164' as const };
  const rang = { channel: 'messenger', messenger: 'Пример', calls: [call], calls_in_all: 1 };
  expect(plain(sentence(entry('call_noted', rang), new Map(), ru))).toBe('Записано вами: звонок в мессенджере (Пример) +7 935 310-40-84, 3 сен 2025, 10:15:00.');
  const file = { no: '', file: 'запись 2025-09-03 10-20-00.csv', rows: 1, records: 0 };
  expect(plain(sentence(entry('withdrawn', { channel: 'sms', message, files: [file] }), new Map(), ru))).toBe(
    'Исключено из дела: запись от руки, SMS: ZAIM, 03.09.2025 10:15. Исходный файл остался.',
  );
  expect(plain(sentence(sms, new Map(), en))).toBe('Written down by you: an SMS: ZAIM, 03.09.2025 10:15.');
});

it('shows an entry of a kind that it does not know', () => {
  expect(sentence(entry('teleported', {}), new Map(), ru)).toContain('«teleported»');
});
