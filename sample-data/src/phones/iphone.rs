//! The iPhone's own databases of calls, of today and from before iOS 8.

use super::Seen;
use super::databases::{bytes, with_schema};
use crate::{Expectation, Result};
use rusqlite::{params, types::Value};

/// Seconds from 1970 to 2001.
const TO_2001: i64 = 978_307_200;

/// `CallHistory.storedata`: times since 2001 with a fraction, lengths with one, numbers as text and here and there as
/// bytes, every outgoing call marked as not answered, calls of other programs among those of the phone.
pub fn storedata(seen: &[Seen<'_>]) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("ios-callhistory", "phone", "");
    let connection = with_schema(
        "CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);
         CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER,
             ZCALLTYPE INTEGER, ZDISCONNECTED_CAUSE INTEGER, ZFACE_TIME_DATA INTEGER, ZFILTERED_OUT_REASON INTEGER,
             ZHANDLE_TYPE INTEGER, ZJUNKCONFIDENCE INTEGER, ZNUMBER_AVAILABILITY INTEGER, ZORIGINATED INTEGER,
             ZREAD INTEGER, ZVERIFICATIONSTATUS INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR,
             ZISO_COUNTRY_CODE VARCHAR, ZJUNKIDENTIFICATIONCATEGORY VARCHAR, ZLOCATION VARCHAR, ZNAME VARCHAR,
             ZSERVICE_PROVIDER VARCHAR, ZUNIQUE_ID VARCHAR);
         CREATE INDEX Z_CallRecord_byDateIndex ON ZCALLRECORD (ZDATE);
         CREATE TABLE ZHANDLE (Z_PK INTEGER PRIMARY KEY, ZNORMALIZEDVALUE VARCHAR, ZVALUE VARCHAR);",
    )?;
    for (at, call) in seen.iter().enumerate() {
        let incoming = call.call.incoming;
        let answered = incoming && call.code() == 1;
        let (kind, provider) = match at % 11 {
            7 => (8, "com.apple.FaceTime"),
            9 => (0, "net.whatsapp.WhatsApp"),
            _ => (1, "com.apple.Telephony"),
        };
        let number = call.number();
        let address = match (call.call.number, at % 6) {
            (None, _) => Value::Null,
            (Some(_), 5) => Value::Blob(number.into_bytes()),
            (Some(_), _) => Value::Text(number),
        };
        // A length is counted to parts of a second; what is stated is its whole seconds.
        let length = if call.seconds == 0 { 0.0 } else { f64::from(call.seconds) + 0.71875 };
        let since = (call.unix() - TO_2001) as f64 + call.ms as f64 / 1000.0;
        connection.execute(
            "INSERT INTO ZCALLRECORD (Z_PK, Z_ENT, Z_OPT, ZANSWERED, ZCALLTYPE, ZDISCONNECTED_CAUSE, ZORIGINATED, ZREAD, ZDATE,
                 ZDURATION, ZADDRESS, ZISO_COUNTRY_CODE, ZLOCATION, ZNAME, ZSERVICE_PROVIDER, ZUNIQUE_ID)
             VALUES (?1, 2, 1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, 'ru', 'Москва', ?9, ?10, ?11)",
            params![
                at as i64 + 1,
                answered,
                kind,
                if answered || !incoming { 0 } else { 6 },
                !incoming,
                since,
                length,
                address,
                call.call.label,
                provider,
                format!("00000000-0000-4000-8000-{at:012}"),
            ],
        )?;
        call.tell(&mut expected);
    }
    Ok((bytes(connection, true)?, expected))
}

/// `call_history.db`: whole seconds since 1970, the way in the lowest bit of the flags.
pub fn old(seen: &[Seen<'_>]) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("ios-call-history-old", "phone", "");
    let connection = with_schema(
        "CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
         CREATE TABLE call (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, duration INTEGER,
             flags INTEGER, id INTEGER, name TEXT, country_code TEXT, network_code TEXT, read INTEGER, assisted INTEGER,
             face_time_data BLOB);",
    )?;
    for call in seen {
        let flags = if call.call.incoming { 4 } else { 5 };
        connection.execute(
            "INSERT INTO call (address, date, duration, flags, id, name, country_code, read) VALUES (?1, ?2, ?3, ?4, -1, ?5, '250', 1)",
            params![call.number(), call.unix(), call.seconds, flags, call.call.label],
        )?;
        call.tell(&mut expected);
    }
    Ok((bytes(connection, false)?, expected))
}
