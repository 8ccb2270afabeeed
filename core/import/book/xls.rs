//! Excel before 2007. The library holds a sheet as a whole rectangle, so the records are walked first: how far the
//! cells of each sheet reach, without keeping one of them.

use super::cells::write_held;
use super::guard::unharmed;
use crate::error::{Code, Error, Result};
use crate::import::csv::unreadable;
use crate::import::rows::{Flow, MAX_CELLS, RawRow, RowReader, TakeRow};
use crate::import::{ReadSeek, seems};
use crate::model::RowPlace;
use calamine::{Data, Range, Reader, SheetType, XlsError};
use std::io::{Read, SeekFrom};

/// No billing detail of this form is longer.
const MAX_FILE: u64 = 256 << 20;
/// Cells of all sheets together, empty ones between full ones among them.
const MAX_AREA: u64 = 6 << 20;
/// Cells that one sheet of this form can have.
const SHEET: u64 = 65_536 * 256;
/// Bytes that are walked, for each byte of the file: a sheet may be named more than once.
const WALKS: u64 = 4;

/// A workbook: all its sheets, one after another.
pub(in crate::import) struct Xls {
    sheets: Vec<Sheet>,
    from_1904: bool,
}

struct Sheet {
    /// One-based place among all sheets.
    number: u32,
    name: String,
    cells: Range<Data>,
}

impl Xls {
    /// Refuses what would take more memory than it should before anything is opened.
    pub fn new(file: &mut dyn ReadSeek) -> Result<Self> {
        if file.seek(SeekFrom::End(0)).map_err(unreadable)? > MAX_FILE {
            return Err(Error::new(Code::FileTooLarge));
        }
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        check_areas(&workbook_stream(&mut *file)?)?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        unharmed(|| {
            let mut book = calamine::Xls::new(file).map_err(of_calamine)?;
            let mut sheets = Vec::new();
            for (number, sheet) in (1u32..).zip(book.sheets_metadata().to_vec()) {
                if sheet.typ == SheetType::WorkSheet {
                    let cells = book.worksheet_range(&sheet.name).map_err(of_calamine)?;
                    sheets.push(Sheet { number, name: sheet.name, cells });
                }
            }
            Ok(Self { sheets, from_1904: book.has_1904_epoch() })
        })
    }
}

impl RowReader for Xls {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let mut row = RawRow::of_sheets(self.from_1904);
        for sheet in &self.sheets {
            row.sheet.clone_from(&sheet.name);
            let (top, left) = sheet.cells.start().unwrap_or_default();
            let mut last_row = 0u64;
            for (at, cells) in (u64::from(top) + 1..).zip(sheet.cells.rows()) {
                row.clear();
                row.place = RowPlace { sheet: sheet.number, row: at, offset: 0, length: 0 };
                for (column, value) in (left as usize..).zip(cells) {
                    match value {
                        Data::Empty => {}
                        _ if column >= MAX_CELLS => row.beyond += 1,
                        value => {
                            row.set_with(column, |text| write_held(value, text));
                            if matches!(value, Data::DateTime(_)) {
                                row.note_time(column);
                            }
                        }
                    }
                }
                if row.is_blank() {
                    continue;
                }
                row.blanks_before = at.saturating_sub(last_row + 1);
                last_row = at;
                match take(&row)? {
                    Flow::Next => {}
                    Flow::NextSheet => break,
                    Flow::Enough => return Ok(0),
                }
            }
        }
        Ok(0)
    }
}

/// The stream of records within the compound file.
fn workbook_stream(file: &mut dyn ReadSeek) -> Result<Vec<u8>> {
    let damaged = |cause: std::io::Error| {
        let code = match cause.kind() {
            std::io::ErrorKind::UnexpectedEof => Code::FileTruncated,
            _ => Code::FileDamaged,
        };
        Error::new(code).because(cause)
    };
    unharmed(|| {
        let mut compound = cfb::CompoundFile::open(file).map_err(damaged)?;
        let name = ["/Workbook", "/Book"].into_iter().find(|name| compound.is_stream(name));
        let Some(name) = name else {
            return Err(seems::refusal(
                "документ старого вида, но не книга Excel",
                "an old document that is no workbook",
            ));
        };
        let mut stream = Vec::new();
        let opened = compound.open_stream(name).map_err(damaged)?;
        opened.take(MAX_FILE).read_to_end(&mut stream).map_err(damaged)?;
        Ok(stream)
    })
}

/// The records from a place on: their kinds and their bytes.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, after) = rest.split_first_chunk::<4>()?;
        let [a, b, c, d] = *head;
        let length = usize::from(u16::from_le_bytes([c, d])).min(after.len());
        let (bytes, next) = after.split_at(length);
        rest = next;
        Some((u16::from_le_bytes([a, b]), bytes))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u16_at(bytes, at)? | u16_at(bytes, at + 2)? << 16)
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const BOUND_SHEET: u16 = 0x0085;
const FILE_PASS: u16 = 0x002F;
const DIMENSIONS: u16 = 0x0200;
const MANY_NUMBERS: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
/// The text that the formula before it comes to: it names no cell of its own.
const STRING: u16 = 0x0207;
/// Records of one cell: formula, number, label, truth, number in short, text by its place, text with its styles.
const ONE_CELL: [u16; 7] = [FORMULA, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6];

/// Refuses a workbook whose sheets reach so far that holding them would take more than it should.
fn check_areas(stream: &[u8]) -> Result<()> {
    let too_large = || Error::new(Code::FileTooLarge);
    let mut begins = Vec::new();
    for (kind, bytes) in records(stream) {
        match kind {
            END => break,
            FILE_PASS if u16_at(bytes, 0) != Some(0) => {
                return Err(seems::refusal("книга Excel под паролем", "an Excel workbook under a password"));
            }
            BOUND_SHEET => begins.extend(u32_at(bytes, 0).and_then(|at| usize::try_from(at).ok())),
            _ => {}
        }
    }
    let (mut area, mut walked) = (0u64, 0u64);
    for begin in begins {
        let mut reach: Option<[u64; 4]> = None;
        // Where the library puts a text that no formula stands before.
        let mut formula = (0, 0);
        // A chart within the sheet has a beginning and an end of its own; the library passes over it and goes on.
        let (mut begun, mut within) = (false, 0u32);
        for (kind, bytes) in stream.get(begin..).map(records).into_iter().flatten() {
            walked += bytes.len() as u64 + 4;
            if walked > WALKS * stream.len() as u64 + (1 << 20) {
                return Err(too_large());
            }
            match kind {
                BEGIN => (begun, within) = (true, within + u32::from(begun)),
                END if within > 0 => within -= 1,
                END => break,
                _ if within > 0 => {}
                DIMENSIONS if bytes.len() >= 12 => {
                    let [top, bottom] = [u32_at(bytes, 0), u32_at(bytes, 4)].map(Option::unwrap_or_default);
                    let [left, right] = [u16_at(bytes, 8), u16_at(bytes, 10)].map(Option::unwrap_or_default);
                    if bottom.saturating_sub(top).saturating_mul(right.saturating_sub(left).max(1)) > SHEET {
                        return Err(too_large());
                    }
                }
                _ if ONE_CELL.contains(&kind) || matches!(kind, MANY_NUMBERS | STRING) => {
                    let cell = match kind {
                        STRING => Some(formula),
                        _ => u16_at(bytes, 0).zip(u16_at(bytes, 2)),
                    };
                    let Some((row, first)) = cell else { continue };
                    if kind == FORMULA {
                        formula = (row, first);
                    }
                    let last = match kind {
                        MANY_NUMBERS => u16_at(bytes, bytes.len().saturating_sub(2)).unwrap_or(first).max(first),
                        _ => first,
                    };
                    let [top, bottom, left, right] = reach.unwrap_or([row, row, first, last]);
                    reach = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
                }
                _ => {}
            }
        }
        if let Some([top, bottom, left, right]) = reach {
            area += (bottom - top + 1) * (right - left + 1);
        }
        if area > MAX_AREA {
            return Err(too_large());
        }
    }
    Ok(())
}

fn of_calamine(error: XlsError) -> Error {
    match &error {
        XlsError::Password => seems::refusal("книга Excel под паролем", "an Excel workbook under a password"),
        XlsError::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::new(Code::FileTruncated).because(error)
        }
        XlsError::EoStream(_) => Error::new(Code::FileTruncated).because(error),
        _ => Error::new(Code::FileDamaged).because(error),
    }
}
