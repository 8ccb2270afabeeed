import { describe, expect, it } from 'vitest';
import * as format from './format';
import { en } from './words/en';
import { ru } from './words/ru';

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2011', '-');

describe('numbers', () => {
  it('groups a Russian number and never breaks it', () => {
    const written = format.phone('+79071234567');
    expect(plain(written)).toBe('+7 907 123-45-67');
    expect(written).not.toMatch(/[ -]/);
  });

  it('leaves other countries as they are', () => {
    expect(format.phone('+442079460000')).toBe('+442079460000');
  });

  it('says in words that a number is hidden', () => {
    const hidden = { number: null, number_raw: '', number_kind: 'hidden' as const };
    expect(format.party(hidden, ru)).toBe('номер скрыт');
    expect(format.party({ number: null, number_raw: '900', number_kind: 'short' }, ru)).toBe('900');
  });
});

describe('times', () => {
  const at = '2025-09-03T10:15:00+03:00';

  it('are the wall clock of the source, whatever zone this computer keeps', () => {
    expect(plain(format.moment(at, 'second', ru))).toBe('3 сен 2025, 10:15:00');
    expect(plain(format.moment(at, 'second', en))).toBe('3 Sep 2025, 10:15:00');
  });

  it('show how precise the source was', () => {
    expect(plain(format.moment(at, 'minute', ru))).toBe('3 сен 2025, около 10:15');
    expect(plain(format.moment(at, 'day', ru))).toBe('3 сен 2025, время не указано');
  });

  it('name the offset', () => {
    expect(format.offset(at)).toBe('UTC+3');
    expect(format.offset('2025-09-03T10:15:00+05:30')).toBe('UTC+5:30');
    expect(format.offset('2025-09-03T10:15:00Z')).toBe('UTC');
  });
});

describe('durations', () => {
  it('are minutes and seconds, hours where there are any', () => {
    expect(format.seconds(31)).toBe('0:31');
    expect(format.seconds(3727)).toBe('1:02:07');
  });

  it('say that nobody answered', () => {
    expect(format.duration({ duration_s: 0, disposition: 'missed' }, ru)).toBe('не отвечен');
    expect(format.duration({ duration_s: null, disposition: 'unknown' }, ru)).toBe('—');
    expect(format.duration({ duration_s: 0, disposition: 'answered' }, ru)).toBe('0:00');
  });
});

describe('counts', () => {
  it('agree with their word', () => {
    const said = [1, 2, 5, 11, 21, 104, 1257].map((n) => plain(ru.count.calls(n)));
    expect(said).toEqual([
      '1 звонок',
      '2 звонка',
      '5 звонков',
      '11 звонков',
      '21 звонок',
      '104 звонка',
      '1 257 звонков',
    ]);
  });

  it('write out what would turn the direction of reading', () => {
    expect(format.visible('name\u202Egnp.exe')).toBe('name[U+202E]gnp.exe');
    expect(format.visible('\u200EСнимок 1.png')).toBe('\u200EСнимок 1.png');
  });

  it('write sizes in the language of the window', () => {
    expect(plain(format.bytes(12_400_000, 'ru'))).toBe('12,4 МБ');
    expect(plain(format.bytes(999, 'en'))).toBe('999 B');
  });
});

it('writes the numbers of a sentence as numbers are written, and leaves what stands in quotes', () => {
  expect(plain(format.withPhones('одна подпись «из «+79070000001»» и номер +79070000001'))).toBe(
    'одна подпись «из «+79070000001»» и номер +7 907 000-00-01',
  );
  expect(plain(format.withPhones('one label “+79070000001” and +79070000001'))).toBe('one label “+79070000001” and +7 907 000-00-01');
});
