//! The person's word: title, lines, links, labels on exhibits, group overrides. Journalled for undo.

use super::failure::OrFailure;
use crate::error::{Code, Error, Result};
use crate::model::{ExhibitId, GroupMark, Line, NumberKind, Override, PhoneNumber, RecordId, Zone};
use rusqlite::Connection;

/// Id, creation time and secret of the case.
pub fn insert_case_info(connection: &Connection, uuid: &str, at: &str, secret: &[u8]) -> Result<()> {
    connection
        .execute("INSERT INTO case_info(id, uuid, created_at, secret) VALUES (1, ?1, ?2, ?3)", (uuid, at, secret))
        .or_failure()
        .map(|_| ())
}

/// What the case says of itself.
#[derive(Clone, Debug)]
pub struct CaseInfo {
    /// UUID.
    pub uuid: String,
    /// When it was created, RFC 3339 in UTC.
    pub created_at: String,
    /// Secret for salts.
    pub secret: Vec<u8>,
}

/// What the case says of itself.
pub fn case_info(connection: &Connection) -> Result<CaseInfo> {
    connection
        .query_row("SELECT uuid, created_at, secret FROM case_info WHERE id = 1", [], |row| {
            Ok(CaseInfo { uuid: row.get(0)?, created_at: row.get(1)?, secret: row.get(2)? })
        })
        .or_failure()
}

/// UUID of the case.
pub fn case_uuid(connection: &Connection) -> Result<String> {
    connection.query_row("SELECT uuid FROM case_info WHERE id = 1", [], |row| row.get(0)).or_failure()
}

/// Sets the title; an empty one takes it away.
pub fn set_title(connection: &Connection, text: &str) -> Result<()> {
    if text.is_empty() {
        return connection.execute("DELETE FROM title", []).or_failure().map(|_| ());
    }
    connection.execute("INSERT OR REPLACE INTO title(id, text) VALUES (1, ?1)", [text]).or_failure().map(|_| ())
}

/// The title; empty where none was given.
pub fn title(connection: &Connection) -> Result<String> {
    connection.query_row("SELECT coalesce((SELECT text FROM title WHERE id = 1), '')", [], |r| r.get(0)).or_failure()
}

/// Adds a line.
pub fn insert_line(connection: &Connection, line: &Line) -> Result<()> {
    connection
        .execute(
            "INSERT INTO line(kind, number, operator, zone) VALUES (?1, ?2, ?3, ?4)",
            (line.number.kind.word(), &line.number.text, &line.operator, line.zone.map(|z| z.name())),
        )
        .or_failure()
        .map(|_| ())
}

/// Takes all lines away, to set others.
pub fn delete_lines(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM line", []).or_failure().map(|_| ())
}

/// The complainant's lines.
pub fn lines(connection: &Connection) -> Result<Vec<Line>> {
    let mut query = connection.prepare("SELECT kind, number, operator, zone FROM line ORDER BY id").or_failure()?;
    let rows = query
        .query_map([], |row| {
            Ok(Line {
                number: PhoneNumber {
                    kind: NumberKind::from_word(&row.get::<_, String>(0)?).unwrap_or(NumberKind::Unknown),
                    text: row.get(1)?,
                },
                operator: row.get(2)?,
                zone: row.get::<_, Option<String>>(3)?.and_then(|z| Zone::parse(&z)),
            })
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// All links: exhibit, record.
pub fn links(connection: &Connection) -> Result<Vec<(ExhibitId, RecordId)>> {
    let mut query =
        connection.prepare("SELECT exhibit, record FROM exhibit_link ORDER BY exhibit, record").or_failure()?;
    let rows = query.query_map([], |row| Ok((ExhibitId(row.get(0)?), RecordId(row.get(1)?)))).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Notes a caller label seen on an exhibit for the call of a record, where that is not noted already.
pub fn insert_exhibit_label(connection: &Connection, exhibit: ExhibitId, record: RecordId, text: &str) -> Result<()> {
    let sql = "INSERT INTO exhibit_label(exhibit, record, text) SELECT ?1, ?2, ?3
               WHERE NOT EXISTS (SELECT 1 FROM exhibit_label WHERE exhibit = ?1 AND record = ?2 AND text = ?3)";
    connection.execute(sql, (exhibit.0, record.0, text)).or_failure().map(|_| ())
}

/// All labels seen on exhibits: exhibit, record, text.
pub fn exhibit_labels(connection: &Connection) -> Result<Vec<(ExhibitId, RecordId, String)>> {
    let mut query = connection.prepare("SELECT exhibit, record, text FROM exhibit_label ORDER BY id").or_failure()?;
    let rows =
        query.query_map([], |row| Ok((ExhibitId(row.get(0)?), RecordId(row.get(1)?), row.get(2)?))).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Adds an override.
pub fn insert_override(connection: &Connection, word: &Override) -> Result<()> {
    let (kind, text, records): (&str, String, Vec<RecordId>) = match word {
        Override::Merge(records) => ("merge", String::new(), records.clone()),
        Override::Split(records) => ("split", String::new(), records.clone()),
        Override::Name(record, name) => ("name", name.clone(), vec![*record]),
        Override::Known(record, known) => (if *known { "known" } else { "not_known" }, String::new(), vec![*record]),
        Override::Attributed(record, claim) => {
            let kind = if claim.is_some() { "attributed" } else { "not_attributed" };
            let text = claim.as_ref().map(serde_json::to_string).transpose();
            let text = text.map_err(|error| Error::new(Code::Internal).because(error))?;
            (kind, text.unwrap_or_default(), vec![*record])
        }
        Override::Marked(record, mark) => {
            let kind = if mark.is_some() { "mark" } else { "no_mark" };
            (kind, mark.map(|mark| mark.number().to_string()).unwrap_or_default(), vec![*record])
        }
        Override::NotThem { group, records, numbers } => {
            let kind = if *numbers { "not_their_number" } else { "not_them" };
            (kind, group.len().to_string(), group.iter().chain(records).copied().collect())
        }
    };
    connection.execute("INSERT INTO group_override(kind, text) VALUES (?1, ?2)", (kind, text)).or_failure()?;
    let id = connection.last_insert_rowid();
    let mut insert =
        connection.prepare("INSERT INTO group_override_record(override, record) VALUES (?1, ?2)").or_failure()?;
    for record in records {
        insert.execute((id, record.0)).or_failure()?;
    }
    Ok(())
}

/// All overrides, oldest first.
pub fn overrides(connection: &Connection) -> Result<Vec<Override>> {
    Ok(stored_overrides(connection)?.into_iter().map(|(_, word)| word).collect())
}

/// Whether an override has a text whose kind has none: nothing of it would show in what it is read as.
pub fn overrides_say_too_much(connection: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM group_override
               WHERE text <> '' AND kind IN ('merge', 'split', 'known', 'not_known', 'not_attributed', 'no_mark'))";
    connection.query_row(sql, [], |row| row.get(0)).or_failure()
}

/// Takes an override away.
pub fn delete_override(connection: &Connection, id: i64) -> Result<()> {
    connection.execute("DELETE FROM group_override_record WHERE override = ?1", [id]).or_failure()?;
    connection.execute("DELETE FROM group_override WHERE id = ?1", [id]).or_failure().map(|_| ())
}

/// All overrides with their ids, oldest first.
pub fn stored_overrides(connection: &Connection) -> Result<Vec<(i64, Override)>> {
    let sql = "SELECT o.id, o.kind, o.text, r.record FROM group_override o
               JOIN group_override_record r ON r.override = o.id ORDER BY o.id, r.id";
    let mut query = connection.prepare(sql).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    let mut found: Vec<(i64, String, String, Vec<RecordId>)> = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let (id, record) = (row.get(0).or_failure()?, RecordId(row.get(3).or_failure()?));
        match found.last_mut() {
            Some((seen, _, _, records)) if *seen == id => records.push(record),
            _ => found.push((id, row.get(1).or_failure()?, row.get(2).or_failure()?, vec![record])),
        }
    }
    let word = |(id, kind, text, mut records): (i64, String, String, Vec<RecordId>)| {
        let first = *records.first()?;
        let word = match kind.as_str() {
            "merge" => Override::Merge(records),
            "split" => Override::Split(records),
            "name" => Override::Name(first, text),
            "known" | "not_known" => Override::Known(first, kind == "known"),
            "attributed" => Override::Attributed(first, Some(serde_json::from_str(&text).ok()?)),
            "not_attributed" => Override::Attributed(first, None),
            "mark" => Override::Marked(first, Some(GroupMark::new(text.parse().ok()?)?)),
            "no_mark" => Override::Marked(first, None),
            "not_them" | "not_their_number" => {
                let leaving = records.split_off(text.parse().unwrap_or(0).min(records.len()));
                Override::NotThem { group: records, records: leaving, numbers: kind == "not_their_number" }
            }
            // What a program that knows more said is left for it.
            _ => return None,
        };
        Some((id, word))
    };
    Ok(found.into_iter().filter_map(word).collect())
}

/// A thumbnail kept earlier: `Some(None)` for what is no picture.
pub fn kept_thumbnail(connection: &Connection, exhibit: ExhibitId) -> Result<Option<Option<Vec<u8>>>> {
    use rusqlite::OptionalExtension;
    connection
        .query_row("SELECT png FROM thumbnail WHERE exhibit = ?1", [exhibit.0], |row| row.get(0))
        .optional()
        .or_failure()
}

/// Keeps a thumbnail.
pub fn keep_thumbnail(connection: &Connection, exhibit: ExhibitId, png: Option<&[u8]>) -> Result<()> {
    connection
        .execute("INSERT OR REPLACE INTO thumbnail(exhibit, png) VALUES (?1, ?2)", (exhibit.0, png))
        .or_failure()
        .map(|_| ())
}
