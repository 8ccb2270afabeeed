import { describe, expect, it } from 'vitest';
import type { PairView } from '$lib/api';
import { en } from '$lib/words/en';
import { ru } from '$lib/words/ru';
import { callings, length, offersOf, oncePerSource, pairText } from './clocks';

const sources = [
  { source: 1, kind: 'phone' as const, file: 'журнал.xml' },
  { source: 2, kind: 'operator' as const, file: 'mts.xml' },
];
const pair = (more: Partial<PairView>): PairView => ({
  sources: [1, 2],
  offset_s: 37,
  spread_s: 1,
  paired: 33,
  clock: 'steady',
  stretches: [],
  zone_offers: [],
  ...more,
});
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const kinds = new Map(sources.map((one) => [one.source, one.kind]));
const told = (more: Partial<PairView>, language: 'ru' | 'en' = 'ru') => {
  const words = language === 'ru' ? ru : en;
  const { text, stretches } = pairText(pair(more), kinds, callings(sources, words), words, language);
  return { text: plain(text), stretches: stretches.map(plain) };
};

describe('several sources', () => {
  const of = (first: number, second: number) => pair({ sources: [first, second] });

  it('are each told of once: what the other pairs say follows from that', () => {
    const pairs = [of(1, 2), of(1, 3), of(2, 3), of(4, 5), of(3, 4), of(2, 5)];
    expect(oncePerSource(pairs).map((one) => one.sources.join(' '))).toEqual(['1 2', '1 3', '4 5', '3 4']);
  });
});

describe('two clocks', () => {
  it('are told of as the phone runs beside the others', () => {
    expect(told({}).text).toBe('Часы телефона отстают от часов оператора на 37 с (± 1 с, по 33 звонкам).');
    expect(told({ offset_s: -7_200, paired: 21 }).text).toBe('Часы телефона спешат: впереди часов оператора на 2 ч (± 1 с, по 21 звонку).');
    expect(told({ offset_s: 0 }).text).toBe('Часы телефона и часы оператора идут одинаково (± 1 с, по 33 звонкам).');
    expect(told({}, 'en').text).toBe('The clock of the phone is 37 s behind that of the operator (± 1 s, by 33 calls).');
  });

  it('say the same whichever source came first', () => {
    const turned = new Map([[1, 'operator' as const], [2, 'phone' as const]]);
    const called = callings([{ source: 1, kind: 'operator', file: 'a' }, { source: 2, kind: 'phone', file: 'b' }], ru);
    expect(plain(pairText(pair({ offset_s: -37 }), turned, called, ru, 'ru').text)).toBe(told({}).text);
  });

  it('are not judged by a call or two', () => {
    expect(told({ paired: 2, offset_s: 0 }).text).toBe('Часы телефона и часы оператора: общих звонков только 2, сравнить часы по ним нельзя.');
  });

  it('that drift or were set are told of stretch by stretch', () => {
    const stretch = { from: '2025-03-10T10:00:00+03:00', until: '2025-05-15T10:00:00+03:00', offset_s: 37, drift_s_per_day: 0.52, paired: 20 };
    const drifting = told({ clock: 'drifting', stretches: [stretch] });
    expect(drifting.text).toBe('Часы телефона и часы оператора со временем расходятся (± 1 с, по 33 звонкам):');
    expect(drifting.stretches).toEqual(['10 мар — 15 мая 2025: часы телефона отстают на 37 с, каждый день ещё на 0,5 с назад; 20 звонков']);
    const still = { ...stretch, offset_s: 0, drift_s_per_day: 0 };
    const stepped = told({ clock: 'stepped', stretches: [still, { ...still, offset_s: -3_600 }] }, 'en');
    expect(stepped.text).toBe('The clock of the phone or that of the operator was set anew (± 1 s, by 33 calls):');
    expect(stepped.stretches).toEqual([
      '10 Mar – 15 May 2025: no difference; 20 calls',
      '10 Mar – 15 May 2025: the clock of the phone is 1 h ahead; 20 calls',
    ]);
  });

  it('are called by their files where there are several of a kind', () => {
    const called = callings([...sources, { source: 3, kind: 'operator', file: 'билайн.xlsx' }], ru);
    expect([1, 2, 3].map(called)).toEqual(['телефона', 'оператора («mts.xml»)', 'оператора («билайн.xlsx»)']);
  });
});

it('says lengths in the units that people use', () => {
  expect([0, 37, 60, 77, 7_200, -5_400, 3_601].map((n) => plain(length(n, ru)))).toEqual(['0 с', '37 с', '1 мин', '1 мин 17 с', '2 ч', '1 ч 30 мин', '1 ч 1 с']);
});

it('offers a zone once, and nothing else for what it explains as well', () => {
  const offer = (source: number, zone: string) => ({ source, zone, zone_now: 'Europe/Moscow', zone_basis: 'line', shift_s: -7_200 });
  const pairs = [
    pair({ zone_offers: [offer(2, 'Asia/Yekaterinburg'), offer(1, '+01:00')] }),
    pair({ sources: [2, 3], zone_offers: [offer(3, '+01:00'), offer(2, 'Asia/Yekaterinburg')] }),
    pair({ sources: [4, 5], zone_offers: [offer(5, 'Asia/Omsk')] }),
    pair({ sources: [1, 4] }),
  ];
  expect(offersOf(pairs).map((offers) => offers.map((one) => one.source))).toEqual([[2, 1], [], [5], []]);
});
