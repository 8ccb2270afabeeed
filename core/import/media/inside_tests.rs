#![allow(clippy::unwrap_used)]
use super::{Reach, texts_inside};
use crate::import::media::metadata::tests::{boxed, exif, jpeg, png};
use std::io::{Cursor, Write};

fn inside(bytes: Vec<u8>) -> Vec<(String, String)> {
    texts_inside(&mut Cursor::new(bytes)).texts
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
    assert_eq!(
        inside(png(b"zTXt", &body)),
        [pair("Author", &format!("{}…", "a".repeat(1_000)))],
        "what is long is cut, and says so"
    );
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
fn fields_behind_one_that_does_not_hold_are_told() {
    // The first points outside the directory.
    let mut fields = exif(&[(SOFTWARE, "Редактор 4"), (CAMERA_OWNER, "Вера Лужина")]);
    let offset = 26 + 2 + 8;
    fields[offset..offset + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(inside(png(b"eXIf", &fields)), [pair("CameraOwnerName", "Вера Лужина")]);
}

#[test]
fn references_and_plain_data_of_an_xmp_packet_are_one_text() {
    let packet = "<rdf:RDF><dc:title>Вера &amp; &#1051;ида <![CDATA[<дома>]]></dc:title></rdf:RDF>";
    let body = [b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat();
    assert_eq!(inside(png(b"iTXt", &body)), [pair("dc:title", "Вера & Лида <дома>")]);
}

fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WAVE".to_vec();
    for (kind, bytes) in chunks {
        body.extend(*kind);
        body.extend((bytes.len() as u32).to_le_bytes());
        body.extend(*bytes);
        body.extend(&[0][..bytes.len() % 2]);
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

#[test]
fn chunks_of_a_wav_are_told_wherever_they_stand() {
    let info = [&b"INFOIART\x04\0\0\0Vera"[..], b"ICMT\x05\0\0\0kitch\0"].concat();
    let mut bext = b"call from the bank".to_vec();
    bext.resize(602, 0);
    let ixml = b"<BWFXML><NOTE>Lida</NOTE></BWFXML>";
    let file = riff(&[(b"data", b"123"), (b"LIST", &info), (b"bext", &bext), (b"iXML", ixml)]);
    let all = texts_inside(&mut Cursor::new(&file));
    let told =
        [pair("IART", "Vera"), pair("ICMT", "kitch"), pair("Description", "call from the bank"), pair("NOTE", "Lida")];
    assert_eq!((all.texts, all.reach), (told.to_vec(), Reach::Whole));
    let tagged = riff(&[(b"id3 ", b"ID3")]);
    assert_eq!(texts_inside(&mut Cursor::new(tagged)).reach, Reach::Part, "a tag that nobody read");
    assert_eq!(texts_inside(&mut Cursor::new(&file[..file.len() - 9])).reach, Reach::Part, "it breaks off");
}

#[test]
fn a_place_and_an_author_in_an_mp4_are_told() {
    let place =
        [&[0, 0, 0, 0, 0x15, 0xc7][..], b"home\0\0", &[0, 37, 0x80, 0, 0, 55, 0xc0, 0, 0, 0, 0, 0], b"earth\0\0"]
            .concat();
    let author = [&[0, 0, 0, 0, 0x15, 0xc7][..], "Вера\0".as_bytes()].concat();
    let xyz = [&[0, 18, 0x15, 0xc7][..], b"+55.7500+037.6200/"].concat();
    let udta = [boxed(b"loci", &place), boxed(b"auth", &author), boxed(b"\xa9xyz", &xyz)].concat();
    let file = [boxed(b"ftyp", b"M4A \0\0\0\0"), boxed(b"moov", &boxed(b"udta", &udta))].concat();
    let told = [pair("loci", "home 55.75000, 37.50000"), pair("auth", "Вера"), pair("©xyz", "+55.7500+037.6200/")];
    assert_eq!(inside(file), told);
}

#[test]
fn an_ape_tag_behind_an_mp3_is_told() {
    let item = |name: &str, value: &str| {
        let length = (value.len() as u32).to_le_bytes();
        [&length[..], &[0; 4], name.as_bytes(), b"\0", value.as_bytes()].concat()
    };
    let items = [item("Artist", "Вера"), item("Comment", "kitchen")].concat();
    let length = (items.len() as u32 + 32).to_le_bytes();
    let footer = [b"APETAGEX\xd0\x07\0\0", &length[..], &2_u32.to_le_bytes(), &[0; 12]].concat();
    for behind in [Vec::new(), [&b"TAG"[..], &[0; 125]].concat()] {
        let file = [&[0xff, 0xfb, 0x90, 0xc4][..], &[0; 200], &items, &footer, &behind].concat();
        assert_eq!(inside(file), [pair("Artist", "Вера"), pair("Comment", "kitchen")]);
    }
}

#[test]
fn texts_beyond_what_a_person_reads_are_counted() {
    let mut bytes = png(b"tEXt", b"Author\0name");
    let end = bytes.split_off(bytes.len() - 12);
    for n in 0..250 {
        let body = format!("Comment\0{n}");
        bytes.extend((body.len() as u32).to_be_bytes());
        bytes.extend(b"tEXt");
        bytes.extend(body.as_bytes());
        bytes.extend([0; 4]);
    }
    bytes.extend(end);
    let all = texts_inside(&mut Cursor::new(&bytes));
    assert_eq!((all.texts.len() + all.more, all.reach), (251, Reach::Whole));
    assert_eq!(texts_inside(&mut Cursor::new(&bytes[..bytes.len() - 40])).reach, Reach::Part, "it breaks off");
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
