//! Files made of chunks: PNG and RIFF (WebP, WAV). A chunk is found by walking from header to header, so that one behind
//! the pixels or the samples costs no more than one before them.

use crate::import::ReadSeek;
use std::io::{self, Read, SeekFrom};

/// More chunks than any picture has.
const MOST: usize = 65_536;

/// How a chunk's header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Length big-endian, then the kind; a checksum follows the body.
    Png,
    /// Kind, then the length little-endian; bodies are padded to an even length.
    Riff,
}

/// The beginning of the first chunk of a kind, at most `most` bytes of it; `None` where there is none, and in files of
/// another make.
pub(super) fn find(file: &mut dyn ReadSeek, wanted: &[u8; 4], most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut found = None;
    each(file, most, &mut |kind, body| {
        if kind != wanted {
            return Ok(true);
        }
        found = Some(body()?);
        Ok(false)
    })?;
    Ok(found)
}

/// Chunks: their kinds, and the beginnings of their bodies.
type Chunks = Vec<([u8; 4], Vec<u8>)>;

/// All chunks of some kinds, at most `most` bytes of each; and whether the file was gone through to its end.
pub(super) fn all(file: &mut dyn ReadSeek, wanted: &[&[u8; 4]], most: u64) -> io::Result<(Chunks, bool)> {
    let (mut found, mut end) = (Vec::new(), false);
    let reached = each(file, most, &mut |kind, body| {
        end |= kind == b"IEND";
        if wanted.contains(&kind) {
            found.push((*kind, body()?));
        }
        Ok(true)
    })?;
    Ok((found, end || reached))
}

/// Told of each chunk's kind and of a way to its body; says whether to go on.
type Visit<'v> = &'v mut dyn FnMut(&[u8; 4], &mut dyn FnMut() -> io::Result<Vec<u8>>) -> io::Result<bool>;

/// Answers whether a RIFF file was gone through to its end.
fn each(file: &mut dyn ReadSeek, most: u64, visit: Visit<'_>) -> io::Result<bool> {
    let size = file.seek(SeekFrom::End(0))?;
    let mut head = [0_u8; 12];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    let (layout, mut at) = match &head {
        [0x89, b'P', b'N', b'G', ..] => (Layout::Png, 8_u64),
        [b'R', b'I', b'F', b'F', ..] => (Layout::Riff, 12),
        _ => return Ok(false),
    };
    for _ in 0..MOST {
        file.seek(SeekFrom::Start(at))?;
        let mut header = [0_u8; 8];
        if file.read_exact(&mut header).is_err() {
            break;
        }
        let [a, b, c, d, e, f, g, h] = header;
        let (kind, length) = match layout {
            Layout::Png => ([e, f, g, h], u64::from(u32::from_be_bytes([a, b, c, d]))),
            Layout::Riff => ([a, b, c, d], u64::from(u32::from_le_bytes([e, f, g, h]))),
        };
        let mut body = || {
            let mut body = Vec::new();
            Read::take(&mut *file, length.min(most)).read_to_end(&mut body)?;
            Ok(body)
        };
        if !visit(&kind, &mut body)? {
            break;
        }
        at += 8 + length + if layout == Layout::Png { 4 } else { length % 2 };
    }
    Ok(layout == Layout::Riff && at >= size && at <= size.saturating_add(1))
}
