// Time zones in words for people: «Самара (МСК+1)». Places whose clocks once differed stand apart.

import type { Language } from '$lib/words/index.svelte';
import type { Words } from '$lib/words/ru';

type Place = readonly [zone: string, fromMoscow: number, ru: string, en: string];

const PLACES: readonly Place[] = [
  ['Europe/Kaliningrad', -1, 'Калининград', 'Kaliningrad'],
  ['Europe/Moscow', 0, 'Москва', 'Moscow'],
  ['Europe/Simferopol', 0, 'Симферополь', 'Simferopol'],
  ['Europe/Kirov', 0, 'Киров', 'Kirov'],
  ['Europe/Volgograd', 0, 'Волгоград', 'Volgograd'],
  ['Europe/Astrakhan', 1, 'Астрахань', 'Astrakhan'],
  ['Europe/Saratov', 1, 'Саратов', 'Saratov'],
  ['Europe/Ulyanovsk', 1, 'Ульяновск', 'Ulyanovsk'],
  ['Europe/Samara', 1, 'Самара', 'Samara'],
  ['Asia/Yekaterinburg', 2, 'Екатеринбург', 'Yekaterinburg'],
  ['Asia/Omsk', 3, 'Омск', 'Omsk'],
  ['Asia/Novosibirsk', 4, 'Новосибирск', 'Novosibirsk'],
  ['Asia/Barnaul', 4, 'Барнаул', 'Barnaul'],
  ['Asia/Tomsk', 4, 'Томск', 'Tomsk'],
  ['Asia/Novokuznetsk', 4, 'Новокузнецк', 'Novokuznetsk'],
  ['Asia/Krasnoyarsk', 4, 'Красноярск', 'Krasnoyarsk'],
  ['Asia/Irkutsk', 5, 'Иркутск', 'Irkutsk'],
  ['Asia/Chita', 6, 'Чита', 'Chita'],
  ['Asia/Yakutsk', 6, 'Якутск', 'Yakutsk'],
  ['Asia/Khandyga', 6, 'Хандыга', 'Khandyga'],
  ['Asia/Vladivostok', 7, 'Владивосток', 'Vladivostok'],
  ['Asia/Ust-Nera', 7, 'Усть-Нера', 'Ust-Nera'],
  ['Asia/Magadan', 8, 'Магадан', 'Magadan'],
  ['Asia/Sakhalin', 8, 'Сахалин', 'Sakhalin'],
  ['Asia/Srednekolymsk', 8, 'Среднеколымск', 'Srednekolymsk'],
  ['Asia/Kamchatka', 9, 'Камчатка', 'Kamchatka'],
  ['Asia/Anadyr', 9, 'Анадырь', 'Anadyr'],
];

export const ZONES: readonly string[] = [...PLACES.map(([zone]) => zone), 'UTC'];

const signed = (hours: number) => (hours === 0 ? '' : hours > 0 ? `+${hours}` : `\u2212${-hours}`);

/** `Europe/Samara` → «Самара (МСК+1)», `+03:00` → «UTC+3». What is not known stays as it is. */
export function zoneName(zone: string, language: Language): string {
  if (zone === 'UTC') return language === 'ru' ? 'Всемирное время (UTC)' : 'Universal time (UTC)';
  const fixed = /^([+-])0?(\d{1,2}):(\d{2})$/.exec(zone);
  if (fixed) return `UTC${fixed[1] === '-' ? '\u2212' : '+'}${fixed[2]}${fixed[3] === '00' ? '' : `:${fixed[3]}`}`;
  const place = PLACES.find(([known]) => known === zone);
  if (!place) return zone;
  return language === 'ru' ? `${place[2]} (МСК${signed(place[1])})` : `${place[3]} (MSK${signed(place[1])})`;
}

/** The zone of a source, also where it is not one zone: no zone, or `per-row`. */
export function zoneOf(zone: string | null, words: Words, language: Language): string {
  return zone === null || zone === 'per-row' ? words.perRow : zoneName(zone, language);
}

/** How a zone is known. */
export const zoneKnown = (basis: string, words: Words): string => words.zoneBasis[basis] ?? basis;

/** «Самара (МСК+1), указан вами». */
export function zoneSaid(zone: string | null, basis: string, words: Words, language: Language): string {
  return `${zoneOf(zone, words, language)}, ${zoneKnown(basis, words)}`;
}
