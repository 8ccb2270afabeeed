//! The bag: payload under `data/`, and the tag files that describe it (BagIt 1.0, RFC 8493).

use super::digests::Taken;
use super::zip_out::{Pack, ZipOut};
use super::{WriteSeek, code, profile};
use crate::error::{Code, Error, Result};
use crate::model::Dossier;
use crate::progress::Progress;
use std::io::{self, BufWriter, Read, Write};

/// What `bagit.txt` holds, to the byte.
pub(super) const BAGIT_TXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// Four letters that stand in the name of the top folder until the code is known.
const PLACEHOLDER: &str = "0000";
/// Bytes read at a time.
const BUFFER: usize = 256 * 1024;

/// A file of the bag, with its path inside the bag and its sums.
pub(super) struct Filed {
    pub(super) path: String,
    pub(super) taken: Taken,
}

/// A bag under construction in a zip.
pub(super) struct Bag<'a> {
    zip: ZipOut<'a>,
    stem: String,
    payload: Vec<Filed>,
    progress: &'a dyn Progress,
    total: u64,
    done: u64,
}

/// An error of reading or writing, as the crate's: what was wrapped comes out again.
pub(super) struct Failure(pub(super) Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(failed(error))
    }
}

/// Turns an error of input or output into the crate's own. An [`Error`] that travelled inside comes out as it was.
pub(super) fn failed(error: io::Error) -> Error {
    let code = Code::of_writing(&error, Code::WriteFailed);
    match error.downcast::<Error>() {
        Ok(inner) => inner,
        Err(error) => Error::new(code).because(error),
    }
}

impl<'a> Bag<'a> {
    /// `total` bytes are expected to be written, for the progress.
    pub(super) fn new(out: &'a mut dyn WriteSeek, date: &str, total: u64, progress: &'a dyn Progress) -> Result<Self> {
        let stem = format!("ulika_{date}_");
        let zip = ZipOut::new(out, format!("{stem}{PLACEHOLDER}")).map_err(failed)?;
        Ok(Self { zip, stem, payload: Vec::new(), progress, total, done: 0 })
    }

    /// A text of the payload, written as it is made. `path` is below `data/`.
    pub(super) fn text(
        &mut self,
        path: &str,
        large: bool,
        fill: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<&Filed> {
        self.file(path, Pack::Deflated, large, fill)
    }

    /// Bytes of the payload, as they are read.
    pub(super) fn bytes(&mut self, path: &str, size: u64, from: &mut dyn Read) -> Result<&Filed> {
        // Far from the limit of 4 GiB, so that a wrong `size` is found before it matters.
        self.file(path, Pack::Stored, size >= 1 << 31, |out| {
            let mut buffer = vec![0; BUFFER];
            loop {
                let read = match from.read(&mut buffer) {
                    Ok(0) => return Ok(()),
                    Ok(read) => read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => return Err(Error::new(Code::CaseDamaged).because(error)),
                };
                out.write_all(&buffer[..read]).map_err(failed)?;
            }
        })
    }

    fn file(
        &mut self,
        path: &str,
        pack: Pack,
        large: bool,
        fill: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<&Filed> {
        let path = format!("data/{path}");
        let taken = self.entry(&path, pack, large, fill)?;
        self.done += taken.bytes;
        self.payload.push(Filed { path, taken });
        self.payload.last().ok_or_else(|| Error::new(Code::Internal))
    }

    fn entry(
        &mut self,
        path: &str,
        pack: Pack,
        large: bool,
        fill: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<Taken> {
        let (done, total, progress) = (self.done, self.total, self.progress);
        self.zip
            .entry(path, pack, large, |out| -> std::result::Result<(), Failure> {
                // Media come in large pieces already and pass through; texts are gathered.
                let watched = Watched { out, done, total, progress };
                let mut buffered = BufWriter::with_capacity(64 * 1024, watched);
                fill(&mut buffered)?;
                buffered.flush()?;
                Ok(())
            })
            .map_err(|failure| failure.0)
    }

    /// The code over what stands in the bag so far; names the top folder by it.
    pub(super) fn seal(&mut self) -> Result<String> {
        let counted = self.payload.iter().filter(|f| code::counts(&f.path));
        let mut lines: Vec<String> = counted.map(|f| format!("{}  {}", f.taken.sha512, f.path)).collect();
        let code = code::of_lines(&mut lines);
        let group = code.get(..4).unwrap_or(PLACEHOLDER);
        self.zip.rename_top(&format!("{}{group}", self.stem)).map_err(failed)?;
        Ok(code)
    }

    /// Writes the tag files and ends the zip. Returns the number of files in the bag.
    pub(super) fn finish(mut self, dossier: &Dossier, facts: &BagFacts<'_>) -> Result<u32> {
        let mut tags: Vec<Filed> = Vec::new();
        self.payload.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let octets: u64 = self.payload.iter().map(|f| f.taken.bytes).sum();
        let info = bag_info(dossier, facts, octets, self.payload.len());
        let manifest = |pick: fn(&Taken) -> &str, files: &[Filed]| {
            files.iter().map(|f| format!("{}  {}\n", pick(&f.taken), f.path)).collect::<String>()
        };
        let texts = [
            ("bag-info.txt", info),
            ("bagit.txt", BAGIT_TXT.to_owned()),
            ("manifest-sha256.txt", manifest(|t| &t.sha256, &self.payload)),
            ("manifest-sha512.txt", manifest(|t| &t.sha512, &self.payload)),
        ];
        for (path, text) in texts {
            let taken =
                self.entry(path, Pack::Deflated, false, |out| out.write_all(text.as_bytes()).map_err(failed))?;
            tags.push(Filed { path: path.to_owned(), taken });
        }
        let lists = [
            ("tagmanifest-sha256.txt", manifest(|t| &t.sha256, &tags)),
            ("tagmanifest-sha512.txt", manifest(|t| &t.sha512, &tags)),
        ];
        for (path, text) in lists {
            self.entry(path, Pack::Deflated, false, |out| out.write_all(text.as_bytes()).map_err(failed))?;
        }
        let files = self.payload.len() + tags.len() + 2;
        self.zip.finish().map_err(failed)?;
        Ok(u32::try_from(files).unwrap_or(u32::MAX))
    }
}

/// Reports what passes; a cancellation travels as an error of writing.
struct Watched<'a> {
    out: &'a mut dyn Write,
    done: u64,
    total: u64,
    progress: &'a dyn Progress,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.done += bytes.len() as u64;
        self.progress.report("write", self.done.min(self.total), Some(self.total)).map_err(io::Error::other)?;
        self.out.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `bag-info.txt` says beside the dossier.
pub(super) struct BagFacts<'a> {
    /// `2026-11-23`.
    pub(super) date: &'a str,
    /// The code.
    pub(super) code: &'a str,
    /// Whether originals are in it.
    pub(super) full: bool,
}

fn bag_info(dossier: &Dossier, facts: &BagFacts<'_>, octets: u64, files: usize) -> String {
    let kind = if facts.full { "full" } else { "scoped" };
    let one_line = |text: &str| super::cells::visible(text).into_owned();
    format!(
        "Bagging-Date: {}\nBagging-Software: Ulika {}\nBagIt-Profile-Identifier: {}\nExternal-Identifier: {}\n\
         Internal-Sender-Description: case schema {}; {kind}\nPayload-Oxum: {octets}.{files}\nUlika-Code: {}\n",
        facts.date,
        one_line(&dossier.program),
        profile::identifier(facts.full),
        one_line(&dossier.case_id),
        dossier.schema_version,
        facts.code,
    )
}
