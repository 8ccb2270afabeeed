//! A database and the journal that lay beside it, brought in one ZIP: the copy that is read has both.

use super::wal::lay_over;
use super::{MAX_SIZE, unreadable};
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use std::collections::HashSet;
use std::io::{Read, SeekFrom};
use zip::ZipArchive;

/// What the name of a journal has beyond that of its database.
const JOURNAL: &str = "-wal";

/// The database among the names of an archive that holds its journal as well; `None` where there is no such pair, or
/// more than one.
pub(in crate::import) fn paired(names: &[String]) -> Option<&String> {
    let kept: HashSet<&str> = names.iter().filter_map(|name| name.strip_suffix(JOURNAL)).collect();
    let mut paired = names.iter().filter(|name| kept.contains(name.as_str()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn the_only_database_with_a_journal_is_found() {
        let found = |names: &[&str]| paired(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).cloned();
        assert_eq!(found(&["a.db", "a.db-wal", "b.db", "b.db-shm"]).as_deref(), Some("a.db"));
        assert_eq!(found(&["a.db-wal", "a.db-wal-wal", "x"]).as_deref(), Some("a.db-wal"));
        assert_eq!(found(&["a.db", "b.db-wal"]), None);
        assert_eq!(found(&["a.db", "a.db-wal", "b.db", "b.db-wal"]), None, "of two none");
    }

    #[test]
    fn an_archive_of_a_hundred_thousand_names_takes_no_time_of_their_square() {
        let names: Vec<String> = (0..100_000).map(|at| format!("{at:0>40}{JOURNAL}")).collect();
        let begun = Instant::now();
        assert_eq!(paired(&names), None);
        // The square took minutes.
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
