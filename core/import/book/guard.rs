//! What stands between a workbook and the program: what a package claims to unpack to, and faults of the library.

use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::csv::unreadable;
use std::io::{Read, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// No billing detail unpacks to more.
const MAX_UNPACKED: u64 = 2 << 30;
/// Beyond this size the ratio of unpacked to packed is looked at.
const RATIO_FROM: u64 = 64 << 20;
/// No table packs better.
const MAX_RATIO: u64 = 200;

/// Refuses a package that would unpack to far more than it should, before anything is unpacked. `held` says which parts
/// are held in memory as a whole: the declared sizes may lie, so these are unpacked once into nothing to see that they
/// stop where they say.
pub(super) fn check_package(file: &mut dyn ReadSeek, held: impl Fn(&str) -> bool) -> Result<()> {
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut archive = zip::ZipArchive::new(&mut *file).map_err(|e| Error::new(Code::FileTruncated).because(e))?;
    let damaged = |e| Error::new(Code::FileDamaged).because(e);
    let (mut packed, mut unpacked) = (0u64, 0u64);
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        packed = packed.saturating_add(part.compressed_size());
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && unpacked / packed.max(1) > MAX_RATIO) {
        return Err(Error::new(Code::FileTooLarge));
    }
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        if !part.name().is_ok_and(|name| held(&name)) {
            continue;
        }
        let declared = part.size();
        let seen = std::io::copy(&mut part.take(declared + 1), &mut std::io::sink());
        if seen.map_err(|e| Error::new(Code::FileDamaged).because(e))? > declared {
            return Err(Error::new(Code::FileTooLarge));
        }
    }
    Ok(())
}

/// Runs what a library does with a damaged file: where it would end the program, the file is damaged.
pub(super) fn unharmed<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::new(Code::FileDamaged)))
}
