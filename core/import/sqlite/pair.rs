//! A database and the journal that lay beside it, brought in one ZIP: the copy that is read has both.

use super::wal::lay_over;
use super::{MAX_SIZE, unreadable};
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use std::io::{Read, SeekFrom};
use zip::ZipArchive;

/// What the name of a journal has beyond that of its database.
const JOURNAL: &str = "-wal";

/// The database among the names of an archive that holds its journal as well; `None` where there is no such pair, or
/// more than one.
pub(in crate::import) fn paired(names: &[String]) -> Option<&String> {
    let mut paired = names.iter().filter(|name| names.iter().any(|other| other.strip_suffix(JOURNAL) == Some(name)));
    paired.next().filter(|_| paired.next().is_none())
}

/// The bytes of the database with its journal laid over them; `None` for what is no such archive.
pub(super) fn unpacked(file: &mut dyn ReadSeek) -> Result<Option<Vec<u8>>> {
    let mut magic = [0; 2];
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if crate::import::encoding::fill(file, &mut magic).map_err(unreadable)? < 2 || magic != *b"PK" {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut archive = ZipArchive::new(&mut *file).map_err(|cause| Error::new(Code::FileDamaged).because(cause))?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let Some(name) = paired(&names) else { return Ok(None) };
    let mut entry = |name: &str| -> Result<Vec<u8>> {
        let entry = archive.by_name(name).map_err(|cause| Error::new(Code::FileDamaged).because(cause))?;
        let mut bytes = Vec::new();
        // The size that an archive declares may lie.
        let read = entry.take(MAX_SIZE + 1).read_to_end(&mut bytes);
        read.map_err(|cause| Error::new(Code::FileDamaged).because(cause))?;
        if bytes.len() as u64 > MAX_SIZE {
            return Err(Error::new(Code::FileTooLarge));
        }
        Ok(bytes)
    };
    let mut database = entry(name)?;
    let journal = entry(&format!("{name}{JOURNAL}"))?;
    lay_over(&mut database, &journal, MAX_SIZE as usize);
    Ok(Some(database))
}
