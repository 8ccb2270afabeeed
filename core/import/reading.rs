//! One pass over a file: what is no data row is skipped and counted, every data row gets its fate, and the sums add up.

use super::columns::Columns;
use super::damage::{Doubt, Held, Joined, Mended, Mender, Rest, Usual, Verdict};
use super::extract::Extracting;
use super::follower::{Follower, Part, is_number, line_around, names_no_line};
use super::identify::Layout;
use super::lacks::Lacks;
use super::lengths::Lengths;
use super::map::{Mapper, Stated};
use super::note::ReadingNote;
use super::period;
use super::recipe::ContainerKind;
use super::rows::{Flow, RawRow, RowReader};
use super::when::Read;
use super::{Discard, ReadOptions, Sink, Summary};
use crate::error::Result;
use crate::model::{ClockKind, HAND_RECIPE, PhoneNumber, RowFate, Zone, ZoneBasis};
use crate::progress::Progress;
use chrono::NaiveDate;
use std::collections::VecDeque;
use std::rc::Rc;

/// Rows between two reports of progress.
const REPORT_EVERY: u64 = 4096;

/// Parts of broken rows that wait for what follows them, at most: a row of four parts, another that one of them might
/// begin, and messages between them.
const HELD: usize = 10;

/// What a row around the table told of those below it.
struct Told {
    /// Their line.
    line: Option<PhoneNumber>,
    /// Which way their calls went.
    section: bool,
}

/// The pass that makes fates.
pub(super) struct Reading<'r> {
    follower: Follower<'r>,
    mapper: Mapper<'r>,
    /// Puts damaged rows right; `None` where rows are told as they stand.
    mender: Option<Mender<'r>>,
    held: VecDeque<Held<Part>>,
    summary: Summary,
    /// Least and greatest reading of the records of each clock.
    spans: Vec<Option<(i64, i64)>>,
    /// First and last day of the rows of other services, days since 1970.
    other_days: Option<(i64, i64)>,
    stated: period::Stated,
    lengths: Lengths,
    context_turn: u64,
    sheet: u32,
    sink: &'r mut dyn Sink,
    progress: &'r dyn Progress,
    given: Option<Zone>,
    /// Whether the last line of text was the word for the line's number.
    expected: bool,
    /// Whether rows are only looked at, before any is told.
    pub surveying: bool,
    surveyed: u64,
    /// Unit of the lengths by the layout or a heading.
    unit_s: u32,
    /// Calls between two numbers of which neither is known to be own.
    strangers: u64,
    /// What its calls lack, where nobody has said what the columns mean.
    lacks: Option<Lacks>,
    /// Keeps the rows of the picked line beside, where an extract is wanted.
    pub extracting: Option<&'r mut Extracting>,
}

impl<'r> Reading<'r> {
    pub fn new(
        layout: &'r Layout,
        options: &ReadOptions,
        usual: Option<&Usual>,
        sink: &'r mut dyn Sink,
        progress: &'r dyn Progress,
    ) -> Self {
        let follower = Follower::new(layout, usual.is_some());
        let mut mapper = Mapper::new(&layout.recipe, options, layout.month_first);
        mapper.lengths_shifted = layout.lengths_shifted;
        let mender = usual.and_then(|usual| mender(layout, usual));
        mapper.whole_only = mender.is_some();
        mapper.two_digits = mender.is_some() && usual.is_some_and(|usual| usual.lengths.are_clocks());
        Self {
            follower,
            mapper,
            mender,
            held: VecDeque::new(),
            summary: Summary::default(),
            spans: Vec::new(),
            other_days: None,
            stated: period::Stated::default(),
            lengths: Lengths::default(),
            context_turn: 0,
            sheet: 0,
            sink,
            progress,
            given: options.zone,
            expected: false,
            surveying: false,
            surveyed: 0,
            unit_s: layout.unit_s,
            strangers: 0,
            lacks: Lacks::are_told_of(&layout.recipe).then(Lacks::default),
            extracting: None,
        }
    }

    /// Begins again with the first row: from now on rows are told.
    pub fn begin(&mut self, layout: &'r Layout, usual: Option<&Usual>) -> Result<()> {
        self.settle(true)?;
        self.follower = Follower::new(layout, usual.is_some());
        self.mender = usual.and_then(|usual| mender(layout, usual));
        self.mapper.surveyed();
        (self.expected, self.surveying, self.context_turn, self.sheet) = (false, false, 0, 0);
        Ok(())
    }

    /// Tells whether the file has lines that were not picked, which its first rows may not show.
    pub fn has_others(&mut self, others: bool) {
        self.mapper.has_others = others;
    }

    /// Takes one row as it stands in the file.
    pub fn take(&mut self, row: &RawRow) -> Result<Flow> {
        self.summary.skipped += if self.surveying { 0 } else { row.blanks_before };
        if row.place.sheet != self.sheet {
            self.sheet = row.place.sheet;
            if self.follower.recipe.sheet_is_line {
                self.mapper.around = None;
                self.take_line(&row.sheet);
            }
        }
        let part = self.follower.part(row);
        // The rest of a length is a line of one cell.
        if row.len() > 1 && self.held.len() == 1 && self.held[0].open {
            self.let_go(1)?;
        }
        if let (true, Some(extracting)) = (self.follower.by_other && !self.surveying, &mut self.extracting) {
            let headings = self.follower.columns.as_ref().map(|columns| columns.headings.as_slice());
            extracting.headed_elsewhere(row, headings.unwrap_or_default());
        }
        if self.held.is_empty() {
            self.tell(row, part)?;
        } else {
            self.hold(row, part);
            self.settle(false)?;
        }
        Ok(Flow::Next)
    }

    /// Tells a row that no other waits for.
    fn tell(&mut self, row: &RawRow, part: Part) -> Result<()> {
        let columns = match (part, self.follower.columns.clone()) {
            (Part::Data, Some(columns)) => columns,
            (Part::Skipped, Some(columns)) => return self.skip(row, part, &columns),
            _ => return self.around(row, part),
        };
        self.look_into_context(row);
        let start = self.follower.start.take();
        if start.is_some() {
            self.mapper.form = self.follower.form.get();
        }
        let doubt = self.mender.as_mut().and_then(|mender| mender.doubts(row, &columns));
        let stated = match doubt {
            None => Some(self.mapper.statement(row, &columns, start)),
            Some(_) => None,
        };
        let failed = matches!(stated, None | Some(Stated::Else(RowFate::Problem { .. })));
        match (&mut self.mender, stated) {
            (Some(mender), Some(_)) if !failed && mender.is_short(row) => {
                self.held.push_back(Held::short(row, part, &columns));
                Ok(())
            }
            (Some(mender), Some(stated)) if !failed => {
                mender.usual = row.len();
                if matches!(stated, Stated::Call(_)) && mender.ends_with_length(row, &columns) {
                    self.held.push_back(Held::open(row, part, &columns, stated));
                    return Ok(());
                }
                self.conclude(row, &columns, stated, start)
            }
            (None, Some(stated)) => self.conclude(row, &columns, stated, start),
            (Some(mender), stated) => match mender.look(row, &columns) {
                Verdict::Mended(mended) => self.give(mended, &columns),
                Verdict::Stray => self.around(row, Part::Skipped),
                Verdict::Piece => {
                    self.held.push_back(Held::piece(row, part, &columns));
                    Ok(())
                }
                Verdict::Nothing => {
                    let stated = match (stated, doubt) {
                        (Some(stated), _) => stated,
                        (None, Some(Doubt::Firm)) => Mapper::damaged(row),
                        (None, _) => self.mapper.statement(row, &columns, start),
                    };
                    self.conclude(row, &columns, stated, start)
                }
            },
            (None, None) => Ok(()),
        }
    }

    /// Passes over a total or a footer, unless it is a whole row behind it.
    fn skip(&mut self, row: &RawRow, part: Part, columns: &Rc<Columns>) -> Result<()> {
        let whole = columns.width > 2 && row.len() >= columns.width && !columns.is_header(row);
        if let Some(mender) = self.mender.as_mut().filter(|_| whole)
            && let Verdict::Mended(mended) = mender.look(row, columns)
        {
            return self.give(mended, columns);
        }
        self.around(row, part)
    }

    /// Takes a row that is no data.
    fn around(&mut self, row: &RawRow, part: Part) -> Result<()> {
        if part == Part::Header {
            if let Some(extracting) = self.extracting.as_mut().filter(|_| !self.surveying) {
                extracting.heading(row);
            }
            return Ok(());
        }
        if part == Part::Data {
            return Ok(());
        }
        if part == Part::Unheaded {
            let stated = self.mapper.unheaded(row);
            let none = Columns::of_names(self.follower.recipe, std::iter::empty());
            self.extracting.iter_mut().for_each(|extracting| extracting.unheaded = true);
            self.conclude(row, &none, stated, None)?;
            self.extracting.iter_mut().for_each(|extracting| extracting.unheaded = false);
            return Ok(());
        }
        self.summary.skipped += u64::from(!self.surveying);
        let told = self.look_around(row, part);
        let heads = || self.follower.columns.as_ref().is_some_and(|columns| columns.is_header(row));
        if let Some(extracting) = self.extracting.as_mut().filter(|_| !self.surveying) {
            match told {
                Told { line: Some(line), .. } => extracting.names_line(row, &line)?,
                Told { section: true, .. } => extracting.section(row),
                _ if part == Part::Skipped && heads() => extracting.heading(row),
                _ => {}
            }
        }
        Ok(())
    }

    /// Keeps a row until it is known what became of those before it.
    fn hold(&mut self, row: &RawRow, part: Part) {
        let columns = self.follower.columns.clone();
        self.held.iter_mut().for_each(|held| held.stated = None);
        let mut held = Held::new(row, part, columns);
        if let (Some(mender), Some(columns), Part::Data | Part::Line | Part::Skipped) =
            (&mut self.mender, &held.columns, part)
            && !columns.is_header(row)
        {
            let fails = part != Part::Data
                || mender.doubts(row, columns).is_some()
                || matches!(self.mapper.statement(row, columns, None), Stated::Else(RowFate::Problem { .. }));
            let verdict = if fails { mender.look(row, columns) } else { Verdict::Nothing };
            match verdict {
                _ if !fails => (held.reads, held.short) = (true, mender.is_short(row)),
                Verdict::Mended(mended) => {
                    held.reads = mended.rows.len() == 1;
                    held.made = Some(mended);
                }
                Verdict::Stray => held.stray = true,
                Verdict::Piece => held.piece = true,
                Verdict::Nothing => {}
            }
        }
        self.held.push_back(held);
    }

    /// Tells the rows that were held, as far as it is known what they are; all of them at the end.
    fn settle(&mut self, end: bool) -> Result<()> {
        while let Some(front) = self.held.front() {
            let columns = front.columns.clone();
            if front.open {
                if self.held.len() == 1 && !end {
                    return Ok(());
                }
                self.settle_open()?;
                continue;
            }
            let short = front.short;
            let (Some(mender), Some(columns), true) = (&mut self.mender, columns, front.piece || short) else {
                self.let_go(1)?;
                continue;
            };
            let follows = |held: &&Held<Part>| (held.piece || held.stray) && held.row.blanks_before == 0;
            let reach = 1 + self.held.iter().skip(1).take_while(follows).count();
            if reach == self.held.len() && reach < HELD && !end {
                return Ok(());
            }
            let window: Vec<&Held<Part>> = self.held.iter().take(reach).collect();
            // A row that reads is no part of one that ends with another that does.
            let behind = self.held.get(reach).filter(|held| held.reads && held.row.blanks_before == 0 && !short);
            match mender.join(&window, behind, end || reach < self.held.len(), &columns) {
                Joined::Row(lines, _) if short && window[1..lines].iter().any(|held| held.may_be_call()) => {
                    self.let_go(1)?;
                }
                Joined::Row(lines, mended) => {
                    let strays = self.held.drain(..lines).filter(|held| held.stray).count() as u64;
                    self.summary.skipped += if self.surveying { 0 } else { strays };
                    self.give(mended, &columns)?;
                }
                Joined::Torn { lines, with_tail } => {
                    if let Some(tail) = self.held.get_mut(lines - 1).filter(|_| with_tail) {
                        tail.doubtful = true;
                    }
                    self.let_go(lines)?;
                }
                Joined::Nothing if short && window.get(1).is_some_and(|next| mender.completes(window[0], next)) => {
                    self.held.iter_mut().take(2).for_each(|held| held.doubtful = true);
                    self.let_go(2)?;
                }
                Joined::Nothing => self.let_go(1)?,
            }
        }
        Ok(())
    }

    /// Tells a row that ends with its length, together with the line below it where that is the rest.
    fn settle_open(&mut self) -> Result<()> {
        let (Some(mender), Some(open), Some(below)) = (&mut self.mender, self.held.front(), self.held.get(1)) else {
            return self.let_go(1);
        };
        let Some(columns) = open.columns.clone().filter(|_| below.row.blanks_before == 0 && !below.stray) else {
            return self.let_go(1);
        };
        let mended = match mender.rest_of_length(&open.row, &columns, &below.row) {
            Rest::None => return self.let_go(1),
            Rest::Doubtful => None,
            Rest::Certain => mender.with_rest(open, below, &columns),
        };
        match mended {
            Some(mended) => {
                self.held.drain(..2);
                self.give(mended, &columns)
            }
            None => {
                let Some(open) = self.held.pop_front() else { return Ok(()) };
                self.conclude(&open.row, &columns, Mapper::unended(&open.row), None)
            }
        }
    }

    /// Tells so many of the held rows as they stand.
    fn let_go(&mut self, count: usize) -> Result<()> {
        for _ in 0..count {
            let Some(held) = self.held.pop_front() else { break };
            if let (Some(stated), Some(columns)) = (held.stated, &held.columns) {
                self.conclude(&held.row, columns, stated, None)?;
                continue;
            }
            match (held.made, held.columns) {
                (_, Some(columns)) if held.doubtful => {
                    let stated = Mapper::uncertain(&held.row);
                    self.conclude(&held.row, &columns, stated, None)?;
                }
                (Some(mended), Some(columns)) => self.give(mended, &columns)?,
                (None, Some(columns)) if held.part == Part::Data && !held.stray => {
                    let row = &held.row;
                    let doubt = self.mender.as_mut().and_then(|mender| mender.doubts(row, &columns));
                    let stated = match doubt {
                        Some(Doubt::Firm) => Mapper::damaged(row),
                        _ => self.mapper.statement(row, &columns, None),
                    };
                    if let Some(mender) = self.mender.as_mut().filter(|_| held.short) {
                        mender.usual = row.len();
                    }
                    self.conclude(&held.row, &columns, stated, None)?;
                }
                _ if held.stray => self.around(&held.row, Part::Skipped)?,
                _ => self.around(&held.row, held.part)?,
            }
        }
        Ok(())
    }

    /// Tells rows that were put right.
    fn give(&mut self, mended: Mended, columns: &Columns) -> Result<()> {
        for (nth, row) in mended.rows.iter().enumerate() {
            self.mapper.nth = nth;
            let stated = self.mapper.statement(row, columns, None);
            self.conclude(row, columns, stated, None)?;
        }
        self.mapper.nth = 0;
        if !self.surveying {
            self.summary.mended += mended.rows.len() as u64;
            self.summary.mends.push(mended.mend);
        }
        Ok(())
    }

    /// Looks for the line in the elements around a row.
    fn look_into_context(&mut self, row: &RawRow) {
        if let Some(shape) = self.follower.recipe.xml.as_ref().and_then(|shape| shape.period.as_ref()) {
            row.about.iter().for_each(|(name, attributes)| self.stated.take_element(shape, name, attributes));
        }
        if row.context_turn == self.context_turn {
            return;
        }
        self.context_turn = row.context_turn;
        let wanted = self.follower.recipe.xml.as_ref().and_then(|shape| shape.line.as_deref());
        // The innermost element that names a line; the name of a tariff is none.
        let texts = row.context.iter().rev().filter(|(name, _)| Some(name.as_str()) == wanted);
        self.mapper.around = texts.map(|(_, text)| text.trim()).find_map(|text| self.mapper.name_line(text));
        self.mapper.unnamed_part = wanted.is_some() && self.mapper.around.is_none();
    }

    /// Counts a data row and hands its fate over; `start` is its beginning, where it was read to tell the row.
    fn conclude(&mut self, row: &RawRow, columns: &Columns, stated: Stated, start: Option<Read>) -> Result<()> {
        if self.surveying {
            // Nothing is read yet, but reading may be cancelled here too.
            if self.surveyed.is_multiple_of(REPORT_EVERY) {
                self.progress.report("read", 0, None)?;
            }
            self.surveyed += 1;
            self.mapper.survey(row, columns, &stated);
            return Ok(());
        }
        if self.summary.rows.is_multiple_of(REPORT_EVERY) {
            self.progress.report("read", self.summary.rows, None)?;
        }
        self.summary.rows += 1;
        let mut fate = self.mapper.fate(row, columns, stated);
        if let Some(extracting) = &mut self.extracting {
            fate = extracting.data(row, fate, self.follower.recipe)?;
        }
        match &fate {
            RowFate::Record(record) => {
                self.summary.records += 1;
                self.strangers += u64::from(self.mapper.strangers);
                if let Some(lacks) = &mut self.lacks {
                    lacks.take(row, columns, record, self.mapper.strangers, &self.mapper.interner.dictionary);
                }
                let clock = record.clock as usize;
                if self.spans.len() <= clock {
                    self.spans.resize(clock + 1, None);
                }
                let (least, greatest) = self.spans[clock].unwrap_or((record.reading, record.reading));
                self.spans[clock] = Some((least.min(record.reading), greatest.max(record.reading)));
                if self.unit_s == 1
                    && self.lengths.are_open()
                    && let Some(seconds) = record.duration_s.filter(|seconds| *seconds > 0)
                {
                    self.lengths.take(seconds, self.mapper.counts_minutes(row, columns));
                }
            }
            RowFate::Other { kind, .. } => {
                match self.summary.other.get_mut(kind) {
                    Some(count) => *count += 1,
                    None => {
                        self.summary.other.insert(kind.clone(), 1);
                    }
                }
                if let Some(day) = self.mapper.day(row, columns, start) {
                    let (first, last) = self.other_days.unwrap_or((day, day));
                    self.other_days = Some((first.min(day), last.max(day)));
                }
            }
            RowFate::Repeat { .. } => self.summary.repeats_in_file += 1,
            RowFate::OtherLine { .. } => self.summary.other_lines += 1,
            RowFate::Problem { problem, .. } => self.summary.problems.push(problem.clone()),
        }
        self.sink.row(fate, &self.mapper.interner.dictionary)
    }

    /// Looks at what stands around the rows: it may name their line, or say which way their calls went.
    fn look_around(&mut self, row: &RawRow, part: Part) -> Told {
        let line = if part == Part::Skipped { None } else { self.look_for_line(row) };
        // In a file of several lines what stands below «Абонент:» without a number is not of the line before.
        if line.is_none() && self.mapper.names_others() && names_no_line(self.follower.recipe, row) {
            self.mapper.around = None;
        }
        if !self.surveying {
            self.stated.take_text(self.follower.recipe, row);
        }
        let section = self.follower.recipe.sections && self.look_for_section(row);
        Told { line, section }
    }

    /// Looks for the line in a row around the table.
    fn look_for_line(&mut self, row: &RawRow) -> Option<PhoneNumber> {
        // In lines of text the number stands on the line behind its word.
        let (line, expected) = line_around(self.follower.recipe, row, row.around && self.expected);
        self.expected = expected;
        line.and_then(|line| self.take_line(&line))
    }

    /// Looks for a word of a direction that heads the rows below it.
    fn look_for_section(&mut self, row: &RawRow) -> bool {
        let mut filled = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
        let (Some(text), None) = (filled.next(), filled.next()) else { return false };
        let said = self.mapper.section_of(text);
        self.mapper.section = said.or(self.mapper.section);
        said.is_some()
    }

    /// Takes a number as the line of the rows that follow; `None` where it is none.
    pub fn take_line(&mut self, text: &str) -> Option<PhoneNumber> {
        let named = is_number(text).then(|| self.mapper.name_line(text)).flatten()?;
        self.mapper.around = Some(named);
        self.mapper.interner.dictionary.lines.get(named as usize).cloned()
    }

    /// The sums, after the last row and the blank lines behind it, how many calls are between strangers, and what calls lack.
    pub fn finish(mut self, blanks: u64) -> Result<(Summary, u64, Option<Lacks>)> {
        self.settle(true)?;
        self.progress.report("read", self.summary.rows, Some(self.summary.rows))?;
        self.summary.skipped += blanks;
        let of_other = self.follower.of_other.map(|(rows, first)| ReadingNote::other_header(rows, first));
        self.summary.notes.extend(of_other);
        let dictionary = &self.mapper.interner.dictionary;
        let named = self.mapper.named.iter().filter_map(|line| dictionary.lines.get(*line as usize));
        self.summary.lines = named.cloned().collect();
        let stated = dictionary.clocks.iter().any(|clock| clock.basis == ZoneBasis::Stated);
        let (zone, basis) = match self.given {
            Some(zone) => (Some(zone), ZoneBasis::Given),
            None if stated => (self.mapper.offsets.only(), ZoneBasis::Stated),
            None if self.follower.recipe.instants => (Some(Zone::UTC), ZoneBasis::Recipe),
            None => {
                let (zone, basis) = self.mapper.fallback();
                (Some(zone), basis)
            }
        };
        (self.summary.zone, self.summary.zone_basis) = (zone, Some(basis));
        let mut period: Option<(NaiveDate, NaiveDate)> = None;
        for (clock, span) in dictionary.clocks.iter().zip(&self.spans) {
            let Some((least, greatest)) = span else { continue };
            let local = |reading: i64| {
                let wall = match clock.kind {
                    ClockKind::Wall => reading,
                    ClockKind::Instant => reading.saturating_add(i64::from(clock.zone.offset_s(reading))),
                };
                chrono::DateTime::from_timestamp(wall, 0).map(|t| t.date_naive())
            };
            let (Some(first), Some(last)) = (local(*least), local(*greatest)) else { continue };
            period = Some(period.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
        }
        self.summary.period = period;
        let day = |days: i64| chrono::DateTime::from_timestamp(days * 86_400, 0).map(|t| t.date_naive());
        let other = self.other_days.and_then(|(first, last)| Some((day(first)?, day(last)?)));
        let both = [period, other].into_iter().flatten();
        self.summary.rows_period = both.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        self.summary.stated_period = std::mem::take(&mut self.stated).period(self.summary.rows_period);
        if self.unit_s == 1 {
            self.summary.duration_unit_s = self.lengths.unit_s();
            let by_lengths = self.lengths.unit_s().is_some() && !self.lengths.are_counted_in_minutes();
            self.summary.notes.extend(by_lengths.then(|| ReadingNote::whole_minutes(self.lengths.calls())));
        }
        self.sink.finish(std::mem::take(&mut self.mapper.interner.dictionary));
        Ok((self.summary, self.strangers, self.lacks))
    }
}

/// Whether a file names lines that were not picked: its rows are gone through until one does.
pub(super) fn names_other_lines(
    rows: &mut dyn RowReader,
    layout: &Layout,
    options: &ReadOptions,
    usual: Option<&Usual>,
    progress: &dyn Progress,
) -> Result<bool> {
    let mut nowhere = Discard;
    let mut reading = Reading::new(layout, options, usual, &mut nowhere, progress);
    reading.surveying = true;
    rows.each(&mut |row| {
        reading.take(row)?;
        Ok(if reading.mapper.names_others() { Flow::Enough } else { Flow::Next })
    })?;
    Ok(reading.mapper.names_others())
}

/// Who mends the rows of a table. What the program itself wrote is whole, an extract among it, whose rows were put right
/// when it was made; and rows that bring the names of their columns along are no lines that could run together.
fn mender<'l>(layout: &'l Layout, usual: &Usual) -> Option<Mender<'l>> {
    let kind = layout.container.kind();
    let table = matches!(kind, ContainerKind::Csv | ContainerKind::Xlsx | ContainerKind::Html | ContainerKind::Pdf);
    let is_table =
        table && layout.recipe.lines.is_none() && layout.recipe.name != HAND_RECIPE && layout.extract.is_none();
    is_table.then(|| Mender::new(&layout.recipe, layout.month_first, kind == ContainerKind::Csv, usual))
}
