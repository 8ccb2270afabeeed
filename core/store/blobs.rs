//! Originals: content-addressed, in chunks of 1 MiB, streamed in and out.
//!
//! Chunks that no original names are invisible and swept at the next opening for writing, so a long file can be
//! staged in short transactions before the one that makes it visible.

use super::aside::Aside;
use super::failure::OrFailure;
use crate::error::{Code, Error, Result};
use rusqlite::blob::ZeroBlob;
use rusqlite::{Connection, MAIN_DB, OptionalExtension, Statement};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::mpsc;

const CHUNK: usize = 1 << 20;
/// Chunks to a transaction while staging.
const PORTION: usize = 8;
/// Chunk number within an original: 24 bits, 16 TiB.
const NUMBER_BITS: i64 = 24;

/// Bytes that lie in the case but are not yet named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Id that the original will have, or has already.
    pub original: i64,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: [u8; 32],
    /// Whether the case held these bytes before.
    pub held: bool,
}

/// SHA-256 and size of everything that `reader` yields, in order, told to `told` along the way.
pub fn digest_of(reader: &mut dyn Read, told: &mut dyn FnMut(u64) -> Result<()>) -> Result<([u8; 32], u64)> {
    let (mut hasher, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0_u8; CHUNK]);
    loop {
        let count = fill(reader, &mut buffer)?;
        hasher.update(&buffer[..count]);
        size += count as u64;
        told(size)?;
        if count < buffer.len() {
            return Ok((hasher.finalize().into(), size));
        }
    }
}

fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::new(Code::FileUnreadable).because(error)),
        }
    }
    Ok(filled)
}

/// Id that the next original will have.
pub fn next_original(connection: &Connection) -> Result<i64> {
    connection
        .query_row(
            "SELECT 1 + max(coalesce((SELECT max(id) FROM original), 0), coalesce((SELECT max(id) FROM chunk) >> 24, 0))",
            [],
            |row| row.get(0),
        )
        .or_failure()
}

/// Puts the bytes of `reader` into the case as `original`, digesting on the way in on a second thread. With `aside` in
/// parts of 8 MiB, each a transaction of its own, so that other windows stay answered: after a failure, and where the
/// case held the bytes before, the caller takes them back. Otherwise in the caller's transaction.
pub fn stage(
    connection: &Connection,
    reader: &mut dyn Read,
    original: i64,
    mut aside: Option<&mut Aside>,
    told: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Staged> {
    let (sha256, size) = stage_chunks(connection, reader, original, aside.as_deref_mut(), told)?;
    if let Some(held) = find_original(connection, &sha256)? {
        if aside.is_none() {
            remove_chunks(connection, original)?;
        }
        return Ok(Staged { original: held, size, sha256, held: true });
    }
    Ok(Staged { original, size, sha256, held: false })
}

fn stage_chunks(
    connection: &Connection,
    reader: &mut dyn Read,
    original: i64,
    mut aside: Option<&mut Aside>,
    told: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<([u8; 32], u64)> {
    let mut insert = connection.prepare("INSERT INTO chunk(id, bytes) VALUES (?1, ?2)").or_failure()?;
    std::thread::scope(|scope| {
        // Two chunks on the way bound the memory; the buffers come back to be filled again.
        let (to_hasher, chunks) = mpsc::sync_channel::<(Vec<u8>, usize)>(2);
        let (give_back, free) = mpsc::channel::<Vec<u8>>();
        let hasher = scope.spawn(move || {
            let mut hasher = Sha256::new();
            for (buffer, count) in chunks {
                hasher.update(&buffer[..count]);
                // The other side may have stopped on an error.
                let _ = give_back.send(buffer);
            }
            hasher.finalize()
        });
        let (mut number, mut size) = (0_i64, 0_u64);
        loop {
            let mut buffer = free.try_recv().unwrap_or_else(|_| vec![0_u8; CHUNK]);
            let count = fill(reader, &mut buffer)?;
            if count > 0 {
                if let Some(aside) = aside.as_deref_mut().filter(|_| number % PORTION as i64 == 0) {
                    if number > 0 {
                        aside.commit(connection)?;
                    }
                    super::begin(connection)?;
                }
                put(connection, &mut insert, (original << NUMBER_BITS) | number, &buffer[..count])?;
                number += 1;
                size += count as u64;
                told(size)?;
                to_hasher.send((buffer, count)).map_err(|_| Error::new(Code::Internal))?;
            }
            if count < CHUNK {
                break;
            }
        }
        if let Some(aside) = aside.filter(|_| number > 0) {
            aside.commit(connection)?;
        }
        drop(to_hasher);
        let digest = hasher.join().map_err(|_| Error::new(Code::Internal))?;
        Ok((digest.into(), size))
    })
}

/// Makes room and writes into it: a value that is bound would be copied twice before it reaches its pages.
fn put(connection: &Connection, insert: &mut Statement<'_>, id: i64, bytes: &[u8]) -> Result<()> {
    insert.execute((id, ZeroBlob(bytes.len() as u64))).or_failure()?;
    let mut room = connection.blob_open(MAIN_DB, "chunk", "bytes", id, false).or_failure()?;
    room.write_at(bytes, 0).or_failure()?;
    room.close().or_failure()
}

/// Gives staged bytes their name; from now on they are evidence.
pub fn name_original(connection: &Connection, staged: &Staged) -> Result<()> {
    if staged.held {
        return Ok(());
    }
    connection
        .execute(
            "INSERT INTO original(id, size, sha256) VALUES (?1, ?2, ?3)",
            (staged.original, staged.size as i64, &staged.sha256[..]),
        )
        .or_failure()
        .map(|_| ())
}

/// The original with this digest.
pub fn find_original(connection: &Connection, sha256: &[u8]) -> Result<Option<i64>> {
    connection
        .query_row("SELECT id FROM original WHERE sha256 = ?1", [sha256], |row| row.get(0))
        .optional()
        .or_failure()
}

/// Removes the chunks of an original that has no name.
pub fn remove_chunks(connection: &Connection, original: i64) -> Result<()> {
    connection
        .execute(
            "DELETE FROM chunk WHERE id BETWEEN ?1 AND ?2",
            (original << NUMBER_BITS, ((original + 1) << NUMBER_BITS) - 1),
        )
        .or_failure()
        .map(|_| ())
}

/// Removes all chunks that no original names: what a killed import or attachment left behind.
pub fn sweep(connection: &Connection) -> Result<()> {
    let stray: Vec<i64> = {
        let mut query = connection
            .prepare("SELECT DISTINCT id >> 24 FROM chunk WHERE id >> 24 NOT IN (SELECT id FROM original)")
            .or_failure()?;
        let rows = query.query_map([], |row| row.get(0)).or_failure()?;
        rows.collect::<rusqlite::Result<_>>().or_failure()?
    };
    stray.into_iter().try_for_each(|original| remove_chunks(connection, original))
}

/// All originals: id, size, digest.
pub fn originals(connection: &Connection) -> Result<Vec<(i64, u64, [u8; 32])>> {
    let mut query = connection.prepare("SELECT id, size, sha256 FROM original ORDER BY id").or_failure()?;
    let rows = query
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64, row.get::<_, [u8; 32]>(2)?)))
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// The bytes of an original, read chunk by chunk.
pub struct Blob<'a> {
    connection: &'a Connection,
    original: i64,
    size: u64,
    position: u64,
    loaded: Option<i64>,
    chunk: Vec<u8>,
}

impl<'a> Blob<'a> {
    /// Opens an original.
    pub fn open(connection: &'a Connection, original: i64) -> Result<Self> {
        let size: i64 = connection
            .query_row("SELECT size FROM original WHERE id = ?1", [original], |row| row.get(0))
            .optional()
            .or_failure()?
            .ok_or_else(|| Error::new(Code::NotFound).with("what", "original").with("id", original))?;
        Ok(Self { connection, original, size: size as u64, position: 0, loaded: None, chunk: Vec::new() })
    }

    fn load(&mut self, number: i64) -> io::Result<()> {
        if self.loaded == Some(number) {
            return Ok(());
        }
        // Straight out of the pages, and closed again at once: an open one would keep others from writing.
        let id = (self.original << NUMBER_BITS) | number;
        let absent = |_| io::Error::from(io::ErrorKind::UnexpectedEof);
        let blob = self.connection.blob_open(MAIN_DB, "chunk", "bytes", id, true).map_err(absent)?;
        self.loaded = None;
        self.chunk.resize(blob.len(), 0);
        blob.read_at_exact(&mut self.chunk, 0).map_err(io::Error::other)?;
        self.loaded = Some(number);
        Ok(())
    }
}

impl Read for Blob<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        self.load((self.position / CHUNK as u64) as i64)?;
        let within = (self.position % CHUNK as u64) as usize;
        let rest = self.chunk.get(within..).unwrap_or_default();
        let count = rest.len().min(buffer.len()).min((self.size - self.position) as usize);
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Blob<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
