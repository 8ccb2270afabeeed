//! Import files: look first, then write once.
//!
//! Reading is finished before writing begins: each file is digested, read through its recipe and held in compact
//! form; what a person sees in the preview is exactly this. Then one transaction writes everything. The bytes that go
//! into the case must have the digest of the bytes that were read.

use super::Edited;
use super::collector::Collector;
use super::extract::read_part;
use super::files::{Brought, bring, has_journal};
use super::registers::{self, ReadRegister, RegisterAnswer};
use super::sources::extract_of;
use crate::case::{Case, Edit};
use crate::derive::{Compared, counts};
use crate::error::{Code, Error, Result};
use crate::import::{
    DayOrder, Identified, Mend, OwnRecipe, ReadOptions, ReadSeek, ReadingNote, Summary, identify, keeps_journal, read,
    read_number,
};
use crate::model::{
    CustodyKind, ExtractOf, JournalBeside, NumberKind, PhoneNumber, RowProblem, SourceId, SourceKind, Witness,
    ZoneBasis, hex,
};
use crate::progress::Progress;
use crate::store::aside::Staging;
use crate::store::blobs::{self, Staged};
use crate::store::derived::{Records, load_records};
use crate::store::evidence::{self, NewSource, Planned};
use crate::store::{Connection, word};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Seek;
use std::ops::Range;
use std::path::PathBuf;

mod answer;

use self::answer::{answer, held};

/// What the person says about the files.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Recipe by name; otherwise found.
    pub recipe: Option<String>,
    /// Recipes of the person's own, which are looked at beside the known ones.
    pub own: Vec<OwnRecipe>,
    /// The recipe of the person's own to read by, saved or not.
    pub by: Option<OwnRecipe>,
    /// Kind of witness, where the recipe does not fix it.
    pub kind: Option<SourceKind>,
    /// Line picked, in any spelling.
    pub line: Option<String>,
    /// Further lines picked beside it.
    pub further_lines: Vec<String>,
    /// Zone: `Europe/Moscow`, `+03:00`.
    pub zone: Option<String>,
    /// Order of day and month in dates with strokes; otherwise found.
    pub days: Option<DayOrder>,
    /// Only an extract is kept, the rows of the line picked, and of the whole file its digest.
    pub extract: bool,
    /// The whole file is kept though the case has an extract of it.
    pub whole: bool,
}

/// A file and what the person says about it.
#[derive(Clone, Debug, Default)]
pub struct ImportFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What the person says.
    pub options: ImportOptions,
}

impl ImportFile {
    fn each(files: &[PathBuf], options: &ImportOptions) -> Vec<ImportFile> {
        files.iter().map(|path| ImportFile { path: path.clone(), options: options.clone() }).collect()
    }
}

/// One file of an import. `rows` = records + other + problems + repeats_in_file + other_lines;
/// `records` = new_calls + corroborating + duplicates. Counts describe the moment of import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourceAnswer {
    /// Identity; `None` in a preview.
    pub id: Option<SourceId>,
    /// File name.
    pub file: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Recipe.
    pub recipe: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Encoding, lower case.
    pub encoding: String,
    /// Lines that the file names, E.164.
    pub lines: Vec<String>,
    /// Zone, or `per-row`.
    pub zone: String,
    /// How it is known.
    pub zone_basis: String,
    /// First and last local date (`2015-09-06`).
    pub period: Option<(String, String)>,
    /// The same of the rows of every service, where these go beyond the calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_period: Option<(String, String)>,
    /// First and last day of the period that the file states for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_period: Option<(String, String)>,
    /// Every data row.
    pub rows: u32,
    /// Not data rows.
    pub skipped: u32,
    /// Rows that state a call.
    pub records: u32,
    /// Calls that no other source states.
    pub new_calls: u32,
    /// State a call that a source of another kind already states.
    pub corroborating: u32,
    /// State again what an overlapping source of the same kind states.
    pub duplicates: u32,
    /// Other services by kind.
    pub other: BTreeMap<String, u32>,
    /// Repeats within the file.
    pub repeats_in_file: u32,
    /// Rows of lines that were not picked.
    pub other_lines: u32,
    /// Rows that could not be read.
    pub problems: Vec<RowProblem>,
    /// Rows, of those counted above, that were damaged in the file and mended.
    #[serde(default)]
    pub mended: u32,
    /// Which these are and how they were mended.
    #[serde(default)]
    pub mends: Vec<Mend>,
    /// What became of the journal of a database, where it keeps one.
    #[serde(default)]
    pub journal: Option<JournalBeside>,
    /// Whether it was read from a PDF: rows put together from places, which a person should compare.
    #[serde(default)]
    pub from_pdf: bool,
    /// Whether its rows bring the names of their columns along: a place in it is an entry by its order and no row that a
    /// person could find.
    #[serde(default)]
    pub entries: bool,
    /// The case already holds these bytes, or an extract of them: nothing was imported.
    pub already_imported: bool,
    /// The whole file, where the case keeps only an extract of it: `sha256` is then the extract's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract_of: Option<ExtractOf>,
    /// What was taken for true without the file saying so, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<ReadingNote>,
}

/// What an import, or its preview, answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportAnswer {
    /// One entry a file of calls, in the order given.
    pub sources: Vec<SourceAnswer>,
    /// One entry a register of the numbering plan: what was given among the files is taken as what it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registers: Vec<RegisterAnswer>,
    /// The edit; `None` in a preview and where all files were already held.
    #[serde(flatten)]
    pub edited: Option<Edited>,
}

/// A file read to its end, before anything is written.
pub(super) struct ReadFile {
    pub(super) brought: Brought<Box<dyn ReadSeek>>,
    pub(super) sha256: [u8; 32],
    pub(super) what: Identified,
    pub(super) summary: Summary,
    pub(super) planned: Planned,
    pub(super) journal: Option<JournalBeside>,
}

impl ReadFile {
    /// A file as its rows have shown it: the unit of lengths that all of them have is known only after the last.
    pub(super) fn new(
        brought: Brought<Box<dyn ReadSeek>>,
        sha256: [u8; 32],
        mut what: Identified,
        summary: Summary,
        planned: Planned,
        journal: Option<JournalBeside>,
    ) -> Self {
        what.duration_unit_s = summary.unit_s(&what);
        Self { brought, sha256, what, summary, planned, journal }
    }
}

/// One of the files asked for: read, or held by the case already.
pub(super) enum Asked {
    Read(Box<ReadFile>),
    Held { file: String, sha256: String, source: Option<SourceId>, extract_of: Option<ExtractOf> },
}

/// Reads the files as an import would and writes nothing.
///
/// # Errors
/// As [`crate::import::read`]; [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`].
pub fn preview_import(
    case: &Case,
    files: &[PathBuf],
    options: &ImportOptions,
    progress: &dyn Progress,
) -> Result<ImportAnswer> {
    preview_files(case, &ImportFile::each(files, options), progress)
}

/// As [`preview_import`], with a word about each file.
///
/// # Errors
/// As [`preview_import`].
pub fn preview_files(case: &Case, files: &[ImportFile], progress: &dyn Progress) -> Result<ImportAnswer> {
    let (asked, read) = read_files(case, files, progress)?;
    let connection = case.connection();
    let mut records = load_records(connection, &evidence::sources(connection)?)?;
    let ids = plan_ids(connection, &asked, &mut records)?;
    let compared = Compared::of(&records);
    let sources = asked
        .iter()
        .zip(&ids)
        .map(|(one, id)| match one {
            Asked::Read(read) => answer(read, None, counts(&records, &compared, id.records())),
            Asked::Held { .. } => held_already(one),
        })
        .collect();
    Ok(ImportAnswer { sources, registers: registers::foresee(connection, &read)?, edited: None })
}

/// Imports the files in one transaction. `expected` holds the digests that the person saw in the preview;
/// empty where the command itself is the confirmation.
///
/// # Errors
/// As [`preview_import`]; [`Code::FileChanged`], [`Code::DiskFull`], [`Code::WriteFailed`].
pub fn import(
    case: &mut Case,
    files: &[PathBuf],
    options: &ImportOptions,
    expected: &[String],
    progress: &dyn Progress,
) -> Result<ImportAnswer> {
    import_files(case, &ImportFile::each(files, options), expected, progress)
}

/// As [`import`], with a word about each file.
///
/// # Errors
/// As [`import`].
pub fn import_files(
    case: &mut Case,
    files: &[ImportFile],
    expected: &[String],
    progress: &dyn Progress,
) -> Result<ImportAnswer> {
    let (mut asked, read) = read_files(case, files, progress)?;
    check_expected(&asked, expected)?;
    if asked.iter().all(|one| matches!(one, Asked::Held { .. })) {
        let loaded = registers::load(case, &read, false, progress)?;
        let sources = asked.iter().map(held_already).collect();
        return Ok(ImportAnswer { sources, registers: loaded.registers, edited: loaded.edited });
    }
    let mut staging = Staging::default();
    let done = stage_long(case, &mut asked, &mut staging, progress).and_then(|staged| {
        case.edit(CustodyKind::Imported, |edit| {
            Ok((write_all(edit, asked, staged, progress)?, registers::write(edit, &read, false, progress)?))
        })
    });
    match done {
        Ok(((sources, registers), outcome)) => {
            Ok(ImportAnswer { sources, registers, edited: Some(Edited::from(outcome)) })
        }
        Err(error) => {
            staging.take_back(case.connection());
            Err(error)
        }
    }
}

/// Originals longer than this are staged in short transactions before the one that makes them visible, so that
/// other windows stay answered; shorter ones go into that transaction. A failure leaves not a byte of either behind.
const LONG: u64 = 8 << 20;

fn stage_long(
    case: &mut Case,
    asked: &mut [Asked],
    staging: &mut Staging,
    progress: &dyn Progress,
) -> Result<Vec<Option<Staged>>> {
    let stage = |one: &mut Asked| match one {
        Asked::Read(read) if read.brought.size > LONG => {
            case.write_aside(|c| stage_read(c, read, Some(&mut *staging), progress)).map(Some)
        }
        _ => Ok(None),
    };
    asked.iter_mut().map(stage).collect()
}

/// Writes files that were read, as part of an edit.
pub(super) fn write_all(
    edit: &mut Edit<'_>,
    asked: Vec<Asked>,
    staged: Vec<Option<Staged>>,
    progress: &dyn Progress,
) -> Result<Vec<SourceAnswer>> {
    let connection = edit.connection;
    let mut records = load_records(connection, &evidence::sources(connection)?)?;
    let ids = plan_ids(connection, &asked, &mut records)?;
    let mut sources = Vec::with_capacity(asked.len());
    let mut noted = Vec::new();
    for ((one, id), staged) in asked.into_iter().zip(&ids).zip(staged) {
        match one {
            Asked::Held { .. } => sources.push(held_already(&one)),
            Asked::Read(mut read) => {
                let staged = match staged {
                    Some(staged) => staged,
                    None => stage_read(connection, &mut read, None, progress)?,
                };
                let planned = std::mem::take(&mut read.planned);
                let mut source = answer(&read, Some(SourceId(id.source)), (0, 0, 0));
                if let Some(of) = &source.extract_of {
                    // What other lines the file names is nothing that the case may keep.
                    source.lines.retain(|line| *line == of.line);
                }
                let sums = serde_json::to_string(&source).map_err(|e| Error::new(Code::Internal).because(e))?;
                let new = NewSource {
                    staged,
                    id: SourceId(id.source),
                    event: edit.event,
                    name: &read.brought.name,
                    kind: read.what.kind,
                    recipe: &read.what.recipe,
                    recipe_text: read.what.own.as_ref().map(OwnRecipe::text),
                    encoding: &read.what.encoding,
                    duration_unit_s: read.what.duration_unit_s,
                    zone: read.summary.zone,
                    zone_basis: read.summary.zone_basis.unwrap_or(ZoneBasis::Assumed),
                    received_at: &edit.at,
                    sums: &sums,
                    first_record: id.record,
                };
                let root = evidence::insert_source(connection, &new, planned, &mut |done| {
                    progress.report("store", done, None)
                })?;
                let mut note = serde_json::json!({
                    "source": id.source, "file": read.brought.name, "sha256": source.sha256, "bytes": read.brought.size,
                    "recipe": read.what.recipe, "kind": read.what.kind.word(), "encoding": read.what.encoding,
                    "zone": source.zone, "zone_basis": source.zone_basis, "duration_unit_s": read.what.duration_unit_s,
                    "first_record": id.record, "records": source.records, "rows": source.rows, "leaves": hex(&root),
                    "sums_sha256": hex(&Sha256::digest(&sums)),
                });
                if let Some(own) = &read.what.own {
                    note["recipe_sha256"] = hex(&Sha256::digest(own.text())).into();
                }
                if let Some(of) = &source.extract_of {
                    note["extract_of"] = serde_json::json!(of);
                }
                noted.push(note);
                if edit.subject == 0 {
                    edit.subject = id.source;
                }
                source.id = Some(SourceId(id.source));
                sources.push(source);
            }
        }
    }
    progress.report("derive", 0, None)?;
    let compared = Compared::of(&records);
    for (source, id) in sources.iter_mut().zip(&ids).filter(|(s, _)| !s.already_imported) {
        (source.new_calls, source.corroborating, source.duplicates) = counts(&records, &compared, id.records());
    }
    progress.report("derive", 1, None)?;
    crate::derive::write(connection, records, &compared)?;
    progress.report("derive", 2, None)?;
    edit.details.insert("sources".to_owned(), noted.into());
    edit.changed.extend(["sources", "calls", "groups", "labels"]);
    Ok(sources)
}

fn stage_read(
    connection: &Connection,
    read: &mut ReadFile,
    staging: Option<&mut Staging>,
    progress: &dyn Progress,
) -> Result<Staged> {
    let name = &read.brought.name;
    let rewound = read.brought.file.rewind();
    rewound.map_err(|e| Error::new(Code::FileUnreadable).with("file", name.clone()).because(e))?;
    let size = read.brought.size;
    let mut told = |done| progress.report("store", done, Some(size));
    let staged = match staging {
        Some(staging) => staging.stage(connection, &mut read.brought.file, &mut told)?,
        None => {
            let original = blobs::next_original(connection)?;
            blobs::stage(connection, &mut read.brought.file, original, None, &mut told)?
        }
    };
    if staged.sha256 != read.sha256 {
        return Err(Error::new(Code::FileChanged).with("file", name.clone()));
    }
    Ok(staged)
}

struct PlannedIds {
    source: i64,
    record: i64,
    /// How many records.
    count: i64,
}

impl PlannedIds {
    fn records(&self) -> Range<i64> {
        self.record..self.record + self.count
    }
}

/// Gives the new files the ids that they will have and adds their records to those of the case.
fn plan_ids(connection: &Connection, asked: &[Asked], records: &mut Records) -> Result<Vec<PlannedIds>> {
    let mut source = evidence::next_source(connection)?;
    let mut record = evidence::next_record(connection)?;
    let mut spelling = evidence::next_spelling(connection)?;
    let mut ids = Vec::with_capacity(asked.len());
    for one in asked {
        let mut of_file = PlannedIds { source, record, count: 0 };
        if let Asked::Read(read) = one {
            of_file.count = read.planned.records.iter().map(Vec::len).sum::<usize>() as i64;
            let witness = Witness {
                source: records.speaker(&read.what.recipe, SourceId(source)),
                kind: read.what.kind,
                duration_unit_s: read.what.duration_unit_s.max(1),
            };
            records.extend(&read.planned, witness, record, spelling);
            source += 1;
            record += of_file.count;
            spelling += read.planned.dictionary.spellings.len() as i64;
        }
        ids.push(of_file);
    }
    Ok(ids)
}

fn read_files(case: &Case, files: &[ImportFile], progress: &dyn Progress) -> Result<(Vec<Asked>, Vec<ReadRegister>)> {
    let connection = case.connection();
    let mut plans = Vec::new();
    let stored = evidence::live_sources(connection)?;
    let mut asked: Vec<Asked> = Vec::with_capacity(files.len());
    let mut seen: Vec<([u8; 32], Option<String>)> = Vec::new();
    for ImportFile { path, options } in files {
        let read_options = read_options(connection, options)?;
        let Brought { name, file, size } = bring(path)?;
        let mut brought = Brought { name, file: Box::new(file) as Box<dyn ReadSeek>, size };
        if options.recipe.is_none() && options.by.is_none() && is_register(&mut brought)? {
            plans.push(registers::read_register(path, None, case.clock())?);
            continue;
        }
        let (sha256, _) = blobs::digest_of(&mut brought.file, &mut |done| progress.report("digest", done, Some(size)))
            .map_err(|e| e.of_file(&brought.name))?;
        let digest = hex(&sha256);
        let line = read_options.line.as_ref().filter(|_| options.extract).map(|line| line.text.clone());
        let held = stored.iter().find(|s| s.source.sha256 == digest).map(|s| (s, None));
        // An extract of another line is another extract; the whole file comes beside one only where that is said.
        let is_same = |of: &ExtractOf| of.sha256 == digest && line.as_ref().is_none_or(|line| *line == of.line);
        let extract = || stored.iter().find_map(|s| Some((s, Some(extract_of(s).filter(is_same)?))));
        let held = held.or_else(|| if options.whole { None } else { extract() });
        let twice = (sha256, line);
        if held.is_some() || seen.contains(&twice) {
            let (source, extract_of) = held.map_or((None, None), |(s, of)| (Some(s.source.id), of));
            asked.push(Asked::Held { file: brought.name, sha256: digest, source, extract_of });
            continue;
        }
        seen.push(twice);
        let beside = || if has_journal(path) { JournalBeside::Unread } else { JournalBeside::Absent };
        let journal = keeps_journal(&mut brought.file)?.then(beside);
        let read = if options.extract { read_part } else { read_one };
        asked.push(read(brought, sha256, journal, &read_options, progress)?);
    }
    Ok((asked, plans))
}

/// Whether a file is a register of the numbering plan: no log of calls, whatever columns it is said to have.
fn is_register(brought: &mut Brought<Box<dyn ReadSeek>>) -> Result<bool> {
    let unread = |e: std::io::Error| Error::new(Code::FileUnreadable).with("file", brought.name.clone()).because(e);
    let is = registers::is_register(&mut brought.file).map_err(|e| e.of_file(&brought.name))?;
    brought.file.rewind().map_err(unread)?;
    Ok(is)
}

/// Reads one file through its recipe.
pub(super) fn read_one(
    mut brought: Brought<Box<dyn ReadSeek>>,
    sha256: [u8; 32],
    journal: Option<JournalBeside>,
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Asked> {
    let what = identify(&mut brought.file, &brought.name, options)?;
    let mut collector = Collector::default();
    let summary = read(&mut brought.file, &brought.name, &what, options, &mut collector, progress)?;
    Ok(Asked::Read(Box::new(ReadFile::new(brought, sha256, what, summary, collector.planned, journal))))
}

pub(super) fn read_options(connection: &Connection, options: &ImportOptions) -> Result<ReadOptions> {
    let lines = word::lines(connection)?;
    let picked = |text: &String| {
        let number = read_number(text, None);
        match number.kind {
            NumberKind::E164 => Ok(number),
            _ => Err(Error::new(Code::NumberUnreadable).with("number", text.as_str())),
        }
    };
    let line = options.line.as_ref().map(picked).transpose()?;
    let further_lines = options.further_lines.iter().map(picked).collect::<Result<Vec<_>>>()?;
    let line_zone = match &line {
        Some(number) => {
            let zone_of = |number: &PhoneNumber| lines.iter().find(|l| l.number == *number).and_then(|l| l.zone);
            zone_of(number).filter(|zone| further_lines.iter().all(|further| zone_of(further) == Some(*zone)))
        }
        // Several lines with different zones say nothing about a file that does not name its line.
        None => match lines.as_slice() {
            [only] => only.zone,
            _ => None,
        },
    };
    let zone = options.zone.as_deref().map(super::new_case::read_zone).transpose()?;
    let own_lines = lines.into_iter().map(|line| line.number).collect();
    let (recipe, own) = match &options.by {
        Some(by) => (Some(by.name().to_owned()), vec![by.clone()]),
        None => (options.recipe.clone(), options.own.clone()),
    };
    Ok(ReadOptions {
        recipe,
        own,
        own_lines,
        kind: options.kind,
        zone,
        line_zone,
        line,
        further_lines,
        days: options.days,
    })
}

fn check_expected(asked: &[Asked], expected: &[String]) -> Result<()> {
    for (one, seen) in asked.iter().zip(expected) {
        let (file, digest) = match one {
            Asked::Read(read) => (&read.brought.name, hex(&read.sha256)),
            Asked::Held { file, sha256, .. } => (file, sha256.clone()),
        };
        if digest != *seen {
            return Err(Error::new(Code::FileChanged).with("file", file.clone()));
        }
    }
    Ok(())
}

/// The answer about a file that the case holds already.
fn held_already(one: &Asked) -> SourceAnswer {
    match one {
        Asked::Held { file, sha256, source, extract_of } => {
            SourceAnswer { extract_of: extract_of.clone(), ..held(file, sha256, *source) }
        }
        Asked::Read(read) => answer(read, None, (0, 0, 0)),
    }
}
