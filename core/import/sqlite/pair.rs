//! A database and the journal that lay beside it, brought in one ZIP: the copy that is read has both.

use super::MAX_SIZE;
use super::wal::lay_over;
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::archive::names;
use crate::import::container::begins_as_zip;
use crate::import::encoding::read_within;
use std::collections::HashSet;
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
    if !begins_as_zip(file)? {
        return Ok(None);
    }
    let mut archive = ZipArchive::new(&mut *file).map_err(|cause| Error::new(Code::FileDamaged).because(cause))?;
    let names = names(&archive);
    let Some(name) = paired(&names) else { return Ok(None) };
    let mut entry = |name: &str| -> Result<Vec<u8>> {
        let entry = archive.by_name(name).map_err(|cause| Error::new(Code::FileDamaged).because(cause))?;
        read_within(entry, MAX_SIZE, Code::FileDamaged)
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
