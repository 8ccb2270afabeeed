//! Limits on what a document may make of itself. A stream of a few bytes can unpack to gigabytes, and a drawing that
//! calls another twice, which calls a third twice, is never finished; both are measured before anything is believed.

use super::super::seems;
use crate::error::{Code, Error, Result};
use flate2::bufread::ZlibDecoder;
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::dict::keys::{RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Resources;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError};
use std::io::{BufReader, Read};

/// Bytes to which all streams together may unpack.
const MAX_UNPACKED: u64 = 512 << 20;
/// Bytes of instructions that are carried out.
const MAX_DRAWN: u64 = 256 << 20;
/// Drawings within drawings.
const MAX_DEPTH: u32 = 16;
/// Pages of a document.
const MAX_PAGES: usize = 20_000;
/// Packings of a stream one within another.
const MAX_PACKINGS: usize = 4;

fn too_large() -> Error {
    Error::new(Code::FileTooLarge)
}

/// Measures every stream of the bytes that is packed, before the library unpacks any.
pub(super) fn unpacked(bytes: &[u8]) -> Result<()> {
    let mut left = MAX_UNPACKED;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = &bytes[at + b"stream".len()..];
        let Some(rest) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) else { continue };
        measure(rest, MAX_PACKINGS, &mut left)?;
    }
    Ok(())
}

/// Takes from `left` what the bytes unpack to, and what that unpacks to where it is packed itself.
fn measure(packed: &[u8], packings: usize, left: &mut u64) -> Result<()> {
    if !is_packed(packed) {
        return Ok(());
    }
    let mut inner: Box<dyn Read + '_> = Box::new(ZlibDecoder::new(packed));
    for _ in 0..packings {
        let mut head = [0; 2];
        let read = inner.read(&mut head).unwrap_or(0);
        let head: &[u8] = &head[..read];
        let nested = is_packed(head);
        let whole = std::io::Cursor::new(head.to_vec()).chain(inner);
        if !nested {
            inner = Box::new(whole);
            break;
        }
        // The outer packing alone may already be too much.
        let counted = Counted { inner: whole, left: *left };
        inner = Box::new(ZlibDecoder::new(BufReader::new(counted)));
    }
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match inner.read(&mut buffer) {
            // What cannot be unpacked is not unpacked further by the library either.
            Ok(0) | Err(_) => return Ok(()),
            Ok(read) => *left = left.checked_sub(read as u64).ok_or_else(too_large)?,
        }
    }
}

fn is_packed(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0F == 8 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31))
}

/// Ends after so many bytes.
struct Counted<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| std::io::Error::other("too much"))?;
        Ok(read)
    }
}

/// Opens a document and measures what its pages draw.
pub(super) fn opened(bytes: Vec<u8>) -> Result<Pdf> {
    let pdf = Pdf::new(bytes).map_err(|cause| match cause {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            seems::refusal("документ PDF под паролем", "a PDF document under a password")
        }
        _ => Error::new(Code::FileDamaged),
    })?;
    if pdf.pages().len() > MAX_PAGES {
        return Err(too_large());
    }
    let mut left = MAX_UNPACKED;
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            weigh_stream(&stream, &mut left)?;
        }
    }
    let mut left = MAX_DRAWN;
    for page in pdf.pages().iter() {
        let stream = page.page_stream().unwrap_or_default();
        weigh(stream, page.resources(), 0, &mut left)?;
    }
    Ok(pdf)
}

/// The same measure after the document was deciphered, and for the packings that are met once in a blue moon.
fn weigh_stream(stream: &Stream<'_>, left: &mut u64) -> Result<()> {
    let is_image = stream.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|name| name.as_ref() == b"Image");
    if is_image {
        // Pictures are never unpacked.
        return Ok(());
    }
    let raw = stream.raw_data();
    let most = stream.filters().iter().fold(raw.len() as u64, |most, filter| match filter {
        Filter::LzwDecode => most.saturating_mul(2800),
        Filter::RunLengthDecode => most.saturating_mul(64),
        _ => most,
    });
    if most > MAX_UNPACKED {
        return Err(too_large());
    }
    measure(&raw, MAX_PACKINGS, left)
}

/// Takes from `left` the bytes of the instructions that are carried out, drawings within drawings included.
fn weigh(instructions: &[u8], resources: &Resources<'_>, depth: u32, left: &mut u64) -> Result<()> {
    *left = left.checked_sub(instructions.len() as u64 + 1).ok_or_else(too_large)?;
    let mut each = TypedIter::new(instructions);
    while let Some(instruction) = each.next() {
        let TypedInstruction::XObject(drawing) = instruction else { continue };
        let Some(stream) = resources.get_x_object(drawing.0) else { continue };
        if stream.dict().get::<Name<'_>>(SUBTYPE).is_none_or(|name| name.as_ref() != b"Form") {
            continue;
        }
        if depth == MAX_DEPTH {
            return Err(too_large());
        }
        let Ok(inner) = stream.decoded() else { continue };
        let own = stream.dict().get::<Dict<'_>>(RESOURCES).unwrap_or_default();
        weigh(&inner, &Resources::from_parent(own, resources.clone()), depth + 1, left)?;
    }
    Ok(())
}
