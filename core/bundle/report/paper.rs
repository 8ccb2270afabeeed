//! `report.pdf`: the report for paper, as a source of typst. Every text of the case enters it as a string literal,
//! never as markup.

use super::by_hand;
use super::content::{Content, ENGLISH, METHOD, PROVEN};
use crate::bundle::cells::visible;
use crate::bundle::facts;
use crate::model::Zone;
use std::fmt::Write;

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
/// A run of letters without a place to break is given one after so many.
const UNBROKEN: usize = 16;

const PREAMBLE: &str = include_str!("report.typ");

/// A data text as a string literal of typst: visible, cut, breakable.
pub(in crate::bundle) fn literal(text: &str) -> String {
    literal_of(text, SHOWN)
}

/// The same for what the program puts together: the reasons of a group are why the report exists.
fn literal_of(text: &str, most: usize) -> String {
    let shown = visible(text);
    let mut literal = String::with_capacity(shown.len() + 8);
    literal.push('"');
    let mut run = 0;
    for (index, letter) in shown.chars().enumerate() {
        if index == most {
            literal.push_str(" […]");
            break;
        }
        match letter {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            other => literal.push(other),
        }
        // Numbers and dates hold together; long runs must not push their neighbours off the page.
        run = if letter == ' ' || letter == '-' { 0 } else { run + 1 };
        if run >= UNBROKEN && letter.is_alphanumeric() {
            literal.push('\u{200b}');
            run = 0;
        }
    }
    literal.push('"');
    literal
}

/// A number, a time: never broken.
fn whole(text: &str) -> String {
    let plain = literal(text);
    if text.chars().count() <= 24 { plain.replace('\u{200b}', "") } else { plain }
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
    listing(&mut page, "sources", sources.map(|s| s.map(|text| literal(&text)).to_vec()));
    more(&mut page, "Источников", ITEMS_ON_PAPER, content.scope.sources().count(), "opis.csv");
    if !dossier.groups.is_empty() {
        let groups = content.groups().into_iter().take(GROUPS_ON_PAPER);
        let cells = |[name, told @ ..]: [String; 4]| {
            let told = told.map(|text| literal_of(&text, TOLD));
            std::iter::once(literal(&name)).chain(told).collect()
        };
        listing(&mut page, "groups", groups.map(cells));
        more(&mut page, "Групп", GROUPS_ON_PAPER, dossier.groups.len(), "tables/groups.csv");
    }
    if !dossier.by_hand.is_empty() {
        let entries = by_hand::rows(dossier, home).take(ITEMS_ON_PAPER);
        listing(&mut page, "by-hand", entries.map(|e| e.map(|text| literal_of(&text, TOLD)).to_vec()));
        let _ = writeln!(page, "#par({})", literal_uncut(by_hand::LEAD));
        more(&mut page, "Записей", ITEMS_ON_PAPER, dossier.by_hand.len(), "report.html");
    }
    if !dossier.exhibits.is_empty() {
        let exhibits = content.exhibits(home).take(ITEMS_ON_PAPER);
        listing(&mut page, "exhibits", exhibits.map(|e| e.map(|text| literal(&text)).to_vec()));
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
            literal(&row.label),
            literal(row.witness),
            literal(&row.places),
            literal(&row.exhibits),
        ]
    });
    // Said before the list as well as after it: nobody should count to the last page first.
    let cut = |page: &mut String| {
        more(page, "Звонков", CALLS_ON_PAPER, dossier.calls.len(), "report.html и tables/calls.csv");
    };
    cut(&mut page);
    listing(&mut page, "calls", calls);
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

fn listing(page: &mut String, name: &str, rows: impl Iterator<Item = Vec<String>>) {
    let _ = writeln!(page, "#{name}(");
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
