// Слова пакета и журнала: готовность, что уйдёт, файлы для печати, записи журнала предложениями.

import type { CustodyKind, LeavingKind, LogFacts, ReadinessItem, SourceKind } from '$lib/api';
import { plural } from './plural';
import { registersRu } from './registers.ru';

const count = (n: number, one: string, few: string, many: string) =>
  `${n.toLocaleString('ru-RU')}\u00a0${plural('ru', n, { one, few, many })}`;
/** Where only extracts are kept, of what. */
const extracts = ({ files }: Pick<LogFacts, 'files'>) =>
  files
    .map(({ extract_of: of }) => of && ` Хранится выписка: строки линии ${of.line}; файл целиком не хранится, его SHA-256 ${of.sha256}.`)
    .join('');
const quoted = (names: string[]) => names.map((name) => `«${name}»`).join(', ');
const calls = (n: number) => count(n, 'звонок', 'звонка', 'звонков');
const rows = (n: number) => count(n, 'строка', 'строки', 'строк');

/** What an entry tells of, with the texts that depend on how facts are written. */
export type Told = LogFacts & { whichCalls: string; whichMessage: string; whichFiles: string; whichHeld: string; when: string; step: string };

/** «звонок в мессенджере (Пример) +7 935 310-40-84, 3 сен 2025, 10:15», «SMS: ZAIM, 28.11.2026 14:05». */
function byHand({ channel, messenger, whichCalls, whichMessage }: Told): string {
  const by = messenger ? ` (${messenger})` : '';
  if (channel === 'messenger') return whichCalls ? `звонок в мессенджере${by} ${whichCalls}` : `звонок в мессенджере${by}`;
  if (whichCalls) return `звонок ${whichCalls}`;
  const what = channel === 'sms' ? 'SMS' : channel === 'message' ? `сообщение в мессенджере${by}` : '';
  return what && whichMessage ? `${what}: ${whichMessage}` : what;
}

/** Kinds of entry of both chains. */
export type LogKind = CustodyKind | 'exported' | 'verified' | 'viewed' | 'copied';

export const packageRu = {
  readiness: {
    title: 'Что есть в пакете и чего нет',
    lead: 'Это не требование закона, а перечень: что обычно спрашивают и что из этого уже есть.',
    states: { present: 'есть', missing: 'нет', partial: 'не всё' },
    names: {
      line: 'Свой номер',
      detail: 'Детализация оператора',
      phone_log: 'Журнал телефона',
      period: 'Период',
      exhibits: 'Снимки и записи',
      labels: 'Подписи на экране',
      groups: 'Названия групп',
      rows: 'Прочитанные строки',
      password: 'Пароль дела',
    } as Record<ReadinessItem, string>,
    line: { present: (n: number) => `Указано: ${n}.`, missing: 'Не указан: из пакета не видно, на какой номер звонили.' },
    detail: { present: (n: number) => `Файлов: ${n}.`, missing: (by: string) => (by ? `Нет. Звонки подтверждает только: ${by}.` : 'Нет, и других файлов о звонках тоже.') },
    phone_log: { present: (n: number) => `Файлов: ${n}.`, missing: 'Нет: подписей с экрана и пропущенных может не хватать.' },
    period: {
      present: (span: string) => `${span}: детализация покрывает его целиком.`,
      partial: (span: string, gaps: string) => `${span}. Нет детализации за ${gaps}.`,
      missing: 'Звонков пока нет.',
    },
    exhibits: {
      present: (n: number) => `Все связаны со звонками: ${n}.`,
      partial: (left: number) => `Не связаны со звонком: ${left}. В пакет по группам они не войдут.`,
      missing: 'Пока нет ни одного.',
    },
    labels: { present: (n: number) => `Разных: ${n}.`, missing: 'Не внесены: их видно на снимках экрана.' },
    groups: {
      present: 'Все группы названы вами.',
      partial: (named: number, of: number) => `Вы назвали ${named} из ${of}; остальные названы по подписи или номеру.`,
      missing: (of: number) => (of === 0 ? 'Групп пока нет.' : `Вы не назвали ни одной из ${of}.`),
    },
    rows: {
      present: 'Все строки файлов прочитаны.',
      partial: (n: number, of: number) => `Не прочитано: ${n} из ${of}. Они останутся в пакете как есть.`,
    },
    password: { present: 'Дело закрыто паролем. Сам пакет паролем не закрывается.', missing: 'Пароля нет: дело откроет каждый, у кого есть файл.' },
    witnesses: { phone: 'журнал телефона', operator: 'детализация оператора', pbx: 'журнал АТС', hand: 'ваши записи от руки', other: 'файл, о котором не сказано, чей он' } as Record<SourceKind, string>,
    fix: {
      line: 'Указать номер',
      detail: 'Добавить файл',
      phone_log: 'Добавить файл',
      period: 'Добавить файл',
      exhibits: 'К доказательствам',
      labels: 'К доказательствам',
      groups: 'К группам',
      rows: 'К источникам',
      password: 'К паролю',
    } as Record<ReadinessItem, string>,
    span: (from: string, to: string) => (from === to ? from : `${from} — ${to}`),
    moreGaps: (n: number) => `и ещё ${n}`,
  },
  texts: {
    open: 'Прочитать тексты, которые уйдут',
    title: 'Тексты, которые уйдут',
    lead: 'Кроме них уйдут строки исходных файлов так, как они стоят в файлах.',
    leadWhole: 'Кроме них целиком уйдут исходные файлы: строки, как они стоят в файлах, и всё, что в таблицах и документах бывает ещё, — имя автора, заметки, скрытые листы.',
    stays: 'Не уйдут: пароль, журнал выдачи и проверок, отменённые действия, пути и имя пользователя.',
    more: (n: number) => `и ещё ${n.toLocaleString('ru-RU')}`,
    insideOnly: 'Внутри снимков и записей показано то, что программа умеет прочитать; в файле может быть и другое.',
    closed: (n: number) => `Не пройдено внутри до конца: ${count(n, 'доказательство', 'доказательства', 'доказательств')}. В документах бывают имя автора и заметки, в повреждённых файлах — что угодно.`,
    kinds: {
      title: 'Название дела',
      line: 'Свои номера',
      group: 'Названия групп',
      label: 'Подписи на экране',
      source: 'Имена исходных файлов',
      hand: 'Что сказали (ваши записи)',
      exhibit: 'Имена файлов доказательств',
      inside: 'Внутри снимков и записей (метаданные)',
      problem: 'Непрочитанные ячейки',
      log: 'Прежние тексты в журнале обращения',
    } as Record<LeavingKind, string>,
  },
  plain: {
    go: 'Сохранить файлами…',
    hint: 'То же без архива, для портала или для печати: отчёт, снимки в одном PDF, копии записей. Папку выберете вы.',
    done: (n: number) => `Сохранено ${count(n, 'файл', 'файла', 'файлов')} в новой папке.`,
    folder: 'Папка',
    files: 'Файлы',
  },
  show: 'Показать в папке',
  showFailed: 'Файлового менеджера нет. Место написано рядом.',
  copyCode: 'Скопировать код',
  copied: 'Код скопирован.',
  copyFailed: 'Скопировать не удалось: выделите код и скопируйте сами.',
  verifyLimit:
    'Если кто-то изменил файлы и пересчитал все суммы заново, сам пакет этого не покажет. Сравните код с тем, что вписан в поданный документ.',
  verifyReport: 'Отчёт в пакете: report.pdf и report.html. Код на них должен быть таким:',
  caseFacts: {
    edit: 'Изменить…',
    title: 'Название и номера',
    name: 'Название дела',
    lines: 'Ваши номера, каждый с новой строки',
    save: 'Сохранить',
    done: 'Название и номера сохранены.',
  },
  entries: {
    search: 'Найти в журнале',
    all: 'Все записи',
    found: (n: number) => `Записей: ${n.toLocaleString('ru-RU')}`,
    nothing: 'Таких записей нет.',
    zone: (zone: string) => `Время — ${zone}.`,
    moscow: 'московское',
    more: 'Показать ещё',
    proof: 'Хеш и подробности',
    hash: 'Хеш записи',
    utc: 'Время UTC',
    raw: 'Подробности',
    unknown: (kind: string) => `Запись вида «${kind}», которого эта программа не знает.`,
    absent: 'Подробностей у этой записи нет.',
    program: (program: string) => program,
    calls: (n: number) => calls(n),
    andMore: (n: number) => `и ещё ${calls(n)}`,
    callOf: (number: string, when: string) => `${number}, ${when}`,
    fileRows: (file: string, all: number, records: number) => `«${file}» (${rows(all)}, из них о звонках ${records.toLocaleString('ru-RU')})`,
    exhibit: (no: string, file: string) => (file ? `${no} «${file}»` : no),
    captured: { minute: 'до минуты', hour: 'до часа', day: 'до дня', second: '' } as Record<string, string>,
  },
  say: {
    created: () => 'Создано дело.',
    imported: (t) => `Добавлен источник: ${t.whichFiles}.${extracts(t)}`,
    call_noted: (t) => {
      const what = byHand(t);
      return what ? `Записано вами: ${what}.` : 'Сделана запись от руки.';
    },
    already_held: () => 'Предложен файл, который в деле уже есть. Второй раз он не добавлен.',
    attached: (t) =>
      `Добавлено: ${t.whichFiles}${t.whichHeld && `; уже было в деле: ${t.whichHeld}`}${t.whichCalls && `; связано со звонком: ${t.whichCalls}`}${t.label ? `; подпись «${t.label}»` : ''}.`,
    register_loaded: (t) => (t.registers?.length ? `Загружен реестр нумерации: ${registersRu.logged(t.registers)}.` : 'Загружен реестр нумерации.'),
    groups_merged: (t) =>
      t.groups.length > 0 ? `Объединены группы ${quoted(t.groups)}.` : `Объединены группы: ${t.groups_in_all}.`,
    group_split: (t) =>
      `${t.groups[0] ? `Из группы «${t.groups[0]}» отделено` : 'Отделено от группы'}: ${calls(t.calls_in_all)}${t.calls.length > 0 ? ` (${t.whichCalls})` : ''}.`,
    calls_gathered: (t) =>
      t.calls_in_all > 0 ? `Составлена группа: ${calls(t.calls_in_all)}${t.calls.length > 0 ? ` (${t.whichCalls})` : ''}.` : 'Из звонков составлена группа.',
    calls_taken_out: (t) =>
      `${t.groups.length > 0 ? `Убрано из группы ${quoted(t.groups)}` : 'Убрано из группы'}, «это не они»: ${calls(t.calls_in_all)}${t.calls.length > 0 ? ` (${t.whichCalls})` : ''}.`,
    groups_parted: (t) => (t.groups[0] ? `Разделены группы, которые были объединены в «${t.groups[0]}».` : 'Объединённые группы разделены.'),
    calls_put_back: (t) => (t.groups[0] ? `В группу «${t.groups[0]}» возвращены убранные звонки.` : 'Звонки, убранные из группы, возвращены.'),
    group_attributed: (t) => {
      const group = t.groups[0] ? `группа «${t.groups[0]}»` : 'группа';
      return t.name ? `Записано вами, что ${group} принадлежит: ${t.name}.` : `Отменена запись о том, кому принадлежит ${group}.`;
    },
    group_marked: (t) => {
      const group = t.groups[0] ? `группы «${t.groups[0]}»` : 'группы';
      return t.marked ? `Выбрана метка ${group}.` : `Метку ${group} снова выбирает программа.`;
    },
    group_known: (t) => {
      const group = t.groups[0] ? `Группа «${t.groups[0]}»` : 'Группа';
      if (t.marked === null) return `${group}: изменена отметка «свои».`;
      return t.marked ? `${group} отмечена: «это свои».` : `${group}: отметка «это свои» снята.`;
    },
    group_named: (t) => (t.groups[0] ? `Группа «${t.groups[0]}» названа «${t.name}».` : `Группа названа «${t.name}».`),
    exhibit_edited: (t) => `Изменено доказательство ${t.whichFiles}.`,
    exhibits_linked: (t) => `Связано: ${t.whichFiles} — ${t.whichCalls}.`,
    exhibit_unlinked: (t) => `Отвязано: ${t.whichFiles} от звонка ${t.whichCalls}.`,
    proposal_refused: (t) => `Заявитель указал: ${t.whichFiles} — не о звонке ${t.whichCalls}.`,
    proposals_put_back: (t) => `Взяты назад слова «не этот звонок»: ${t.whichFiles} — ${t.whichCalls}.`,
    capture_stated: (t) =>
      t.when ? `Указано, когда сделано ${t.whichFiles}: ${t.when}.` : `Убрано указанное время: ${t.whichFiles}.`,
    label_observed: (t) => `На ${t.whichFiles} прочитана подпись «${t.label}» для звонка ${t.whichCalls}.`,
    label_removed: (t) => `Убрана подпись «${t.label}» с ${t.whichFiles}, звонок ${t.whichCalls}.`,
    undone: (t) => `Отменено: ${t.step}.`,
    redone: (t) => `Повторено: ${t.step}.`,
    withdrawn: (t) => {
      const entry = t.whichCalls || t.whichMessage ? byHand(t) : '';
      const what = entry ? `запись от руки, ${entry}` : t.whichFiles;
      return `Исключено из дела${what && `: ${what}`}. Исходный файл остался.`;
    },
    reinstated: (t) => `Возвращено в дело${t.whichFiles && `: ${t.whichFiles}`}.`,
    purged: (t) => `Удалено безвозвратно${t.whichFiles && `: ${t.whichFiles}`}.`,
    password_changed: (t) => (t.keyed === false ? 'Пароль убран.' : 'Задан новый пароль.'),
    adopted: () => 'Дело принято: этот компьютер не оставлял его в таком состоянии (копия или дело с другого компьютера). Таблицы построены заново.',
    zone_set: (t) => {
      if (!t.name) return 'Изменён часовой пояс источника.';
      return t.zone
        ? `Время в файле «${t.name}» читается по поясу ${t.zone}.`
        : `Время в файле «${t.name}» снова читается так, как при импорте.`;
    },
    case_edited: (t) =>
      `Записаны название ${t.name ? `«${t.name}»` : '(пустое)'} и свои номера: ${t.lines.join(', ') || 'нет'}.`,
    exported: (t) =>
      `${t.form === 'plain' ? 'Сохранены файлы для печати' : 'Собран пакет'}, код ${t.code ?? '—'}: ${calls(t.calls_in_all)}${t.groups.length > 0 ? `, группы ${quoted(t.groups)}` : ', всё дело'}.`,
    verified: (t) =>
      `${t.target === 'case' ? 'Проверено дело' : `Проверен пакет${t.code ? `, код ${t.code}` : ''}`}: ${t.differences ? `найдены расхождения, ${t.differences}` : 'расхождений нет'}.`,
    viewed: () => 'Дело открыто.',
    copied: (t) => `Сохранена копия: ${t.whichFiles}.`,
  } as Record<LogKind, (t: Told) => string>,
  palette: {
    title: 'Всё',
    placeholder: 'Раздел, действие, группа, номер, доказательство',
    none: 'Ничего не нашлось.',
    sections: { commands: 'Действия', screens: 'Разделы', groups: 'Группы', calls: 'Звонки', exhibits: 'Доказательства' },
    exhibitsOf: (no: string, file: string) => `${no} ${file}`,
  },
  commands: {
    add: 'Добавить файлы…',
    export: 'Собрать пакет',
    search: 'Найти звонок',
    palette: 'Всё: разделы, действия, группы, звонки…',
    undo: 'Отменить',
    redo: 'Повторить',
    open: 'Открыть дело…',
    window: 'Новое окно',
    close: 'Закрыть дело',
    quit: 'Закрыть окно',
    keys: 'Клавиши',
    larger: 'Крупнее',
    smaller: 'Мельче',
    usual: 'Обычный размер',
    system: 'Цвета как в системе',
    light: 'Светлое окно',
    dark: 'Тёмное окно',
    russian: 'Язык: русский',
    english: 'Language: English',
    recent: 'Недавние дела',
    bars: { file: 'Файл', edit: 'Правка', view: 'Вид', help: 'Справка' },
  },
};

export type PackageWords = typeof packageRu;
