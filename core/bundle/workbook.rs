//! `tables/calls.xlsx`: the calls for people who open a workbook. Every text is typed as a string, so that none can be
//! taken for a formula.

use super::cells::visible;
use super::labels;
use super::tables::{Linked, number_of, places};
use crate::error::{Code, Error, Result};
use crate::model::Dossier;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use rustc_hash::FxHashMap;
use std::io::{Read, Seek};

/// Rows that a sheet holds below its header.
const ROWS: usize = 1_048_575;
/// Letters that a cell holds.
const LETTERS: usize = 32_767;

const COLUMNS: &[(&str, f64)] = &[
    ("№", 8.0),
    ("Начало", 20.0),
    ("Зона", 18.0),
    ("Направление", 13.0),
    ("Номер", 16.0),
    ("Как записан номер", 20.0),
    ("Длительность, с", 14.0),
    ("Исход", 14.0),
    ("Маркировка", 30.0),
    ("Группа", 30.0),
    ("Свидетельства", 20.0),
    ("Где записан", 24.0),
    ("Доказательства", 16.0),
    ("Кому выделен диапазон", 30.0),
    ("Регион", 24.0),
    ("Где видна маркировка", 34.0),
];

/// The workbook, spooled to an unnamed file that only this process sees. Returns it with its length.
pub(super) fn spool(dossier: &Dossier, linked: &Linked<'_>) -> Result<(impl Read + use<>, u64)> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(dossier).map_err(unfit)?);
    fill(&mut workbook, dossier, linked).map_err(unfit)?;
    let mut file = tempfile::tempfile().map_err(super::bag::failed)?;
    workbook.save_to_writer(std::io::BufWriter::new(&mut file)).map_err(unfit)?;
    let length = file.stream_position().map_err(super::bag::failed)?;
    file.rewind().map_err(super::bag::failed)?;
    Ok((file, length))
}

/// The only date in the workbook is that of the last event in the case: when it is exported must not show.
fn properties(dossier: &Dossier) -> std::result::Result<DocProperties, XlsxError> {
    let last = dossier.custody.last().map_or("", |event| event.at.as_str());
    let last = chrono::DateTime::parse_from_rfc3339(last).map_or(946_684_800, |t| t.timestamp());
    Ok(DocProperties::new()
        .set_title("Звонки")
        .set_author("Ulika")
        .set_creation_datetime(&ExcelDateTime::from_timestamp(last)?))
}

fn fill(workbook: &mut Workbook, dossier: &Dossier, linked: &Linked<'_>) -> std::result::Result<(), XlsxError> {
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("Звонки")?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, (name, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    let groups: FxHashMap<_, _> = dossier.groups.iter().map(|g| (g.id, g.name.as_str())).collect();
    for (row, call) in (1..).zip(dossier.calls.iter().take(ROWS)) {
        let group = call.group.and_then(|id| groups.get(&id));
        sheet.write_number(row, 0, call.id.0 as f64)?;
        let texts = [
            (1, super::facts::moment(&call.start)),
            (2, call.start.clock.zone.name()),
            (3, super::facts::direction(call.direction).to_owned()),
            (4, number_of(call).to_owned()),
            (5, call.number_raw.to_string()),
            (7, super::facts::disposition(call.disposition).to_owned()),
            (8, labels::joined(call)),
            (9, group.copied().unwrap_or("").to_owned()),
            (10, super::facts::verdict(call.verdict).to_owned()),
            (11, places(call)),
            (12, linked.of(call.id, None)),
            (13, call.range_holder.as_deref().unwrap_or("").to_owned()),
            (14, call.region.as_deref().unwrap_or("").to_owned()),
            (15, linked.observed.places_in_words(call)),
        ];
        // Constant memory wants the cells of a row from left to right within the row; the order inside is free.
        for (column, value) in texts {
            text(sheet, row, column, &value)?;
        }
        if let Some(seconds) = call.duration_s {
            sheet.write_number(row, 6, f64::from(seconds))?;
        }
    }
    Ok(())
}

fn text(sheet: &mut Worksheet, row: u32, column: u16, value: &str) -> std::result::Result<(), XlsxError> {
    if value.is_empty() {
        return Ok(());
    }
    let shown: String = visible(value).chars().take(LETTERS).collect();
    sheet.write_string(row, column, shown)?;
    Ok(())
}

fn unfit(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => super::bag::failed(error),
        error => Error::new(Code::Internal).because(error),
    }
}
