//! SQLite's rollback journal, read and written: <https://www.sqlite.org/fileformat.html#the_rollback_journal>.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
const SECTOR: usize = 512;
const HEADER: &[u8] = b"SQLite format 3\0";

/// Pages as they were, and how many there were.
#[derive(Debug)]
pub(super) struct Images {
    /// Pages that the file had.
    pub(super) pages: u32,
    page_size: usize,
    /// Page by number, from 1.
    pub(super) images: BTreeMap<u32, Vec<u8>>,
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl Images {
    /// Reads the journal of the transaction that is under way. `None` where there is none, or where it is not whole.
    pub(super) fn read(journal: &Path) -> Option<Self> {
        let journal = std::fs::read(journal).ok()?;
        let (sector, page_size) = (be32(&journal, 20)? as usize, be32(&journal, 24)? as usize);
        let mut read = Self { pages: be32(&journal, 16)?, page_size, images: BTreeMap::new() };
        if sector < 32 || page_size < SECTOR || read.pages == 0 {
            return None;
        }
        let record = page_size + 8;
        let mut at = 0;
        while at + sector <= journal.len() {
            let room = (journal.len() - at - sector) / record;
            // The count of the last part is written when the journal is flushed: until then the magic is absent.
            let (counted, nonce) = (be32(&journal, at + 8)?, be32(&journal, at + 12)?);
            let count = if journal.get(at..at + 8)? == MAGIC && counted != u32::MAX { counted as usize } else { room };
            for index in 0..count.min(room) {
                let from = at + sector + index * record;
                let image = journal.get(from + 4..from + 4 + page_size)?;
                if be32(&journal, from + 4 + page_size)? != checksum(nonce, image) {
                    return None;
                }
                read.images.entry(be32(&journal, from)?).or_insert_with(|| image.to_vec());
            }
            at = (at + sector + count * record).next_multiple_of(sector);
        }
        Some(read)
    }

    /// Takes from a later transaction the pages that are not known yet.
    pub(super) fn absorb(&mut self, later: Self) {
        for (number, image) in later.images {
            if number <= self.pages {
                self.images.entry(number).or_insert(image);
            }
        }
    }

    /// The counter of changes on the first page; `None` where it is encrypted or not among the pages.
    pub(super) fn counter(&self) -> Option<u32> {
        be32(self.first_page()?, 24)
    }

    fn first_page(&self) -> Option<&[u8]> {
        self.images.get(&1).map(Vec::as_slice).filter(|page| page.starts_with(HEADER))
    }

    /// Writes a journal beside its place and renames it into it, so that it is whole as soon as it is there.
    pub(super) fn leave(&self, journal: &Path) -> io::Result<()> {
        let folder = journal.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let part = tempfile::Builder::new().prefix(".ulika-").tempfile_in(folder)?;
        let mut out = BufWriter::new(part.as_file());
        self.write(&mut out)?;
        out.flush()?;
        drop(out);
        part.as_file().sync_all()?;
        part.persist(journal).map_err(|e| e.error)?;
        // The new name must be on the medium before anything is changed by what it names.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let free = self.free_leaves();
        let zeros = vec![0; self.page_size];
        let kept = self.images.iter().filter(|(number, _)| !free.contains(number));
        let images: Vec<(u32, &[u8])> = kept
            .map(|(number, image)| (*number, image.as_slice()))
            .chain(free.iter().map(|number| (*number, zeros.as_slice())))
            .collect();
        let mut header = Vec::with_capacity(SECTOR);
        header.extend(MAGIC);
        for field in [images.len() as u32, 0, self.pages, SECTOR as u32, self.page_size as u32] {
            header.extend(field.to_be_bytes());
        }
        header.resize(SECTOR, 0);
        out.write_all(&header)?;
        for (number, image) in images {
            out.write_all(&number.to_be_bytes())?;
            out.write_all(image)?;
            out.write_all(&checksum(0, image).to_be_bytes())?;
        }
        Ok(())
    }

    /// Pages that were free and may have been used since. SQLite does not journal them; `secure_delete` had emptied
    /// them. In a file with a password the list cannot be read, and such pages keep what was staged, encrypted, until
    /// they are used again. (There the pages that come back are the same, but encrypted anew.)
    fn free_leaves(&self) -> Vec<u32> {
        let field = |page: &[u8], at: usize| be32(page, at).unwrap_or(0);
        let Some(first) = self.first_page() else { return Vec::new() };
        let mut free = Vec::new();
        let mut trunk = field(first, 32);
        // A trunk that did not change has lent none of its leaves. No list is longer than the file.
        while let Some(page) = self.images.get(&trunk).filter(|_| free.len() < self.pages as usize) {
            let leaves = (field(page, 4) as usize).min(self.page_size / 4 - 2);
            free.extend((0..leaves).map(|n| field(page, 8 + 4 * n)).filter(|n| (2..=self.pages).contains(n)));
            trunk = field(page, 0);
        }
        free.sort_unstable();
        free.dedup();
        free
    }
}

/// SQLite's checksum of a page in the journal: every two hundredth byte from the end.
fn checksum(nonce: u32, page: &[u8]) -> u32 {
    let places = (1..).map(|n| page.len().checked_sub(200 * n)).take_while(|at| at.is_some_and(|at| at > 0));
    places.flatten().fold(nonce, |sum, at| sum.wrapping_add(u32::from(page[at])))
}
