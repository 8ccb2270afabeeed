//! The ways to put a row right, and whether they come to one.

use super::super::columns::Columns;
use super::super::map::Sense;
use super::super::rows::RawRow;
use super::length::reaching;
use super::{CELL, Held, MendKind, Mended, Mender, joined, like, marks, mend};
use std::ops::Range;

/// Marks in a row; one with more is left alone.
const MARKS: usize = 6;

/// Ways that are tried for one row.
const TRIALS: u32 = 256;

/// Characters of a cell in which the end of one row and the beginning of the next are looked for.
const CUTS: usize = 64;

/// Lines that a row may be broken into.
const PIECES: usize = 4;

/// What the parts that were held come to.
pub(in super::super) enum Joined {
    /// The first so many of them are one row.
    Row(usize, Mended),
    /// There are two ways to read so many of them, with or without the row behind: none is certain.
    Torn { lines: usize, with_tail: bool },
    /// Nothing.
    Nothing,
}

/// The ways that were found: all of them must say the same.
#[derive(Default)]
struct Ways {
    found: Option<(Vec<Sense>, Vec<RawRow>, MendKind)>,
    torn: bool,
}

impl Ways {
    fn offer(&mut self, senses: Vec<Sense>, rows: Vec<RawRow>, kind: MendKind) {
        match &self.found {
            Some((known, ..)) => self.torn |= *known != senses,
            None => self.found = Some((senses, rows, kind)),
        }
    }

    fn only(self) -> Option<(MendKind, Vec<RawRow>)> {
        self.found.filter(|_| !self.torn).map(|(_, rows, kind)| (kind, rows))
    }
}

impl Mender<'_> {
    /// What a row says with these cells, if every one of them reads.
    pub(super) fn sense(&mut self, text: &str, row: &RawRow, columns: &Columns) -> Option<Sense> {
        let made = like(row, text);
        if self.lines && made.len() != self.width(columns) {
            return None;
        }
        let sense = self.trial().sense(&made, columns)?;
        // A line is put together to one that is known, or not at all.
        if self.line_damaged && !self.named.contains(&sense.line) {
            return None;
        }
        self.doubts(&made, columns).is_none().then_some(sense)
    }

    /// The rows that one line comes to by itself.
    pub(super) fn alone(&mut self, row: &RawRow, text: &str, columns: &Columns) -> Option<(MendKind, Vec<RawRow>)> {
        let found = marks::find(text);
        if found.len() > MARKS {
            return None;
        }
        let mut ways = Ways::default();
        let mut left = TRIALS;
        if text.contains(['\n', '\r']) {
            for between in ["", " "] {
                let whole = text.replace("\r\n", "\n").replace(['\n', '\r'], between);
                if let Some(sense) = self.sense(&whole, row, columns) {
                    ways.offer(vec![sense], vec![like(row, &whole)], MendKind::Broken);
                }
            }
        }
        for (kind, taken) in takings(&found) {
            for between in ["", " ", "\u{1F}"] {
                let cleaned = cleaned(text, &taken, between);
                if let Some(sense) = self.sense(&cleaned, row, columns) {
                    ways.offer(vec![sense], vec![like(row, &cleaned)], kind);
                }
                // Where rows are parted it is tried with a space and without.
                if between != " " {
                    self.split(row, &cleaned, columns, &mut left, &mut ways);
                }
            }
        }
        if found.is_empty() {
            self.split(row, text, columns, &mut left, &mut ways);
        }
        if left == 0 { None } else { ways.only() }
    }

    /// Two or more rows on one line.
    fn split(&mut self, row: &RawRow, text: &str, columns: &Columns, left: &mut u32, ways: &mut Ways) {
        let width = self.width(columns);
        let cells: Vec<&str> = text.split(CELL).collect();
        if !self.lines || width < 3 || cells.len() < 2 * width - 1 {
            return;
        }
        let mut so_far = Vec::new();
        self.split_on(row, &cells, columns, left, &mut so_far, ways);
    }

    /// Tries every end that the first row of these cells may have.
    fn split_on(
        &mut self,
        row: &RawRow,
        cells: &[&str],
        columns: &Columns,
        left: &mut u32,
        so_far: &mut Vec<(Sense, RawRow)>,
        ways: &mut Ways,
    ) {
        let width = self.width(columns);
        if cells.len() < width || ways.torn {
            return;
        }
        let (whole, rest) = cells.split_at(width);
        let rest = &rest[rest.iter().take_while(|cell| cell.trim().is_empty()).count()..];
        if rest.is_empty() || rest.len() + 1 >= width {
            self.split_at(row, whole, rest, columns, left, so_far, ways);
        }
        // The cells behind the first of the next row may be empty.
        if cells.len() + 1 < 2 * width {
            return;
        }
        let last = whole.last().copied().unwrap_or_default();
        for (at, c) in last.char_indices().skip(1).take(CUTS) {
            // A row begins with what its first cell holds, which is nearly always a date.
            if c.is_whitespace() || (columns.begin_with_date() && !c.is_ascii_digit()) {
                continue;
            }
            let mut first = whole.to_vec();
            if let Some(cell) = first.last_mut() {
                *cell = last[..at].trim_end();
            }
            let mut next = vec![&last[at..]];
            next.extend(&cells[width..]);
            if columns.begin_with_date() && !self.trial().reads_as_date(next[0], columns) {
                continue;
            }
            self.split_at(row, &first, &next, columns, left, so_far, ways);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn split_at(
        &mut self,
        row: &RawRow,
        first: &[&str],
        rest: &[&str],
        columns: &Columns,
        left: &mut u32,
        so_far: &mut Vec<(Sense, RawRow)>,
        ways: &mut Ways,
    ) {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
        let text = first.join("\u{1F}");
        let Some(sense) = self.sense(&text, row, columns) else { return };
        so_far.push((sense, like(row, &text)));
        if !rest.is_empty() {
            self.split_on(row, rest, columns, left, so_far, ways);
        } else if so_far.len() > 1 {
            let (senses, rows) = so_far.iter().cloned().unzip();
            ways.offer(senses, rows, MendKind::Glued);
        }
        so_far.pop();
    }

    /// The row that the first of the held parts begins, together with those behind it. `tail` is the row behind them, which
    /// reads by itself: it may still be the end of a longer one. `complete` where no more parts follow these.
    pub fn join<P>(&mut self, held: &[&Held<P>], tail: Option<&Held<P>>, complete: bool, columns: &Columns) -> Joined {
        let mut places: Vec<usize> = (0..held.len()).filter(|&at| at == 0 || held[at].piece).collect();
        let mut texts = Vec::with_capacity(places.len() + 1);
        for &at in &places {
            let Some(text) = joined(&held[at].row) else { break };
            texts.push(without_stamps(&text));
        }
        places.truncate(texts.len());
        let whole = tail.filter(|_| held.len() == held.iter().filter(|h| h.piece || h.stray).count());
        let whole =
            whole.and_then(|tail| joined(tail.made.as_ref().and_then(|made| made.rows.first()).unwrap_or(&tail.row)));
        if let Some(text) = &whole {
            places.push(held.len());
            texts.push(text.clone());
        }
        let first = held[0];
        let mut found = Vec::new();
        for count in 2..=PIECES.min(texts.len()) {
            found.extend(self.join_of(&first.row, &texts[..count], columns).map(|one| (count, one)));
        }
        let Some((mut count, mut one)) = found.pop() else { return Joined::Nothing };
        // What is behind its beginning must not begin another row with what follows.
        let mut reach = if found.is_empty() { 0 } else { count };
        for from in 1..count {
            for end in (count + 1).max(from + 2)..=(from + PIECES).min(texts.len()) {
                if self.join_of(&first.row, &texts[from..end], columns).is_some() {
                    reach = reach.max(end);
                }
            }
        }
        let with_tail = |count: usize| whole.is_some() && count == texts.len();
        if let (0, true, Some(tail)) = (reach, with_tail(count), &whole) {
            let same = self.sense(tail, &first.row, columns).is_some_and(|sense| sense == one.sense);
            reach = if same { 0 } else { count };
        }
        // A cell that may hold anything takes the beginning of the next row too; then all the parts together tell.
        if reach > 0 && !with_tail(reach) && complete {
            let end = texts.len() - usize::from(whole.is_some());
            let mut partings = Vec::new();
            self.part(&first.row, &texts[..end], columns, &mut Vec::new(), &mut partings);
            if let [only] = partings.as_slice()
                && let Some(known) =
                    only.first().and_then(|&to| Some((to, self.join_of(&first.row, &texts[..to], columns)?)))
            {
                ((count, one), reach) = (known, 0);
            }
        }
        // Or it does not matter to the call, and what more there is stays a problem of its own.
        if reach == count
            && !with_tail(reach)
            && !found.is_empty()
            && found.iter().all(|(_, other)| other.sense == one.sense)
        {
            ((count, one), reach) = (found.swap_remove(0), 0);
        }
        if reach > 0 {
            return Joined::Torn { lines: places[reach - 1] + 1, with_tail: with_tail(reach) };
        }
        let lines = places[count - 1] + 1;
        let all = held.iter().copied().chain(tail);
        let pieces: Vec<&RawRow> = all.take(lines).map(|held| &held.row).collect();
        let row = reaching(like(&first.row, &one.text), pieces[lines - 1]);
        let mend = mend(&pieces, MendKind::Broken, u32::try_from(lines).unwrap_or(u32::MAX), 1);
        Joined::Row(lines, Mended { rows: vec![row], mend })
    }

    /// The ways to make rows of all these parts; two are enough to know that there is not one.
    fn part(
        &mut self,
        row: &RawRow,
        texts: &[String],
        columns: &Columns,
        ends: &mut Vec<usize>,
        partings: &mut Vec<Vec<usize>>,
    ) {
        let from = ends.last().copied().unwrap_or(0);
        if from == texts.len() {
            partings.push(ends.clone());
        }
        for to in from + 2..=(from + PIECES).min(texts.len()) {
            if partings.len() < 2 && self.join_of(row, &texts[from..to], columns).is_some() {
                ends.push(to);
                self.part(row, texts, columns, ends, partings);
                ends.pop();
            }
        }
    }

    /// The one row that these parts come to.
    pub(super) fn join_of(&mut self, row: &RawRow, texts: &[String], columns: &Columns) -> Option<One> {
        let width = self.width(columns);
        let cells: usize = texts.iter().map(|text| text.matches(CELL).count() + 1).sum();
        // Where a line broke between two cells the break stands for their delimiter, else a cell was cut.
        let most = texts.len() - 1;
        if cells < width || cells - most > width {
            return None;
        }
        let between = width + most - cells;
        let mut found: Option<One> = None;
        // Each break is one of: within a cell, at a space of it, between cells.
        for way in 0..3_usize.pow(u32::try_from(most).unwrap_or(0)) {
            let mut made = texts[0].clone();
            let (mut rest, mut apart) = (way, 0);
            for text in &texts[1..] {
                match rest % 3 {
                    0 => {}
                    1 => made.push(' '),
                    _ => {
                        apart += 1;
                        made.push(CELL);
                    }
                }
                rest /= 3;
                made.push_str(text);
            }
            if apart != between {
                continue;
            }
            let Some(sense) = self.sense(&made, row, columns) else { continue };
            match &found {
                Some(known) if known.sense != sense => return None,
                Some(_) => {}
                None => found = Some(One { text: made, sense }),
            }
        }
        found
    }
}

/// A row that parts come to.
pub(super) struct One {
    pub text: String,
    sense: Sense,
}

/// Which marks may be taken out together: each alone and all of them, each wherever it may begin and end.
fn takings(found: &[marks::Mark]) -> Vec<(MendKind, Vec<Range<usize>>)> {
    let mut takings = Vec::new();
    for sets in found.chunks(1).chain((found.len() > 1).then_some(found)) {
        let usual: Vec<Range<usize>> = sets.iter().map(|mark| mark.at.clone()).collect();
        let Some(kind) = sets.first().map(|mark| mark.kind) else { continue };
        for (at, mark) in sets.iter().enumerate() {
            for other in &mark.others {
                let mut taken = usual.clone();
                taken[at] = other.clone();
                takings.push((kind, taken));
            }
        }
        takings.push((kind, usual));
    }
    takings
}

/// A part of a row without the stamps that tell themselves from it: in brackets, or at the beginning of the line.
fn without_stamps(text: &str) -> String {
    let stamps: Vec<marks::Mark> =
        marks::find(text).into_iter().filter(|mark| mark.kind == MendKind::Stamp && mark.others.is_empty()).collect();
    marks::without(text, &stamps)
}

/// A row without these stretches; at their ends the cell goes on, with a space or without, or ends.
fn cleaned(text: &str, taken: &[Range<usize>], between: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut from = 0;
    for at in taken {
        cleaned.push_str(text[from..at.start].trim_end_matches(' '));
        let behind = &text[at.end..];
        let apart = cleaned.is_empty() || cleaned.ends_with(CELL) || behind.is_empty() || behind.starts_with(CELL);
        if !apart {
            cleaned.push_str(between);
        }
        from = at.end;
    }
    cleaned.push_str(text[from..].trim_start_matches(' '));
    cleaned
}
