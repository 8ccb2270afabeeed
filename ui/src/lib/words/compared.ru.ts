// Слова об источниках рядом друг с другом: кто что подтверждает, за какие дни есть записи, как идут часы, какой пояс.

import type { SilenceReason, SourceKind, WithdrawalPreview } from '$lib/api';
import { plural } from './plural';

const count = (n: number, one: string, few: string, many: string) =>
  `${n.toLocaleString('ru-RU')}\u00a0${plural('ru', n, { one, few, many })}`;
const calls = (n: number) => count(n, 'звонок', 'звонка', 'звонков');
const days = (n: number) => count(n, 'день', 'дня', 'дней');

const WHOSE: Record<SourceKind, string> = {
  phone: 'телефона',
  operator: 'оператора',
  pbx: 'офисной АТС',
  hand: 'записанного вручную',
  other: 'другого источника',
};

const SILENT: Record<SourceKind, string> = {
  phone: 'Телефон молчит',
  operator: 'Оператор молчит',
  pbx: 'АТС молчит',
  hand: 'Источник молчит',
  other: 'Источник молчит',
};

const WHY: Record<SilenceReason, string> = {
  no_source: 'такого источника в деле нет',
  other_line: 'источник о другой линии',
  outside_period: 'звонок вне периода источника',
  unanswered: 'неотвеченных звонков в этом источнике не бывает',
  direction_not_listed: 'звонков этого направления в источнике нет вовсе',
  number_masked: 'номер скрыт, и узнать звонок нельзя',
  gap: 'в этот день в источнике нет ни одного звонка',
  not_stated: 'день в источнике есть, а этого звонка нет',
};

export const compared = {
  silence: {
    title: 'Кто молчит о звонках и почему',
    ask: 'Почему молчат другие источники…',
    told: (witness: SourceKind, reason: SilenceReason) => `${SILENT[witness]}: ${WHY[reason]}`,
  },
  withdraw: {
    open: 'Убрать из дела…',
    title: (file: string) => `Убрать из дела: «${file}»`,
    counting: 'Считаю, что уйдёт вместе с ним…',
    goes: (n: number) =>
      n === 0 ? 'Звонков, о которых говорит только этот источник, нет.' : `Только в этом источнике: ${calls(n)}. Они уйдут вместе с ним.`,
    stays: (n: number) => `Есть и в других источниках: ${calls(n)}. Они останутся.`,
    hangs: ({ exhibits, labels, said }: WithdrawalPreview) => {
      const parts = [
        exhibits > 0 && count(exhibits, 'связанное доказательство', 'связанных доказательства', 'связанных доказательств'),
        labels > 0 && count(labels, 'прочитанная подпись', 'прочитанные подписи', 'прочитанных подписей'),
        said > 0 && count(said, 'ваше слово о группах', 'ваших слова о группах', 'ваших слов о группах'),
      ].filter(Boolean);
      return parts.length > 0 ? `На уходящих звонках держатся: ${parts.join(', ')}. Они сохранятся и вернутся вместе с источником.` : '';
    },
    keeps: 'Сам файл останется в деле байт в байт, а в журнале будет запись, что он исключён. В пакет он не войдёт. Это можно отменить.',
    go: 'Убрать из дела',
    done: (file: string) => `«${file}» исключён из дела. Звонки сопоставлены заново.`,
  },
  verdicts: {
    title: 'Кто подтверждает звонки',
    alone: 'В деле свидетельства одного вида: подтвердить звонки пока нечем. Добавьте детализацию оператора или журнал телефона.',
    show: (n: number, what: string) => `Показать ${calls(n)}: ${what}`,
    otherPair: 'или другая пара независимых источников',
    others: 'офисная АТС, записанное вами или источник, о котором неизвестно, чей он',
    conflict: 'всё совпадает, кроме длительности',
  },
  read: {
    title: 'Источники рядом друг с другом',
    many: (records: string) => `За какие дни есть записи и как идут часы: для этого читаются все ${records}, это займёт время.`,
    go: 'Сравнить источники',
    again: 'Прочитать ещё раз',
  },
  days: {
    title: 'За какие дни есть записи',
    lead: 'День без записей — не обязательно пропуск: звонков в этот день могло и не быть.',
    hint: 'Наведите на день или выберите его стрелками.',
    slider: 'День',
    months: ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
    none: 'звонков в файле нет',
    span: (from: string, to: string) => `${from} — ${to}`,
    noGaps: 'без перерывов',
    gap: (n: number, when: string) => `${days(n)} без записей: ${when}`,
    singles: (n: number) => `${count(n, 'отдельный день', 'отдельных дня', 'отдельных дней')} без записей`,
    gaps: (n: number, longest: number, when: string) =>
      `${days(n)} без записей, самый долгий перерыв — ${days(longest)}: ${when}`,
    records: (n: number) => count(n, 'запись', 'записи', 'записей'),
    noRecords: 'записей нет',
    outside: (n: number) => `вне периода — ${count(n, 'источник', 'источника', 'источников')}`,
    outsideAll: 'вне периода всех источников',
    file: (name: string) => `«${name}»`,
    columns: { source: 'Источник', from: 'С', to: 'По', days: 'Дней', records: 'Записей' },
    all: (n: number) => `Показать все строки: ${n.toLocaleString('ru-RU')}`,
  },
  clocks: {
    title: 'Часы источников',
    lead: 'Разница учтена, когда программа искала один и тот же звонок. Время каждого звонка показано так, как его записал источник.',
    one: 'Чтобы сравнить часы, нужны хотя бы два источника.',
    apart: 'Общих звонков у источников нет: сравнить часы не по чему.',
    unpaired: (n: number) => `Без общих звонков: ${count(n, 'пара источников', 'пары источников', 'пар источников')}.`,
    all: (n: number) => `Показать все пары: ${n.toLocaleString('ru-RU')}`,
    of: (kind: SourceKind, file: string | null) => (file === null ? WHOSE[kind] : `${WHOSE[kind]} («${file}»)`),
    by: (spread: string, n: number) =>
      `± ${spread}, по ${n.toLocaleString('ru-RU')}\u00a0${plural('ru', n, { one: 'звонку', few: 'звонкам', many: 'звонкам' })}`,
    few: (a: string, b: string, n: number) => `Часы ${a} и часы ${b}: общих звонков только ${n}, сравнить часы по ним нельзя.`,
    same: (a: string, b: string, by: string) => `Часы ${a} и часы ${b} идут одинаково (${by}).`,
    apartBy: (a: string, b: string, span: string, ahead: boolean, by: string) =>
      ahead ? `Часы ${a} спешат: впереди часов ${b} на ${span} (${by}).` : `Часы ${a} отстают от часов ${b} на ${span} (${by}).`,
    drifting: (a: string, b: string, by: string) => `Часы ${a} и часы ${b} со временем расходятся (${by}):`,
    stepped: (a: string, b: string, by: string) => `Часы ${a} или часы ${b} переводили (${by}):`,
    stretch: (when: string, a: string, span: string, ahead: boolean, drift: string, n: number) =>
      `${when}: часы ${a} ${ahead ? 'спешат' : 'отстают'} на ${span}${drift}; ${calls(n)}`,
    stretchSame: (when: string, drift: string, n: number) => `${when}: разницы нет${drift}; ${calls(n)}`,
    gains: (seconds: string, forward: boolean) => `, каждый день ещё на ${seconds} с ${forward ? 'вперёд' : 'назад'}`,
    offer: (file: string, now: string, zone: string) =>
      `Похоже на другой часовой пояс: «${file}» читается по поясу ${now}, а записан, похоже, по поясу ${zone}.`,
    otherwise: (file: string, now: string, zone: string) =>
      `Или наоборот: «${file}» читается по поясу ${now}, а записан по поясу ${zone}.`,
    accept: (zone: string) => `Читать по поясу: ${zone}…`,
    units: { h: 'ч', min: 'мин', s: 'с' },
  },
  zone: {
    column: 'Часовой пояс',
    change: 'Изменить…',
    changeOf: (file: string) => `Изменить часовой пояс файла «${file}»`,
    moments: 'моменты времени: от пояса они не зависят',
    title: (file: string) => `Часовой пояс: «${file}»`,
    field: 'По какому поясу записано время в файле',
    keep: 'Не менять',
    takeBack: 'Как было при добавлении',
    now: 'Сейчас',
    then: 'Станет',
    first: 'Первое время в файле',
    shift: (span: string, later: boolean) => `на ${span} ${later ? 'позже' : 'раньше'}`,
    noShift: 'время не изменится',
    counting: 'Считаю, что изменится…',
    verdict: (what: string, now: number, then: number) => `${what}: ${now.toLocaleString('ru-RU')} → ${then.toLocaleString('ru-RU')}`,
    sameVerdicts: 'Кто какие звонки подтверждает, не изменится.',
    stays: 'Строки файла останутся как есть. Изменение можно отменить.',
    set: 'Изменить пояс',
    done: (file: string, zone: string) => `«${file}» читается по поясу ${zone}. Звонки сопоставлены заново.`,
    takenBack: (file: string) => `«${file}» снова читается так, как при импорте. Звонки сопоставлены заново.`,
  },
};
