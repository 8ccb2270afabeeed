//! Files that hold a row a line, cut by what stands between their cells, and a database asked for its rows.

use super::table::Table;
use crate::Result;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Puts the pieces of each line that begins so into a table: six of the pieces between the separators.
fn lines(input: &Path, folder: &Path, begin: &str, between: &[u8], chosen: [usize; 6]) -> Result<()> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(input)?);
    let finder = memchr::memmem::Finder::new(between);
    Table::fill(&folder.join("floor.db"), None, |table| {
        let mut line = Vec::new();
        let mut ends = Vec::new();
        loop {
            line.clear();
            if file.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            if !line.starts_with(begin.as_bytes()) {
                continue;
            }
            ends.clear();
            ends.extend(finder.find_iter(&line));
            ends.push(line.len());
            table.insert(chosen.map(|piece| {
                let begin =
                    if piece == 0 { 0 } else { ends.get(piece - 1).map_or(line.len(), |end| end + between.len()) };
                let end = ends.get(piece).copied().unwrap_or(line.len());
                line.get(begin.min(end)..end).unwrap_or_default()
            }))?;
        }
    })
}

/// A page with a row a line.
pub fn html(input: &Path, folder: &Path) -> Result<()> {
    lines(input, folder, "<tr><td>", b"</td><td>", [1, 2, 3, 4, 5, 10])
}

/// Android's log as its shell prints it.
pub fn dump(input: &Path, folder: &Path) -> Result<()> {
    lines(input, folder, "Row: ", b", ", [0, 1, 5, 6, 7, 8])
}

/// A dump of a table.
pub fn sql(input: &Path, folder: &Path) -> Result<()> {
    lines(input, folder, "('", b"','", [0, 1, 2, 3, 4, 5])
}

/// The text of a printed detail.
pub fn text(input: &Path, folder: &Path) -> Result<()> {
    lines(input, folder, "", b"\t", [0, 1, 2, 3, 4, 5])
}

/// Android's database of calls.
pub fn sqlite(input: &Path, folder: &Path) -> Result<()> {
    let source = Connection::open_with_flags(input, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut asked = source.prepare(
        "SELECT cast(date AS text), phone_account_address, cast(type AS text), number, cast(duration AS text), name FROM calls",
    )?;
    Table::fill(&folder.join("floor.db"), None, |table| {
        let mut rows = asked.query([])?;
        while let Some(row) = rows.next()? {
            let mut cells: [&[u8]; 6] = Default::default();
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = row.get_ref(at)?.as_bytes_or_null()?.unwrap_or_default();
            }
            table.insert(cells)?;
        }
        Ok(())
    })
}
