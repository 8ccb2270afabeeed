//! What exhibits say of themselves, with what the person says of them: read once from the originals and kept.

use crate::error::Result;
use crate::import::media::{Medium, NameSays, Stamp, WrittenBy, captured_at, metadata_says, name_says, tagged};
use crate::matching::{Shown, Tail, Taken};
use crate::model::{
    CapturedBasis, Direction, ExhibitId, ExhibitKind, Line, Moment, PhoneNumber, Precision, Zone, ZoneBasis,
};
use crate::progress::Progress;
use crate::sound;
use crate::store::blobs::Blob;
use crate::store::evidence::StoredExhibit;
use crate::store::exhibits::{self, Fact};
use crate::store::{Connection, word};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::io::{Read, Seek};

/// Version of what reads the originals: facts kept by another one are read again, and verification compares only those of
/// this one. Whatever makes a file tell something else must raise it.
pub(super) const READER: u32 = 5;

/// One exhibit in its own words and the person's.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// What its name says.
    pub(super) name: Option<NameSays>,
    /// When it was captured.
    pub(super) captured: Option<Moment>,
    /// How that is known.
    pub(super) basis: CapturedBasis,
    /// Length in seconds.
    pub(super) duration_s: Option<u32>,
}

/// When an exhibit was captured, and how that is known, for whoever asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Capture {
    /// Time of capture, RFC 3339, where known.
    pub captured_at: Option<String>,
    /// How it is known.
    pub captured_basis: CapturedBasis,
    /// The smallest unit of that time.
    pub captured_precision: Option<Precision>,
    /// The messenger that passed the file on: its name tells when it was saved, and the picture is compressed.
    pub saved_by: Option<WrittenBy>,
    /// Length of a recording in seconds, where known.
    pub duration_s: Option<u32>,
}

impl From<&Told> for Capture {
    fn from(told: &Told) -> Self {
        Self {
            captured_at: told.captured.map(|m| m.rfc3339()),
            captured_basis: told.basis,
            captured_precision: told.captured.map(|m| m.clock.precision),
            saved_by: told.name.as_ref().filter(|n| n.saved).and_then(|n| n.by),
            duration_s: told.duration_s,
        }
    }
}

/// What is the same for all exhibits of a case.
pub(super) struct Telling<'a> {
    connection: &'a Connection,
    keep: bool,
    line: Option<PhoneNumber>,
    /// The zone in which a phone's clock is read.
    pub(super) zone: (Zone, ZoneBasis),
    facts: FxHashMap<ExhibitId, Fact>,
    stated: FxHashMap<ExhibitId, Moment>,
}

impl<'a> Telling<'a> {
    /// `keep` writes down what had to be read: the case must be open for writing.
    pub(super) fn new(connection: &'a Connection, keep: bool) -> Result<Self> {
        let lines: Vec<Line> = word::lines(connection)?;
        Ok(Self {
            connection,
            keep,
            zone: zone_of(&lines),
            line: lines.into_iter().next().map(|l| l.number),
            facts: exhibits::facts(connection, READER)?.into_iter().collect(),
            stated: exhibits::stated_times(connection)?.into_iter().collect(),
        })
    }

    /// What an exhibit says, read from the very bytes that are stored.
    pub(super) fn tell(&mut self, exhibit: &StoredExhibit, progress: &dyn Progress) -> Result<Told> {
        let fact = self.fact(exhibit, progress)?;
        Ok(self.told(exhibit, fact))
    }

    /// What a file says that is not in the case.
    pub(super) fn tell_file(
        &self,
        exhibit: &StoredExhibit,
        file: &mut (impl Read + Seek),
        progress: &dyn Progress,
    ) -> Result<Told> {
        Ok(self.told(exhibit, read(exhibit, file, progress)?))
    }

    fn told(&self, exhibit: &StoredExhibit, fact: Fact) -> Told {
        let medium = if exhibit.media_type.starts_with("image/") { Medium::Picture } else { Medium::Sound };
        let name = speaks(exhibit).then(|| name_says(&exhibit.name, medium, self.line.as_ref()));
        let duration_s = fact.duration_ms.and_then(|ms| u32::try_from(ms.saturating_add(500) / 1_000).ok());
        let metadata = fact.time.map(|(reading, kind, zone, precision)| Stamp { reading, kind, zone, precision });
        let stated = self.stated.get(&exhibit.id).copied();
        let (captured, basis) = captured_at(stated, metadata, name.as_ref(), medium, duration_s, self.zone);
        Told { name, captured, basis, duration_s }
    }

    fn fact(&mut self, exhibit: &StoredExhibit, progress: &dyn Progress) -> Result<Fact> {
        if let Some(kept) = self.facts.get(&exhibit.id) {
            return Ok(*kept);
        }
        let mut blob = Blob::open(self.connection, exhibit.original)?;
        let fact = read(exhibit, &mut blob, progress)?;
        if self.keep {
            exhibits::keep_fact(self.connection, exhibit.id, READER, &fact)?;
        }
        self.facts.insert(exhibit.id, fact);
        Ok(fact)
    }
}

/// The zone of the phone: that of the case's line, else Moscow.
fn zone_of(lines: &[Line]) -> (Zone, ZoneBasis) {
    let stated = lines.iter().find_map(|line| line.zone);
    stated.map_or((Zone::MOSCOW, ZoneBasis::Assumed), |zone| (zone, ZoneBasis::Line))
}

/// Whether it is of a kind whose name and metadata tell when it was captured: a contract's name does not.
fn speaks(exhibit: &StoredExhibit) -> bool {
    exhibit.kind != ExhibitKind::Document
        || ["image/", "audio/", "video/"].iter().any(|kind| exhibit.media_type.starts_with(kind))
}

/// Reads an exhibit's own facts from its bytes. A damaged file has none and stays an exhibit.
pub(super) fn read(exhibit: &StoredExhibit, file: &mut (impl Read + Seek), progress: &dyn Progress) -> Result<Fact> {
    let nothing = Fact { time: None, duration_ms: None };
    if !speaks(exhibit) {
        return Ok(nothing);
    }
    let says = metadata_says(file);
    let sounds = exhibit.kind == ExhibitKind::Recording || exhibit.media_type.starts_with("audio/");
    let (mut time, mut duration_ms) = (says.time, says.duration_ms);
    if sounds && !says.broken {
        let heard = sound::heard(file, &mut |read| progress.report("read", read, None))?;
        time = time.or_else(|| tagged(&heard.tags));
        // What the header of the container says counts only where no packet says how long it lasts.
        duration_ms = heard.duration_ms.or(duration_ms);
    }
    Ok(Fact { time: time.map(|t| (t.reading, t.kind, t.zone, t.precision)), duration_ms })
}

/// What matching needs of an exhibit.
pub(super) fn shown(exhibit: &StoredExhibit, told: &Told) -> Shown {
    let name = told.name.as_ref();
    let taken = told.captured.map(|moment| {
        let from = moment.instant();
        let may_be_end = told.basis == CapturedBasis::Metadata && exhibit.kind == ExhibitKind::Recording;
        Taken { from, to: from.saturating_add(moment.clock.precision.slack_s()), may_be_end }
    });
    Shown {
        exhibit: exhibit.id,
        kind: exhibit.kind,
        taken,
        duration_s: told.duration_s,
        number: name.and_then(|n| n.number.as_ref()).and_then(Tail::of),
        direction: name.map_or(Direction::Unknown, |n| n.direction),
        screen: name.and_then(|n| n.screen),
    }
}
