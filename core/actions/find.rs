//! Find calls: narrowed by what is asked for, in the order that is asked for.
//!
//! What one list table answers is read from it; all else is asked of columns held in memory ([`CallColumns`]).

use super::calls::{CallView, Looker};
use super::silences::{Silences, SilentFilter};
use super::{dates::Written, groups, holders::Holders, unfit, verdicts::Verdicts};
use crate::case::Case;
use crate::charts::{Local, weekday};
use crate::error::{Code, Error, Result};
use crate::import::read_number;
use crate::model::{CallId, Direction, Disposition, GroupId, NONE, NumberKind, PhoneNumber, SourceId, Verdict, Zone};
use crate::store::columns::{self, Columns, Row};
use crate::store::derived::folded;
use crate::store::{self, Connection, custody, evidence, lists, word};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::sync::{Arc, Mutex, PoisonError};

/// Which calls, and in which order. What is asked for together must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(default)]
pub struct CallFilter {
    /// First local date, `2025-09-01`.
    pub from: Option<String>,
    /// Last local date, inclusive.
    pub to: Option<String>,
    /// Number in any spelling.
    pub number: Option<String>,
    /// Group.
    pub group: Option<GroupId>,
    /// One of the reasons of that group, by its place among them: the calls that it speaks for.
    pub reason: Option<u32>,
    /// Part of a number in any spelling or of a label regardless of case and ё/е, a date, «скрыт».
    pub text: Option<String>,
    /// Direction.
    pub direction: Option<Direction>,
    /// Disposition.
    pub disposition: Option<Disposition>,
    /// Which witnesses state the call.
    pub verdict: Option<Verdict>,
    /// Whether an exhibit is linked to it.
    pub exhibits: Option<bool>,
    /// Whether a label was seen on it.
    pub labelled: Option<bool>,
    /// Whether its number is hidden.
    pub hidden: Option<bool>,
    /// Source that states it.
    pub source: Option<SourceId>,
    /// Weekday in the zone of the case, 0 for Monday.
    pub weekday: Option<u32>,
    /// Hour of the day in the zone of the case. Calls of which only the day is known have none.
    pub hour: Option<u32>,
    /// First and last number of a block, E.164.
    pub block: Option<(String, String)>,
    /// The label shown first, to the letter.
    pub label: Option<String>,
    /// To whom the range of the number was allotted, as the register writes it.
    pub holder: Option<String>,
    /// Witness that is silent about it, and why.
    pub silent: Option<SilentFilter>,
    /// Order.
    pub order: CallOrder,
}

/// An order of calls. Calls that are equal in it follow one another newest first; what is not known comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(default)]
pub struct CallOrder {
    /// By what.
    pub by: CallKey,
    /// From the last to the first.
    pub descending: bool,
}

/// What calls are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CallKey {
    /// Start.
    #[default]
    Time,
    /// Number.
    Number,
    /// Label shown first.
    Label,
    /// Name of the group.
    Group,
    /// Length.
    Duration,
    /// How many witnesses speak of it: phone, operator, exhibit.
    Witnesses,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallPage {
    /// Calls by start, newest last, then id.
    pub calls: Vec<CallView>,
    /// Id after which the next page begins; `None` at the end.
    pub next: Option<CallId>,
    /// Calls that the filter lets through.
    pub total: u32,
}

/// The calls of a case as columns, read when first needed and again after the case changed.
#[derive(Debug, Default)]
pub struct CallColumns {
    /// With the state of the case in which they were read.
    columns: Mutex<Option<(String, Arc<Columns>)>>,
    pub(super) silences: Silences,
}

impl CallColumns {
    /// Those of the case as it is now.
    pub(super) fn of(&self, case: &Case) -> Result<Arc<Columns>> {
        let connection = case.connection();
        let mut held = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        store::reading(connection, || {
            // Every edit is an event, so that the chain says whether anything changed.
            let state = format!("{} {}", case.uuid(), custody::last_hash(connection)?);
            if let Some((_, columns)) = held.as_ref().filter(|(of, _)| *of == state) {
                return Ok(Arc::clone(columns));
            }
            *held = None;
            let sources = evidence::live_sources(connection)?;
            let shown: Vec<i64> = evidence::live_exhibits(connection)?.into_iter().map(|e| e.id.0).collect();
            let columns = columns::load(connection, &sources, &|exhibit| shown.binary_search(&exhibit).is_ok())?;
            let columns = Arc::new(columns);
            *held = Some((state, Arc::clone(&columns)));
            Ok(columns)
        })
    }

    /// Lets go of them.
    pub fn forget(&self) {
        *self.columns.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.silences.forget();
    }
}

/// A list of calls held as ids in its order: any page of it costs the same.
#[derive(Clone, Debug, Default)]
pub struct CallList {
    /// Ids.
    pub ids: Vec<CallId>,
}

impl CallList {
    /// Finds the calls that the filter lets through.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a group or a reason, [`Code::RequestUnfit`] for a date that is none.
    pub fn find(case: &Case, filter: &CallFilter) -> Result<Self> {
        Self::find_with(case, filter, &CallColumns::default())
    }

    /// The same, with columns that may have been read before.
    ///
    /// # Errors
    /// As [`CallList::find`].
    pub fn find_with(case: &Case, filter: &CallFilter, columns: &CallColumns) -> Result<Self> {
        let connection = case.connection();
        let asked = Asked::of(connection, filter)?;
        if asked.lists_answer(filter) {
            let mut ids = asked.in_lists(connection, filter)?;
            if filter.order.descending {
                ids.reverse();
            }
            return Ok(Self { ids });
        }
        let held = columns;
        let columns = held.of(case)?;
        let mut rows = indices_of(case, filter, held, &columns)?;
        sort(&mut rows, filter.order, &columns);
        Ok(Self { ids: rows.into_iter().map(|at| columns.rows[at as usize].id).collect() })
    }

    /// `count` calls from position `from` on.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn page(&self, case: &Case, from: usize, count: usize) -> Result<Vec<CallView>> {
        let to = from.saturating_add(count).min(self.ids.len());
        let looker = Looker::new(case.connection())?;
        self.ids
            .get(from.min(to)..to)
            .unwrap_or_default()
            .iter()
            .filter_map(|id| looker.view(*id).transpose())
            .collect()
    }
}

/// A page of calls after a call (`None`: from the first).
///
/// # Errors
/// As [`CallList::find`]; [`Code::NotFound`] where `after` is not in the list.
pub fn calls(case: &Case, filter: &CallFilter, after: Option<CallId>, limit: usize) -> Result<CallPage> {
    let list = CallList::find(case, filter)?;
    let from = match after {
        None => 0,
        Some(call) => match list.ids.iter().position(|id| *id == call) {
            Some(position) => position + 1,
            None => return Err(Error::new(Code::NotFound).with("what", "call").with("id", call.0)),
        },
    };
    let calls = list.page(case, from, limit)?;
    let more = from.saturating_add(limit) < list.ids.len();
    let next = calls.last().map(|c| c.id).filter(|_| more);
    Ok(CallPage { calls, next, total: u32::try_from(list.ids.len()).unwrap_or(u32::MAX) })
}

/// Which calls of the columns a filter lets through, by start.
pub(super) fn indices_of(
    case: &Case,
    filter: &CallFilter,
    held: &CallColumns,
    columns: &Arc<Columns>,
) -> Result<Vec<u32>> {
    let mut rows = Asked::of(case.connection(), filter)?.indices(case.connection(), filter, columns)?;
    if let Some(silent) = filter.silent {
        held.silences.keep(case, columns, silent, &mut rows)?;
    }
    Ok(rows)
}

/// Whether a number is looked for.
type Fits = Box<dyn Fn(&PhoneNumber) -> bool>;

/// A filter, understood.
struct Asked {
    from: i64,
    to: i64,
    group: Option<GroupId>,
    reason: Option<Vec<CallId>>,
    number: Option<Fits>,
    /// Each by itself is enough; empty where no text is looked for.
    texts: Vec<Text>,
}

/// A text that is looked for.
struct Text {
    number: Fits,
    label: String,
    date: Option<Written>,
    hidden: bool,
    /// When it must have been, beside that.
    on: Option<Written>,
}

impl Text {
    fn of(connection: &Connection, text: &str, on: Option<Written>) -> Result<Self> {
        Ok(Self {
            number: Box::new(number_search(text, &readings(connection, text)?)),
            label: text.to_owned(),
            date: Written::read(text),
            hidden: means_hidden(text),
            on,
        })
    }

    /// A text as it stands; with a date at its beginning or end also the rest of it on that date.
    fn all(connection: &Connection, text: &str) -> Result<Vec<Self>> {
        let whole = Self::of(connection, text, None)?;
        let beside = Written::beside(text).map(|(on, rest)| Self::of(connection, rest, Some(on))).transpose()?;
        Ok(std::iter::once(whole).chain(beside).collect())
    }
}

impl Asked {
    fn of(connection: &Connection, filter: &CallFilter) -> Result<Self> {
        let (from, to) = between(connection, filter)?;
        let group = filter.group.map(|group| groups::resolve(connection, group)).transpose()?;
        let reason = match (group, filter.reason) {
            (Some(group), Some(reason)) => Some(groups::calls_of_reason(connection, group, reason)?),
            _ => None,
        };
        let number = match filter.number.as_deref().filter(|n| !n.trim().is_empty()) {
            None => None,
            Some(number) => {
                let wanted = readings(connection, number)?;
                // A part of a number is looked for as a part.
                let part = wanted.iter().all(|n| n.kind == NumberKind::Unknown).then(|| number_search(number, &wanted));
                let fits = move |n: &PhoneNumber| wanted.contains(n) || part.as_ref().is_some_and(|part| part(n));
                Some(Box::new(fits) as Fits)
            }
        };
        let text = filter.text.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let texts = text.map_or(Ok(Vec::new()), |text| Text::all(connection, text))?;
        Ok(Self { from, to, group, reason, number, texts })
    }

    /// Whether the list tables know the answer.
    fn lists_answer(&self, filter: &CallFilter) -> bool {
        let plain = CallFilter {
            from: None,
            to: None,
            number: None,
            group: None,
            reason: None,
            text: None,
            order: CallOrder { descending: false, ..filter.order },
            ..filter.clone()
        };
        plain == CallFilter::default() && self.texts.iter().all(|t| t.date.is_none() && !t.hidden && t.on.is_none())
    }

    fn in_lists(&self, connection: &Connection, filter: &CallFilter) -> Result<Vec<CallId>> {
        debug_assert!(self.lists_answer(filter));
        let mut parts = Vec::new();
        if let Some(group) = self.group {
            parts.push(lists::timed_by_group(connection, group)?);
        }
        if let Some(fits) = &self.number {
            parts.push(by_numbers(connection, &lists::find_numbers(connection, fits)?)?);
        }
        if !self.texts.is_empty() {
            let mut found = Vec::new();
            for text in &self.texts {
                found.extend(by_numbers(connection, &lists::find_numbers(connection, &text.number)?)?);
                found.extend(by_label(connection, &text.label)?);
            }
            parts.push(found);
        }
        // What is narrowed starts from the fewest, so that a search does not pay for calls that it does not find.
        parts.sort_by_key(Vec::len);
        let mut parts = parts.into_iter();
        let mut ids = match parts.next() {
            None => lists::ids_by_time(connection, self.from, self.to)?,
            Some(mut fewest) => {
                fewest.retain(|(start, _)| (self.from..=self.to).contains(start));
                fewest.sort_unstable();
                fewest.dedup();
                fewest.into_iter().map(|(_, call)| call).collect()
            }
        };
        parts.for_each(|part| keep(&mut ids, part.into_iter().map(|(_, call)| call).collect()));
        if let Some(reason) = &self.reason {
            keep(&mut ids, reason.clone());
        }
        Ok(ids)
    }

    /// Indices of the calls that the filter lets through, by start.
    fn indices(&self, connection: &Connection, filter: &CallFilter, columns: &Columns) -> Result<Vec<u32>> {
        let place = |group| columns.groups.binary_search_by_key(&group, |(id, _)| *id).map_or(NONE, |at| at as u32);
        let group = self.group.map(place);
        let marked = |calls: &[CallId]| {
            let mut marked = vec![false; columns.rows.len()];
            calls.iter().filter_map(|call| columns.index(*call)).for_each(|at| marked[at] = true);
            marked
        };
        let of = |fits: &dyn Fn(&PhoneNumber) -> bool| columns.numbers.iter().map(fits).collect::<Vec<bool>>();
        let reason = self.reason.as_deref().map(marked);
        let number = self.number.as_deref().map(of);
        let block = filter.block.as_ref().map(|(from, to)| {
            let ends = PhoneNumber::digits_of(from).zip(PhoneNumber::digits_of(to));
            of(&|n| ends.zip(n.digits()).is_some_and(|((from, to), digits)| (from..=to).contains(&digits)))
        });
        let holder = match filter.holder.as_deref() {
            None => None,
            Some(holder) => {
                let holders = Holders::of(connection)?;
                Some(of(&|n| holders.held(n).is_some_and(|held| &*held.allotted.range.operator == holder)))
            }
        };
        let label = filter
            .label
            .as_deref()
            .map(|label| columns.labels.iter().position(|(text, _)| text == label).map_or(NONE - 1, |at| at as u32));
        let mut local = Local::of(zone(connection)?);
        let mut of_week = |row: &Row| {
            if filter.weekday.is_none() && filter.hour.is_none() {
                return true;
            }
            let clock = &columns.clocks[row.clock as usize];
            let (day, hour) = local.day_and_hour(row.start, clock.precision, &clock.zone);
            filter.weekday.is_none_or(|wanted| weekday(day) == wanted)
                && filter.hour.is_none_or(|wanted| hour.map(u32::from) == Some(wanted))
        };
        let mut texts = Vec::with_capacity(self.texts.len());
        for text in &self.texts {
            let labelled: Vec<CallId> = by_label(connection, &text.label)?.into_iter().map(|(_, call)| call).collect();
            texts.push((text, of(&*text.number), marked(&labelled)));
        }
        let has = |these: &[bool], at: u32| these.get(at as usize).copied().unwrap_or(false);
        let verdicts = Verdicts::all();
        let lets_through = |at: &u32| {
            let row = &columns.rows[*at as usize];
            (self.from..=self.to).contains(&row.start)
                && group.is_none_or(|group| row.group == group)
                && filter.direction.is_none_or(|d| row.direction == d)
                && filter.disposition.is_none_or(|d| row.disposition == d)
                && filter.verdict.is_none_or(|v| verdicts.of(row) == v)
                && filter.exhibits.is_none_or(|wanted| row.exhibits == wanted)
                && filter.labelled.is_none_or(|wanted| (row.label != NONE) == wanted)
                && filter.hidden.is_none_or(|wanted| (row.number == NONE) == wanted)
                && filter.source.is_none_or(|s| row.source == s || columns.also.binary_search(&(*at, s)).is_ok())
                && label.is_none_or(|label| row.label == label)
                && reason.as_deref().is_none_or(|these| has(these, *at))
                && [&number, &block, &holder].into_iter().flatten().all(|these| has(these, row.number))
                && of_week(row)
                && (texts.is_empty()
                    || texts.iter().any(|(text, numbers, labelled)| {
                        let falls = |date: &Written| date.holds(row.start, &columns.clocks[row.clock as usize].zone);
                        let told = has(numbers, row.number)
                            || has(labelled, *at)
                            || (text.hidden && row.number == NONE)
                            || text.date.as_ref().is_some_and(falls);
                        told && text.on.as_ref().is_none_or(falls)
                    }))
        };
        Ok(columns.by_time.iter().copied().filter(lets_through).collect())
    }
}

/// How many of phone, operator and exhibit speak of a call.
fn witnesses(row: &Row, verdict: Verdict) -> u32 {
    let sources = match verdict {
        Verdict::Both | Verdict::Conflict => 2,
        Verdict::PhoneOnly | Verdict::OperatorOnly => 1,
        Verdict::OtherOnly => 0,
    };
    sources + u32::from(row.exhibits)
}

/// Puts calls that stand by start into an order.
fn sort(indices: &mut [u32], order: CallOrder, columns: &Columns) {
    if order.by == CallKey::Time {
        if order.descending {
            indices.reverse();
        }
        return;
    }
    // Newest first where the order says nothing: the sorts below keep it.
    indices.reverse();
    let ranks = |count: usize, less: &dyn Fn(usize, usize) -> std::cmp::Ordering| {
        let mut sorted: Vec<usize> = (0..count).collect();
        sorted.sort_by(|a, b| less(*a, *b));
        let mut ranks = vec![0_u32; count];
        let mut rank = 0;
        for (at, place) in sorted.iter().enumerate() {
            if at > 0 && less(sorted[at - 1], *place).is_ne() {
                rank += 1;
            }
            ranks[*place] = rank;
        }
        ranks
    };
    let by = |ranks: Vec<u32>, of: &dyn Fn(&Row) -> u32| -> Vec<u32> {
        columns.rows.iter().map(|row| ranks.get(of(row) as usize).copied().unwrap_or(NONE)).collect()
    };
    let keys: Vec<u32> = match order.by {
        CallKey::Time => return,
        CallKey::Number => {
            by(ranks(columns.numbers.len(), &|a, b| columns.numbers[a].text.cmp(&columns.numbers[b].text)), &|r| {
                r.number
            })
        }
        CallKey::Label => {
            by(ranks(columns.labels.len(), &|a, b| columns.labels[a].1.cmp(&columns.labels[b].1)), &|r| r.label)
        }
        CallKey::Group => {
            let names: Vec<String> = columns.groups.iter().map(|(_, name)| folded(name)).collect();
            by(ranks(names.len(), &|a, b| names[a].cmp(&names[b])), &|row| row.group)
        }
        CallKey::Duration => columns.rows.iter().map(|row| u32::try_from(row.duration_s).unwrap_or(NONE)).collect(),
        CallKey::Witnesses => {
            let verdicts = Verdicts::all();
            columns.rows.iter().map(|row| witnesses(row, verdicts.of(row))).collect()
        }
    };
    let key = |at: &u32| keys[*at as usize];
    if order.descending {
        indices.sort_by_key(|at| (key(at) == NONE, Reverse(key(at))));
    } else {
        indices.sort_by_key(key);
    }
}

/// Whether a text is the beginning of what is said of a hidden number.
fn means_hidden(text: &str) -> bool {
    let text = folded(text);
    text.chars().count() >= 4
        && ["скрыт", "скрытый", "скрытые", "номер скрыт", "скрытый номер", "hidden", "number hidden", "hidden number"]
            .iter()
            .any(|said| said.starts_with(&text))
}

/// Keeps of `ids` what stands in `wanted` too; the order stays.
fn keep(ids: &mut Vec<CallId>, mut wanted: Vec<CallId>) {
    wanted.sort_unstable();
    ids.retain(|id| wanted.binary_search(id).is_ok());
}

/// Calls with their starts, some of them more than once.
type Timed = Vec<(i64, CallId)>;

fn by_numbers(connection: &Connection, numbers: &[i64]) -> Result<Timed> {
    let mut found = Vec::new();
    for number in numbers {
        found.extend(lists::timed_by_number(connection, *number)?);
    }
    Ok(found)
}

fn by_label(connection: &Connection, text: &str) -> Result<Timed> {
    let mut found = Vec::new();
    for label in lists::find_labels(connection, text)? {
        found.extend(lists::timed_by_label(connection, label)?);
    }
    Ok(found)
}

/// What a person may mean by a number: as it is read in the country of each line of the case, or in Russia.
fn readings(connection: &Connection, text: &str) -> Result<Vec<PhoneNumber>> {
    let lines = word::lines(connection)?;
    let mut readings: Vec<_> = lines.iter().map(|line| read_number(text, Some(&line.number))).collect();
    readings.push(read_number(text, None));
    Ok(readings)
}

/// What of a text searches numbers: its digits in any spelling; letters search senders. The 8 that is dialled first
/// within Russia stands for the 7 that numbers are kept with, also where the rest is not typed yet.
fn number_search(text: &str, readings: &[PhoneNumber]) -> impl Fn(&PhoneNumber) -> bool + use<> {
    let wanted = folded(text);
    let whole: Vec<_> = readings.iter().filter(|n| n.kind == NumberKind::E164).cloned().collect();
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    let spelt = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-‐‑‒–—−()*./".contains(c);
    let only_digits = !digits.is_empty() && wanted.chars().all(spelt);
    let dialled = digits.strip_prefix('8').filter(|rest| rest.len() >= 3 && !wanted.trim_start().starts_with('+'));
    let dialled = dialled.map(|rest| format!("+7{rest}"));
    move |number| {
        whole.contains(number)
            || (only_digits && number.text.contains(&digits))
            || (only_digits && dialled.as_ref().is_some_and(|begin| number.text.starts_with(begin)))
            || (!only_digits && number.kind == NumberKind::Sender && folded(&number.text).contains(&wanted))
    }
}

/// The zone in which the dates of a case are read: that of its first line, or Moscow.
pub(super) fn zone(connection: &Connection) -> Result<Zone> {
    Ok(word::lines(connection)?.into_iter().find_map(|l| l.zone).unwrap_or(Zone::MOSCOW))
}

/// Local dates of the filter as instants.
fn between(connection: &Connection, filter: &CallFilter) -> Result<(i64, i64)> {
    let zone = zone(connection)?;
    let date = |text: &str| {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| {
            unfit(&format!("«{text}» не дата вида 2025-09-01"), &format!("“{text}” is no date like 2025-09-01"))
        })
    };
    let start_of = |day: NaiveDate| zone.instant(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp());
    let from = filter.from.as_deref().map(date).transpose()?.map_or(i64::MIN, start_of);
    let to = match filter.to.as_deref().map(date).transpose()? {
        Some(day) => day.succ_opt().map_or(i64::MAX, |next| start_of(next) - 1),
        None => i64::MAX,
    };
    Ok((from, to))
}
