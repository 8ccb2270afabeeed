#![allow(clippy::unwrap_used)]
use super::texts_inside;
use crate::import::media::metadata::tests::{exif, jpeg, png};
use std::io::{Cursor, Write};

fn inside(bytes: Vec<u8>) -> Vec<(String, String)> {
    texts_inside(&mut Cursor::new(bytes))
}

fn pair(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

const SOFTWARE: u16 = 0x0131;
const CAMERA_OWNER: u16 = 0xa430;

#[test]
fn texts_of_exif_are_told_by_the_names_of_their_fields() {
    let fields = exif(&[(CAMERA_OWNER, "Вера Лужина"), (SOFTWARE, "Редактор 4")]);
    let owner = pair("CameraOwnerName", "Вера Лужина");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(&fields);
    assert!(inside(jpeg(&segment)).contains(&owner));
    assert!(inside(png(b"eXIf", &fields)).contains(&owner));
    assert!(inside(fields).iter().any(|(name, _)| name == "CameraOwnerName"), "a TIFF is made of the same directories");
}

#[test]
fn texts_of_a_png_are_told_in_their_encoding() {
    assert_eq!(inside(png(b"tEXt", b"Author\0Caf\xe9")), [pair("Author", "Café")]);
    let body = ["Comment\0\0\0ru\0Примечание\0".as_bytes(), "звонят из банка".as_bytes()].concat();
    assert_eq!(inside(png(b"iTXt", &body)), [pair("Comment", "звонят из банка")]);
}

#[test]
fn packed_texts_of_a_png_are_unpacked() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all("звонят из банка".as_bytes()).unwrap();
    let body = [b"Comment\0\x01\0ru\0\0", &packed.finish().unwrap()[..]].concat();
    assert_eq!(inside(png(b"iTXt", &body)), [pair("Comment", "звонят из банка")]);
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&vec![b'a'; 1 << 20]).unwrap();
    let body = [b"Author\0\0", &packed.finish().unwrap()[..]].concat();
    assert_eq!(inside(png(b"zTXt", &body)), [pair("Author", &"a".repeat(300))], "what is long is cut");
}

#[test]
fn comments_of_a_jpeg_and_its_iptc_are_told() {
    let comment = "звонят из банка".as_bytes();
    let mut bytes = [b"\xff\xd8\xff\xfe\0", &[comment.len() as u8 + 2][..], comment].concat();
    let iptc =
        [b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\0\0\x02\0\x04\x1c\x02\x50\0\x04", &b"Vera"[..]].concat();
    bytes.extend(b"\xff\xed\0");
    bytes.push(iptc.len() as u8 + 2);
    bytes.extend(iptc);
    bytes.extend(b"\xff\xda\0\0\xff\xd9");
    assert_eq!(inside(bytes), [pair("Comment", "звонят из банка"), pair("IPTC 2:80", "Vera")]);
}

#[test]
fn comments_of_a_gif_are_told_wherever_they_stand() {
    let comment = |text: &str| [b"\x21\xfe", &[text.len() as u8][..], text.as_bytes(), b"\0"].concat();
    let picture = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let bytes = [b"GIF89a\x01\0\x01\0\x80\0\0", &[0; 6][..], &comment("one"), picture, &comment("two"), b";"].concat();
    assert_eq!(inside(bytes), [pair("Comment", "one"), pair("Comment", "two")]);
}

#[test]
fn texts_of_an_xmp_packet_are_told_and_its_own_names_are_not() {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"r\"><rdf:Description rdf:about=\"\" \
        xmp:CreatorTool=\"Редактор 4\"><dc:creator><rdf:Seq><rdf:li>Вера Лужина</rdf:li></rdf:Seq></dc:creator>\
        </rdf:Description></rdf:RDF></x:xmpmeta>";
    let body = [b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat();
    assert_eq!(inside(png(b"iTXt", &body)), [pair("xmp:CreatorTool", "Редактор 4"), pair("dc:creator", "Вера Лужина")]);
}

#[test]
fn what_is_damaged_or_no_picture_has_none() {
    assert!(inside(b"plain text".to_vec()).is_empty());
    assert!(inside(Vec::new()).is_empty());
    let whole = png(b"tEXt", b"Author\0name");
    for end in 0..whole.len() {
        inside(whole[..end].to_vec());
    }
}
