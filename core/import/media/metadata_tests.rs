#![allow(clippy::unwrap_used)]
use super::{HEAD, metadata_says, picture};
use crate::import::media::read_clock;
use crate::model::{ClockKind, Precision};
use std::io::Cursor;

/// A TIFF structure with an EXIF directory of ASCII fields, big-endian.
pub(in crate::import::media) fn exif(fields: &[(u16, &str)]) -> Vec<u8> {
    let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut entry = tag.to_be_bytes().to_vec();
        entry.extend(kind.to_be_bytes());
        entry.extend(count.to_be_bytes());
        entry.extend(value.to_be_bytes());
        entry
    };
    bytes.extend(1_u16.to_be_bytes());
    bytes.extend(entry(0x8769, 4, 1, 26));
    bytes.extend(0_u32.to_be_bytes());
    let mut offset = 26 + 2 + 12 * fields.len() as u32 + 4;
    bytes.extend((fields.len() as u16).to_be_bytes());
    let mut texts = Vec::new();
    for (tag, text) in fields {
        let length = text.len() as u32 + 1;
        bytes.extend(entry(*tag, 2, length, offset));
        texts.extend(text.as_bytes());
        texts.push(0);
        offset += length;
    }
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(texts);
    bytes
}

pub(in crate::import::media) fn jpeg(segment: &[u8]) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe1".to_vec();
    bytes.extend((segment.len() as u16 + 2).to_be_bytes());
    bytes.extend(segment);
    bytes.extend(b"\xff\xda\0\0\xff\xd9");
    bytes
}

pub(in crate::import::media) fn png(chunk: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, body) in [(b"IHDR", &[0_u8, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0][..]), (chunk, body), (b"IEND", &[])] {
        bytes.extend((body.len() as u32).to_be_bytes());
        bytes.extend(kind);
        bytes.extend(body);
        bytes.extend([0; 4]);
    }
    bytes
}

/// A box of an MP4.
pub(in crate::import::media) fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    bytes
}

fn mvhd(made: u32, scale: u32, length: u32) -> Vec<u8> {
    let mut body = vec![0; 4];
    for number in [made, made, scale, length] {
        body.extend(number.to_be_bytes());
    }
    body.extend([0; 80]);
    boxed(b"mvhd", &body)
}

fn mp4(made: u32, handler: &[u8; 4]) -> Vec<u8> {
    let mut body = vec![0; 8];
    body.extend(handler);
    let track = boxed(b"trak", &boxed(b"mdia", &boxed(b"hdlr", &body)));
    let moov = boxed(b"moov", &[mvhd(made, 1_000, 31_400), track].concat());
    [boxed(b"ftyp", b"M4A \0\0\0\0"), boxed(b"mdat", &[0; 64]), moov].concat()
}

fn time(bytes: &[u8]) -> Option<String> {
    let stamp = metadata_says(&mut Cursor::new(bytes)).time?;
    let at = chrono::DateTime::from_timestamp(stamp.reading, 0).unwrap().naive_utc();
    Some(format!("{at}{}", stamp.zone.map_or(String::new(), |z| format!(" {}", z.name()))))
}

#[test]
fn exif_of_a_jpeg_with_and_without_an_offset() {
    let with = exif(&[(0x9003, "2025:04:01 17:33:16"), (0x9011, "+03:00")]);
    let without = exif(&[(0x9003, "2025:04:01 17:33:16")]);
    for (fields, expected) in [(with, "2025-04-01 17:33:16 +03:00"), (without, "2025-04-01 17:33:16")] {
        let segment = [b"Exif\0\0".as_slice(), &fields].concat();
        assert_eq!(time(&jpeg(&segment)).as_deref(), Some(expected));
        assert_eq!(time(&png(b"eXIf", &fields)).as_deref(), Some(expected), "and of a PNG");
    }
}

#[test]
fn the_time_of_the_last_change_is_no_time_of_capture() {
    let segment = [b"Exif\0\0".as_slice(), &exif(&[(0x0132, "2025:04:01 17:33:16")])].concat();
    assert_eq!(time(&jpeg(&segment)), None);
    let empty = [b"Exif\0\0".as_slice(), &exif(&[(0x9003, "0000:00:00 00:00:00")])].concat();
    assert_eq!(time(&jpeg(&empty)), None);
}

#[test]
fn xmp_in_a_picture() {
    let packet = "<x:xmpmeta><rdf:Description photoshop:DateCreated=\"2025-04-01T17:33:16+03:00\"/></x:xmpmeta>";
    let body = [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), packet.as_bytes()].concat();
    assert_eq!(time(&png(b"iTXt", &body)).as_deref(), Some("2025-04-01 17:33:16 +03:00"));
    let element = "<x:xmpmeta><exif:DateTimeOriginal>2025-04-01T17:33:16</exif:DateTimeOriginal></x:xmpmeta>";
    assert_eq!(time(&jpeg(element.as_bytes())).as_deref(), Some("2025-04-01 17:33:16"));
}

#[test]
fn an_mp4_tells_universal_time_and_its_length() {
    let made = (1_743_517_996_i64 + 2_082_844_800) as u32;
    let says = metadata_says(&mut Cursor::new(mp4(made, b"soun")));
    let stamp = says.time.unwrap();
    assert_eq!((stamp.reading, stamp.kind), (1_743_517_996, ClockKind::Instant));
    assert_eq!((says.duration_ms, says.has_video, says.broken), (Some(31_400), false, false));
    assert!(metadata_says(&mut Cursor::new(mp4(made, b"vide"))).has_video);
    assert_eq!(time(&mp4(0, b"soun")), None, "zero is 1904: nothing was written");
}

#[test]
fn an_mp4_that_breaks_off_has_no_length() {
    let made = (1_743_517_996_i64 + 2_082_844_800) as u32;
    let whole = mp4(made, b"soun");
    // The index first, as in a file made for streaming: it would go on telling the old length.
    let (head, rest) = whole.split_at(16);
    let (data, index) = rest.split_at(72);
    let streamed = [head, index, data].concat();
    assert_eq!(metadata_says(&mut Cursor::new(&streamed)).duration_ms, Some(31_400));
    let cut = metadata_says(&mut Cursor::new(&streamed[..streamed.len() - 10]));
    assert_eq!((cut.duration_ms, cut.broken), (None, true));
    assert!(cut.time.is_some());
}

#[test]
fn what_is_no_media_says_nothing() {
    for bytes in [b"".as_slice(), b"ftyp", b"\0\0\0\x08ftyp", b"%PDF-1.4", b"#!AMR\n", b"\x89PNG", b"\xff\xd8\xff"] {
        assert_eq!(metadata_says(&mut Cursor::new(bytes)).time, None);
    }
    assert!(picture(b"%PDF-1.4").is_none());
}

#[test]
fn any_cut_and_any_flipped_byte_is_survived() {
    let fields = exif(&[(0x9003, "2025:04:01 17:33:16"), (0x9011, "+03:00")]);
    let made = (1_743_517_996_i64 + 2_082_844_800) as u32;
    let pictures = [jpeg(&[b"Exif\0\0".as_slice(), &fields].concat()), png(b"eXIf", &fields), fields.clone()];
    for whole in pictures.into_iter().chain([webp(&[(b"EXIF", &fields)]), mp4(made, b"soun")]) {
        for length in 0..whole.len() {
            let _ = metadata_says(&mut Cursor::new(&whole[..length]));
        }
        for index in 0..whole.len() {
            for value in [0, 0x7f, 0xff] {
                let mut changed = whole.clone();
                changed[index] = value;
                let _ = metadata_says(&mut Cursor::new(changed));
            }
        }
    }
}

#[test]
fn what_follows_the_pixels_of_a_jpeg_is_no_part_of_it() {
    let mut long = vec![0xff, 0xd8, 0xff, 0xfe, 0xff, 0xff];
    long.resize(HEAD + 10, 0);
    long.extend_from_slice(&jpeg(&[b"Exif\0\0".as_slice(), &exif(&[(0x9003, "2025:04:01 17:33:16")])].concat()));
    long.extend(b"<x:xmpmeta><exif:DateTimeOriginal>2025-04-01T17:33:16</exif:DateTimeOriginal></x:xmpmeta>");
    assert_eq!(time(&long), None);
}

/// A WebP of these chunks.
fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, bytes) in chunks {
        body.extend(*kind);
        body.extend((bytes.len() as u32).to_le_bytes());
        body.extend(*bytes);
        body.resize(body.len() + bytes.len() % 2, 0);
    }
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

#[test]
fn metadata_behind_the_pixels_are_found_in_every_container() {
    let at = Some("2025-04-01 17:33:16 +03:00");
    let fields = exif(&[(0x9003, "2025:04:01 17:33:16"), (0x9011, "+03:00")]);
    let pixels = vec![0x55; 3 * HEAD + 1];
    let packet = b"<x:xmpmeta><photoshop:DateCreated>2025-04-01T17:33:16+03:00</photoshop:DateCreated></x:xmpmeta>";
    assert_eq!(time(&webp(&[(b"VP8L", &pixels), (b"EXIF", &fields)])).as_deref(), at);
    let segment = [b"Exif\0\0".as_slice(), &fields].concat();
    assert_eq!(time(&webp(&[(b"VP8L", &pixels), (b"EXIF", &segment)])).as_deref(), at);
    assert_eq!(time(&webp(&[(b"VP8L", &pixels), (b"XMP ", packet)])).as_deref(), at);
    let whole = png(b"IDAT", &pixels);
    let mut behind = whole[..whole.len() - 12].to_vec();
    behind.extend((fields.len() as u32).to_be_bytes());
    behind.extend([b"eXIf".as_slice(), &fields, &[0; 4]].concat());
    assert_eq!(time(&behind).as_deref(), at);
    // The directories of a TIFF moved behind its pixels, every offset with them.
    let shift = 8 + pixels.len() as u32;
    let mut tiff = b"MM\0*".to_vec();
    tiff.extend(shift.to_be_bytes());
    tiff.extend(&pixels);
    let mut directories = fields[8..].to_vec();
    for place in [10, 18 + 2 + 8, 18 + 2 + 12 + 8] {
        let field: [u8; 4] = directories[place..place + 4].try_into().unwrap();
        let moved = u32::from_be_bytes(field) - 8 + shift;
        directories[place..place + 4].copy_from_slice(&moved.to_be_bytes());
    }
    tiff.extend(directories);
    assert_eq!(time(&tiff).as_deref(), at);
}

#[test]
fn a_heic_keeps_its_exif_wherever_its_boxes_point() {
    let item = [b"\0\0\0\0".as_slice(), &exif(&[(0x9003, "2025:04:01 17:33:16")])].concat();
    let full = |kind: &[u8; 4], body: &[u8]| boxed(kind, &[b"\0\0\0\0".as_slice(), body].concat());
    let entry = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
    let infos = full(b"iinf", &[b"\0\x01".as_slice(), &entry].concat());
    let place = |at: u32| {
        let mut body = b"\x44\0\0\x01\0\x01\0\0\0\x01".to_vec();
        body.extend(at.to_be_bytes());
        body.extend((item.len() as u32).to_be_bytes());
        full(b"iloc", &body)
    };
    let head = |at: u32| {
        let meta = full(
            b"meta",
            &[full(b"hdlr", b"\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"), infos.clone(), place(at)].concat(),
        );
        [boxed(b"ftyp", b"heic\0\0\0\0mif1heic"), meta].concat()
    };
    let pixels = vec![0x55; 2 * HEAD];
    let before = head(0).len() + 8 + pixels.len();
    let whole = [head(before as u32), boxed(b"mdat", &[pixels, item.clone()].concat())].concat();
    assert_eq!(time(&whole).as_deref(), Some("2025-04-01 17:33:16"));
}

#[test]
fn a_blank_field_is_none_and_no_other_stands_for_it() {
    for blank in ["    :  :     :  :  ", "0000:00:00 00:00:00", ""] {
        let fields = exif(&[(0x9003, blank), (0x9004, "2025:04:01 17:33:16"), (0x9012, "+03:00")]);
        let segment = [b"Exif\0\0".as_slice(), &fields].concat();
        assert_eq!(time(&jpeg(&segment)), None, "when a scanner or an editor made it: {blank:?}");
    }
}

#[test]
fn the_zone_of_a_change_is_not_the_zone_of_the_capture() {
    let of = |fields: &[(u16, &str)]| time(&png(b"eXIf", &exif(fields)));
    let original = (0x9003, "2025:04:01 17:33:16");
    assert_eq!(of(&[original, (0x9010, "+07:00")]).as_deref(), Some("2025-04-01 17:33:16"));
    assert_eq!(of(&[original, (0x9010, "+07:00"), (0x9011, "+05:00")]).as_deref(), Some("2025-04-01 17:33:16 +05:00"));
}

#[test]
fn what_an_editor_says_of_its_own_file_is_no_time_of_capture() {
    let of = |fields: &str| {
        let packet = format!("<x:xmpmeta><rdf:Description {fields}/></x:xmpmeta>");
        time(&png(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), packet.as_bytes()].concat()))
    };
    let editor = "xmp:CreatorTool=\"Editor\" xmp:CreateDate=\"2025-06-30T21:15:00+03:00\" \
                  xmp:ModifyDate=\"2025-06-30T21:17:00+03:00\"";
    assert_eq!(of(editor), None);
    let kept = format!("{editor} exif:DateTimeOriginal=\"2025-04-01T17:33:16\"");
    assert_eq!(of(&kept).as_deref(), Some("2025-04-01 17:33:16"), "an editor keeps what the maker wrote");
    let text = "dc:description=\"see exif:DateTimeOriginal\" exif:DateTimeOriginal=\"2025-04-01T17:33:16\"";
    assert_eq!(of(text).as_deref(), Some("2025-04-01 17:33:16"), "a name within a text is no field");
}

#[test]
fn a_clock_as_a_person_writes_it() {
    let read = |text: &str| read_clock(text).map(|s| (s.reading, s.precision, s.zone.map(|z| z.name())));
    let at = 1_743_528_780; // 2025-04-01 17:33:00 on the wall
    assert_eq!(read("2025-04-01 17:33"), Some((at, Precision::Minute, None)));
    assert_eq!(read("2025-04-01T17:33:16"), Some((at + 16, Precision::Second, None)));
    assert_eq!(read("2025-04-01T17:33:16+05:00"), Some((at + 16, Precision::Second, Some("+05:00".to_owned()))));
    assert_eq!(read("2025-04-01").map(|r| r.1), Some(Precision::Day));
    for text in ["", "17:33", "2025-13-01 17:33", "2025-04-01 25:00", "01.04.2025 17:33", "2025-04-01T17:3а"] {
        assert!(read(text).is_none() || text.ends_with('а'), "{text}");
    }
}
