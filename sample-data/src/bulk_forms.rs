//! The rows of [`crate::bulk`] in other containers: pages, dumps, printed text. A row a line where there
//! are lines, so that a floor needs no parser.

use crate::Result;
use crate::bulk::{HEADER, Row, Rows, cells};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The line that the files belong to, national.
pub(crate) const LINE: &str = "79071204518";

/// So many calls of the rows without end.
pub(crate) fn calls(count: u64, seed: u64) -> impl Iterator<Item = (u64, Row, bool)> {
    let spoken = Rows::new(count + count / 4, seed).filter_map(|row| row.way.map(|way| (row, way.0)));
    (1..=count).zip(spoken).map(|(index, (row, incoming))| (index, row, incoming))
}

/// Milliseconds since 1970; rows keep the time of Moscow.
pub(crate) fn instant_ms(row: &Row, index: u64) -> i64 {
    (row.at.and_utc().timestamp() - 3 * 3600) * 1000 + (index * 7919 % 1000) as i64
}

/// The kinds of Android's log.
pub(crate) fn kind(row: &Row, incoming: bool) -> u8 {
    match (incoming, row.seconds) {
        (false, _) => 2,
        (true, 0) => 3,
        (true, _) => 1,
    }
}

/// A detail of `rows` rows as a page with one table.
///
/// # Errors
/// When the disk refuses.
pub fn calls_html(rows: u64, seed: u64, out: &Path) -> Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    let line =
        |cells: &[String], tag: &str| format!("<tr><{tag}>{}</{tag}></tr>\n", cells.join(&format!("</{tag}><{tag}>")));
    file.write_all(b"<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><table>\n")?;
    file.write_all(line(&HEADER.map(str::to_owned), "th").as_bytes())?;
    for (row, index) in Rows::new(rows, seed).zip(1..=rows) {
        file.write_all(line(&cells(index, &row), "td").as_bytes())?;
    }
    file.write_all(b"</table></body></html>\n")?;
    Ok(file.flush()?)
}

/// A phone's log of so many calls as Android's shell prints it, a row a line.
///
/// # Errors
/// When the disk refuses.
pub fn calls_dump(calls_in_all: u64, seed: u64, out: &Path) -> Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    for (index, row, incoming) in calls(calls_in_all, seed) {
        writeln!(
            file,
            "Row: {} duration={}, number={}, countryiso=RU, _id={index}, new=1, name={}, date={}, type={}, \
             presentation={}, phone_account_address={LINE}",
            index - 1,
            row.seconds,
            row.number,
            if row.label.is_empty() { "NULL" } else { row.label },
            instant_ms(&row, index),
            kind(&row, incoming),
            if row.number.is_empty() { 2 } else { 1 },
        )?;
    }
    Ok(file.flush()?)
}

/// Calls of an exchange as a dump of the table `cdr`, a row a line.
///
/// # Errors
/// When the disk refuses.
pub fn calls_sql(calls_in_all: u64, seed: u64, out: &Path) -> Result<()> {
    /// Rows of one statement.
    const TOGETHER: u64 = 500;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    file.write_all(
        b"CREATE TABLE `cdr` (\n  `calldate` datetime NOT NULL,\n  `src` varchar(80) NOT NULL,\n  `dst` varchar(80) NOT NULL,\n  \
          `dcontext` varchar(80) NOT NULL,\n  `billsec` int(11) NOT NULL,\n  `disposition` varchar(45) NOT NULL,\n  \
          `uniqueid` varchar(32) NOT NULL\n);\n",
    )?;
    for (index, row, incoming) in calls(calls_in_all, seed) {
        if index % TOGETHER == 1 {
            file.write_all(b"INSERT INTO `cdr` VALUES\n")?;
        }
        let last = index % TOGETHER == 0 || index == calls_in_all;
        let (from, to) = if incoming { (row.number.as_str(), "201") } else { ("201", row.number.as_str()) };
        writeln!(
            file,
            "('{}','{from}','{to}','{}',{},'{}','{}.{index}'){}",
            row.at.format("%Y-%m-%d %H:%M:%S"),
            if incoming { "from-trunk" } else { "from-internal" },
            row.seconds,
            if row.seconds == 0 { "NO ANSWER" } else { "ANSWERED" },
            instant_ms(&row, 0) / 1000,
            if last { ";" } else { "," },
        )?;
    }
    Ok(file.flush()?)
}

/// A printed detail of so many calls as its text, a row a line.
///
/// # Errors
/// When the disk refuses.
pub fn calls_text(calls_in_all: u64, seed: u64, out: &Path) -> Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    write!(
        file,
        "Оказанные услуги связи\nСетевой ресурс\n{LINE}\nДата Время\tGMT*\tНомер\tУслуга\tДлительность\tСтоимость\n"
    )?;
    for (_, row, incoming) in calls(calls_in_all, seed) {
        let number = match row.number.as_str() {
            "" => "Unknown".to_owned(),
            number => number.replace(' ', ""),
        };
        writeln!(
            file,
            "{}\t+03:00\t{}{number}\tТелеф.\t{}:{:02}\t0,0000",
            row.at.format("%d.%m.%Y  %H:%M:%S"),
            if incoming { "<--" } else { "" },
            row.seconds / 60,
            row.seconds % 60,
        )?;
    }
    Ok(file.flush()?)
}
