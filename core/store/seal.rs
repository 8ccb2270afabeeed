//! Leaves: one SHA-256 over every thousand rows of evidence. A plain SQLite file does not notice a changed digit;
//! the leaves do, and the root of a source's leaves stands in its custody event.

use super::failure::OrFailure;
use crate::error::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};

const ROWS: u32 = 1_000;

/// The evidence parts that leaves cover, with their columns after `source` and their order.
pub(super) const PARTS: [(&str, &str, &str); 6] = [
    ("clock", "id, kind, zone, basis, precision", "id"),
    ("spelling", "id, raw, kind, number", "id"),
    ("label", "id, text", "id"),
    ("manner", "id, clock, direction, disposition, service, line", "id"),
    ("record", "id, sheet, row, off, len, t, manner, spelling, duration_s, label", "id"),
    ("ledger", "sheet, row, off, len, fate, detail", "source, sheet, row"),
];

/// Digests rows of one part of one source, in order.
pub(super) struct Sealer {
    hasher: Sha256,
    /// Bytes that wait to be hashed: a hash takes them gladly by the page, not by the number.
    waiting: Vec<u8>,
    rows: u32,
    /// The leaves so far.
    pub(super) leaves: Vec<[u8; 32]>,
}

impl Sealer {
    const PAGE: usize = 16 * 1024;

    pub(super) fn new() -> Self {
        Self { hasher: Sha256::new(), waiting: Vec::with_capacity(2 * Self::PAGE), rows: 0, leaves: Vec::new() }
    }

    pub(super) fn integer(&mut self, value: i64) {
        let [a, b, c, d, e, f, g, h] = value.to_le_bytes();
        self.waiting.extend_from_slice(&[1, a, b, c, d, e, f, g, h]);
    }

    pub(super) fn nothing(&mut self) {
        self.waiting.push(0);
    }

    pub(super) fn text(&mut self, value: &str) {
        self.waiting.push(3);
        self.waiting.extend_from_slice(&(value.len() as u64).to_le_bytes());
        self.waiting.extend_from_slice(value.as_bytes());
    }

    pub(super) fn end_row(&mut self) {
        self.rows += 1;
        if self.rows == ROWS {
            self.end_leaf();
        } else if self.waiting.len() >= Self::PAGE {
            self.hash_waiting();
        }
    }

    fn hash_waiting(&mut self) {
        self.hasher.update(&self.waiting);
        self.waiting.clear();
    }

    fn end_leaf(&mut self) {
        self.hash_waiting();
        self.leaves.push(self.hasher.finalize_reset().into());
        self.rows = 0;
    }

    pub(super) fn finish(mut self) -> Vec<[u8; 32]> {
        if self.rows > 0 {
            self.end_leaf();
        }
        self.leaves
    }

    fn row(&mut self, row: &Row<'_>, from: usize, columns: usize) -> Result<()> {
        for column in from..columns {
            match row.get_ref(column).or_failure()? {
                ValueRef::Integer(value) => self.integer(value),
                ValueRef::Text(bytes) => self.text(&String::from_utf8_lossy(bytes)),
                _ => self.nothing(),
            }
        }
        self.end_row();
        Ok(())
    }
}

/// The root over the leaves of a source: SHA-256 over part names and digests, in order.
pub(super) fn root(leaves: &[(&str, [u8; 32])]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for (part, digest) in leaves {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
        hasher.update(digest);
    }
    hasher.finalize().into()
}

/// The root of a source's leaves as they stand in the file.
pub fn stored_root(connection: &Connection, source: i64) -> Result<[u8; 32]> {
    let mut query = connection.prepare("SELECT part, digest FROM leaf WHERE source = ?1 ORDER BY id").or_failure()?;
    let rows =
        query.query_map([source], |row| Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 32]>(1)?))).or_failure()?;
    let leaves: Vec<(String, [u8; 32])> = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    let borrowed: Vec<(&str, [u8; 32])> = leaves.iter().map(|(part, digest)| (part.as_str(), *digest)).collect();
    Ok(root(&borrowed))
}

/// Reads all evidence rows again and compares them with the leaves; gives source and part of each that differs.
pub fn unequal_parts(
    connection: &Connection,
    told: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Vec<(i64, &'static str)>> {
    let mut unequal = Vec::new();
    let mut read = 0_u64;
    for (part, columns, order) in PARTS {
        let mut expected: std::collections::BTreeMap<i64, Vec<[u8; 32]>> = std::collections::BTreeMap::new();
        let mut query =
            connection.prepare("SELECT source, digest FROM leaf WHERE part = ?1 ORDER BY id").or_failure()?;
        let mut rows = query.query([part]).or_failure()?;
        while let Some(row) = rows.next().or_failure()? {
            expected.entry(row.get(0).or_failure()?).or_default().push(row.get(1).or_failure()?);
        }
        let width = columns.split(',').count() + 1;
        let mut query =
            connection.prepare(&format!("SELECT source, {columns} FROM {part} ORDER BY {order}")).or_failure()?;
        let mut rows = query.query([]).or_failure()?;
        let mut current: Option<(i64, Sealer)> = None;
        let mut compare = |source: i64, sealer: Sealer| {
            if expected.remove(&source).unwrap_or_default() != sealer.finish() {
                unequal.push((source, part));
            }
        };
        while let Some(row) = rows.next().or_failure()? {
            let source: i64 = row.get(0).or_failure()?;
            if let Some((seen, sealer)) = current.take_if(|(seen, _)| *seen != source) {
                compare(seen, sealer);
            }
            let (_, sealer) = current.get_or_insert_with(|| (source, Sealer::new()));
            sealer.row(row, 1, width)?;
            read += 1;
            if read.is_multiple_of(4_096) {
                told(read)?;
            }
        }
        if let Some((seen, sealer)) = current.take() {
            compare(seen, sealer);
        }
        unequal.extend(expected.into_keys().map(|source| (source, part)));
    }
    Ok(unequal)
}
