//! How facts are written for people, in Russian: numbers, times, lengths, words.

use crate::model::{
    CapturedBasis, DatedBasis, Direction, Disposition, ExhibitKind, Moment, NumberKind, Precision, SourceKind, Verdict,
    Zone, ZoneBasis, day_written, number_written,
};
pub(super) use crate::model::{counted, grouped};
use chrono::{NaiveDateTime, Timelike};

const NBSP: char = '\u{a0}';

/// `+7 495 123-45-67`, never broken across lines; hidden numbers in words; everything else as written.
pub(super) fn number(kind: NumberKind, e164: Option<&str>, raw: &str) -> String {
    if kind == NumberKind::Hidden {
        return "номер скрыт".to_owned();
    }
    let Some(e164) = e164 else {
        return if raw.is_empty() { "номер неизвестен".to_owned() } else { raw.to_owned() };
    };
    number_written(e164)
}

/// `3 сен 2025, 10:15:00`; «около 10:15» where the source writes minutes; the day alone where it writes days.
pub(super) fn moment(moment: &Moment) -> String {
    let Some(local) = moment.local() else { return String::new() };
    let day = day(&local);
    match moment.clock.precision {
        Precision::Second => {
            format!("{day}, {:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
        }
        Precision::Minute => format!("{day}, около{NBSP}{:02}:{:02}", local.hour(), local.minute()),
        Precision::Hour => format!("{day}, около{NBSP}{}{NBSP}ч.", local.hour()),
        Precision::Day => day,
    }
}

/// `3 сен 2025`.
pub(super) fn day(local: &NaiveDateTime) -> String {
    day_written(local.date(), false)
}

/// An instant in a zone: `23 ноя 2026, 17:45`.
pub(super) fn instant(instant: i64, zone: &Zone) -> String {
    let shifted = instant + i64::from(zone.offset_s(instant));
    chrono::DateTime::from_timestamp(shifted, 0).map_or_else(String::new, |t| {
        let local = t.naive_utc();
        format!("{}, {:02}:{:02}", day(&local), local.hour(), local.minute())
    })
}

/// An instant as written in RFC 3339, for people: `23 ноя 2026, 17:45`; what cannot be read is shown as it is.
pub(super) fn written(rfc3339: &str, zone: &Zone) -> String {
    chrono::DateTime::parse_from_rfc3339(rfc3339).map_or_else(|_| rfc3339.to_owned(), |t| instant(t.timestamp(), zone))
}

/// A zone in words where it has some.
pub(super) fn zone(zone: &Zone) -> String {
    match zone.name().as_str() {
        "Europe/Moscow" => "московское".to_owned(),
        "UTC" => "всемирное (UTC)".to_owned(),
        name if name.starts_with(['+', '-']) => format!("UTC{name}"),
        name => name.to_owned(),
    }
}

/// How a zone is known.
pub(super) fn zone_basis(basis: ZoneBasis) -> &'static str {
    match basis {
        ZoneBasis::Stated => "зона указана в файле",
        ZoneBasis::Recipe => "зона определена видом файла",
        ZoneBasis::Given => "зона названа при загрузке",
        ZoneBasis::Line => "по зоне линии",
        ZoneBasis::Assumed => "зона не указана, принята московская",
    }
}

/// How the day of a register is known.
pub(super) fn dated_basis(basis: DatedBasis) -> &'static str {
    match basis {
        DatedBasis::Stated => "дата со слов заявителя",
        DatedBasis::FileName => "дата по имени файла",
        DatedBasis::FileTime => "дата, когда изменён файл",
    }
}

/// How the time of capture is known.
pub(super) fn captured_basis(basis: CapturedBasis) -> &'static str {
    match basis {
        CapturedBasis::FileName => "по имени файла",
        CapturedBasis::Metadata => "по данным в самом файле",
        CapturedBasis::Stated => "со слов заявителя",
        CapturedBasis::Unknown => "основание неизвестно",
    }
}

/// `0:31`, `1:02:07`; «не отвечен» where nobody answered; «—» where nothing is stated.
pub(super) fn length(seconds: Option<u32>, disposition: Disposition) -> String {
    match (disposition, seconds) {
        (Disposition::Missed, None | Some(0)) => "не отвечен".to_owned(),
        (Disposition::Rejected, None | Some(0)) => "отклонён".to_owned(),
        (Disposition::Blocked, None | Some(0)) => "заблокирован".to_owned(),
        (Disposition::Voicemail, None | Some(0)) => "автоответчик".to_owned(),
        (_, None) => "—".to_owned(),
        (_, Some(s)) if s < 3600 => format!("{}:{:02}", s / 60, s % 60),
        (_, Some(s)) => format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
    }
}

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "входящий",
        Direction::Outgoing => "исходящий",
        Direction::Unknown => "не указано",
    }
}

pub(super) fn disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Answered => "отвечен",
        Disposition::Missed => "не отвечен",
        Disposition::Rejected => "отклонён",
        Disposition::Blocked => "заблокирован",
        Disposition::Voicemail => "автоответчик",
        Disposition::Unknown => "не указан",
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Both => "независимые",
        Verdict::PhoneOnly => "телефон",
        Verdict::OperatorOnly => "оператор",
        Verdict::OtherOnly => "другое",
        Verdict::Conflict => "расходятся",
    }
}

pub(super) fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Phone => "журнал вызовов телефона",
        SourceKind::Operator => "детализация оператора",
        SourceKind::Pbx => "учрежденческая АТС",
        SourceKind::Hand => "запись от руки",
        SourceKind::Other => "другой источник",
    }
}

pub(super) fn exhibit_kind(kind: ExhibitKind) -> &'static str {
    match kind {
        ExhibitKind::Screenshot => "снимок экрана",
        ExhibitKind::Recording => "запись разговора",
        ExhibitKind::Document => "документ",
    }
}

/// Words beside the times of an exhibit, in the gender of [`exhibit_kind`]: made, made at an unknown time, added.
pub(super) fn of_exhibit(kind: ExhibitKind) -> [&'static str; 3] {
    match kind {
        ExhibitKind::Screenshot => ["сделан", "время снимка неизвестно", "добавлен"],
        ExhibitKind::Recording => ["сделана", "время записи неизвестно", "добавлена"],
        ExhibitKind::Document => ["создан", "время создания неизвестно", "добавлен"],
    }
}

/// Bytes for people, thousands, to the nearest tenth as in the window: `512 байт`, `12 КБ`, `3,5 МБ`.
pub(super) fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1000 => return format!("{bytes}{NBSP}байт"),
        1000..1_000_000 => (1000, "КБ"),
        1_000_000..1_000_000_000 => (1_000_000, "МБ"),
        _ => (1_000_000_000, "ГБ"),
    };
    let tenths = (bytes.saturating_mul(10) + unit / 2) / unit;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole}{NBSP}{name}"),
        (whole, tenths) => format!("{whole},{tenths}{NBSP}{name}"),
    }
}

/// A sentence with its Russian numbers as they are written everywhere: `+79353104000` becomes `+7 935 310-40-00`. What
/// stands in «quotes» is a name or a label as it was found, and stays.
pub(super) fn with_numbers(sentence: &str) -> String {
    let mut text = String::with_capacity(sentence.len() + 16);
    let (mut rest, mut quotes) = (sentence, 0_u32);
    while let Some(letter) = rest.chars().next() {
        quotes = match letter {
            '«' => quotes + 1,
            '»' => quotes.saturating_sub(1),
            _ => quotes,
        };
        let end = match rest.strip_prefix("+7") {
            Some(after) if quotes == 0 => 2 + after.bytes().take_while(u8::is_ascii_digit).count(),
            _ => letter.len_utf8(),
        };
        if end > 2 && letter == '+' {
            text.push_str(&number(NumberKind::E164, Some(&rest[..end]), &rest[..end]));
        } else {
            text.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_written_as_people_write_them() {
        let plain = |text: String| text.replace(NBSP, " ").replace('\u{2011}', "-");
        let number_of = |e164| plain(number(NumberKind::E164, Some(e164), "raw"));
        assert_eq!(number_of("+79070000001"), "+7 907 000-00-01");
        assert_eq!(number_of("+375291234567"), "+375291234567", "only Russian numbers have known groups");
        assert_eq!(number(NumberKind::Hidden, None, ""), "номер скрыт");
        assert_eq!(number(NumberKind::Short, None, "900"), "900");
        assert_eq!(length(Some(31), Disposition::Answered), "0:31");
        assert_eq!(length(Some(3_727), Disposition::Answered), "1:02:07");
        assert_eq!(length(Some(0), Disposition::Missed), "не отвечен");
        assert_eq!(length(None, Disposition::Unknown), "—");
        for (count, text) in
            [(1, "1 звонок"), (3, "3 звонка"), (11, "11 звонков"), (41, "41 звонок"), (1_257, "1 257 звонков")]
        {
            assert_eq!(plain(counted(count, "звонок", "звонка", "звонков")), text);
        }
        let sizes = [(999, "999 байт"), (1_049, "1 КБ"), (1_177, "1,2 КБ"), (12_000, "12 КБ"), (3_460_000, "3,5 МБ")];
        for (bytes, text) in sizes {
            assert_eq!(plain(size(bytes)), text);
        }
        assert_eq!(
            plain(with_numbers("соседние номера +79070000001 … +79070000009 (и +375291234567, +7): 3 звонка")),
            "соседние номера +7 907 000-00-01 … +7 907 000-00-09 (и +375291234567, +7): 3 звонка"
        );
        let named = "одна маркировка: «из «+79070000001»» и +79070000001";
        assert_eq!(plain(with_numbers(named)), "одна маркировка: «из «+79070000001»» и +7 907 000-00-01");
        assert_eq!(plain(written("2026-11-20T09:05:00Z", &Zone::MOSCOW)), "20 ноя 2026, 12:05");
    }
}
