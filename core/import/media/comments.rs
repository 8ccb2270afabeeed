//! Comments that the containers of pictures hold themselves: segments of a JPEG, chunks of a PNG, extensions of a GIF.
//! All are cut out of a piece of a bounded length.

use super::inside::Texts;
use super::xmp;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// A text that unpacks to more is cut.
const LONGEST: u64 = 64 << 10;
/// Where the name of its application ends in a segment of IPTC.
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
/// How a segment begins that continues an XMP packet, and what stands before its text: a digest, the length, the place.
const CONTINUED: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const CONTINUED_HEAD: usize = 32 + 4 + 4;

/// Comments, IPTC and the continued XMP of a JPEG, which stand in segments before the pixels; whether these were reached.
pub(super) fn of_jpeg(head: &[u8], found: &mut Texts) -> bool {
    let mut continued = Vec::new();
    let mut rest = head.get(2..).unwrap_or_default();
    let whole = loop {
        let [0xff, marker, a, b, body @ ..] = rest else { break false };
        let length = usize::from(u16::from_be_bytes([*a, *b])).saturating_sub(2);
        let Some((segment, after)) = body.split_at_checked(length) else { break false };
        match marker {
            0xfe => found.push(("Comment".to_owned(), text(segment))),
            0xe1 => {
                let part = segment.strip_prefix(CONTINUED).and_then(|part| part.get(CONTINUED_HEAD..));
                continued.extend(part.unwrap_or_default());
            }
            0xed => {
                if let Some(resources) = segment.strip_prefix(PHOTOSHOP) {
                    found.extend(of_iptc(resources));
                }
            }
            0xda => break true,
            _ => {}
        }
        rest = after;
    };
    xmp::texts(&continued, found);
    whole
}

/// The datasets of IPTC's second record, which holds what people write, wherever they stand in the resources.
fn of_iptc(resources: &[u8]) -> Texts {
    let mut found = Vec::new();
    let mut rest = resources;
    while let Some(at) = memchr::memmem::find(rest, b"\x1c\x02") {
        let [dataset, a, b, body @ ..] = rest.get(at + 2..).unwrap_or_default() else { break };
        let length = usize::from(u16::from_be_bytes([*a, *b]));
        // Dataset 0 is the version of the record.
        match body.split_at_checked(length).filter(|_| *dataset > 0) {
            Some((value, after)) => {
                found.push((format!("IPTC 2:{dataset}"), text(value)));
                rest = after;
            }
            None => rest = body,
        }
    }
    found
}

/// `tEXt`: name, zero, Latin-1. `zTXt`: name, zero, method, packed Latin-1. `iTXt`: name, zero, whether it is packed and
/// how, language, zero, name in it, zero, UTF-8.
pub(super) fn of_chunk(kind: [u8; 4], body: &[u8]) -> Option<(String, String)> {
    let latin = |bytes: &[u8]| bytes.iter().map(|b| char::from(*b)).collect::<String>();
    let (name, rest) = cut(body)?;
    let text = match &kind {
        b"tEXt" => latin(rest),
        b"zTXt" => latin(&unpacked(rest.get(1..)?)),
        _ => {
            let [packed, _, rest @ ..] = rest else { return None };
            let (_, rest) = cut(rest)?;
            let (_, written) = cut(rest)?;
            if *packed == 0 { text(written) } else { text(&unpacked(written)) }
        }
    };
    Some((latin(name), text))
}

/// Comments of a GIF, which may stand between its pictures; whether its end was reached.
pub(super) fn of_gif(head: &[u8], found: &mut Texts) -> bool {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let Some(flags) = head.get(10) else { return false };
    let mut rest = head.get(13 + table(*flags)..).unwrap_or_default();
    loop {
        rest = match rest {
            [0x21, label, after @ ..] => {
                let (bytes, after) = blocks(after);
                if *label == 0xfe {
                    found.push(("Comment".to_owned(), text(&bytes)));
                }
                after
            }
            [0x2c, _, _, _, _, _, _, _, _, flags, after @ ..] => {
                blocks(after.get(table(*flags) + 1..).unwrap_or_default()).1
            }
            _ => return rest.first() == Some(&0x3b),
        };
    }
}

/// Blocks with their length before them, up to an empty one.
fn blocks(mut rest: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut bytes = Vec::new();
    while let [length, after @ ..] = rest {
        let Some((block, after)) = after.split_at_checked(usize::from(*length)) else { return (bytes, &[]) };
        rest = after;
        if block.is_empty() {
            break;
        }
        bytes.extend(block);
    }
    (bytes, rest)
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // What was unpacked before the damage stands.
    ZlibDecoder::new(bytes).take(LONGEST).read_to_end(&mut unpacked).unwrap_or_default();
    unpacked
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What stands before a zero, and what behind it.
pub(super) fn cut(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(0, bytes)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}
