//! Russian words.

use super::{Tally, Words, apart, length, moment, most_frequent_first, percent, register, witness};
use ulika::actions::{
    AttachedExhibit, BrokenRecipe, CallView, ClockStretch, CoverageView, ExportAnswer, GroupView, PairView,
    PasswordChange, PlainAnswer, SourceAnswer, SourcePreview, VerifyAnswer, ZoneOffer,
};
use ulika::bundle::LIMIT_OF_VERIFYING;
use ulika::import::{Confidence, Mend, MendKind, ReadingNote, RecipeInfo};
use ulika::model::{
    CallId, CapturedBasis, CustodyKind, Direction, Disposition, ExhibitKind, JournalBeside, Precision, RowProblem,
    SourceId, SourceKind,
};

/// Russian.
pub struct Russian;

/// The form of a word that stands with a number.
pub(super) fn form<'a>(number: u32, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (number % 10, number % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// A count with its noun: «1 звонок», «2 звонка», «1 257 звонков».
pub(super) fn count(number: u32, one: &str, few: &str, many: &str) -> String {
    format!("{} {}", apart(number, ' '), form(number, one, few, many))
}

fn rows(number: u32) -> String {
    count(number, "строка", "строки", "строк")
}

pub(super) fn calls(number: u32) -> String {
    count(number, "звонок", "звонка", "звонков")
}

/// Rows of another service.
fn other(kind: &str, number: u32) -> String {
    let shown = apart(number, ' ');
    match kind {
        "sms" => format!("{shown} SMS"),
        "mms" => format!("{shown} MMS"),
        "ussd" => format!("{shown} USSD"),
        "data" => format!("{shown} интернет"),
        "fax" => count(number, "факс", "факса", "факсов"),
        "fee" => count(number, "начисление", "начисления", "начислений"),
        _ => count(number, "другая услуга", "другие услуги", "других услуг"),
    }
}

pub(super) fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Phone => "журнал телефона",
        SourceKind::Operator => "детализация оператора",
        SourceKind::Pbx => "журнал АТС",
        SourceKind::Hand => "записано от руки",
        SourceKind::Other => "другой источник",
    }
}

fn exhibit(kind: ExhibitKind) -> &'static str {
    match kind {
        ExhibitKind::Screenshot => "снимок",
        ExhibitKind::Recording => "запись",
        ExhibitKind::Document => "документ",
    }
}

/// `2015-09-06` as it is written in Russia.
fn date(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => format!("{day}.{month}.{year}"),
        _ => iso.to_owned(),
    }
}

/// What an event of either chain is called, as a noun.
fn event_noun(kind: &str) -> Option<&'static str> {
    let noun = match CustodyKind::from_word(kind) {
        Some(CustodyKind::Created) => "дело создано",
        Some(CustodyKind::Imported) => "импорт",
        Some(CustodyKind::CallNoted) => "запись от руки",
        Some(CustodyKind::AlreadyHeld) => "файл уже был в деле",
        Some(CustodyKind::Attached) => "добавление доказательств",
        Some(CustodyKind::RegisterLoaded) => "загрузка реестра нумерации",
        Some(CustodyKind::GroupsMerged) => "объединение групп",
        Some(CustodyKind::GroupSplit) => "отделение звонков от группы",
        Some(CustodyKind::GroupNamed) => "название группы",
        Some(CustodyKind::CallsGathered) => "звонки собраны в группу",
        Some(CustodyKind::CallsTakenOut) => "звонки убраны из группы",
        Some(CustodyKind::GroupsParted) => "объединённые группы разделены",
        Some(CustodyKind::CallsPutBack) => "звонки возвращены в группу",
        Some(CustodyKind::GroupAttributed) => "кому принадлежит группа",
        Some(CustodyKind::GroupMarked) => "метка группы",
        Some(CustodyKind::GroupKnown) => "отметка «свои»",
        Some(CustodyKind::ExhibitEdited) => "правка доказательства",
        Some(CustodyKind::ExhibitsLinked) => "привязка доказательств к звонкам",
        Some(CustodyKind::ExhibitUnlinked) => "отвязка доказательства от звонка",
        Some(CustodyKind::ProposalRefused) => "доказательство не об этом звонке",
        Some(CustodyKind::ProposalsPutBack) => "слова «не этот звонок» взяты назад",
        Some(CustodyKind::CaptureStated) => "время съёмки со слов заявителя",
        Some(CustodyKind::LabelObserved) => "подпись вызова, прочитанная на доказательстве",
        Some(CustodyKind::LabelRemoved) => "удаление подписи вызова",
        Some(CustodyKind::Undone) => "отмена действия",
        Some(CustodyKind::Redone) => "повтор действия",
        Some(CustodyKind::Withdrawn) => "исключение из дела",
        Some(CustodyKind::Reinstated) => "возвращение в дело",
        Some(CustodyKind::Purged) => "безвозвратное удаление",
        Some(CustodyKind::PasswordChanged) => "смена пароля",
        Some(CustodyKind::ZoneSet) => "часовой пояс источника",
        Some(CustodyKind::CaseEdited) => "название и номера дела",
        Some(CustodyKind::Adopted) => "дело принято: это копия или дело с другого компьютера",
        None => match kind {
            "exported" => "пакет сохранён",
            "verified" => "пакет проверен",
            "viewed" => "просмотр",
            "copied" => "копия доказательства сохранена",
            _ => return None,
        },
    };
    Some(noun)
}

impl Words for Russian {
    fn either<'a>(&self, russian: &'a str, _: &'a str) -> &'a str {
        russian
    }

    fn help(&self, text: &str) -> String {
        let own = [("[OPTIONS]", "[ПАРАМЕТРЫ]"), ("<COMMAND>", "<КОМАНДА>"), ("[default: ", "[по умолчанию: ")];
        own.iter().fold(text.to_owned(), |text, (english, russian)| text.replace(english, russian))
    }

    fn usage_hint(&self) -> &'static str {
        "Подсказка: ulika-cli --help."
    }
    fn usage_other(&self) -> &'static str {
        "Команда записана неверно."
    }
    fn unknown_command(&self, command: &str) -> String {
        format!("Команды «{command}» нет.")
    }
    fn later_command(&self, command: &str) -> String {
        format!("Эта версия ещё не умеет «{command}»: команда появится позже.")
    }
    fn later_option(&self, option: &str) -> String {
        format!("Эта версия ещё не умеет «{option}»: параметр появится позже. Пакет не сохранён, дело не изменилось.")
    }
    fn missing_command(&self, commands: &str) -> String {
        if commands.is_empty() {
            "Не указано, что сделать.".to_owned()
        } else {
            format!("Не указано, что сделать. Можно: {commands}.")
        }
    }
    fn unknown_argument(&self, argument: &str) -> String {
        format!("Параметр «{argument}» здесь не подходит.")
    }
    fn missing_argument(&self, arguments: &str) -> String {
        format!("Не хватает: {arguments}.")
    }
    fn missing_value(&self, argument: &str) -> String {
        format!("Для «{argument}» указано не столько значений, сколько нужно.")
    }
    fn unfit_value(&self, argument: &str, value: &str, allowed: &str) -> String {
        let message = format!("Для «{argument}» значение «{value}» не подходит.");
        if allowed.is_empty() { message } else { format!("{message} Бывает: {allowed}.") }
    }
    fn unfit_date(&self, option: &str, text: &str) -> String {
        format!("Для «{option}» нужна дата вида 2025-09-03, а стоит «{text}».")
    }
    fn given_twice(&self, argument: &str) -> String {
        format!("Параметр «{argument}» указан дважды или не сочетается с другим.")
    }
    fn not_text(&self) -> &'static str {
        "Один из параметров — не текст."
    }
    fn password_empty(&self) -> &'static str {
        "Файл пароля пуст. Ничего не изменилось. Запишите в него пароль."
    }
    fn password_file_no_text(&self, file: &str) -> String {
        format!("В файле пароля «{file}» — не текст. Ничего не изменилось. Сохраните пароль простым текстом (UTF-8).")
    }
    fn line_part_unknown(&self, part: &str) -> String {
        format!("В описании линии непонятно «{part}». Пишите так: НОМЕР,operator=…,zone=Europe/Moscow.")
    }
    fn output_failed(&self) -> &'static str {
        "Действие выполнено, но ответ не удалось вывести. Проверьте место на диске, если вывод идёт в файл."
    }

    fn thing(&self, what: &str) -> Option<&'static str> {
        let noun = match what {
            "call" => "звонок",
            "group" => "группа",
            "source" => "источник",
            "row" => "строка",
            "exhibit" => "доказательство",
            "file" => "файл",
            "recipe" => "формат",
            _ => return None,
        };
        Some(noun)
    }

    fn progress(&self, phase: &str, done: u64, total: Option<u64>) -> String {
        let phase = match phase {
            "read" => "Чтение",
            "digest" => "Подсчёт контрольной суммы",
            "store" => "Запись в дело",
            "derive" => "Сопоставление",
            "chance" => "Сравнение с обычными звонками",
            "write" => "Сборка пакета",
            "verify" => "Проверка",
            "paper" => "Файлы для печати",
            other => other,
        };
        match total {
            Some(total) => format!("{phase}: {} %", percent(done, total)),
            None => format!("{phase}: {}", apart(done, ' ')),
        }
    }

    fn created(&self, path: &str) -> String {
        format!("Дело создано: {path}")
    }
    fn password_changed(&self, change: &PasswordChange) -> &'static str {
        match change {
            PasswordChange::Set(_) => "Пароль задан. Забытый пароль восстановить нельзя.",
            PasswordChange::Change { .. } => "Пароль изменён. Забытый пароль восстановить нельзя.",
            PasswordChange::Remove(_) => "Пароль снят: дело теперь может прочитать каждый, у кого есть файл.",
        }
    }

    fn own_recipe(&self) -> &'static str {
        "свой формат"
    }
    fn broken_recipe(&self, broken: &BrokenRecipe) -> String {
        format!("Свой формат пропущен. {}", broken.ru)
    }
    fn confidence(&self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::Seen => "проверено на настоящем файле",
            Confidence::Described => "составлено по описаниям",
        }
    }
    fn recipe_title<'a>(&self, recipe: &'a RecipeInfo) -> &'a str {
        &recipe.title_ru
    }
    fn source_heading(&self, file: &str, recipe: &str, source: &SourceAnswer) -> String {
        let mut text = format!("{file}: {recipe}, {}", kind(source.kind));
        if let Some((first, last)) = &source.period {
            text += &format!(", {}–{}", date(first), date(last));
        }
        if let Some((first, last)) =
            source.stated_period.as_ref().filter(|stated| Some(*stated) != source.period.as_ref())
        {
            text += &format!(" (в файле указан период {}–{})", date(first), date(last));
        }
        match source.lines.as_slice() {
            [] => {}
            [line] => text += &format!(", линия {line}"),
            lines => text += &format!(", линии {}", lines.join(", ")),
        }
        text
    }
    fn source_sums(&self, source: &SourceAnswer) -> String {
        let mut parts = vec![calls(source.records)];
        parts.extend(most_frequent_first(&source.other).into_iter().map(|(kind, n)| other(kind, n)));
        if source.repeats_in_file > 0 {
            parts.push(count(source.repeats_in_file, "повтор", "повтора", "повторов"));
        }
        if source.other_lines > 0 {
            parts.push(format!("{} других линий", rows(source.other_lines)));
        }
        let problems = u32::try_from(source.problems.len()).unwrap_or(u32::MAX);
        let end = if problems == 0 {
            "Непонятых строк нет.".to_owned()
        } else {
            format!("{}.", count(problems, "непонятая строка", "непонятые строки", "непонятых строк"))
        };
        format!("{}: {}. {end}", rows(source.rows), parts.join(", "))
    }
    fn source_joined(&self, source: &SourceAnswer) -> String {
        let mut parts = vec![count(source.new_calls, "новый", "новых", "новых")];
        if source.corroborating > 0 {
            let known = if source.corroborating == 1 { "известен" } else { "известны" };
            parts.push(format!("{} уже {known} из источника другого рода", apart(source.corroborating, ' ')));
        }
        if source.duplicates > 0 {
            let verb = if source.duplicates == 1 { "повторяет" } else { "повторяют" };
            parts.push(format!("{} {verb} такой же источник", apart(source.duplicates, ' ')));
        }
        format!("Из звонков: {}.", parts.join(", "))
    }
    fn note<'a>(&self, note: &'a ReadingNote) -> &'a str {
        &note.text
    }
    fn skipped(&self, number: u32) -> String {
        format!("Не считая: {} (шапка, пустые строки, итоги).", rows(number))
    }
    fn zone_assumed(&self) -> &'static str {
        "Часовой пояс в файле не указан: принято московское время. Если это не так, отмените и укажите --zone."
    }
    fn read_from_pdf(&self) -> &'static str {
        "Это PDF: таблица собрана заново по местам слов на страницах. Сверьте число строк и несколько звонков с документом, а если оператор выдаёт XLSX или CSV, возьмите его: он точнее."
    }
    fn journal(&self, file: &str, journal: JournalBeside) -> String {
        match journal {
            JournalBeside::Absent => format!(
                "Самые последние звонки телефон мог записать в соседний файл «{file}-wal»: его рядом не было. Если он есть, \
                 добавьте оба файла одним архивом ZIP."
            ),
            JournalBeside::Unread => format!(
                "Рядом лежит файл «{file}-wal», в нём могут быть самые последние звонки: он не прочитан. Чтобы они вошли в \
                 дело, добавьте оба файла одним архивом ZIP."
            ),
        }
    }
    fn mended(&self, number: u32) -> String {
        let mended = count(number, "строка исправлена", "строки исправлены", "строк исправлено");
        format!("{mended}: в файле повреждено, но прочесть можно только так.")
    }
    fn mend(&self, mend: &Mend, found: &str) -> String {
        let place = match mend.sheet {
            0 | 1 => format!("Строка {}", mend.row),
            sheet => format!("Лист {sheet}, строка {}", mend.row),
        };
        let how = match mend.kind {
            MendKind::Stamp => "убрана отметка переписки".to_owned(),
            MendKind::Footer => "убраны номер страницы или итог".to_owned(),
            MendKind::Broken => format!("собрана из нескольких строк файла, их {}", mend.lines),
            MendKind::Glued => format!("слипшиеся строки разделены, их {}", mend.rows),
        };
        format!("{place}: {how}; в файле «{found}».")
    }
    fn row_problem(&self, problem: &RowProblem, column: &str, found: &str) -> String {
        let place = match problem.sheet {
            0 | 1 => format!("Строка {}", problem.row),
            sheet => format!("Лист {sheet}, строка {}", problem.row),
        };
        let expected = &problem.expected;
        let what = if column.is_empty() {
            format!("стоит «{found}», ожидалось «{expected}»")
        } else {
            format!("в столбце «{column}» стоит «{found}», ожидалось «{expected}»")
        };
        format!("{place}: {what}. Строка сохранена и показана, звонком не считается.")
    }
    fn already_imported(&self, file: &str, source: Option<SourceId>) -> String {
        let source = source.map(|id| format!(" (источник {id})")).unwrap_or_default();
        format!("{file}: этот файл уже есть в деле{source}. Ничего не добавлено.")
    }
    fn held_as_extract(&self, file: &str, source: Option<SourceId>, line: &str) -> String {
        let source = source.map(|id| format!(", источник {id}")).unwrap_or_default();
        format!(
            "{file}: в деле уже есть выписка из этого файла (строки линии {line}{source}). Ничего не добавлено. Чтобы \
             добавить файл целиком: --whole."
        )
    }
    fn kept_as_extract(&self, line: &str, sha256: &str) -> String {
        format!("Хранится выписка: строки линии {line}. Файл целиком не хранится, его SHA-256 {sha256}.")
    }
    fn only_preview(&self) -> &'static str {
        "Это просмотр: в деле ничего не изменилось."
    }

    fn attached(&self, attached: &AttachedExhibit, file: &str) -> String {
        let named = |confirmed: bool| -> Option<String> {
            let calls: Vec<String> =
                attached.matches.iter().filter(|m| m.confirmed == confirmed).map(|m| m.call.to_string()).collect();
            match calls.as_slice() {
                [] => None,
                [call] => Some(format!("к звонку {call}")),
                calls => Some(format!("к звонкам {}", calls.join(", "))),
            }
        };
        let linked = named(true).map_or(String::new(), |calls| format!(", {calls}"));
        let captured = attached.capture.captured_at.as_deref().map_or(String::new(), |at| {
            let by = match attached.capture.captured_basis {
                CapturedBasis::FileName => "по имени файла",
                CapturedBasis::Metadata => "по данным файла",
                CapturedBasis::Stated => "со слов заявителя",
                CapturedBasis::Unknown => "неизвестно откуда",
            };
            let at = at.get(..16).unwrap_or(at).replace('T', " ");
            format!(" Сделано {at} ({by}).")
        });
        let proposed = named(false).map_or(String::new(), |calls| format!(" Возможно, {calls}: не подтверждено."));
        let saved = if attached.capture.saved_by.is_some() && attached.capture.captured_at.is_none() {
            " Файл сжат мессенджером, время съёмки неизвестно — передайте с телефона как файл."
        } else {
            ""
        };
        let held = if attached.already_attached { " Этот файл уже был в деле." } else { "" };
        format!("{} {} {file}{linked}.{captured}{proposed}{saved}{held}", attached.no, exhibit(attached.kind))
    }

    fn number_hidden(&self) -> &'static str {
        "номер скрыт"
    }
    fn call_line(&self, call: &CallView, number: &str, labels: &str, group: Option<&str>) -> String {
        let direction = match call.direction {
            Direction::Incoming => "входящий",
            Direction::Outgoing => "исходящий",
            Direction::Unknown => "направление неизвестно",
        };
        let disposition = match call.disposition {
            Disposition::Answered => ", принят",
            Disposition::Missed => ", пропущен",
            Disposition::Rejected => ", отклонён",
            Disposition::Blocked => ", заблокирован",
            Disposition::Voicemail => ", голосовая почта",
            Disposition::Unknown => "",
        };
        let precision = match call.precision {
            Precision::Second => "",
            Precision::Minute => " (до минуты)",
            Precision::Hour => " (до часа)",
            Precision::Day => " (до дня)",
        };
        let length = call.duration_s.map(|s| format!("  {}", length(s))).unwrap_or_default();
        let labels = if labels.is_empty() { String::new() } else { format!("  «{labels}»") };
        let group = group.map(|name| format!("  [{name}]")).unwrap_or_default();
        format!(
            "{:>6}  {}{precision}  {direction}{disposition}  {number}{length}{labels}{group}{}",
            call.id.0,
            moment(&call.started_at),
            register::holder_russian(call)
        )
    }
    fn listed(&self, shown: usize, total: u32, next: Option<CallId>) -> String {
        if total == 0 {
            return "Таких звонков нет.".to_owned();
        }
        let shown = apart(u64::try_from(shown).unwrap_or(u64::MAX), ' ');
        let from_total = format!("Показано {shown} из {}.", apart(total, ' '));
        next.map_or_else(|| from_total.clone(), |id| format!("{from_total} Дальше: --after {id}"))
    }

    fn verdicts(&self, tally: &Tally) -> Vec<String> {
        witness::russian(tally)
    }
    fn clocks(&self) -> &'static str {
        "Часы источников рядом друг с другом:"
    }
    fn pair(&self, pair: &PairView) -> String {
        witness::pair_russian(pair)
    }
    fn clock_stretch(&self, stretch: &ClockStretch) -> String {
        witness::stretch_russian(stretch)
    }
    fn zone_offer(&self, offer: &ZoneOffer) -> String {
        format!(
            "Похоже на другой часовой пояс. Если источник {} записан по поясу {}, а не {}: ulika-cli zone CASE {} {}",
            offer.source, offer.zone, offer.zone_now, offer.source, offer.zone
        )
    }
    fn coverage(&self, coverage: &CoverageView, file: &str) -> String {
        witness::coverage_russian(coverage, file)
    }
    fn coverage_marks(&self) -> &'static str {
        "█ — в этот день есть записи о звонках, · — ни одной."
    }

    fn no_groups(&self) -> &'static str {
        "Групп нет."
    }
    fn group_heading(&self, group: &GroupView, name: &str) -> String {
        format!(
            "{}  {name}: {}, с {} по {}",
            group.id,
            calls(group.calls),
            date(group.first.split('T').next().unwrap_or_default()),
            date(group.last.split('T').next().unwrap_or_default())
        )
    }
    fn numbers(&self) -> &'static str {
        "номера"
    }
    fn labels(&self) -> &'static str {
        "подписи"
    }

    fn done(&self, kind: CustodyKind) -> String {
        match kind {
            CustodyKind::GroupsMerged => "Группы объединены.",
            CustodyKind::GroupSplit => "Звонки отделены от группы.",
            CustodyKind::GroupNamed => "Группа названа.",
            CustodyKind::CaseEdited => "Название и номера записаны.",
            CustodyKind::CallsTakenOut => "Звонки убраны из группы и в неё не вернутся.",
            CustodyKind::GroupsParted => "Группы снова разделены.",
            CustodyKind::CallsPutBack => "Звонки возвращены.",
            CustodyKind::GroupAttributed => "Записано, кому принадлежит группа и почему: это ваше утверждение.",
            CustodyKind::GroupMarked => "Метка записана.",
            CustodyKind::GroupKnown => "Отмечено.",
            CustodyKind::ZoneSet => "Время этого источника читается по-новому; звонки сопоставлены заново.",
            _ => "Сделано.",
        }
        .to_owned()
    }
    fn undone(&self, kind: &str) -> String {
        event_noun(kind).map_or_else(|| "Отменено.".to_owned(), |noun| format!("Отменено: {noun}."))
    }
    fn redone(&self, kind: &str) -> String {
        event_noun(kind).map_or_else(|| "Повторено.".to_owned(), |noun| format!("Повторено: {noun}."))
    }
    fn custody_log(&self) -> &'static str {
        "Журнал обращения с доказательствами"
    }
    fn release_log(&self) -> &'static str {
        "Журнал выдачи пакетов"
    }
    fn event(&self, kind: &str) -> String {
        event_noun(kind).unwrap_or(kind).to_owned()
    }

    fn original_leaves(&self, source: &SourcePreview, file: &str) -> String {
        let others = match source.numbers_of_others {
            0 => "все номера звонков в нём стоят в группах".to_owned(),
            n => format!("в нём вне групп {} посторонних", count(n, "номер", "номера", "номеров")),
        };
        let others = match source.rows_uncounted {
            0 => others,
            n => format!("{others}, не считая тех, что в строках не о звонках ({})", apart(n, ' ')),
        };
        if source.extract {
            return format!("Уйдёт выписка, которая хранится вместо файла: {file} ({}), {others}.", rows(source.rows));
        }
        format!(
            "Уйдёт целиком: {file} ({}), {others}. Вместо него можно отдать выписку: --extracts.",
            rows(source.rows)
        )
    }
    fn originals_leave(&self, numbers_of_others: u32) -> String {
        format!(
            "Всего в файлах, которые уйдут целиком: {} посторонних.",
            count(numbers_of_others, "номер", "номера", "номеров")
        )
    }
    fn exported(&self, answer: &ExportAnswer, bundle: &str) -> String {
        let files = match answer.files {
            n if n % 10 == 1 && n % 100 != 11 => format!("{} файл на месте и не изменился", apart(n, ' ')),
            n => format!("все {} на месте и не изменились", count(n, "файл", "файла", "файлов")),
        };
        format!("{bundle}\nПакет собран и проверен: {files}. Код пакета {} — впишите его в жалобу.", answer.code)
    }
    fn exported_plain(&self, answer: &PlainAnswer, folder: &str) -> String {
        let names: Vec<&str> = answer.files.iter().map(|file| file.name.as_str()).collect();
        format!("{folder}\nФайлы сохранены: {}. Код пакета на отчёте: {}.", names.join(", "), answer.code)
    }
    fn verified(&self, answer: &VerifyAnswer) -> String {
        let bundle = answer.target == "bundle";
        let code = answer.code.as_deref().map(|c| format!(" Код пакета {c}.")).unwrap_or_default();
        let found = u32::try_from(answer.differences.len()).unwrap_or(u32::MAX);
        match (bundle, answer.differences.is_empty()) {
            (true, true) => {
                format!("Пакет полный и верный: все файлы на месте и не изменились.{code} {LIMIT_OF_VERIFYING}")
            }
            (false, true) => "Дело верное: всё на месте и не изменилось.".to_owned(),
            (true, false) => {
                format!("Пакет не прошёл проверку: {}.{code}", count(found, "отличие", "отличия", "отличий"))
            }
            (false, false) => {
                format!("Дело не прошло проверку: {}.", count(found, "отличие", "отличия", "отличий"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{calls, date, other};

    #[test]
    fn nouns_agree_with_their_counts() {
        let said: Vec<String> = [1, 2, 5, 11, 12, 21, 22, 25, 101, 111, 1257].map(calls).into_iter().collect();
        let expected = [
            "1 звонок",
            "2 звонка",
            "5 звонков",
            "11 звонков",
            "12 звонков",
            "21 звонок",
            "22 звонка",
            "25 звонков",
            "101 звонок",
            "111 звонков",
            "1 257 звонков",
        ];
        assert_eq!(said, expected);
        assert_eq!(other("data", 8), "8 интернет");
        assert_eq!(date("2015-09-06"), "06.09.2015");
    }
}
