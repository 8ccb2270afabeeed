//! `report.pdf`: the report for paper, as a source of typst. Every text of the case enters it as a string literal,
//! never as markup.

use super::attributed;
use super::by_hand;
use super::content::{Content, ENGLISH, METHOD, PROVEN};
use crate::bundle::cells::visible;
use crate::bundle::facts;
use crate::model::Zone;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// Calls that the paper prints: typesetting keeps every page in memory. The rest stands in `report.html` and in
/// `tables/calls.csv`.
pub(in crate::bundle) const CALLS_ON_PAPER: usize = 2_000;
/// Groups that the paper prints, those with most calls first.
pub(in crate::bundle) const GROUPS_ON_PAPER: usize = 200;
/// Sources and exhibits that the paper prints.
pub(in crate::bundle) const ITEMS_ON_PAPER: usize = 1_000;
/// Letters of a data text that a cell shows.
const SHOWN: usize = 160;
/// Letters of the reasons, labels and numbers of a group.
pub(in crate::bundle) const TOLD: usize = 3_000;

/// Widths of the columns of each table in millimetres: together those of the page between its margins.
const SOURCES: [f64; 5] = [11.0, 34.0, 46.0, 35.0, 49.0];
const GROUPS: [f64; 4] = [30.0, 40.0, 38.0, 67.0];
const ATTRIBUTED: [f64; 4] = [35.0, 45.0, 50.0, 45.0];
const BY_HAND: [f64; 6] = [11.0, 30.0, 26.0, 28.0, 52.0, 28.0];
const EXHIBITS: [f64; 5] = [13.0, 38.0, 38.0, 37.0, 49.0];
const CALLS: [f64; 9] = [9.0, 30.0, 16.0, 27.0, 20.0, 26.0, 19.0, 17.0, 11.0];
/// Width of a value at the head of the report, in letters of a table.
const FACT: f64 = 100.0;

const PREAMBLE: &str = include_str!("report.typ");

/// A data text as a string literal of typst that fits a column of a table: visible, cut, breakable.
fn fitted(text: &str, most: usize, column_mm: f64) -> String {
    let shown = visible(text);
    // Letters and their marks are one glyph where the font has one: names from a Mac come apart.
    let mut shown: String = shown.nfc().take(most + 1).collect();
    if shown.chars().count() > most {
        shown.pop();
        shown.push_str(" […]");
    }
    let mut literal = String::with_capacity(shown.len() + 8);
    literal.push('"');
    for word in shown.split_inclusive(' ') {
        // What is wider than its column would be printed over the next one: it is given places to break at, as few as
        // will do, because whoever copies the text takes them along.
        let room = column_mm - INSETS_MM;
        let wide = word.trim_end().chars().map(width_mm).sum::<f64>() > room;
        let digest = word.len() == DIGEST && word.bytes().all(|b| b.is_ascii_hexdigit());
        let (mut run, mut letters) = (0.0, 0);
        for letter in word.chars() {
            (run, letters) = (run + width_mm(letter), letters + 1);
            match letter {
                '"' => literal.push_str("\\\""),
                '\\' => literal.push_str("\\\\"),
                other => literal.push(other),
            }
            let full = match digest {
                true => letters == DIGEST / 8,
                false => run >= room / 2.0 || (run >= room / 4.0 && matches!(letter, '_' | '-' | '.' | '/' | '@')),
            };
            if wide && full {
                literal.push('\u{200b}');
                (run, letters) = (0.0, 0);
            }
        }
    }
    literal.push('"');
    literal
}

/// Letters of a SHA-256.
const DIGEST: usize = 64;
/// What the insets of a cell take from its column.
const INSETS_MM: f64 = 2.2;
/// 7.6 points.
const EM_MM: f64 = 2.69;

/// The most that a letter takes in the type of the tables, PT Sans at 7.6 points: an upper bound by kinds of letters.
fn width_mm(letter: char) -> f64 {
    let ems = match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '\u{a0}' => 0.32,
        '-' | '(' | ')' | '[' | ']' | '/' | 'r' | 't' | 'f' | '\u{2011}' => 0.42,
        'm' | 'w' | 'ж' | 'м' | 'ш' | 'щ' | 'ы' | 'ю' | 'ф' | 'W' | 'M' | 'Ж' | 'М' | 'Ш' | 'Щ' | 'Ы' | 'Ю' | 'Ф'
        | '@' | '№' | '—' | '…' => 1.08,
        '0'..='9' => 0.56,
        'a'..='z' | 'а'..='я' | 'ё' | '_' => 0.6,
        // Written out by the typesetter where no font has it, and breakable there.
        _ => 0.76,
    };
    ems * EM_MM
}

/// A short text of the program, and a text that has a line of its own.
pub(in crate::bundle) fn literal(text: &str) -> String {
    fitted(text, SHOWN, FACT)
}

/// A number, a time: never broken.
fn whole(text: &str) -> String {
    let plain = literal(text);
    if text.chars().count() <= 24 { plain.replace('\u{200b}', "") } else { plain }
}

/// The cells of a row, each fitted to its column.
fn row_of<const N: usize>(texts: [String; N], most: usize, widths: &[f64; N]) -> Vec<String> {
    texts.iter().zip(widths).map(|(text, width)| fitted(text, most, *width)).collect()
}

/// The typst source of the report.
pub(in crate::bundle) fn source(content: &Content<'_>, home: &Zone) -> String {
    let mut page = String::with_capacity(512 * 1024);
    let dossier = content.scope.dossier;
    page.push_str(PREAMBLE);
    let _ = writeln!(page, "#show: report.with(code: {})", whole(content.code));
    page.push_str("#facts(\n");
    for (name, value) in content.facts(home) {
        let _ = writeln!(page, "  {}, {},", literal(name), literal(&value));
    }
    page.push_str(")\n");
    prose(&mut page, "Что показано и что нет", PROVEN);
    prose(&mut page, "Как составлено", METHOD);
    let sources = content.sources().take(ITEMS_ON_PAPER);
    listing(&mut page, "sources", &SOURCES, sources.map(|s| row_of(s, SHOWN, &SOURCES)));
    more(&mut page, "Источников", ITEMS_ON_PAPER, content.scope.sources().count(), "opis.csv");
    if !dossier.groups.is_empty() {
        let groups = content.groups().into_iter().take(GROUPS_ON_PAPER);
        let cells = |group: [String; 4]| {
            let name = fitted(&group[0], SHOWN, GROUPS[0]);
            std::iter::once(name).chain(row_of(group, TOLD, &GROUPS).into_iter().skip(1)).collect()
        };
        listing(&mut page, "groups", &GROUPS, groups.map(cells));
        more(&mut page, "Групп", GROUPS_ON_PAPER, dossier.groups.len(), "tables/groups.csv");
    }
    let mut claims = attributed::rows(dossier).take(GROUPS_ON_PAPER).peekable();
    if claims.peek().is_some() {
        listing(&mut page, "attributed", &ATTRIBUTED, claims.map(|claim| row_of(claim, TOLD, &ATTRIBUTED)));
        let _ = writeln!(page, "#par({})", literal_uncut(attributed::LEAD));
        more(&mut page, "Утверждений", GROUPS_ON_PAPER, attributed::rows(dossier).count(), "report.html");
    }
    for section in &content.charts {
        let _ = writeln!(page, "#charts({})", literal(&section.heading));
        for drawn in &section.charts {
            let chart = &drawn.chart;
            let notes: String = chart.notes.iter().map(|note| format!(", {}", literal_uncut(note))).collect();
            let (file, title) = (literal_uncut(&drawn.file()), literal_uncut(&chart.title));
            let _ = writeln!(page, "#chart({file}, {title}, {}{notes})", literal_uncut(&chart.lead));
        }
        if let Some(text) = &section.more {
            let _ = writeln!(page, "#more({})", literal_uncut(text));
        }
    }
    if !dossier.by_hand.is_empty() {
        let entries = by_hand::rows(dossier, home).take(ITEMS_ON_PAPER);
        listing(&mut page, "by-hand", &BY_HAND, entries.map(|entry| row_of(entry, TOLD, &BY_HAND)));
        let _ = writeln!(page, "#par({})", literal_uncut(by_hand::LEAD));
        more(&mut page, "Записей", ITEMS_ON_PAPER, dossier.by_hand.len(), "report.html");
    }
    if !dossier.exhibits.is_empty() {
        let exhibits = content.exhibits(home).take(ITEMS_ON_PAPER);
        listing(&mut page, "exhibits", &EXHIBITS, exhibits.map(|exhibit| row_of(exhibit, SHOWN, &EXHIBITS)));
        more(&mut page, "Приложений", ITEMS_ON_PAPER, dossier.exhibits.len(), "opis.csv");
    }
    let calls = (1_usize..).zip(dossier.calls.iter().take(CALLS_ON_PAPER)).map(|(index, call)| {
        let row = content.row(call);
        vec![
            format!("\"{index}\""),
            literal(&row.when).replace('\u{200b}', ""),
            literal(row.direction),
            whole(&row.number),
            literal(&row.length),
            fitted(&row.label, SHOWN, CALLS[5]),
            literal(row.witness),
            fitted(&row.places, SHOWN, CALLS[7]),
            fitted(&row.exhibits, SHOWN, CALLS[8]),
        ]
    });
    // Said before the list as well as after it: nobody should count to the last page first.
    let cut = |page: &mut String| {
        more(page, "Звонков", CALLS_ON_PAPER, dossier.calls.len(), "report.html и tables/calls.csv");
    };
    cut(&mut page);
    listing(&mut page, "calls", &CALLS, calls);
    cut(&mut page);
    page.push_str("#english(\n");
    for text in ENGLISH {
        let _ = writeln!(page, "  \"{text}\",");
    }
    page.push_str(")\n");
    page
}

fn prose(page: &mut String, heading: &str, texts: &[&str]) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "#prose(\"{heading}\",");
    for text in texts {
        let _ = writeln!(page, "  \"{text}\",");
    }
    page.push_str(")\n");
}

fn listing(page: &mut String, name: &str, widths: &[f64], rows: impl Iterator<Item = Vec<String>>) {
    let widths: Vec<String> = widths.iter().map(|width| format!("{width}mm")).collect();
    let _ = writeln!(page, "#{name}(({}),", widths.join(", "));
    for row in rows {
        let _ = writeln!(page, "  {},", row.join(", "));
    }
    page.push_str(")\n");
}

/// Says plainly that a list goes on elsewhere.
fn more(page: &mut String, what: &str, printed: usize, all: usize, file: &str) {
    if all > printed {
        let text = format!(
            "{what} всего {}; здесь напечатаны первые {}. Остальные — в файлах пакета: {file}.",
            facts::grouped(all as u64),
            facts::grouped(printed as u64)
        );
        let _ = writeln!(page, "#more({})", literal_uncut(&text));
    }
}

/// A text of the program as a string literal of typst.
pub(in crate::bundle) fn literal_uncut(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
