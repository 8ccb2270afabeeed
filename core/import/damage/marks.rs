//! What gets between the rows of a table and does not belong there: stamps of messages, page numbers, totals, captions.

use super::super::recipe::GENERAL;
use super::super::words::{Pattern, any_fits, folded};
use super::CELL;
use super::MendKind;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A date and a time as messengers stamp them; a comma between them may have become the end of a cell.
const MOMENT: &str = concat!(
    r"(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))",
    r",?[\x1F\s]{1,2}\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?",
);

/// Marks of the direction of writing, which a phone puts around its stamps.
const UNSEEN: &str = r"[\x{200E}\x{200F}\x{202A}-\x{202E}]*";

/// `[03.09.2025, 10:15] `: behind it a name may stand.
static IN_BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"{UNSEEN}\[{MOMENT}\]{UNSEEN}\s?")).ok());

/// `03.09.2025, 10:15 - `: behind it a name must stand.
static BEFORE_A_DASH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"{UNSEEN}{MOMENT}\s[-–]\s")).ok());

/// `Анна, [03.09.2025 10:15]`, at the beginning only: elsewhere nothing tells where the name begins.
static BEHIND_A_NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^[^\x1F\[\]:;\d]{{1,60}},[\x1F\s]{{1,2}}\[{MOMENT}\]:?\s?")).ok());

/// `Страница 3 из 12`, `Стр. 3`.
static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\s?(?:страница|стр\.|лист|page)\s?№?\s?\d{1,5}(?:\s?(?:из|of|/)\s?\d{1,5})?\s?").ok()
});

/// `1411 из 1422`, apart from what stands beside it.
static PAGE_OF: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[\s\x1F])(\d{1,5} из \d{1,5})(?:$|[\s\x1F])").ok());

/// The same with digits that cling to its own: the page or the count of pages is a part of them.
static CLINGING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[\s\x1F:)+-])(\d{1,20}) из (\d{1,20})").ok());

/// Digits of a page number.
const PAGE_DIGITS: usize = 5;

/// A total to the end of its cell.
static TOTAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[\s\x1F])((?:итого|всего|total)(?:[^\p{L}\x1F][^\x1F]*)?)(?:$|\x1F)").ok());

/// A date, wherever it stands.
static HOLDS_DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2}").ok());

/// What tells a moment: a date, a time of day, seconds since 1970 in a cell of their own.
static OF_A_MOMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d{2}(?::\d{2})?|^1\d{9}$").ok()
});

/// A moment: what holds one may be a row.
static HOLDS_MOMENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(MOMENT).ok());

/// First words of a report's title.
static CAPTIONS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let words = [
        "детализация*",
        "отчет*",
        "журнал*",
        "период*",
        "за период*",
        "дата формирования*",
        "сформирован*",
        "выписка*",
        "detailed*",
        "report*",
        "statement*",
        "period*",
        "call log*",
        "call history*",
        "generated*",
    ];
    words.map(|word| Pattern::from(word.to_owned())).into()
});

/// First words of totals and page footers, of any layout.
static FOOTERS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| GENERAL.texts("footers").map(|word| Pattern::from(word.to_owned())).collect());

/// Letters of the name in a stamp.
const NAME: usize = 60;

/// A stretch of text that does not belong to a row.
pub(super) struct Mark {
    pub at: Range<usize>,
    pub kind: MendKind,
    /// Where else it may begin or end, where digits of the row cling to its own.
    pub others: Vec<Range<usize>>,
}

/// The marks in a row, from the left; none overlaps another.
pub(super) fn find(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |at: Range<usize>, kind, others| {
        let apart = |mark: &Mark| mark.at.end <= at.start || at.end <= mark.at.start;
        if !at.is_empty() && marks.iter().all(apart) {
            marks.push(Mark { at, kind, others });
        }
    };
    if text.contains(':') {
        for found in BEHIND_A_NAME.iter().flat_map(|shape| shape.find_iter(text)) {
            add(found.range(), MendKind::Stamp, Vec::new());
        }
        for found in IN_BRACKETS.iter().flat_map(|shape| shape.find_iter(text)) {
            let end = found.end() + name(&text[found.end()..]).unwrap_or(0);
            add(found.start()..end, MendKind::Stamp, Vec::new());
        }
        for found in BEFORE_A_DASH.iter().flat_map(|shape| shape.find_iter(text)) {
            if let Some(length) = name(&text[found.end()..]) {
                let end = found.end() + length;
                add(found.start()..end, MendKind::Stamp, later_beginnings(text, found.start(), end));
            }
        }
    }
    for found in PAGE.iter().flat_map(|shape| shape.find_iter(text)) {
        add(found.range(), MendKind::Footer, earlier_ends(text, found.range()));
    }
    for shape in [&PAGE_OF, &TOTAL] {
        let found = shape.iter().flat_map(|shape| shape.captures_iter(text)).filter_map(|found| found.get(1));
        found.for_each(|found| add(found.range(), MendKind::Footer, Vec::new()));
    }
    for found in CLINGING.iter().flat_map(|shape| shape.captures_iter(text)) {
        let (Some(page), Some(pages)) = (found.get(1), found.get(2)) else { continue };
        let mut places = clinging(page.as_str(), pages.as_str()).into_iter().map(|(before, behind)| {
            let end = pages.end() - behind;
            page.start() + before..end
        });
        if let Some(first) = places.next() {
            add(first, MendKind::Footer, places.collect());
        }
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// How many of the first digits, and of the last, are not those of `1411 из 1422`: no page stands behind the last one, and
/// none begins with 0.
fn clinging(page: &str, pages: &str) -> Vec<(usize, usize)> {
    let mut ways = Vec::new();
    for of_page in 1..=page.len().min(PAGE_DIGITS) {
        for of_pages in 1..=pages.len().min(PAGE_DIGITS) {
            // Digits cling to one side of it.
            if of_page < page.len() && of_pages < pages.len() {
                continue;
            }
            let (last, first) = (&page[page.len() - of_page..], &pages[..of_pages]);
            let counts = |text: &str| text.parse::<u32>().ok().filter(|_| !text.starts_with('0'));
            if counts(last).zip(counts(first)).is_some_and(|(last, first)| last <= first) {
                ways.push((page.len() - of_page, pages.len() - of_pages));
            }
        }
    }
    ways
}

/// The first digits of a stamp may be the last of what stands before it, unless the line begins with it.
fn later_beginnings(text: &str, start: usize, end: usize) -> Vec<Range<usize>> {
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    if start == 0 { Vec::new() } else { (1..digits).map(|more| start + more..end).collect() }
}

/// The last digits of a page number may be the first of what stands behind it.
fn earlier_ends(text: &str, at: Range<usize>) -> Vec<Range<usize>> {
    let clings = text[..at.end].ends_with(|c: char| c.is_ascii_digit()) && !text[at.end..].is_empty();
    let digits = text[at.clone()].bytes().rev().take_while(u8::is_ascii_digit).count();
    if clings { (1..digits).map(|less| at.start..at.end - less).collect() } else { Vec::new() }
}

/// Bytes of the name at the beginning, with its colon and the space behind: `Анна: `, `+7 907 111-22-33: `.
fn name(text: &str) -> Option<usize> {
    let end = text.char_indices().take(NAME).find(|(_, c)| matches!(*c, ':' | CELL | '[' | ']')).map(|(at, _)| at)?;
    let named = text[..end].chars().any(char::is_alphabetic) || text[..end].trim_start().starts_with('+');
    let behind = text[end..].strip_prefix(':').filter(|_| named)?;
    let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}');
    Some(text.len() - behind.trim_start_matches(unseen).len())
}

/// Whether a mark stands in a cell.
pub(super) fn stand_in(cell: &str) -> bool {
    !find(cell).is_empty()
}

/// Whether a stamp became two cells, because a delimiter stands in it.
pub(super) fn stand_across(text: &str) -> bool {
    find(text).iter().any(|mark| text[mark.at.clone()].contains(CELL))
}

/// A quick look at a cell: every mark has a digit and a letter or a colon, which hardly any number or word has.
pub(super) fn may_stand_in(cell: &str) -> bool {
    let (mut digit, mut other) = (false, false);
    for byte in cell.bytes() {
        digit |= byte.is_ascii_digit();
        other |= byte >= 0x80 || byte.is_ascii_alphabetic() || byte == b':';
    }
    digit && other
}

/// Whether a row that does not read is no row at all: what is not a mark in it says nothing that a call would.
pub(super) fn is_stray(text: &str, width: usize) -> bool {
    let marks = find(text);
    let stamped = marks.first().is_some_and(|mark| text[..mark.at.start].trim_matches(blank).is_empty());
    if stamped && is_message(&without(text, &marks)) {
        return true;
    }
    let mut filled = text.split(CELL).map(str::trim).filter(|cell| !cell.is_empty());
    let (first, lone) = (filled.next().map(folded).unwrap_or_default(), filled.next().is_none());
    if any_fits(&FOOTERS, &first) {
        return !holds_moment(text) && digits_together(text) < 10;
    }
    lone && width > 2 && any_fits(&CAPTIONS, &first) && !holds_moment(text) && digits_together(text) < 10
}

fn blank(c: char) -> bool {
    c == CELL || c.is_whitespace()
}

fn holds_moment(text: &str) -> bool {
    HOLDS_MOMENT.as_ref().is_none_or(|shape| shape.is_match(text))
}

/// Whether a date stands in a cell.
pub(in super::super) fn holds_date(cell: &str) -> bool {
    let strokes = cell.bytes().filter(|b| matches!(b, b'.' | b'/' | b'-')).count();
    strokes > 1 && HOLDS_DATE.as_ref().is_none_or(|shape| shape.is_match(cell))
}

/// Whether cells hold something of a moment, and beside it digits that may be of a number, or a second time.
pub(in super::super) fn tells_call<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let Some(shape) = OF_A_MOMENT.as_ref() else { return false };
    let (mut moments, mut digits, mut count) = (0, 0, 0);
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        let rest = if moments > 0 && !cell.contains(['.', '/', '-', ':']) {
            cell.into()
        } else {
            shape.replace_all(cell, "|")
        };
        moments += u32::from(rest != cell);
        digits = digits.max(digits_together(&rest));
        count += 1;
    }
    let beside = if count > 2 { moments > 1 || digits >= 4 } else { digits >= 7 };
    moments > 0 && beside
}

/// A text without its marks.
pub(super) fn without(text: &str, marks: &[Mark]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for mark in marks {
        rest.push_str(&text[from..mark.at.start]);
        from = mark.at.end;
    }
    rest.push_str(&text[from..]);
    rest
}

/// Whether a text behind a mark is words or nothing, and neither a number, a time or a length of a call nor a part of a row.
fn is_message(text: &str) -> bool {
    let clock = |part: &[u8]| matches!(part, [b'0'..=b'9', b':', b'0'..=b'9', ..]);
    let says = digits_together(text) > 4 || (0..text.len()).any(|at| clock(&text.as_bytes()[at..]));
    let words = !text.contains(CELL) && text.chars().filter(|c| c.is_alphabetic()).count() > 2;
    !text.bytes().any(|b| b.is_ascii_digit()) || (words && !says)
}

/// The most digits that stand together, whatever marks a number is written with.
fn digits_together(text: &str) -> usize {
    let (mut most, mut here) = (0, 0);
    for c in text.chars() {
        match c {
            '0'..='9' => here += 1,
            ' ' | '\u{A0}' | '(' | ')' | '-' | '+' | '*' => {}
            _ => here = 0,
        }
        most = most.max(here);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(text: &str) -> String {
        let text = text.replace('|', "\u{1F}");
        without(&text, &find(&text)).replace('\u{1F}', "|")
    }

    #[test]
    fn stamps_of_messengers_are_told_with_their_names() {
        for stamp in [
            "[03.09.2025, 10:15] Анна: ",
            "[03.09.2025 10:15:22] Анна Тестова: ",
            "\u{200E}[9/3/25, 10:15:22 AM] Anna: \u{200E}",
            "03.09.2025, 10:15 - Анна: ",
            "03.09.2025, 10:15 - +7 907 111-22-33: ",
            "[03.09.2025| 10:15] Анна: ",
            "[16.07.2026 12:54] ",
            "Анна, [16.07.2026 12:54]",
        ] {
            assert_eq!(rest(&format!("{stamp}04.09.2025 11:00|907")), "04.09.2025 11:00|907", "{stamp}");
        }
        assert_eq!(
            rest("03.09.2025 10:14|9071112233|вх|0:15"),
            "03.09.2025 10:14|9071112233|вх|0:15",
            "a row has none"
        );
        assert_eq!(rest("03.09.2025, 10:15 - 9071112233|вх"), "03.09.2025, 10:15 - 9071112233|вх", "nor has this");
    }

    #[test]
    fn page_numbers_and_totals_are_told_in_a_cell() {
        for (row, left) in [
            ("a|0:15 Страница 3 из 12", "a|0:15"),
            ("a|0:15Стр. 3", "a|0:15"),
            ("Page 3 of 12 a|b", "a|b"),
            ("a|0:15 1411 из 1422", "a|0:15 "),
            ("a|0:15 Итого: 528", "a|0:15 "),
            ("a|0:151 из 22|b", "a|0:15|b"),
            ("a|Тоталитет 5|b", "a|Тоталитет 5|b"),
        ] {
            assert_eq!(rest(row), left);
        }
    }

    #[test]
    fn digits_that_cling_to_a_page_number_may_be_of_it_in_several_ways() {
        assert_eq!(clinging("301411", "1422"), [(5, 0), (4, 0), (3, 0), (2, 0)], "no page 30141 of 1422 and no 01411");
        assert_eq!(clinging("351", "22"), [(2, 0)]);
        assert_eq!(clinging("12", "1422935"), [(0, 5), (0, 4), (0, 3), (0, 2)]);
    }

    #[test]
    fn a_stray_row_says_nothing_of_a_call() {
        for (row, stray) in [
            ("[03.09.2025, 10:15] Анна: вот остальное", true),
            ("[03.09.2025, 10:15] Анна: позвони на 9071112233", false),
            ("[03.09.2025, 10:15] Анна: в 10:14", false),
            ("[03.09.2025, 10:15] Анна: за 2025 год", true),
            ("[03.09.2025, 10:15] Анна: 5|2,50", false),
            ("Анна, [03.09.2025 10:15]|", true),
            ("Страница 3 из 12||", true),
            ("Итого|528|1 237.90", true),
            ("Итого|03.09.2025 10:14|9071112233", false),
            ("Детализация вызовов за сентябрь||", true),
            ("Детализация по номеру 9071112233||", false),
            ("вот остальное", false),
        ] {
            assert_eq!(is_stray(&row.replace('|', "\u{1F}"), 4), stray, "{row}");
        }
    }
}
