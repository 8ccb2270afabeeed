//! The published file → ranges, and the rows that do not hold.
//!
//! The file is a table with `;` between the cells and without quoting: names of operators hold bare quotes. The header
//! is Cyrillic (`АВС/ DEF;От;До;…`), led by a mark of UTF-8 or not; older files have six columns and other encodings.

use super::NumberRange;
use super::overlaps::{Stretch, settle};
use crate::error::{Code, Error, Result};
use crate::model::{RegisterProblem, RegisterProblemKind};
use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::Arc;

/// A longer file is no register: the longest published one is a quarter of this.
pub const MAX_BYTES: u64 = 64 << 20;
/// Bytes in which the header ends.
const HEAD: usize = 1 << 10;
/// Letters of a row that a problem shows.
const SHOWN: usize = 120;
/// Numbers of one code.
const CODE: u64 = 10_000_000;
/// Russian numbers begin with this code of the country.
const COUNTRY: u64 = 7_000;

/// The codes of a file by their first digit: `9` for `DEF-9xx`, `3`, `4`, `8` for `ABC-3xx` and so on. A newer file
/// takes the place of an older one series by series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series(pub u8);

impl Series {
    /// The series of a number, by its digits.
    pub(super) fn of(digits: u64) -> Self {
        Self(u8::try_from(digits / (CODE * 100) % 10).unwrap_or_default())
    }

    /// As the published files call it: `DEF-9xx`.
    #[must_use]
    pub fn name(self) -> String {
        let kind = if self.0 == 9 { "DEF" } else { "ABC" };
        format!("{kind}-{}xx", self.0)
    }
}

/// What a file of the register says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterTable {
    /// Its rows that hold, in the order of the file.
    pub ranges: Vec<NumberRange>,
    /// What does not hold, in the order of the file.
    pub problems: Vec<RegisterProblem>,
    /// Rows of the file, without the header and blank lines.
    pub rows: u32,
    /// The series that it covers, ascending.
    pub series: Vec<Series>,
    /// Stretches of numbers of which one thing is said, ascending.
    pub(super) stretches: Vec<Stretch>,
}

/// Places of the columns in a row.
#[derive(Clone, Copy)]
struct Header {
    width: usize,
    code: usize,
    from: usize,
    to: usize,
    operator: usize,
    capacity: Option<usize>,
    region: Option<usize>,
    territory: Option<usize>,
    inn: Option<usize>,
}

impl Header {
    /// The columns of a header; `None` where this is none of a register.
    fn of(line: &str) -> Option<Self> {
        let names: Vec<String> = line.split(';').map(folded).collect();
        let at = |is: &dyn Fn(&str) -> bool| names.iter().position(|name| is(name));
        Some(Self {
            width: names.len(),
            code: at(&|name| matches!(name, "авсdef" | "abcdef" | "def" | "авс" | "abc"))?,
            from: at(&|name| name == "от")?,
            to: at(&|name| name == "до")?,
            operator: at(&|name| name == "оператор")?,
            capacity: at(&|name| name == "емкость"),
            region: at(&|name| name == "регион"),
            territory: at(&|name| name.starts_with("территория")),
            inn: at(&|name| name == "инн"),
        })
        .filter(|header| header.region.is_some() || header.territory.is_some())
    }
}

/// Letters and digits alone, small, ё as е.
fn folded(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// The text, in the encoding in which its header can be read.
fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Header)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let line = |text: &str| text.trim_start().lines().next().and_then(Header::of);
    if let Some(header) = line(&String::from_utf8_lossy(head)) {
        return Some((String::from_utf8_lossy(bytes), header));
    }
    [WINDOWS_1251, IBM866, KOI8_R].into_iter().find_map(|encoding| {
        let header = line(&encoding.decode_without_bom_handling(head).0)?;
        Some((encoding.decode_without_bom_handling(bytes).0, header))
    })
}

/// Whether the beginning of a file is that of a register.
#[must_use]
pub fn is_register(head: &[u8]) -> bool {
    decode(head.get(..HEAD).unwrap_or(head)).is_some()
}

/// Texts that stand in many rows, each held once.
#[derive(Default)]
struct Texts(FxHashSet<Arc<str>>);

impl Texts {
    fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(text);
        self.0.insert(Arc::clone(&shared));
        shared
    }
}

/// Reads a file of the register. Rows that do not hold are told and left out; the others stand.
///
/// # Errors
/// [`Code::RecipeUnknown`] for what has not the header of a register; [`Code::NoRows`] where no row holds.
pub fn read(bytes: &[u8]) -> Result<RegisterTable> {
    let (text, header) = decode(bytes).ok_or_else(|| Error::new(Code::RecipeUnknown))?;
    let mut texts = Texts::default();
    let (mut ranges, mut problems, mut rows) = (Vec::new(), Vec::new(), 0_u32);
    let lines = (1_u32..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty());
    for (line, row) in lines.skip(1) {
        rows += 1;
        match range_of(&header, row, line, &mut texts) {
            Ok(range) => ranges.push(range),
            Err(kind) => problems.push(problem(line, kind, row)),
        }
    }
    if ranges.is_empty() {
        return Err(Error::new(Code::NoRows));
    }
    let (stretches, meeting) = settle(&ranges);
    let text_of = |range: &NumberRange| {
        let cells = [format!("{}", range.from), format!("{}", range.to), range.operator.to_string()];
        cells.join(";")
    };
    problems.extend(meeting.into_iter().filter_map(|at| {
        let range = ranges.get(at)?;
        Some(problem(range.line, RegisterProblemKind::Overlap, &text_of(range)))
    }));
    problems.sort_by_key(|problem| problem.line);
    let mut series: Vec<Series> = ranges.iter().map(|range| Series::of(range.from)).collect();
    series.sort_unstable();
    series.dedup();
    Ok(RegisterTable { ranges, problems, rows, series, stretches })
}

fn problem(line: u32, kind: RegisterProblemKind, row: &str) -> RegisterProblem {
    RegisterProblem { line, kind, found: row.trim().chars().take(SHOWN).collect() }
}

fn range_of(
    header: &Header,
    row: &str,
    line: u32,
    texts: &mut Texts,
) -> std::result::Result<NumberRange, RegisterProblemKind> {
    let malformed = || RegisterProblemKind::Malformed;
    let cells: Vec<&str> = row.split(';').map(str::trim).collect();
    if cells.len() != header.width {
        return Err(malformed());
    }
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let number = |at: usize, digits: usize| -> Option<u64> {
        let text = cell(at);
        let plain = (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let code = number(header.code, 3).filter(|code| *code >= 100).ok_or_else(malformed)?;
    let from = number(header.from, 7).ok_or_else(malformed)?;
    let to = number(header.to, 7).filter(|to| *to >= from).ok_or_else(malformed)?;
    let operator = cell(header.operator);
    if operator.is_empty() {
        return Err(malformed());
    }
    // A row that contradicts itself says nothing.
    let stated = header.capacity.map(cell).filter(|text| !text.is_empty());
    if stated.is_some_and(|text| text.parse() != Ok(to - from + 1)) {
        return Err(RegisterProblemKind::Capacity);
    }
    let base = (COUNTRY + code) * CODE;
    let mut share = |at: Option<usize>| texts.share(at.map(cell).unwrap_or_default());
    Ok(NumberRange {
        from: base + from,
        to: base + to,
        line,
        operator: share(Some(header.operator)),
        region: share(header.region),
        territory: share(header.territory),
        inn: share(header.inn),
    })
}
