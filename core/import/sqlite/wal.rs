//! What a database wrote last, from the file `-wal` beside it: pages that are newer than those of the database. They
//! are laid over a copy of it as SQLite itself would: up to the last transaction that is whole.

use super::{page_size, word};

/// Bytes before the first frame.
const HEADER: usize = 32;
/// Bytes before the page of a frame.
const FRAME: usize = 24;
/// The first four bytes; the lowest bit says in which order the sums are counted.
const MAGIC: u32 = 0x377F_0682;

/// The running sum of a journal.
#[derive(Clone, Copy, Default, PartialEq)]
struct Sum(u32, u32);

impl Sum {
    fn add(self, bytes: &[u8], big_endian: bool) -> Self {
        let Sum(mut first, mut second) = self;
        for pair in bytes.chunks_exact(8) {
            let word = |at: usize| {
                let word = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
                if big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
            };
            first = first.wrapping_add(word(0)).wrapping_add(second);
            second = second.wrapping_add(word(4)).wrapping_add(first);
        }
        Sum(first, second)
    }
}

/// A page by its number, counted from 1.
type Page<'j> = (usize, &'j [u8]);

/// Lays the journal over the database. What is not whole, or belongs to another database, changes nothing. No database
/// grows beyond `most` bytes.
pub(super) fn lay_over(database: &mut Vec<u8>, journal: &[u8], most: usize) {
    // A journal that is none of this database's says nothing.
    let _ = lay(database, journal, most);
}

fn lay(database: &mut Vec<u8>, journal: &[u8], most: usize) -> Option<()> {
    let magic = word(journal, 0)?;
    let page = page_size(database)?;
    if magic & !1 != MAGIC || word(journal, 8)? != page {
        return None;
    }
    let page = page as usize;
    let big_endian = magic & 1 == 1;
    let salt = journal.get(16..24)?;
    let mut sum = Sum::default().add(&journal[..24], big_endian);
    if sum != Sum(word(journal, 24)?, word(journal, 28)?) {
        return None;
    }
    // Pages of the transaction that is being read, and those of all transactions that are whole.
    let (mut open, mut whole): (Vec<Page<'_>>, Vec<Page<'_>>) = (Vec::new(), Vec::new());
    let mut pages = 0;
    for frame in journal[HEADER..].chunks_exact(FRAME + page) {
        let (head, content) = frame.split_at(FRAME);
        sum = sum.add(&head[..8], big_endian).add(content, big_endian);
        let (number, size) = (word(head, 0)? as usize, word(head, 4)? as usize);
        if head[8..16] != *salt || sum != Sum(word(head, 16)?, word(head, 20)?) || number == 0 {
            break;
        }
        open.push((number, content));
        if size > 0 {
            whole.append(&mut open);
            pages = size;
        }
    }
    let length = pages.checked_mul(page).filter(|length| *length <= most && !whole.is_empty())?;
    database.resize(length, 0);
    for (number, content) in &whole {
        if let Some(place) = database.get_mut((number - 1) * page..number * page) {
            place.copy_from_slice(content);
        }
    }
    Some(())
}
