//! Tables put together again from places. The rows with a date in one and the same place are the table; the strips that
//! they leave free part its columns; lines between them that stay within the columns go on with the cells above or
//! below; the lines right above the first are its header. Everything else is text around the table.

use super::draw::{IN_CELL, ON_LINE};
use super::{Page, Piece};
use crate::error::Result;
use crate::import::rows::{Flow, RawRow, RowReader, TakeRow};
use crate::import::words::folded;
use crate::model::RowPlace;

/// How much further than a line's height the next line of a cell may stand.
const LEADING: f64 = 1.6;
/// The same for the lines of a header, as long as some column has no heading.
const IN_HEADER: f64 = 2.4;
/// The same for the space between the header and the first row.
const BELOW_HEADER: f64 = 4.0;
/// Lines of a header.
const HEADER_LINES: usize = 10;
/// Lines of a page that may go on with rows; a page with more is no table.
const MAX_OPEN: usize = 400;
/// First words of lines that are no part of a row, however near they stand.
const APART: [&str; 6] = ["итог", "всего", "страница", "стр.", "total", "page"];

/// The tables of a document.
pub(super) struct Tables {
    /// The lines of each page.
    pages: Vec<Vec<Line>>,
    /// Where the dates of the rows begin.
    date: Option<f64>,
    /// The strips of the columns.
    columns: Vec<(f64, f64)>,
}

impl Tables {
    /// Puts the lines together once, however often they are gone through.
    pub fn new(pages: &[Page]) -> Self {
        let pages: Vec<Vec<Line>> = pages.iter().map(lines).collect();
        let date = date_place(&pages);
        let columns = date.map(|date| columns(&pages, date)).unwrap_or_default();
        Self { pages, date, columns }
    }
}

/// A line of a page: its cells from the left.
#[derive(Debug)]
struct Line {
    base: f64,
    size: f64,
    cells: Vec<Piece>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Around,
    Header,
    Row,
    /// Goes on with the row at this place.
    With(usize),
}

impl RowReader for Tables {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let columns = self.columns.as_slice();
        let mut row = RawRow::default();
        let mut above = 0;
        for page in &self.pages {
            let parts = parts(page, self.date, columns);
            let rows = lines_of_rows(&parts);
            let header: Vec<usize> = (0..page.len()).filter(|at| parts[*at] == Part::Header).collect();
            for (at, line) in page.iter().enumerate() {
                let cells = match parts[at] {
                    Part::With(_) => continue,
                    Part::Around => line.cells.iter().map(|cell| cell.text.trim().to_owned()).collect(),
                    // The lines of a header are one row, handed over at the last of them.
                    Part::Header if header.last() != Some(&at) => continue,
                    Part::Header => gather(page, &header, columns),
                    Part::Row => gather(page, &rows[at], columns),
                };
                row.clear();
                row.around = parts[at] == Part::Around;
                row.place = RowPlace { sheet: 0, row: above + at as u64 + 1, offset: 0, length: 0 };
                cells.iter().for_each(|cell| row.push(cell));
                if take(&row)? != Flow::Next {
                    return Ok(0);
                }
            }
            above += page.len() as u64;
        }
        Ok(0)
    }
}

/// The lines of a page from the top.
fn lines(page: &Page) -> Vec<Line> {
    let mut pieces: Vec<&Piece> = page.iter().collect();
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if (piece.base - line.base).abs() < ON_LINE * piece.size.max(line.size) => {
                line.cells.push(piece.clone());
            }
            _ => lines.push(Line { base: piece.base, size: piece.size, cells: vec![piece.clone()] }),
        }
    }
    for line in &mut lines {
        line.cells.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut joined: Vec<Piece> = Vec::with_capacity(line.cells.len());
        for cell in line.cells.drain(..) {
            match joined.last_mut() {
                Some(before) if cell.left - before.right < IN_CELL * before.size => {
                    if !before.text.ends_with(' ') && !cell.text.starts_with(' ') {
                        before.text.push(' ');
                    }
                    before.text.push_str(&cell.text);
                    before.right = before.right.max(cell.right);
                }
                _ => joined.push(cell),
            }
        }
        line.cells = joined;
    }
    lines
}

/// Where the dates of the rows begin: the place at which most of the lines of several cells have one.
fn date_place(pages: &[Vec<Line>]) -> Option<f64> {
    let mut places: Vec<f64> = Vec::new();
    for line in pages.iter().flatten().filter(|line| line.cells.len() > 1) {
        places.extend(line.cells.iter().find(|cell| begins_with_a_date(&cell.text)).map(|cell| cell.left));
    }
    places.sort_by(f64::total_cmp);
    // In order: all that stand less than four points to the right, without those that stand as much to the left.
    let near = |place: f64| {
        places.partition_point(|other| other - place < 4.0) - places.partition_point(|other| place - other >= 4.0)
    };
    let most = places.iter().map(|place| (near(*place), *place)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    most.map(|(_, place)| place)
}

fn is_row(line: &Line, date: f64) -> bool {
    let dated = |cell: &Piece| (cell.left - date).abs() < 4.0 && begins_with_a_date(&cell.text);
    line.cells.len() > 1 && line.cells.iter().any(dated)
}

/// The strips of the columns: what the cells of the rows cover.
fn columns(pages: &[Vec<Line>], date: f64) -> Vec<(f64, f64)> {
    let rows = pages.iter().flatten().filter(|line| is_row(line, date));
    let mut strips: Vec<(f64, f64)> = rows.flat_map(|line| &line.cells).map(|cell| (cell.left, cell.right)).collect();
    strips.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for strip in strips {
        match columns.last_mut() {
            Some(last) if strip.0 < last.1 => last.1 = last.1.max(strip.1),
            _ => columns.push(strip),
        }
    }
    columns
}

/// Columns over which a cell stands; the nearest where it stands over none.
fn over(cell: &Piece, columns: &[(f64, f64)]) -> Vec<usize> {
    let meets = |(left, right): &(f64, f64)| cell.left < *right && cell.right > *left;
    let met: Vec<usize> = (0..columns.len()).filter(|at| meets(&columns[*at])).collect();
    if !met.is_empty() {
        return met;
    }
    let middle = (cell.left + cell.right) / 2.0;
    let apart = |at: &usize| {
        let (left, right) = columns[*at];
        (left - middle).abs().min((right - middle).abs())
    };
    (0..columns.len()).min_by(|a, b| apart(a).total_cmp(&apart(b))).into_iter().collect()
}

/// What each line of a page is.
fn parts(page: &[Line], date: Option<f64>, columns: &[(f64, f64)]) -> Vec<Part> {
    let mut parts = vec![Part::Around; page.len()];
    let Some(date) = date else { return parts };
    let rows: Vec<usize> = (0..page.len()).filter(|at| is_row(&page[*at], date)).collect();
    rows.iter().for_each(|at| parts[*at] = Part::Row);
    let Some(first) = rows.first() else { return parts };
    // The nearest line to any row first, so that a third line of a cell finds the second in its place.
    let mut open: Vec<usize> =
        (0..page.len()).filter(|at| parts[*at] == Part::Around && goes_on(&page[*at], date, columns)).collect();
    if open.len() > MAX_OPEN {
        open.clear();
    }
    loop {
        let near = |at: &usize| nearest(page, &parts, *at, *first).map(|(row, apart)| (*at, row, apart));
        let Some((at, row, _)) = open.iter().filter_map(near).min_by(|a, b| a.2.total_cmp(&b.2)) else { break };
        parts[at] = Part::With(row);
        open.retain(|other| *other != at);
    }
    let mut below = *first;
    let mut headed = vec![false; columns.len()];
    for at in (0..*first).rev().filter(|at| parts[*at] == Part::Around).take(HEADER_LINES).collect::<Vec<_>>() {
        let line = &page[at];
        let apart = page[below].base - line.base;
        // Where every column has its heading already, what stands above them and is no part of one is a title.
        let complete = headed.iter().all(|headed| *headed);
        let wide = if complete { 1 } else { 2 };
        let title = line.cells.len() == 1 && line.cells.iter().any(|cell| over(cell, columns).len() > wide);
        let most = match complete {
            _ if below == *first => BELOW_HEADER,
            true => LEADING,
            false => IN_HEADER,
        };
        if title || apart > most * line.size.max(page[below].size) {
            break;
        }
        parts[at] = Part::Header;
        below = at;
        line.cells.iter().flat_map(|cell| over(cell, columns)).for_each(|at| headed[at] = true);
    }
    parts
}

/// For each row the lines that it consists of, from the top.
fn lines_of_rows(parts: &[Part]) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); parts.len()];
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Row => rows[at].push(at),
            Part::With(row) => rows[*row].push(at),
            Part::Around | Part::Header => {}
        }
    }
    rows
}

/// The row beside a line with which it may go on, and how far it is.
fn nearest(page: &[Line], parts: &[Part], at: usize, first: usize) -> Option<(usize, f64)> {
    let row_of = |other: usize| match parts.get(other) {
        Some(Part::Row) => Some(other),
        Some(Part::With(row)) => Some(*row),
        _ => None,
    };
    let line = page.get(at)?;
    let above = at.checked_sub(1);
    let apart_above = above.and_then(|above| page.get(above)).map(|above| line.base - above.base);
    let apart_below = page.get(at + 1).map(|below| below.base - line.base);
    let up = above.and_then(row_of).zip(apart_above);
    // Above the first row stands its header too: what is nearer to it than to what is above belongs to the row.
    let down = row_of(at + 1).zip(apart_below);
    let down = down.filter(|(row, apart)| *row != first || apart_above.is_none_or(|above| *apart < above));
    let near = [up, down].into_iter().flatten().min_by(|a, b| a.1.total_cmp(&b.1));
    near.filter(|(_, apart)| *apart < LEADING * line.size)
}

/// Whether a line may go on with the cells of a row: each of its cells stays within one column, and where the date
/// stands there is nothing, or the time of day.
fn goes_on(line: &Line, date: f64, columns: &[(f64, f64)]) -> bool {
    let within = |cell: &Piece| over(cell, columns).len() == 1;
    let beside = |cell: &Piece| {
        let at_date = over(cell, columns).iter().any(|at| (columns[*at].0 - date).abs() < 4.0);
        !at_date || is_time(&cell.text)
    };
    let apart = line.cells.first().is_some_and(|cell| {
        let text = folded(&cell.text);
        APART.iter().any(|word| text.starts_with(word))
    });
    !apart && line.cells.iter().all(|cell| within(cell) && beside(cell))
}

/// The cells of a row out of several lines.
fn gather(page: &[Line], lines: &[usize], columns: &[(f64, f64)]) -> Vec<String> {
    let mut cells = vec![String::new(); columns.len()];
    for line in lines.iter().filter_map(|at| page.get(*at)) {
        for piece in &line.cells {
            for at in over(piece, columns) {
                if let Some(cell) = cells.get_mut(at) {
                    join(cell, piece.text.trim());
                }
            }
        }
    }
    cells
}

/// Puts the next line of a cell behind the others: a word that was parted with a hyphen, or a name or number that was
/// only too long for its column, is put together again.
fn join(cell: &mut String, next: &str) {
    let (last, first) = (cell.chars().next_back(), next.chars().next());
    let (Some(last), Some(first)) = (last, first) else {
        cell.push_str(next);
        return;
    };
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '.' | '@');
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| word(c) || matches!(c, '<' | '-' | ':' | '/'));
    if last == '-' && first.is_lowercase() && cell.chars().rev().nth(1).is_some_and(char::is_alphabetic) {
        cell.pop();
    } else if !(word(last) && word(first) && is_word(cell) && is_word(next) && !is_time(next)) {
        cell.push(' ');
    }
    cell.push_str(next);
}

/// `03.09.2025…`, `3.9.25…`, `2025-09-03…`.
fn begins_with_a_date(text: &str) -> bool {
    let mut parts = text.trim_start().split(['.', '-', '/']);
    let digits = |part: Option<&str>, least: usize, most: usize, whole: bool| {
        let part = part.unwrap_or("");
        let count = part.bytes().take_while(u8::is_ascii_digit).count();
        (least..=most).contains(&count) && (!whole || count == part.len())
    };
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    digits(second, 1, 2, true)
        && ((digits(first, 1, 2, true) && digits(third, 2, 4, false))
            || (digits(first, 4, 4, true) && digits(third, 1, 2, false)))
}

/// `10:15`, `10:15:00`.
fn is_time(text: &str) -> bool {
    let text = text.trim();
    text.contains(':') && text.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// A page whose lines are these texts from the left, each a width apart from the next.
    fn page(lines: &[Vec<String>]) -> Page {
        let line = |(at, texts): (usize, &Vec<String>)| -> Vec<Piece> {
            let piece = |(column, text): (usize, &String)| {
                let left = 100.0 * column as f64;
                Piece { text: text.clone(), left, right: left + 50.0, base: 20.0 * at as f64, size: 10.0 }
            };
            texts.iter().enumerate().map(piece).collect()
        };
        lines.iter().enumerate().flat_map(line).collect()
    }

    #[test]
    fn a_document_of_a_hundred_thousand_rows_takes_no_time_of_their_square() {
        let row = |n: usize| vec!["03.09.2025 10:15:00".to_owned(), format!("7907{n:07}")];
        let pages = [page(&(0..100_000).map(row).collect::<Vec<_>>())];
        let begun = Instant::now();
        let mut tables = Tables::new(&pages);
        let mut count = 0;
        let read = tables.each(&mut |row| {
            assert_eq!((row.len(), row.around), (2, false));
            count += 1;
            Ok(Flow::Next)
        });
        assert_eq!((read.is_ok(), count), (true, 100_000));
        // The square took minutes; all of it takes about a second.
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    #[test]
    fn the_place_of_most_dates_is_that_around_which_most_stand_within_four_points() {
        let place = |lefts: &[f64]| {
            let cell =
                |left: f64, text: &str| Piece { text: text.to_owned(), left, right: left, base: 0.0, size: 10.0 };
            let line =
                |left: &f64| Line { base: 0.0, size: 10.0, cells: vec![cell(*left, "3.9.25"), cell(900.0, "x")] };
            date_place(&[lefts.iter().map(line).collect()])
        };
        assert_eq!(place(&[]), None);
        // 14 has one within four points on either side; what stands four points off is not near.
        assert_eq!(place(&[50.0, 10.5, 14.0, 17.5, 54.0]), Some(14.0));
        // Of two that are alike the left.
        assert_eq!(place(&[54.0, 10.0, 50.0, 14.0]), Some(10.0));
    }
}
