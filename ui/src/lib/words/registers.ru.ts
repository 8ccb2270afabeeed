// Слова реестра нумерации: кому выделены диапазоны номеров. О звонившем он не говорит ничего.

import type { DatedBasis, RegisterPlace, RegisterProblemKind } from '$lib/api';
import { plural } from './plural';

const apart = (n: number) => n.toLocaleString('ru-RU');
const day = (date: string) => date.split('-').reverse().join('.');
const ranges = (n: number) => `${apart(n)}\u00a0${plural('ru', n, { one: 'диапазон', few: 'диапазона', many: 'диапазонов' })}`;
const basis: Record<DatedBasis, string> = {
  stated: 'дата указана вами',
  file_name: 'дата по имени файла',
  file_time: 'дата, когда изменён файл',
};
const dated = (date: string, how: DatedBasis) => `${day(date)} (${basis[how]})`;
const days = (dates: string[]) => dates.map(day).join(', ');

export const registersRu = {
  title: 'Реестр нумерации',
  lead: 'Реестр говорит, какому оператору выделен диапазон номеров. Кто звонил, он не говорит: номер мог быть перенесён.',
  holder: 'Диапазон номеров',
  allotted: (holder: string, region: string, date: string) =>
    `Диапазон выделен оператору ${holder}${region ? `, ${region}` : ''}, номер мог быть перенесён · реестр от ${day(date)}`,
  otherOperator: (operator: string) =>
    `Оператором вашей линии указан ${operator}. Это не значит, что звонили из другой сети: номер мог быть перенесён.`,
  ported: (line: string, operator: string, holder: string, date: string) =>
    `Диапазон вашего номера ${line} выделен оператору ${holder}, а оператором вы указали ${operator}: номер мог быть перенесён, или ${operator} работает в чужой сети (реестр от ${day(date)}).`,
  one: (series: string[], date: string, how: DatedBasis, n: number) => `${series.join(', ')} от ${dated(date, how)}, ${ranges(n)}`,
  places: { case: 'в этом деле', user: 'для всех дел на этом компьютере' } as Record<RegisterPlace, string>,
  missing: (series: string[]) => `Реестр не загружен: ${series.join(', ')}. Кому выделены эти номера, сказать нельзя.`,
  none: 'Реестр не загружен.',
  where: 'Файлы публикует Минцифры: opendata.digital.gov.ru/downloads, например DEF-9xx.csv. Скачайте и перетащите их сюда.',
  load: 'Загрузить реестр…',
  file: 'Файл реестра нумерации',
  fileLead: 'Это реестр нумерации, а не журнал вызовов.',
  for: 'Для чего',
  on: 'На какой день реестр',
  onHint: 'Сам файл этого не говорит. Если день указан неверно, исправьте.',
  state: {
    taken: (dates: string[]) => (dates.length > 0 ? `Заменит реестр от ${days(dates)}.` : 'Такого ещё нет.'),
    held: 'Этот реестр уже загружен.',
    older: (dates: string[]) => `Загружен более новый, от ${days(dates)}. Если загрузить этот, он займёт его место.`,
  },
  problems: (n: number, rows: number) => `Строк, которым нельзя верить: ${apart(n)} из ${apart(rows)}. Остальные действуют.`,
  kinds: {
    malformed: 'не читается',
    capacity: 'ёмкость не та, что у диапазона',
    overlap: 'пересекается с другой строкой',
  } as Record<RegisterProblemKind, string>,
  line: 'Строка',
  why: 'Что не так',
  found: 'Что в ней',
  go: 'Загрузить реестр',
  done: (series: string[], date: string) => `Реестр нумерации загружен: ${series.join(', ')} от ${day(date)}.`,
  logged: (files: { file: string; dated: string }[]) => files.map((one) => `«${one.file}» от ${day(one.dated)}`).join(', '),
};
