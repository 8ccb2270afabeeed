//! «Мне только что звонили»: what the person writes down becomes a source of its own, one for each entry, so that each
//! can be withdrawn by itself.

use super::Edited;
use super::calls::as_found;
use super::files::Brought;
use super::import::{read_one, read_options, write_all};
use super::new_case::read_zone;
use super::{ImportOptions, unfit};
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::import::{HandRow, ReadOptions, ReadSeek, RowAsFound, hand_row, hand_text, read_number};
use crate::model::{
    CallId, CustodyKind, Direction, Disposition, HAND_RECIPE, HandChannel, HandEntry, Moment, NumberKind, Precision,
    RecordId, SourceId, Zone, hex, rfc3339,
};
use crate::progress::Silent;
use crate::store::evidence::{self, StoredSource};
use crate::store::{Connection, lists, word};
use chrono::{DateTime, NaiveDateTime};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// Characters of a number, of a name, of what was said.
const NUMBER: usize = 64;
const NAME: usize = 200;
const SAID: usize = 10_000;
/// Clocks of two programs on one computer differ by less.
const AHEAD_S: i64 = 120;

/// What the person says of a call or of a message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallNote {
    /// The other party's number in any spelling; `None` where it was hidden.
    pub number: Option<String>,
    /// Which way it went.
    pub direction: Direction,
    /// By the clock on the wall: `2026-11-28T14:05:30`; what is finer than `precision` counts for nothing.
    pub at: String,
    /// The smallest unit that the person knows.
    pub precision: Precision,
    /// Zone of that clock; `None` where it is the case's.
    pub zone: Option<String>,
    /// By what way it came.
    pub channel: HandChannel,
    /// Name of the messenger.
    pub messenger: String,
    /// How a call ended.
    pub disposition: Disposition,
    /// Length of a call in seconds.
    pub duration_s: Option<u32>,
    /// What the screen showed as a name.
    pub label: String,
    /// What was said.
    pub said: String,
    /// The person's own line; `None` where the case has one line, or where it is not known.
    pub line: Option<String>,
}

/// What writing down answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Noted {
    /// The source that the entry is.
    pub source: SourceId,
    /// The call that it states; `None` for a message.
    pub call: Option<CallId>,
    /// Whether files state that call as well.
    pub known: bool,
    /// The edit.
    #[serde(flatten)]
    pub edited: Edited,
}

/// Writes a call or a message down.
///
/// # Errors
/// [`Code::NumberUnreadable`], [`Code::ZoneUnknown`]; [`Code::RequestUnfit`] for a moment that is none or has not come,
/// a number that is not said, a text that is too long, and an entry that was just made.
pub fn note_call(case: &mut Case, note: &CallNote) -> Result<Noted> {
    let connection = case.connection();
    let options = read_options(connection, &ImportOptions::default())?;
    let now = case.clock().now();
    let (entry, zone) = entry_of(connection, note, &options, now)?;
    let bytes = hand_text(&entry)?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    if evidence::live_sources(connection)?.iter().any(|s| s.source.sha256 == hex(&sha256)) {
        return Err(unfit("эта запись уже сделана", "this entry has been made already"));
    }
    let brought = Brought {
        name: file_name(now, &zone),
        size: bytes.len() as u64,
        file: Box::new(Cursor::new(bytes)) as Box<dyn ReadSeek>,
    };
    let options = ReadOptions { recipe: Some(HAND_RECIPE.to_owned()), own: Vec::new(), ..options };
    let read = read_one(brought, sha256, None, &options, &Silent)?;
    let (source, outcome) = case.edit(CustodyKind::CallNoted, |edit| {
        let record = evidence::next_record(edit.connection)?;
        let answers = write_all(edit, vec![read], vec![None], &Silent)?;
        let answer = answers.into_iter().next().ok_or_else(|| Error::new(Code::Internal))?;
        edit.details.insert("channel".to_owned(), entry.channel.word().into());
        if answer.records > 0 {
            edit.details.insert("call".to_owned(), record.into());
        }
        Ok((answer.id, (answer.records > 0).then_some(RecordId(record)), answer.new_calls == 0))
    })?;
    let (id, record, known) = source;
    let call = record.map(|record| lists::call_of_record(case.connection(), record)).transpose()?;
    let source = id.ok_or_else(|| Error::new(Code::Internal))?;
    Ok(Noted { source, call, known: known && call.is_some(), edited: outcome.into() })
}

fn entry_of(connection: &Connection, note: &CallNote, options: &ReadOptions, now: i64) -> Result<(HandEntry, Zone)> {
    let fits = |text: &str, most: usize| text.chars().count() <= most;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (label, messenger) = (one_line(&note.label), one_line(&note.messenger));
    if !(fits(&label, NAME) && fits(&messenger, NAME) && fits(&note.said, SAID)) {
        return Err(unfit("текст слишком длинный", "a text is too long"));
    }
    let named = matches!(note.channel, HandChannel::Messenger | HandChannel::Message);
    if named && messenger.is_empty() {
        return Err(unfit("не сказано, какой это мессенджер", "it is not said which messenger it is"));
    }
    let lines = word::lines(connection)?;
    let line = match note.line.as_deref().map(|text| read_number(text, None)) {
        Some(number) => lines.iter().find(|line| line.number == number).map(|line| &line.number),
        None => Some(lines.as_slice()).filter(|lines| lines.len() == 1).map(|lines| &lines[0].number),
    };
    let number = note.number.as_deref().map(one_line);
    if let Some(text) = &number {
        if text.is_empty() {
            return Err(unfit("впишите номер или отметьте, что он был скрыт", "write the number or mark it as hidden"));
        }
        if !fits(text, NUMBER) || read_number(text, line).kind == NumberKind::Unknown {
            return Err(Error::new(Code::NumberUnreadable).with("number", text.clone()));
        }
    }
    let given = note.zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty());
    let zone = match given {
        Some(zone) => read_zone(zone)?,
        None => options.line_zone.unwrap_or(Zone::MOSCOW),
    };
    let at = NaiveDateTime::parse_from_str(&note.at, "%Y-%m-%dT%H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(&note.at, "%Y-%m-%dT%H:%M"))
        .map_err(|_| unfit("дата или время не разобраны", "the date or the time cannot be read"))?;
    let unit = note.precision.slack_s() + 1;
    let wall = at.and_utc().timestamp().div_euclid(unit) * unit;
    if zone.instant(wall) > now.saturating_add(AHEAD_S) {
        return Err(unfit("это время ещё не наступило", "that time has not come yet"));
    }
    let is_call = note.channel.is_call();
    let entry = HandEntry {
        written_at: rfc3339(now, &zone),
        at,
        precision: note.precision,
        zone: given.map(|_| zone.name()).unwrap_or_default(),
        channel: note.channel,
        messenger: if named { messenger } else { String::new() },
        direction: note.direction,
        number: number.unwrap_or_default(),
        disposition: if is_call { note.disposition } else { Disposition::Unknown },
        duration_s: note.duration_s.filter(|_| is_call),
        label,
        said: note.said.trim().replace("\r\n", "\n"),
        line: line.map(|number| number.text.clone()).unwrap_or_default(),
    };
    Ok((entry, zone))
}

/// `запись 2026-11-28 14-06-00.csv`: the moment of writing, as the person's clock shows it.
fn file_name(now: i64, zone: &Zone) -> String {
    let wall = DateTime::from_timestamp(now + i64::from(zone.offset_s(now)), 0).unwrap_or_default();
    format!("запись {}.csv", wall.format("%Y-%m-%d %H-%M-%S"))
}

/// What was written down by hand, as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct HandView {
    /// The source that it is.
    pub source: SourceId,
    /// When it was written down, RFC 3339.
    pub written_at: String,
    /// By what way it came; `None` where the row does not say it in our words.
    pub channel: Option<HandChannel>,
    /// Name of the messenger.
    pub messenger: String,
    /// Whether it went out.
    pub outgoing: bool,
    /// The call that it states; `None` for a message.
    pub call: Option<CallId>,
    /// When it happened, RFC 3339; `None` for a message.
    pub at: Option<String>,
    /// Its precision.
    pub precision: Option<Precision>,
    /// When it happened, as written.
    pub when: String,
    /// E.164.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// Kind of the number.
    pub number_kind: NumberKind,
    /// What the screen showed.
    pub label: String,
    /// What was said.
    pub said: String,
}

/// All that was written down by hand and is not withdrawn, the latest entry first.
///
/// # Errors
/// When the case file cannot be read.
pub fn hand_entries(case: &Case) -> Result<Vec<HandView>> {
    let entries = all(case.connection())?;
    Ok(entries.into_iter().rev().map(|(entry, _)| entry).collect())
}

/// The same in the order of writing, each with the moment of its record.
pub(super) fn all(connection: &Connection) -> Result<Vec<(HandView, Option<Moment>)>> {
    let mut entries = Vec::new();
    for stored in evidence::live_sources(connection)?.iter().filter(|s| s.source.recipe == HAND_RECIPE) {
        entries.extend(of_source(connection, stored)?);
    }
    Ok(entries)
}

/// The entry that a source is; `None` where it is none, or holds several.
pub(super) fn entry_of_source(connection: &Connection, stored: &StoredSource) -> Result<Option<HandView>> {
    if stored.source.recipe != HAND_RECIPE {
        return Ok(None);
    }
    let mut entries = of_source(connection, stored)?;
    Ok(if entries.len() == 1 { entries.pop().map(|(entry, _)| entry) } else { None })
}

/// The entries of a source, in their order.
fn of_source(connection: &Connection, stored: &StoredSource) -> Result<Vec<(HandView, Option<Moment>)>> {
    // A table of this form may come from elsewhere and hold many rows.
    let mut places: Vec<(u32, u64, Option<RecordId>)> = Vec::new();
    for (sheet, row, record) in lists::record_places(connection, stored.first_record, stored.records)? {
        places.push((sheet, row, Some(record)));
    }
    lists::for_each_ledger_row(connection, stored.source.id, &mut |row| {
        if row.fate == "other" {
            places.push((row.sheet, row.row, None));
        }
        Ok(())
    })?;
    places.sort_unstable();
    let rows: Vec<(u32, u64)> = places.iter().map(|(sheet, row, _)| (*sheet, *row)).collect();
    let mut entries = Vec::with_capacity(places.len());
    for ((.., record), found) in places.iter().zip(as_found(connection, stored, &rows)?) {
        entries.push(view(connection, stored, *record, &found)?);
    }
    Ok(entries)
}

fn view(
    connection: &Connection,
    stored: &StoredSource,
    record: Option<RecordId>,
    found: &RowAsFound,
) -> Result<(HandView, Option<Moment>)> {
    let HandRow { written_at, when, channel, messenger, outgoing, number, label, said } = hand_row(found);
    let stated = record.map(|id| lists::record_row(connection, id)).transpose()?.flatten();
    let start: Option<Moment> = stated.as_ref().map(|row| row.start);
    let read = stated.map_or_else(|| read_number(&number, None), |row| row.number);
    let view = HandView {
        source: stored.source.id,
        written_at: if written_at.is_empty() { stored.source.received_at.clone() } else { written_at },
        channel,
        messenger,
        outgoing,
        call: record.map(|id| lists::call_of_record(connection, id)).transpose()?,
        at: start.map(|moment| moment.rfc3339()),
        precision: start.map(|moment| moment.clock.precision),
        when,
        number: (read.kind == NumberKind::E164).then(|| read.text.clone()),
        number_raw: number,
        number_kind: read.kind,
        label,
        said,
    };
    Ok((view, start))
}
