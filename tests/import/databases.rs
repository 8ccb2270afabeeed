//! Databases of phones: what is read of them is what plain SQL says, and nothing that they bring is run.

use crate::common::{Chance, Seen, refusal, seen, seen_with, try_with};
use rusqlite::{Connection, MAIN_DB, params, types::Value};
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{ReadOptions, rows_as_found};
use ulika::model::{ClockKind, Direction, Disposition, NumberKind, Zone};

const STOREDATA: &str = "CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZANSWERED INTEGER, ZCALLTYPE INTEGER,
    ZORIGINATED INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR)";
const CALLLOG: &str = "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, presentation INTEGER, date INTEGER,
    duration INTEGER, type INTEGER, name TEXT, phone_account_address TEXT, asserted_display_name TEXT)";

fn database(schema: &str) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(schema).unwrap();
    connection
}

fn bytes_of(connection: &mut Connection) -> Vec<u8> {
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

/// What one record says, for comparing with a row of SQL.
type Said = (i64, String, String, Option<u32>, String, String, String);

fn said(seen: &Seen) -> Vec<Said> {
    let d = &seen.dictionary;
    let text = |texts: &[String], at: Option<u32>| at.map_or(String::new(), |at| texts[at as usize].clone());
    let said = |r: &ulika::model::CallRecord| {
        let raw = d.spellings[r.spelling as usize].0.clone();
        let (way, end) = (r.direction.word().to_owned(), r.disposition.word().to_owned());
        (r.reading, way, end, r.duration_s, raw, text(&d.services, r.service), text(&d.labels, r.label))
    };
    seen.records().iter().map(said).collect()
}

fn by_sql(connection: &Connection, query: &str) -> Vec<Said> {
    let mut statement = connection.prepare(query).unwrap();
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?));
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

#[test]
fn an_iphone_is_read_as_plain_sql_reads_it() {
    let mut connection = database(STOREDATA);
    let mut chance = Chance(7);
    for at in 0..3000_i64 {
        let incoming = chance.below(3) > 0;
        let answered = incoming && chance.below(4) > 0;
        let length = match chance.below(4) {
            0 => 0.0,
            // Some calls that were answered last no second.
            1 if answered => 0.4375,
            _ if incoming && !answered => 0.0,
            _ => chance.below(4_000_000) as f64 / 1000.0,
        };
        let number = format!("+7907{:07}", chance.below(10_000_000));
        let address = match chance.below(8) {
            0 => Value::Null,
            1 => Value::Blob(number.into_bytes()),
            2 => Value::Text("ivan@example.org".to_owned()),
            _ => Value::Text(number),
        };
        let (kind, provider) = [
            (1, Some("com.apple.Telephony")),
            (8, Some("com.apple.FaceTime")),
            (16, Some("com.apple.FaceTime")),
            (0, Some("net.whatsapp.WhatsApp")),
            (1, None),
        ][chance.below(5)];
        let name = (chance.below(3) == 0).then_some("ООО ВЕКТОРИЯ");
        let when = 778_000_000.0 + chance.below(20_000_000) as f64 + chance.below(1_000_000) as f64 / 1e6;
        connection
            .execute(
                "INSERT INTO ZCALLRECORD VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![at * 3 + 1, answered, kind, !incoming, when, length, address, name, provider],
            )
            .unwrap();
    }
    let expected = by_sql(
        &connection,
        "SELECT CAST(ZDATE AS INTEGER) + 978307200,
             CASE ZORIGINATED WHEN 1 THEN 'outgoing' ELSE 'incoming' END,
             CASE WHEN ZORIGINATED = 0 AND ZANSWERED = 1 THEN 'answered' WHEN ZORIGINATED = 0 THEN 'missed'
                  WHEN CAST(ZDURATION AS INTEGER) > 0 THEN 'answered' ELSE 'unknown' END,
             CAST(ZDURATION AS INTEGER), coalesce(CAST(ZADDRESS AS TEXT), ''),
             coalesce(ZSERVICE_PROVIDER, CAST(ZCALLTYPE AS TEXT)), coalesce(ZNAME, '')
         FROM ZCALLRECORD ORDER BY Z_PK",
    );
    let bytes = bytes_of(&mut connection);
    let seen = seen(&bytes);
    assert_eq!((seen.what.recipe.as_str(), seen.summary.rows, seen.summary.records), ("ios-callhistory", 3000, 3000));
    let found = said(&seen);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
    let missed = |said: &&Said| said.2 == "missed";
    let zero = found.iter().filter(|said| said.2 == "answered" && said.3 == Some(0)).count();
    assert!(found.iter().filter(missed).count() > 100 && zero > 10, "the cases are there at all");
    assert!(seen.dictionary.clocks.iter().all(|clock| clock.kind == ClockKind::Instant), "times are instants");
    // Rows are those that other programs number.
    assert_eq!(seen.records()[10].place.row, 31);
    let hidden = seen.dictionary.spellings.iter().find(|(raw, _)| raw.is_empty()).unwrap();
    assert_eq!(hidden.1.kind, NumberKind::Hidden);
}

#[test]
fn an_android_is_read_as_plain_sql_reads_it() {
    let mut connection = database(CALLLOG);
    let mut chance = Chance(11);
    for at in 0..3000_i64 {
        let number = ["", "-1", "-2", "900"][chance.below(4)].to_owned();
        let number = if chance.below(5) > 0 { format!("+7935{:07}", chance.below(10_000_000)) } else { number };
        let kind = chance.below(10) + 1;
        let length = if chance.below(3) == 0 { 0 } else { chance.below(4000) };
        let when = 1_756_000_000_000_u64 + chance.below(8_000_000_000) as u64;
        let name = (chance.below(3) == 0).then_some("Банк, «Тихий берег»");
        let asserted = (chance.below(9) == 0).then_some("Реклама: ООО ВЕКТОРИЯ");
        connection
            .execute(
                "INSERT INTO calls VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, '', ?7)",
                params![at + 1, number, when as i64, length as i64, kind as i64, name, asserted],
            )
            .unwrap();
    }
    let expected = by_sql(
        &connection,
        "SELECT date / 1000,
             CASE WHEN type IN (1, 3, 4, 5, 6, 7) THEN 'incoming' WHEN type = 2 THEN 'outgoing' ELSE 'unknown' END,
             CASE type WHEN 3 THEN 'missed' WHEN 4 THEN 'voicemail' WHEN 5 THEN 'rejected' WHEN 6 THEN 'blocked'
                  WHEN 7 THEN 'answered' ELSE CASE WHEN duration > 0 THEN 'answered' ELSE 'unknown' END END,
             duration, number, CASE WHEN type > 7 THEN 'type=' || type ELSE '' END,
             coalesce(asserted_display_name, name, '')
         FROM calls ORDER BY _id",
    );
    let seen = seen(bytes_of(&mut connection));
    assert_eq!((seen.what.recipe.as_str(), seen.summary.rows), ("android-calllog-db", 3000));
    let found = said(&seen);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn a_journal_beside_the_database_is_neither_needed_nor_looked_for() {
    let mut connection = database(STOREDATA);
    connection
        .execute_batch("INSERT INTO ZCALLRECORD VALUES (1, 0, 1, 0, 778000000.5, 0.0, '+79071112233', NULL, 'com.apple.Telephony')")
        .unwrap();
    let mut bytes = bytes_of(&mut connection);
    let plain = said(&seen(&bytes));
    bytes[18..20].fill(2);
    let before = bytes.clone();
    assert_eq!(said(&seen(&bytes)), plain);
    assert_eq!(bytes, before);
}

#[test]
fn rows_are_shown_as_they_were_found() {
    let mut connection = database(STOREDATA);
    let insert = "INSERT INTO ZCALLRECORD VALUES (?1, 1, 1, 0, 778000000.25, 5.5, ?2, ?3, NULL)";
    connection.execute(insert, params![4, b"+79071112233".to_vec(), None::<String>]).unwrap();
    connection.execute(insert, params![9, vec![0xFF_u8, 0, 1], Some("Имя")]).unwrap();
    let bytes = bytes_of(&mut connection);
    let seen = seen(&bytes);
    let rows = rows_as_found(&mut Cursor::new(&bytes), &seen.what, &[(0, 4), (0, 9)]).unwrap();
    assert_eq!(rows[0].columns, ["Z_PK", "ZANSWERED", "ZCALLTYPE", "ZORIGINATED", "ZDATE", "ZDURATION", "ZADDRESS"]);
    assert_eq!(rows[0].cells, ["4", "1", "1", "0", "778000000.25", "5.5", "+79071112233"]);
    assert_eq!(rows[1].cells[6..], ["ff0001", "Имя"]);
}

#[test]
fn keys_that_are_no_numbers_of_rows_are_counted_instead() {
    let mut connection = database(STOREDATA);
    for key in [-5_i64, 7, i64::MAX] {
        connection
            .execute(
                "INSERT INTO ZCALLRECORD VALUES (?1, 1, 1, 0, 778000000.25, 5.5, '+79071112233', NULL, NULL)",
                [key],
            )
            .unwrap();
    }
    let rows: Vec<u64> = seen(bytes_of(&mut connection)).records().iter().map(|r| r.place.row).collect();
    assert_eq!(rows, [1, 2, 3]);
}

#[test]
fn the_lowest_bit_of_the_flags_is_the_way_before_ios_8() {
    let mut connection = database(
        "CREATE TABLE call (ROWID INTEGER PRIMARY KEY, address TEXT, date INTEGER, duration INTEGER, flags INTEGER)",
    );
    for (key, flags) in [(1, 4), (2, 5), (3, 0), (4, 1), (5, 65_537), (6, 16)] {
        connection.execute("INSERT INTO call VALUES (?1, '+79071112233', 1300000000, 12, ?2)", [key, flags]).unwrap();
    }
    let ways: Vec<Direction> = seen(bytes_of(&mut connection)).records().iter().map(|r| r.direction).collect();
    use Direction::{Incoming, Outgoing};
    assert_eq!(ways, [Incoming, Outgoing, Incoming, Outgoing, Outgoing, Incoming]);
}

#[test]
fn a_zone_given_is_the_zone_in_which_instants_are_shown() {
    let mut connection = database(CALLLOG);
    connection
        .execute_batch(
            "INSERT INTO calls VALUES (1, '+79071112233', 1, 1756883700123, 5, 1, NULL, '+79350001122', NULL)",
        )
        .unwrap();
    let bytes = bytes_of(&mut connection);
    let zone = Zone::parse("Asia/Omsk");
    let seen = seen_with(&bytes, &ReadOptions { zone, ..ReadOptions::default() });
    assert_eq!(seen.told(), ["2025-09-03T13:15:00+06:00 incoming answered +79071112233 5 -"]);
    assert_eq!(seen.lines(), ["+79350001122"]);
}

#[test]
fn dates_that_no_phone_can_have_seen_are_problems() {
    let mut connection = database(STOREDATA);
    for (key, date) in
        [(1, "NULL"), (2, "-5"), (3, "0"), (4, "'soon'"), (5, "9e99"), (6, "778000000.5"), (7, "x'00ff'")]
    {
        connection
            .execute_batch(&format!(
                "INSERT INTO ZCALLRECORD VALUES ({key}, 1, 1, 0, {date}, 5.5, '+79071112233', NULL, NULL)"
            ))
            .unwrap();
    }
    let seen = seen(bytes_of(&mut connection));
    let problems: Vec<u64> = seen.problems().iter().map(|(row, ..)| *row).collect();
    assert_eq!((problems, seen.summary.records), (vec![1, 2, 3, 4, 5, 7], 1));
    assert_eq!(seen.problems()[1].3, "секунды с 01.01.2001");
}

#[test]
fn what_a_schema_brings_is_not_run() {
    // Columns that are computed, checks, triggers and indexes on expressions: none of them is looked at in reading.
    let mut connection = database(
        "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER,
             name TEXT GENERATED ALWAYS AS (printf('%.*c', 3, 'x')) VIRTUAL);
         INSERT INTO calls (_id, number, date, duration, type) VALUES (1, '+79071112233', 1756883700123, 5, 1);
         CREATE TABLE seen (what);
         CREATE INDEX odd ON calls (date) WHERE duration > 5;
         CREATE TRIGGER t AFTER INSERT ON calls BEGIN INSERT INTO seen VALUES (1); END;
         CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n;
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, '''%.*c'', 3', '''%.*c'', 2000000000');",
    );
    let seen = seen(bytes_of(&mut connection));
    assert_eq!(seen.told(), ["2025-09-03T10:15:00+03:00 incoming answered +79071112233 5 -"]);
    // A view by the name of the table is none.
    let mut view = database(
        "CREATE TABLE kept (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER);
         CREATE VIEW calls AS SELECT * FROM kept;",
    );
    refusal(bytes_of(&mut view), Code::RecipeUnknown);
    let mut fts = database("CREATE VIRTUAL TABLE calls USING fts5(number, date, duration, type)");
    refusal(bytes_of(&mut fts), Code::FormatUnknown);
}

#[test]
fn names_of_tables_and_columns_are_never_sql() {
    let mut connection = database(
        "CREATE TABLE \"CALLS\" (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER,
             \"x\"\"; DROP TABLE calls; --\" TEXT, \"rowid\" TEXT, \"select\" TEXT);
         INSERT INTO calls VALUES (5, '+79071112233', 1756883700123, 5, 1, 'a', 'b', 'c');",
    );
    let bytes = bytes_of(&mut connection);
    let seen = seen(&bytes);
    assert_eq!(seen.records()[0].place.row, 5);
    let rows = rows_as_found(&mut Cursor::new(&bytes), &seen.what, &[(0, 5)]).unwrap();
    assert_eq!(rows[0].cells[5..], ["a", "b", "c"]);
    assert_eq!(rows[0].columns[5], "x\"; DROP TABLE calls; --");
}

#[test]
fn a_database_without_calls_says_what_it_is() {
    let mut other = database("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
    let error = refusal(bytes_of(&mut other), Code::FormatUnknown);
    assert!(error.message("ru").contains("SQLite"), "{}", error.message("ru"));
    let mut empty = database(STOREDATA);
    refusal(bytes_of(&mut empty), Code::NoRows);
}

#[test]
fn a_database_that_breaks_off_is_truncated() {
    let mut connection = database(CALLLOG);
    for key in 1..500 {
        connection
            .execute("INSERT INTO calls VALUES (?1, '+79071112233', 1, 1756883700123, 5, 1, NULL, '', NULL)", [key])
            .unwrap();
    }
    let bytes = bytes_of(&mut connection);
    for length in [50, 100, 600, bytes.len() / 2, bytes.len() - 1] {
        refusal(&bytes[..length], Code::FileTruncated);
    }
}

#[test]
fn no_byte_of_a_database_can_do_harm() {
    let mut connection = database(STOREDATA);
    for key in 1..200 {
        connection
            .execute(
                "INSERT INTO ZCALLRECORD VALUES (?1, 1, 1, 0, 778000000.5 + ?1, 5.5, '+79071112233', 'Имя', 'com.apple.Telephony')",
                [key],
            )
            .unwrap();
    }
    let bytes = bytes_of(&mut connection);
    let mut chance = Chance(3);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..2000 {
        let mut changed = bytes.clone();
        for _ in 0..=chance.below(8) {
            // The header and the beginnings of pages are where a byte means most.
            let at = match chance.below(3) {
                0 => chance.below(120),
                1 => chance.below(bytes.len() / 4096) * 4096 + chance.below(64),
                _ => chance.below(bytes.len()),
            };
            changed[at.min(bytes.len() - 1)] = chance.below(256) as u8;
        }
        match try_with(&changed, &ReadOptions::default()) {
            Ok(_) => read += 1,
            Err(error) => {
                refused += 1;
                assert!(!matches!(error.code, Code::Internal), "{error}");
            }
        }
    }
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused");
}

#[test]
fn answered_is_read_of_incoming_calls_only() {
    let mut connection = database(STOREDATA);
    for (key, originated, answered, length) in
        [(1, 1, 0, 30.0), (2, 1, 0, 0.0), (3, 0, 0, 0.0), (4, 0, 1, 0.0), (5, 0, 1, 9.9)]
    {
        connection
            .execute(
                "INSERT INTO ZCALLRECORD VALUES (?1, ?2, 1, ?3, 778000000.5, ?4, '+79071112233', NULL, NULL)",
                params![key, answered, originated, length],
            )
            .unwrap();
    }
    let ends: Vec<Disposition> = seen(bytes_of(&mut connection)).records().iter().map(|r| r.disposition).collect();
    use Disposition::{Answered, Missed, Unknown};
    assert_eq!(ends, [Answered, Unknown, Missed, Answered, Answered]);
}

#[test]
fn a_table_of_calls_that_nobody_knows_is_set_by_hand() {
    let mut connection = database(
        "CREATE TABLE settings (key TEXT, value TEXT);
         CREATE TABLE calls_tb (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type TEXT, name TEXT);
         INSERT INTO calls_tb VALUES (4, '+79071112233', 1756883700123, 5, 'incoming', 'Маша');
         INSERT INTO calls_tb VALUES (9, '+79071112244', 1756883760123, 0, 'missed', NULL);",
    );
    let bytes = bytes_of(&mut connection);
    // Where the direction is a word, the log is an unknown table and no foreign file.
    refusal(&bytes, Code::RecipeUnknown);
    let look = ulika::import::look(&mut Cursor::new(&bytes), "log.db", None).unwrap();
    assert_eq!((look.mapping.table.as_deref(), look.mapping.header), (Some("calls_tb"), None));
    assert_eq!(look.mapping.headings, ["_id", "number", "date", "duration", "type", "name"]);
    assert_eq!(look.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [4, 9]);
    let name = ulika::import::MappingName { name: "by-word", title_ru: "Руками", title_en: "By hand" };
    let mut mapping = look.mapping;
    (mapping.fields[2], mapping.date) = (Some(ulika::import::Field::Start), "epoch_ms".to_owned());
    let text = ulika::import::recipe_text(&mapping, name);
    let own = ulika::import::OwnRecipe::parse(&text).unwrap();
    let seen = seen_with(&bytes, &ReadOptions { own: vec![own], ..ReadOptions::default() });
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 5 Маша",
            "2025-09-03T10:16:00+03:00 incoming missed +79071112244 0 -",
        ]
    );
}
