//! Undo: a journal of data, filled by TEMP triggers on the asserted tables and only on them.
//!
//! A change is (operation, table number, row before, row after); rows are typed images, never SQL text and never
//! names out of the file, because a case comes from strangers too.

use super::failure::OrFailure;
use crate::error::{Code, Error, Result};
use crate::model::{CustodyKind, EventId};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension};

/// The asserted tables with their columns; the position is the number that the journal stores.
const ASSERTED: [(&str, &[&str]); 9] = [
    ("title", &["id", "text"]),
    ("line", &["id", "kind", "number", "operator", "zone"]),
    ("exhibit_link", &["id", "exhibit", "record"]),
    ("exhibit_label", &["id", "exhibit", "record", "text"]),
    ("group_override", &["id", "kind", "text"]),
    ("group_override_record", &["id", "override", "record"]),
    ("exhibit_time", &["id", "exhibit", "t", "zone", "basis", "precision"]),
    ("source_zone", &["id", "zone"]),
    ("register", &["id", "original", "name", "dated", "basis"]),
];
const INSERTED: i64 = 1;
const UPDATED: i64 = 2;
const DELETED: i64 = 3;

/// Encodes a row: for each value a type byte and its bytes, lengths as u32 little-endian.
fn encode<'a>(values: impl Iterator<Item = ValueRef<'a>>) -> Vec<u8> {
    let mut image = Vec::new();
    for value in values {
        match value {
            ValueRef::Null => image.push(0),
            ValueRef::Integer(value) => {
                image.push(1);
                image.extend(value.to_le_bytes());
            }
            ValueRef::Real(value) => {
                image.push(2);
                image.extend(value.to_bits().to_le_bytes());
            }
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                image.push(if matches!(value, ValueRef::Text(_)) { 3 } else { 4 });
                image.extend((bytes.len() as u32).to_le_bytes());
                image.extend(bytes);
            }
        }
    }
    image
}

fn decode(mut image: &[u8]) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    while let Some((kind, rest)) = image.split_first() {
        let (value, rest) = match kind {
            0 => (Value::Null, rest),
            1 | 2 => {
                let (bytes, rest) = rest.split_first_chunk::<8>()?;
                let value = if *kind == 1 {
                    Value::Integer(i64::from_le_bytes(*bytes))
                } else {
                    Value::Real(f64::from_bits(u64::from_le_bytes(*bytes)))
                };
                (value, rest)
            }
            3 | 4 => {
                let (length, rest) = rest.split_first_chunk::<4>()?;
                let (bytes, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
                let value = if *kind == 3 {
                    Value::Text(String::from_utf8(bytes.to_vec()).ok()?)
                } else {
                    Value::Blob(bytes.to_vec())
                };
                (value, rest)
            }
            _ => return None,
        };
        values.push(value);
        image = rest;
    }
    Some(values)
}

/// Makes the TEMP triggers of this connection.
pub fn install_triggers(connection: &Connection) -> Result<()> {
    connection
        .create_scalar_function(
            "row_image",
            -1,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
            |c| Ok(encode((0..c.len()).map(|i| c.get_raw(i)))),
        )
        .or_failure()?;
    let mut sql = String::new();
    for (number, (table, columns)) in ASSERTED.iter().enumerate() {
        let image = |side: &str| {
            format!("row_image({})", columns.iter().map(|c| format!("{side}.{c}")).collect::<Vec<_>>().join(", "))
        };
        for (word, op, before, after) in [
            ("INSERT", INSERTED, "NULL".to_owned(), image("NEW")),
            ("UPDATE", UPDATED, image("OLD"), image("NEW")),
            ("DELETE", DELETED, image("OLD"), "NULL".to_owned()),
        ] {
            sql.push_str(&format!(
                "CREATE TEMP TRIGGER undo_{table}_{word} AFTER {word} ON main.{table} BEGIN
                   INSERT INTO undo(op, part, before, after) VALUES ({op}, {number}, {before}, {after}); END;\n"
            ));
        }
    }
    connection.execute_batch(&sql).or_failure()
}

/// Removes the TEMP triggers, so that a replay is not journalled again.
pub fn remove_triggers(connection: &Connection) -> Result<()> {
    let mut sql = String::new();
    for (table, _) in ASSERTED {
        for word in ["INSERT", "UPDATE", "DELETE"] {
            sql.push_str(&format!("DROP TRIGGER IF EXISTS temp.undo_{table}_{word};\n"));
        }
    }
    connection.execute_batch(&sql).or_failure()
}

/// An action that can be undone or redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Identity.
    pub id: i64,
    /// Its custody event.
    pub event: EventId,
    /// Its kind.
    pub kind: CustodyKind,
    first: i64,
    last: i64,
}

/// Sequence number of the last change in the journal.
pub fn last_change(connection: &Connection) -> Result<i64> {
    connection.query_row("SELECT coalesce(max(seq), 0) FROM undo", [], |row| row.get(0)).or_failure()
}

/// Notes an action whose changes are those after `before`.
pub fn note_action(connection: &Connection, event: EventId, kind: CustodyKind, before: i64) -> Result<()> {
    let last = last_change(connection)?;
    connection
        .execute(
            "INSERT INTO action(event, kind, first, last, undone) VALUES (?1, ?2, ?3, ?4, 0)",
            (event.0, kind.word(), before + 1, last),
        )
        .or_failure()
        .map(|_| ())
}

/// Forgets the undone actions: after a new one there is nothing to redo.
pub fn forget_undone(connection: &Connection) -> Result<()> {
    connection
        .execute(
            "DELETE FROM undo WHERE EXISTS (SELECT 1 FROM action a WHERE a.undone = 1 AND undo.seq BETWEEN a.first AND a.last)",
            [],
        )
        .or_failure()?;
    connection.execute("DELETE FROM action WHERE undone = 1", []).or_failure().map(|_| ())
}

/// The action that undo (`undone` false: the last one done) or redo (true: the first one undone) would take.
pub fn next_action(connection: &Connection, undone: bool) -> Result<Option<Action>> {
    let order = if undone { "ASC" } else { "DESC" };
    connection
        .query_row(
            &format!("SELECT id, event, kind, first, last FROM action WHERE undone = ?1 ORDER BY id {order} LIMIT 1"),
            [i64::from(undone)],
            |row| {
                let kind: String = row.get(2)?;
                Ok(Action {
                    id: row.get(0)?,
                    event: EventId(row.get(1)?),
                    kind: CustodyKind::from_word(&kind).unwrap_or(CustodyKind::Created),
                    first: row.get(3)?,
                    last: row.get(4)?,
                })
            },
        )
        .optional()
        .or_failure()
}

/// Replays an action backwards (`undo`) or forwards and marks it.
pub fn replay(connection: &Connection, action: &Action, undo: bool) -> Result<()> {
    remove_triggers(connection)?;
    let outcome = replay_changes(connection, action, undo);
    install_triggers(connection)?;
    outcome?;
    connection
        .execute("UPDATE action SET undone = ?1 WHERE id = ?2", (i64::from(undo), action.id))
        .or_failure()
        .map(|_| ())
}

fn replay_changes(connection: &Connection, action: &Action, undo: bool) -> Result<()> {
    let order = if undo { "DESC" } else { "ASC" };
    let mut query = connection
        .prepare(&format!("SELECT part, before, after FROM undo WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq {order}"))
        .or_failure()?;
    let rows = query
        .query_map((action.first, action.last), |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<Vec<u8>>>(1)?, row.get::<_, Option<Vec<u8>>>(2)?))
        })
        .or_failure()?;
    for change in rows {
        let (part, before, after) = change.or_failure()?;
        let (was, becomes) = if undo { (after, before) } else { (before, after) };
        let damaged = || Error::new(Code::CaseDamaged);
        let (table, columns) = usize::try_from(part).ok().and_then(|p| ASSERTED.get(p)).ok_or_else(damaged)?;
        if let Some(image) = was {
            let id = decode(&image).and_then(|v| v.into_iter().next()).ok_or_else(damaged)?;
            connection.execute(&format!("DELETE FROM main.{table} WHERE id = ?1"), [id]).or_failure()?;
        }
        if let Some(image) = becomes {
            let values = decode(&image).filter(|v| v.len() == columns.len()).ok_or_else(damaged)?;
            let marks = vec!["?"; columns.len()].join(",");
            connection
                .execute(
                    &format!("INSERT INTO main.{table}({}) VALUES ({marks})", columns.join(",")),
                    rusqlite::params_from_iter(values),
                )
                .or_failure()?;
        }
    }
    Ok(())
}
