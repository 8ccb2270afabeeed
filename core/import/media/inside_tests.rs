#![allow(clippy::unwrap_used)]
use super::texts_inside;
use crate::import::media::metadata::tests::{exif, jpeg, png};
use std::io::Cursor;

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
