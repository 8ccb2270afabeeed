//! Databases of Android: the system's own, Samsung's, and that of a program.

use super::{CODE_OF_MAKER, Seen};
use crate::truth::LINE;
use crate::{Expectation, Result};
use rusqlite::{Connection, MAIN_DB, params};

/// A database in memory with a schema.
pub fn with_schema(schema: &str) -> Result<Connection> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(schema)?;
    Ok(connection)
}

/// Its bytes as a file. The version of the library that wrote them is one for all time, so that they do not change
/// with it; in a `wal` database what was written last may lie in a file beside it.
pub fn bytes(mut connection: Connection, wal: bool) -> Result<Vec<u8>> {
    let mut bytes = connection.serialize(MAIN_DB)?.to_vec();
    let header = bytes.get_mut(..100).ok_or("a database without a header")?;
    header[96..].copy_from_slice(&3_045_000_u32.to_be_bytes());
    header[18..20].fill(if wal { 2 } else { 1 });
    Ok(bytes)
}

/// `calllog.db`: a withheld number is an empty text, the last call has a code of the maker's own, and a trigger and a
/// view stand beside the table.
pub fn android(seen: &[Seen<'_>]) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("android-calllog-db", "phone", "");
    let connection = with_schema(
        "CREATE TABLE android_metadata (locale TEXT);
         CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, presentation INTEGER NOT NULL DEFAULT 1,
             post_dial_digits TEXT NOT NULL DEFAULT '', via_number TEXT NOT NULL DEFAULT '', date INTEGER,
             duration INTEGER, data_usage INTEGER, type INTEGER, features INTEGER NOT NULL DEFAULT 0,
             subscription_component_name TEXT, subscription_id TEXT, phone_account_address TEXT, new INTEGER, name TEXT,
             numbertype INTEGER, numberlabel TEXT, countryiso TEXT, geocoded_location TEXT, lookup_uri TEXT,
             normalized_number TEXT, _data TEXT, mime_type TEXT, transcription TEXT, deleted INTEGER NOT NULL DEFAULT 0,
             call_screening_app_name TEXT, block_reason INTEGER NOT NULL DEFAULT 0, missed_reason INTEGER NOT NULL DEFAULT 0,
             asserted_display_name TEXT);
         CREATE TABLE properties (property_key TEXT PRIMARY KEY, property_value TEXT);
         CREATE VIEW voicemails AS SELECT * FROM calls WHERE type = 4;",
    )?;
    for (at, call) in seen.iter().enumerate() {
        let last = at + 1 == seen.len();
        let kind = if last { CODE_OF_MAKER } else { call.code() };
        // Every fifth label comes from the network.
        let asserted = at % 5 == 4;
        connection.execute(
            "INSERT INTO calls (_id, number, presentation, date, duration, type, subscription_id, phone_account_address,
                 new, name, countryiso, geocoded_location, asserted_display_name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, '1', ?7, 1, ?8, 'RU', 'Москва', ?9)",
            params![
                at as i64 + 101,
                call.number(),
                if call.call.number.is_some() { 1 } else { 2 },
                call.unix_ms(),
                call.seconds,
                kind,
                format!("+7{LINE}"),
                call.call.label.filter(|_| !asserted),
                call.call.label.filter(|_| asserted),
            ],
        )?;
        if last {
            expected.directed("unknown", call.seconds, call.local.date(), call.call.label);
        } else {
            call.tell(&mut expected);
        }
    }
    connection.execute_batch(
        "CREATE TRIGGER kept AFTER DELETE ON calls BEGIN INSERT INTO properties VALUES ('gone', OLD._id); END;",
    )?;
    Ok((bytes(connection, false)?, expected))
}

/// Samsung's `logs.db`: messages stand among the calls.
pub fn samsung(seen: &[Seen<'_>]) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("samsung-logs-db", "phone", "");
    let connection = with_schema(
        "CREATE TABLE logs (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, address TEXT, date INTEGER,
             duration INTEGER, type INTEGER, new INTEGER, name TEXT, numbertype INTEGER, numberlabel TEXT,
             messageid INTEGER, logtype INTEGER, frequent INTEGER, contactid INTEGER, raw_contact_id INTEGER,
             m_subject TEXT, m_content TEXT, sim_id INTEGER)",
    )?;
    let insert = "INSERT INTO logs (number, date, duration, type, new, name, logtype, m_content)
                  VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7)";
    for (at, call) in seen.iter().enumerate() {
        let name = call.call.label;
        let kind = call.code();
        connection
            .execute(insert, params![call.number(), call.unix_ms(), call.seconds, kind, name, 100, None::<String>])?;
        call.tell(&mut expected);
        if at % 7 == 6 {
            let (logtype, service) = if at % 2 == 0 { (300, "sms") } else { (200, "mms") };
            let when = call.unix_ms() + 90_000;
            connection.execute(insert, params!["TIHBEREG", when, 0, 1, None::<String>, logtype, "Код 1234"])?;
            expected.other(service);
        }
    }
    Ok((bytes(connection, false)?, expected))
}

/// Truecaller's `tc.db`: the number as it was dialled stands in a column of its own, and is all there is for short ones.
pub fn truecaller(seen: &[Seen<'_>]) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("truecaller-db", "phone", "");
    let connection = with_schema(
        "CREATE TABLE history (_id INTEGER PRIMARY KEY, tc_id TEXT, normalized_number TEXT, raw_number TEXT,
             number_type INTEGER, country_code TEXT, cached_name TEXT, type INTEGER, action INTEGER, filter_source INTEGER,
             call_log_id INTEGER, timestamp INTEGER, duration INTEGER, subscription_id TEXT, feature INTEGER,
             ringing_duration INTEGER, event_id TEXT);
         CREATE TABLE raw_contact (_id INTEGER PRIMARY KEY, contact_name TEXT)",
    )?;
    for (at, call) in seen.iter().enumerate() {
        let number = call.number();
        let normalized = (at % 9 != 0).then_some(number.as_str());
        connection.execute(
            "INSERT INTO history (normalized_number, raw_number, cached_name, type, action, timestamp, duration,
                 subscription_id, ringing_duration) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '1', ?8)",
            params![
                normalized,
                number,
                call.call.label,
                match call.code() {
                    code @ 1..=3 => code,
                    _ => 3,
                },
                if call.code() == 6 { 4 } else { 0 },
                call.unix_ms(),
                call.seconds,
                3000 + at as i64 % 20 * 1000,
            ],
        )?;
        call.tell(&mut expected);
    }
    Ok((bytes(connection, false)?, expected))
}
