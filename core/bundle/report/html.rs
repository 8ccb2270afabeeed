//! `report.html`: no script, no address, everything escaped; written as it is made, however long.

use super::attributed;
use super::by_hand;
use super::charts::Drawn;
use super::content::{Content, ENGLISH, METHOD, PROVEN};
use super::paper::TOLD;
use crate::bundle::bag::failed;
use crate::bundle::cells::visible;
use crate::error::Result;
use crate::model::Zone;
use std::io::{self, Write};

/// Letters of a data text that a cell shows; the tables hold the whole.
const SHOWN: usize = 300;
const STYLE: &str = include_str!("report.css");

/// A text escaped for HTML, in elements and in quoted attributes.
fn escaped(out: &mut dyn Write, text: &str, most: usize) -> io::Result<()> {
    let shown = visible(text);
    let cut = shown.char_indices().nth(most).map_or(shown.len(), |(at, _)| at);
    let mut rest = &shown[..cut];
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_all(&rest.as_bytes()[..at])?;
        out.write_all(match rest.as_bytes()[at] {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            _ => b"&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_all(rest.as_bytes())?;
    if cut < shown.len() { out.write_all(" […]".as_bytes()) } else { Ok(()) }
}

fn element(out: &mut dyn Write, tag: &str, text: &str) -> io::Result<()> {
    long_element(out, tag, text, SHOWN)
}

fn long_element(out: &mut dyn Write, tag: &str, text: &str, most: usize) -> io::Result<()> {
    let name = tag.split(' ').next().unwrap_or(tag);
    write!(out, "<{tag}>")?;
    escaped(out, text, most)?;
    write!(out, "</{name}>")
}

fn paragraphs(out: &mut dyn Write, heading: &str, texts: &[&str]) -> io::Result<()> {
    element(out, "h2", heading)?;
    for text in texts {
        // Written by the program, longer than a cell.
        write!(out, "\n<p>{text}</p>")?;
    }
    writeln!(out)
}

fn table(
    out: &mut dyn Write,
    heading: &str,
    class: &str,
    columns: &[&str],
    most: usize,
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    element(out, "h2", heading)?;
    write!(out, "\n<table class=\"{class}\"><thead><tr>")?;
    for column in columns {
        element(out, "th", column)?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for row in rows {
        write!(out, "<tr>")?;
        for cell in row {
            long_element(out, "td", &cell, most)?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table>")
}

/// Writes the whole report.
pub(in crate::bundle) fn write(content: &Content<'_>, home: &Zone, out: &mut dyn Write) -> Result<()> {
    head(content, home, out).map_err(failed)?;
    for (index, call) in (1_u64..).zip(&content.scope.dossier.calls) {
        row(content, index, call, out).map_err(failed)?;
    }
    foot(out).map_err(failed)
}

fn foot(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</tbody></table>")?;
    element(out, "h2 lang=\"en\"", "In English")?;
    for text in ENGLISH {
        write!(out, "\n<p lang=\"en\">{text}</p>")?;
    }
    writeln!(out, "\n</main>\n</body>\n</html>")
}

fn head(content: &Content<'_>, home: &Zone, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"ru\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Хронология звонков · {code}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <header><p class=\"code\">Код пакета <b>{code}</b></p><h1>Хронология звонков</h1></header>",
        code = content.code
    )?;
    writeln!(out, "<dl>")?;
    for (name, value) in content.facts(home) {
        element(out, "dt", name)?;
        element(out, "dd", &value)?;
        writeln!(out)?;
    }
    writeln!(out, "</dl>")?;
    paragraphs(out, "Что показано и что нет", PROVEN)?;
    paragraphs(out, "Как составлено", METHOD)?;
    let sources = content.sources().map(Vec::from);
    table(out, "Источники", "wide", &["№", "Файл", "Что это", "Строки", "SHA-256"], SHOWN, sources)?;
    if !content.scope.dossier.groups.is_empty() {
        let groups = content.groups().into_iter().map(Vec::from);
        let columns = ["Группа", "Сколько", "Маркировка и сколько раз", "Почему вместе"];
        table(out, "Группы: похоже, один звонящий", "wide", &columns, TOLD, groups)?;
    }
    let mut claims = attributed::rows(content.scope.dossier).map(Vec::from).peekable();
    if claims.peek().is_some() {
        table(out, "Кому заявитель относит группы", "wide", &attributed::COLUMNS, TOLD, claims)?;
        writeln!(out, "<p>{}</p>", attributed::LEAD)?;
    }
    for section in &content.charts {
        element(out, "h2", &section.heading)?;
        writeln!(out)?;
        for drawn in &section.charts {
            figure(drawn, out)?;
        }
        if let Some(text) = &section.more {
            long_element(out, "p", text, TOLD)?;
        }
    }
    if !content.scope.dossier.by_hand.is_empty() {
        let entries = by_hand::rows(content.scope.dossier, home).map(Vec::from);
        table(out, "Записано заявителем", "wide", &by_hand::COLUMNS, TOLD, entries)?;
        writeln!(out, "<p>{}</p>", by_hand::LEAD)?;
    }
    if !content.scope.dossier.exhibits.is_empty() {
        let exhibits = content.exhibits(home).map(Vec::from);
        let columns = ["№", "Файл", "Что это", "Что показывает", "SHA-256"];
        table(out, "Приложения", "wide", &columns, SHOWN, exhibits)?;
    }
    write!(out, "\n<h2>Хронология</h2>\n<table class=\"calls\"><thead><tr>")?;
    for column in [
        "№",
        "Время",
        "Направление",
        "Номер",
        "Длительность",
        "Маркировка",
        "Группа",
        "Свидетельство",
        "Где записан",
        "Приложения",
    ] {
        element(out, "th", column)?;
    }
    writeln!(out, "</tr></thead><tbody>")
}

/// A chart with the table behind it, which opens without a script.
fn figure(drawn: &Drawn, out: &mut dyn Write) -> io::Result<()> {
    let chart = &drawn.chart;
    write!(out, "<figure><figcaption>")?;
    element(out, "b", &chart.title)?;
    out.write_all(b" ")?;
    long_element(out, "span", &chart.lead, TOLD)?;
    writeln!(out, "</figcaption>{}", drawn.svg())?;
    for note in &chart.notes {
        long_element(out, "p", note, TOLD)?;
    }
    write!(out, "<details><summary>Таблицей</summary><table><thead><tr>")?;
    for column in &chart.table.columns {
        element(out, "th scope=\"col\"", column)?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for row in &chart.table.rows {
        write!(out, "<tr>")?;
        for (at, cell) in row.cells.iter().enumerate() {
            element(out, if at == 0 { "th scope=\"row\"" } else { "td" }, cell)?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table></details></figure>")
}

fn row(content: &Content<'_>, index: u64, call: &crate::model::DossierCall, out: &mut dyn Write) -> io::Result<()> {
    let row = content.row(call);
    write!(out, "<tr><td>{index}</td><td>")?;
    for (place, text) in [
        row.when.as_str(),
        row.direction,
        &row.number,
        &row.length,
        &row.label,
        &row.group,
        row.witness,
        &row.places,
        &row.exhibits,
    ]
    .into_iter()
    .enumerate()
    {
        if place > 0 {
            out.write_all(b"</td><td>")?;
        }
        escaped(out, text, SHOWN)?;
    }
    out.write_all(b"</td></tr>\n")
}
