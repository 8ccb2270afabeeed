//! Words of the numbering register, in both languages.

use super::{apart, en, ru};
use ulika::actions::{CallView, RegisterAnswer, RegisterState, Registers};
use ulika::model::{DatedBasis, Pool, RegisterOrigin, RegisterProblem, RegisterProblemKind};

/// The files of the register as they are published.
const PUBLISHED: &str = "opendata.digital.gov.ru/downloads";

fn dated_russian(origin: &RegisterOrigin) -> String {
    let basis = match origin.dated_basis {
        DatedBasis::Stated => "дата указана вами",
        DatedBasis::FileName => "дата по имени файла",
        DatedBasis::FileTime => "дата, когда изменён файл; указать свою: --dated",
    };
    format!("{} ({basis})", origin.dated)
}

/// A register and what became of it, in Russian.
pub fn russian(register: &RegisterAnswer, file: &str) -> String {
    let held = ru::count(register.ranges, "диапазон", "диапазона", "диапазонов");
    let head = format!(
        "{file}: реестр нумерации {} от {}, {held}.",
        register.series.join(", "),
        dated_russian(&register.origin)
    );
    let others: Vec<String> = register.instead_of.iter().map(|other| other.dated.to_string()).collect();
    let became = match register.state {
        RegisterState::Taken if others.is_empty() => "Загружен.".to_owned(),
        RegisterState::Taken => format!("Загружен вместо реестра от {}.", others.join(", ")),
        RegisterState::Held => "Этот реестр уже загружен.".to_owned(),
        RegisterState::Older => {
            format!("Не взят: загружен более новый, от {}. Взять всё равно: --older", others.join(", "))
        }
    };
    let problems = match register.problems.len() {
        0 => String::new(),
        n => format!(" Строк, которым нельзя верить: {}.", apart(n as u64, ' ')),
    };
    format!("{head} {became}{problems}")
}

fn dated_english(origin: &RegisterOrigin) -> String {
    let basis = match origin.dated_basis {
        DatedBasis::Stated => "the date is yours",
        DatedBasis::FileName => "by the name of the file",
        DatedBasis::FileTime => "when the file was changed; --dated states another",
    };
    format!("{} ({basis})", origin.dated)
}

/// The same in English.
pub fn english(register: &RegisterAnswer, file: &str) -> String {
    let held = en::count(register.ranges, "range", "ranges");
    let head = format!(
        "{file}: numbering register {} of {}, {held}.",
        register.series.join(", "),
        dated_english(&register.origin)
    );
    let others: Vec<String> = register.instead_of.iter().map(|other| other.dated.to_string()).collect();
    let became = match register.state {
        RegisterState::Taken if others.is_empty() => "Loaded.".to_owned(),
        RegisterState::Taken => format!("Loaded in place of the one of {}.", others.join(", ")),
        RegisterState::Held => "This register is loaded already.".to_owned(),
        RegisterState::Older => {
            format!("Not taken: a newer one is loaded, of {}. --older takes it.", others.join(", "))
        }
    };
    let problems = match register.problems.len() {
        0 => String::new(),
        n => format!(" Rows that cannot be relied on: {}.", apart(n as u64, ',')),
    };
    format!("{head} {became}{problems}")
}

/// A row that does not hold, in Russian.
pub fn problem_russian(problem: &RegisterProblem, found: &str) -> String {
    let what = match problem.kind {
        RegisterProblemKind::Malformed => "не читается",
        RegisterProblemKind::Capacity => "ёмкость не та, что у диапазона",
        RegisterProblemKind::Overlap => "пересекается с другой строкой",
    };
    format!("  строка {}: {what}: {found}", problem.line)
}

/// The same in English.
pub fn problem_english(problem: &RegisterProblem, found: &str) -> String {
    let what = match problem.kind {
        RegisterProblemKind::Malformed => "cannot be read",
        RegisterProblemKind::Capacity => "its capacity is not that of its range",
        RegisterProblemKind::Overlap => "meets another row",
    };
    format!("  line {}: {what}: {found}", problem.line)
}

/// What is missing, in Russian.
pub fn missing_russian(registers: &Registers) -> String {
    format!(
        "Реестр нумерации не загружен: {}. Кому выделены эти номера, не сказано. Файлы: {PUBLISHED}; загрузить: ulika-cli register --user ФАЙЛ",
        registers.missing.join(", ")
    )
}

/// The same in English.
pub fn missing_english(registers: &Registers) -> String {
    format!(
        "No numbering register is loaded for {}: to whom these numbers were allotted is not said. Files: {PUBLISHED}; to load: ulika-cli register --user FILE",
        registers.missing.join(", ")
    )
}

/// A pool of numbers, in Russian.
pub fn pool_russian(pool: &Pool) -> String {
    let numbers = ru::count(pool.numbers, "номер", "номера", "номеров");
    let tail = pool.range_holder.as_deref().map(|holder| {
        let region = pool.region.as_deref().map(|region| format!(", {region}")).unwrap_or_default();
        let dated = pool.range_dated.as_deref().unwrap_or_default();
        format!(", диапазон выделен оператору {holder}{region}; номера могли быть перенесены (реестр от {dated})")
    });
    format!("пул {}–{}: {numbers}{}", pool.from, pool.to, tail.unwrap_or_default())
}

/// The same in English.
pub fn pool_english(pool: &Pool) -> String {
    let numbers = en::count(pool.numbers, "number", "numbers");
    let tail = pool.range_holder.as_deref().map(|holder| {
        let region = pool.region.as_deref().map(|region| format!(", {region}")).unwrap_or_default();
        let dated = pool.range_dated.as_deref().unwrap_or_default();
        format!(", range allotted to {holder}{region}; numbers may have been ported (register of {dated})")
    });
    format!("pool {}–{}: {numbers}{}", pool.from, pool.to, tail.unwrap_or_default())
}

/// To whom the range of a call's number was allotted, in Russian.
pub fn holder_russian(call: &CallView) -> String {
    let told = |holder: &String| {
        let dated = call.range_dated.as_deref().unwrap_or_default();
        format!("  (диапазон выделен оператору {holder}, номер мог быть перенесён; реестр от {dated})")
    };
    call.range_holder.as_ref().map(told).unwrap_or_default()
}

/// The same in English.
pub fn holder_english(call: &CallView) -> String {
    let told = |holder: &String| {
        let dated = call.range_dated.as_deref().unwrap_or_default();
        format!("  (range allotted to {holder}, the number may have been ported; register of {dated})")
    };
    call.range_holder.as_ref().map(told).unwrap_or_default()
}
