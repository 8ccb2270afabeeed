//! The little that is needed of an MP4 or M4A: when it was made, how long it lasts, whether it holds a picture track,
//! and whether all of it is there.

use super::stamp::Stamp;
use crate::import::ReadSeek;
use std::io::{self, Read, SeekFrom};

/// What the container says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mp4 {
    /// When it was made.
    pub(super) made: Option<Stamp>,
    /// Length in milliseconds.
    pub(super) duration_ms: Option<u64>,
    /// Whether a track of it is a picture that moves.
    pub(super) has_video: bool,
    /// Whether it breaks off.
    pub(super) broken: bool,
}

/// Seconds from 1904, where the container's time begins, to 1970.
const FROM_1904: i64 = 2_082_844_800;
/// More boxes than any recorder writes in one level.
const MOST_BOXES: usize = 4_096;

struct Header {
    kind: [u8; 4],
    start: u64,
    end: u64,
}

impl Header {
    /// Where its body lies, no farther than this.
    fn within(&self, end: u64) -> (u64, u64) {
        (self.start, self.end.min(end))
    }
}

fn header(file: &mut dyn ReadSeek, at: u64, limit: u64) -> io::Result<Option<Header>> {
    if limit < at + 8 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(at))?;
    let mut head = [0_u8; 8];
    file.read_exact(&mut head)?;
    let [a, b, c, d, kind @ ..] = head;
    let (size, start) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (limit - at, at + 8),
        1 => {
            let mut long = [0_u8; 8];
            file.read_exact(&mut long)?;
            (u64::from_be_bytes(long), at + 16)
        }
        size => (u64::from(size), at + 8),
    };
    let Some(end) = at.checked_add(size).filter(|end| *end >= start) else { return Ok(None) };
    Ok(Some(Header { kind, start, end }))
}

/// Told of each box of a level.
type Visit<'v> = &'v mut dyn FnMut(&mut dyn ReadSeek, &Header) -> io::Result<()>;

/// Goes through the boxes between two places.
fn boxes(file: &mut dyn ReadSeek, (mut at, end): (u64, u64), visit: Visit<'_>) -> io::Result<()> {
    for _ in 0..MOST_BOXES {
        let Some(inner) = header(file, at, end)? else { break };
        visit(file, &inner)?;
        at = inner.end;
        if at >= end {
            break;
        }
    }
    Ok(())
}

/// Reads the container; what breaks off has no length.
pub(super) fn read(file: &mut dyn ReadSeek) -> io::Result<Mp4> {
    let whole = file.seek(SeekFrom::End(0))?;
    let mut found = Mp4::default();
    boxes(file, (0, whole), &mut |file, top| {
        found.broken |= top.end > whole;
        if &top.kind == b"moov" { movie(file, top.within(whole), 0, &mut found) } else { Ok(()) }
    })?;
    if found.broken {
        found.duration_ms = None;
    }
    Ok(found)
}

/// More of one field is not read.
const LONGEST_FIELD: u64 = 4 << 10;

/// Fields of user data: their kinds, and the beginnings of their bodies.
type Fields = Vec<([u8; 4], Vec<u8>)>;

/// The user data of the movie and of its tracks.
pub(super) fn user_data(file: &mut dyn ReadSeek) -> io::Result<Fields> {
    let whole = file.seek(SeekFrom::End(0))?;
    let mut found = Vec::new();
    boxes(file, (0, whole), &mut |file, top| match &top.kind {
        b"moov" => boxes(file, top.within(whole), &mut |file, inner| match &inner.kind {
            b"udta" => fields(file, inner.within(whole), &mut found),
            b"trak" => boxes(file, inner.within(whole), &mut |file, inner| match &inner.kind {
                b"udta" => fields(file, inner.within(whole), &mut found),
                _ => Ok(()),
            }),
            _ => Ok(()),
        }),
        _ => Ok(()),
    })?;
    Ok(found)
}

fn fields(file: &mut dyn ReadSeek, within: (u64, u64), found: &mut Fields) -> io::Result<()> {
    boxes(file, within, &mut |file, field| {
        let (start, end) = field.within(within.1);
        let mut body = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        Read::take(file, end.saturating_sub(start).min(LONGEST_FIELD)).read_to_end(&mut body)?;
        found.push((field.kind, body));
        Ok(())
    })
}

fn movie(file: &mut dyn ReadSeek, within: (u64, u64), depth: u8, found: &mut Mp4) -> io::Result<()> {
    boxes(file, within, &mut |file, inner| match &inner.kind {
        b"mvhd" => movie_header(file, inner.start, found),
        b"hdlr" => {
            let mut body = [0_u8; 12];
            file.seek(SeekFrom::Start(inner.start))?;
            file.read_exact(&mut body)?;
            found.has_video |= body.ends_with(b"vide");
            Ok(())
        }
        b"trak" | b"mdia" if depth < 3 => movie(file, inner.within(within.1), depth + 1, found),
        _ => Ok(()),
    })
}

fn movie_header(file: &mut dyn ReadSeek, start: u64, found: &mut Mp4) -> io::Result<()> {
    let mut body = Vec::with_capacity(32);
    file.seek(SeekFrom::Start(start))?;
    file.take(32).read_to_end(&mut body)?;
    let four = |at: usize| {
        body.get(at..at + 4).and_then(|b| b.try_into().ok()).map(|b: [u8; 4]| u64::from(u32::from_be_bytes(b)))
    };
    let eight = |at: usize| body.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_be_bytes);
    let (made, scale, length) = match body.first() {
        Some(1) => (eight(4), four(20), eight(24).filter(|l| *l != u64::MAX)),
        _ => (four(4), four(12), four(16).filter(|l| *l != u64::from(u32::MAX))),
    };
    // A recorder that knows no time writes zero, which would be 1904.
    found.made = made.and_then(|m| i64::try_from(m).ok()).and_then(|m| Stamp::instant(m.checked_sub(FROM_1904)?));
    found.duration_ms = match (length, scale) {
        (Some(length), Some(scale)) if length > 0 && scale > 0 => {
            u64::try_from(u128::from(length) * 1_000 / u128::from(scale)).ok()
        }
        _ => None,
    };
    Ok(())
}
