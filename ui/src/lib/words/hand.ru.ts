// Слова для записей от руки: «Мне только что звонили».

import type { HandChannel } from '$lib/api';

export const hand = {
  button: 'Мне только что звонили',
  hint: 'Записать звонок или сообщение, которых нет в файлах',
  title: 'Мне только что звонили',
  number: 'Номер',
  numberHint: '+7 9…',
  hidden: 'номер был скрыт',
  label: 'Что показал экран',
  labelHint: 'подпись вместо имени, если была',
  said: 'Что сказали',
  saidHint: 'своими словами; можно оставить пустым',
  date: 'Дата',
  time: 'Время',
  timeHint: '14:05 — до минуты, 14 — до часа; пусто — время не помню',
  direction: 'Направление',
  incoming: 'звонили мне',
  outgoing: 'звонил(а) я',
  cameIn: 'прислали мне',
  wentOut: 'отправил(а) я',
  channel: 'Вид связи',
  channels: {
    call: 'звонок',
    messenger: 'звонок в мессенджере',
    sms: 'SMS',
    message: 'сообщение в мессенджере',
  } as Record<HandChannel, string>,
  messenger: 'Какой мессенджер',
  outcome: 'Исход',
  outcomes: {
    unknown: 'не указан',
    answered: 'ответил(а)',
    missed: 'не ответил(а)',
    rejected: 'сбросил(а)',
    voicemail: 'автоответчик',
  },
  length: 'Длительность, мин:сек',
  line: 'На какой ваш номер',
  lineUnknown: 'не указан',
  willBe: (when: string) => `Будет записано: ${when}.`,
  wrongTime: 'Такой даты или такого времени нет.',
  wrongLength: 'Длительность пишется как мин:сек, например 1:35.',
  go: 'Записать',
  noted: (what: string) => `Записано: ${what}.`,
  notedKnown: (what: string) => `Записано: ${what}. Этот звонок есть и в файле, он один.`,
  section: 'Записано вами',
  sectionLead: 'Эти записи вы сделали сами, по памяти. В списке звонков и в пакете они так и названы.',
  entry: (channel: HandChannel | null, outgoing: boolean, messenger: string) => {
    const [call, message] = outgoing ? ['исходящий звонок', 'исходящее'] : ['входящий звонок', 'входящее'];
    const named = (what: string) => (messenger ? `${what}, ${messenger}` : what);
    if (channel === 'sms') return `${message} SMS`;
    if (channel === 'message') return named(`${message} сообщение`);
    return channel === 'messenger' ? named(call) : call;
  },
  columns: { when: 'Когда', what: 'Что', number: 'Номер', said: 'Надпись и что сказали', written: 'Записано', acts: 'Действия' },
  noCall: 'не звонок',
  show: 'Показать звонок',
  withdraw: 'Исключить',
  withdrawHint: 'Запись останется в журнале, но считаться не будет. Это можно отменить.',
  all: (n: number) => `Показать все: ${n.toLocaleString('ru-RU')}`,
  withdrawn: 'Запись исключена из дела.',
  only: 'записано только вами',
  witness: 'записано вами',
};
