//! Registers of the numbering plan that the person put into the case: which file, of which day. Their bytes are originals.

use super::blobs::{Blob, Staged, name_original};
use super::failure::OrFailure;
use crate::error::Result;
use crate::model::{DatedBasis, RegisterOrigin, hex};
use chrono::NaiveDate;
use rusqlite::Connection;
use std::io::Read;

/// A register in the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRegister {
    /// Identity.
    pub id: i64,
    /// Its bytes.
    pub original: i64,
    /// Which it is.
    pub origin: RegisterOrigin,
}

/// Puts a register into the case; answers its id.
pub fn insert_register(connection: &Connection, staged: &Staged, origin: &RegisterOrigin) -> Result<i64> {
    name_original(connection, staged)?;
    connection
        .execute(
            "INSERT INTO register(original, name, dated, basis) VALUES (?1, ?2, ?3, ?4)",
            (staged.original, &origin.file, origin.dated.to_string(), origin.dated_basis.word()),
        )
        .or_failure()?;
    Ok(connection.last_insert_rowid())
}

/// Takes a register out; its bytes stay.
pub fn delete_register(connection: &Connection, id: i64) -> Result<()> {
    connection.execute("DELETE FROM register WHERE id = ?1", [id]).or_failure().map(|_| ())
}

/// The registers of the case, in the order in which they came. One whose date or basis says nothing is left out: a
/// verification tells of it.
pub fn registers(connection: &Connection) -> Result<Vec<StoredRegister>> {
    let sql = "SELECT r.id, r.original, r.name, r.dated, r.basis, o.sha256 FROM register r
               JOIN original o ON o.id = r.original ORDER BY r.id";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let (dated, basis): (String, String) = (row.get(3).or_failure()?, row.get(4).or_failure()?);
        let Some((dated, dated_basis)) = dated.parse::<NaiveDate>().ok().zip(DatedBasis::from_word(&basis)) else {
            continue;
        };
        let sha256: Vec<u8> = row.get(5).or_failure()?;
        found.push(StoredRegister {
            id: row.get(0).or_failure()?,
            original: row.get(1).or_failure()?,
            origin: RegisterOrigin { file: row.get(2).or_failure()?, sha256: hex(&sha256), dated, dated_basis },
        });
    }
    Ok(found)
}

/// The bytes of a register; at most so many.
pub fn register_bytes(connection: &Connection, register: &StoredRegister, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut blob = Blob::open(connection, register.original)?.take(most);
    blob.read_to_end(&mut bytes).map_err(|e| crate::Error::new(crate::Code::CaseDamaged).because(e))?;
    Ok(bytes)
}

/// The digits that follow the +7 of the Russian numbers of the case, each once.
pub fn first_digits(connection: &Connection) -> Result<Vec<u8>> {
    let sql = "SELECT DISTINCT substr(text, 3, 1) FROM number
               WHERE kind = 'e164' AND length(text) = 12 AND substr(text, 1, 2) = '+7'";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let rows = query.query_map([], |row| row.get::<_, String>(0)).or_failure()?;
    let digits: Vec<String> = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    Ok(digits.iter().filter_map(|digit| digit.parse().ok()).collect())
}
