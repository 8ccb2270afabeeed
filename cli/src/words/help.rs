//! Russian help. The English help is the doc comments of the arguments themselves.

use super::Language;
use clap::Command;

/// The command line in Russian, by path: a command, or a command and one of its arguments.
const RUSSIAN: &[(&str, &str)] = &[
    ("", "Дневник звонков: импорт детализаций и журналов, группы звонков, пакет доказательств и его проверка."),
    ("new", "Создать файл дела"),
    ("new case", "Путь нового файла дела"),
    ("new title", "Название дела"),
    ("new lines", "Один из ваших номеров, с оператором и часовым поясом"),
    ("describe", "Записать название дела и свои номера"),
    ("describe case", "Файл дела"),
    ("describe title", "Название; пустое убирает его"),
    ("describe lines", "Один из ваших номеров; названные становятся всеми номерами дела"),
    ("describe no_lines", "Убрать все номера"),
    ("import", "Импортировать детализации и журналы вызовов"),
    ("import case", "Файл дела"),
    ("import files", "Файлы для импорта"),
    ("import recipe", "Описание формата: имя из списка recipes или файл с описанием"),
    ("import kind", "Род свидетельства, если формат его не определяет: phone, operator, pbx, hand или other"),
    ("import lines", "Линия, звонки которой взять; несколько — повторите --line"),
    ("import zone", "Часовой пояс файлов: Europe/Moscow, +03:00"),
    ("import days", "Порядок дат вида 3/9/2025, если по файлу его не видно: day_first (день первый) или month_first"),
    ("import extract", "Хранить только строки линии --line, а от файла целиком — его контрольную сумму"),
    ("import whole", "Хранить файл целиком, хотя в деле есть выписка из него"),
    ("import dry_run", "Только показать, что будет импортировано, и ничего не записывать"),
    ("recipes", "Показать известные форматы файлов"),
    ("excerpt", "Показать отрывок файла без личных данных, чтобы по нему описали формат"),
    ("excerpt file", "Файл"),
    ("attach", "Добавить снимки, записи и документы как доказательства"),
    ("attach case", "Файл дела"),
    ("attach files", "Файлы"),
    ("attach calls", "Звонок, к которому они относятся"),
    ("attach kind", "Что это, если по содержимому не понять: screenshot, recording или document"),
    ("attach label", "Подпись вызова, которую на них видно"),
    ("register", "Загрузить реестр нумерации: каким операторам выделены диапазоны номеров"),
    ("register paths", "Файл дела (если не указано --user), затем файлы реестра: DEF-9xx.csv, ABC-3xx.csv"),
    ("register user", "Загрузить для всех дел на этом компьютере"),
    ("register dated", "На какой день реестр: 2026-08-19 (если не указано — по имени файла или по дате его изменения)"),
    ("register older", "Взять и файлы старше загруженных"),
    ("calls", "Показать звонки"),
    ("calls case", "Файл дела"),
    ("calls from", "Первая дата: 2025-09-01"),
    ("calls to", "Последняя дата, включительно"),
    ("calls number", "Номер в любом написании"),
    ("calls group", "Группа"),
    ("calls text", "Часть номера или подписи"),
    ("calls limit", "Сколько показать; 0 — все"),
    ("calls after", "Показать следующие за этим звонком"),
    ("witness", "Показать, какой источник о каком звонке говорит, как идут их часы и какие дни они покрывают"),
    ("witness case", "Файл дела"),
    ("withdraw", "Исключить источники из дела: их байты остаются, их звонки больше не считаются"),
    ("withdraw case", "Файл дела"),
    ("withdraw sources", "Источники"),
    ("zone", "Указать часовой пояс источника или убрать указанный"),
    ("zone case", "Файл дела"),
    ("zone source", "Источник"),
    ("zone zone", "Часовой пояс: Asia/Yekaterinburg, +05:00"),
    ("zone off", "Убрать указанный пояс: снова читать время так, как при импорте"),
    ("groups", "Показать группы звонков с основаниями"),
    ("groups case", "Файл дела"),
    (
        "groups chance",
        "Сказать о каждом основании, насколько часто такое встречается среди обычных звонков, и в большом деле",
    ),
    ("group", "Объединить, разделить или назвать группы"),
    ("group case", "Файл дела"),
    ("group merge", "Сделать из нескольких групп одну; название остаётся от самой ранней"),
    ("group merge ids", "Группы"),
    ("group split", "Отделить звонки от группы: они встанут вместе отдельно"),
    ("group split id", "Группа"),
    ("group split calls", "Звонки"),
    ("group split numbers", "Вместе со всеми звонками с этих номеров, в том числе будущими"),
    ("group part", "Снова разделить то, что было объединено"),
    ("group part id", "Правка, как её называет groups --json"),
    ("group not", "«Это не они»: звонки уходят из группы, и ничто не вернёт их само"),
    ("group not id", "Группа"),
    ("group not calls", "Звонки"),
    ("group not numbers", "И все звонки с их номеров, будущие тоже"),
    ("group back", "Вернуть в группу то, что из неё убрано"),
    ("group back id", "Правка, как её называет groups --json"),
    ("group known", "Отметить группу: свои"),
    ("group known id", "Группа"),
    ("group known off", "Снять отметку"),
    ("group attribute", "Указать, кому принадлежит группа и почему вы так считаете; без названия — отменить"),
    ("group attribute id", "Группа"),
    ("group attribute name", "Организация или человек"),
    ("group attribute inn", "ИНН"),
    (
        "group attribute role",
        "Кто это для звонков: unknown, label_owner (имя в подписи), call_centre, advertiser, creditor, site_owner, operator",
    ),
    (
        "group attribute bases",
        "Почему: self_named (назвались), answer (ответ на письмо), operator_answer (ответ оператора), published (номер на \
         сайте или в документах), message (сообщение), contract (договор), decision (решение), label (подпись), other; \
         можно несколько раз",
    ),
    ("group attribute note", "Своими словами"),
    ("group mark", "Выбрать метку группы (от 0 до 23); без неё метку выберет программа"),
    ("group mark id", "Группа"),
    ("group mark mark", "Метка"),
    ("group name", "Назвать группу"),
    ("group name id", "Группа"),
    ("group name name", "Название"),
    ("export", "Сохранить пакет доказательств"),
    ("export case", "Файл дела"),
    ("export out", "Куда сохранить пакет"),
    ("export plain", "Папка, в которой сохранить то же обычными файлами: отчёт, снимки в PDF, копии записей"),
    ("export groups", "Только звонки этой группы"),
    ("export addressee", "Кому предназначен пакет (появится позже)"),
    ("export redact", "Скрыть данные посторонних (появится позже)"),
    ("export extracts", "Вместо оригиналов целиком — выписки строк"),
    ("export volume_mb", "Размер тома в мегабайтах (появится позже)"),
    ("verify", "Проверить дело или пакет"),
    ("verify target", "Файл дела или пакет"),
    ("log", "Показать журнал обращения с доказательствами и журнал выдачи"),
    ("log case", "Файл дела"),
    ("undo", "Отменить последнее действие"),
    ("undo case", "Файл дела"),
    ("redo", "Повторить последнее отменённое действие"),
    ("redo case", "Файл дела"),
    ("password", "Задать, изменить или снять пароль дела"),
    ("password case", "Файл дела"),
    ("password set", "Задать пароль из файла --password-file"),
    ("password change", "Заменить пароль из --password-file паролем из --new-password-file"),
    ("password change new_password_file", "Файл с новым паролем"),
    ("password remove", "Снять пароль"),
    ("* json", "Вывести ровно один документ JSON"),
    ("* lang", "Язык: ru или en (если не указан — по настройкам системы)"),
    ("* password_file", "Файл, в котором записан пароль дела"),
    ("* progress", "Вид сообщений о ходе работы"),
    ("* help", "Показать эту подсказку"),
    ("* version", "Показать версию"),
];

/// The heading words of clap's help in Russian.
const TEMPLATE: &str = "{about-with-newline}\nКак писать: {usage}\n\n{all-args}";

fn russian(path: &str, argument: Option<&str>) -> Option<&'static str> {
    let find = |key: &str| RUSSIAN.iter().find(|(given, _)| *given == key).map(|(_, text)| *text);
    match argument {
        None => find(path),
        Some(argument) => find(format!("{path} {argument}").trim_start()).or_else(|| find(&format!("* {argument}"))),
    }
}

/// The command line with its help in `language`.
pub fn translate(command: Command, language: Language) -> Command {
    match language {
        Language::English => command,
        Language::Russian => in_russian(command, ""),
    }
}

fn in_russian(mut command: Command, path: &str) -> Command {
    // The flags that clap would add by itself are added here, so that they have Russian words.
    let version = command.get_version().is_some();
    command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help));
    if version {
        command = command.arg(clap::Arg::new("version").short('V').long("version").action(clap::ArgAction::Version));
    }
    if let Some(about) = russian(path, None) {
        command = command.about(about);
    }
    command = command.help_template(TEMPLATE).subcommand_help_heading("Команды");
    command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { "Что указать" } else { "Параметры" };
        let text = russian(path, Some(argument.get_id().as_str()));
        let argument = argument.help_heading(heading);
        match text {
            Some(text) => argument.help(text),
            None => argument,
        }
    });
    command.mut_subcommands(|sub| {
        let path = format!("{path} {}", sub.get_name());
        in_russian(sub, path.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::russian;
    use crate::args::Arguments;
    use clap::{Command, CommandFactory};

    fn untranslated(command: &Command, path: &str, missing: &mut Vec<String>) {
        if russian(path, None).is_none() {
            missing.push(path.to_owned());
        }
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            if russian(path, Some(id)).is_none() {
                missing.push(format!("{path} {id}"));
            }
        }
        for sub in command.get_subcommands() {
            untranslated(sub, format!("{path} {}", sub.get_name()).trim_start(), missing);
        }
    }

    #[test]
    fn every_command_and_argument_has_russian_help() {
        let mut missing = Vec::new();
        untranslated(&Arguments::command(), "", &mut missing);
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn the_grammar_is_sound_in_both_languages() {
        Arguments::command().debug_assert();
        super::translate(Arguments::command(), crate::words::Language::Russian).debug_assert();
    }
}
