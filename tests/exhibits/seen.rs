//! What a window shows of exhibits: pictures and working copies, texts, a copy of the original, files before they are
//! attached.

use super::common::*;
use super::made::*;
use std::io::Cursor;
use std::sync::Mutex;
use tempfile::TempDir;
use ulika::Code;
use ulika::actions::{self, ExportOptions, Picture};
use ulika::model::{CapturedBasis, Contents, ExhibitKind};
use ulika::progress::Silent;
use ulika::typesetting::{self, Typesetter};

/// Stands for the typesetter and keeps the pictures that it is given.
#[derive(Default)]
struct Paper(Mutex<Vec<typesetting::Picture>>);

impl Typesetter for Paper {
    fn pdf(&self, _: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(b"%PDF-1.7\n%%EOF\n".to_vec())
    }

    fn pdf_with(&self, source: &str, pictures: &[typesetting::Picture], now: i64) -> ulika::Result<Vec<u8>> {
        self.0.lock().unwrap().extend_from_slice(pictures);
        self.pdf(source, now)
    }
}

fn drawn(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, (x / 2) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose EXIF says that it lies on its side, with the same said in a TIFF's own words.
fn turned() -> [Vec<u8>; 2] {
    let jpeg = drawn(40, 20, image::ImageFormat::Jpeg);
    let tag = b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
    let exif = [b"Exif\0\0II*\0\x08\0\0\0\x01\0".as_slice(), tag, b"\0\0\0\0"].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    let turned = [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat();
    [turned, drawn(40, 20, image::ImageFormat::Tiff)]
}

fn seen(case: &ulika::Case, id: ulika::model::ExhibitId) -> Option<Picture> {
    actions::picture(case, id).unwrap()
}

#[test]
fn a_picture_is_shown_as_it_is_where_a_web_view_can_and_else_as_a_working_copy() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let png = drawn(30, 60, image::ImageFormat::Png);
    let [jpeg, tiff] = turned();
    let files = [
        put(folder.path(), "a.png", &png),
        put(folder.path(), "b.bmp", &drawn(30, 60, image::ImageFormat::Bmp)),
        put(folder.path(), "c.tiff", &tiff),
        put(folder.path(), "d.jpg", &jpeg),
        put(folder.path(), "e.png", &png[..png.len() / 2]),
        put(folder.path(), "f.png", &drawn(9_000, 5_000, image::ImageFormat::Png)),
    ];
    let ids: Vec<_> = attach(&mut case, &files).exhibits.into_iter().map(|e| e.id).collect();
    let as_it_is = seen(&case, ids[0]).unwrap();
    assert_eq!((as_it_is.width, as_it_is.height, as_it_is.working_copy, as_it_is.bytes), (30, 60, false, png));
    for id in &ids[1..3] {
        let copy = seen(&case, *id).unwrap();
        assert!(copy.working_copy && copy.bytes.starts_with(b"\x89PNG"), "a web view shows no BMP and no TIFF");
    }
    let turned = seen(&case, ids[3]).unwrap();
    assert_eq!((turned.width, turned.height), (20, 40), "told as it is looked at");
    let thumbnail = image::load_from_memory(&actions::thumbnail(&case, ids[3]).unwrap().unwrap()).unwrap();
    assert_eq!((thumbnail.width(), thumbnail.height()), (20, 40), "the thumbnail stands upright too");
    assert_eq!(actions::thumbnail(&case, ids[4]).unwrap(), None, "what is damaged is drawn by nobody");
    let huge = seen(&case, ids[5]).unwrap();
    assert_eq!((huge.width, huge.height, huge.working_copy), (9_000, 5_000, true));
    let copied = image::load_from_memory(&huge.bytes).unwrap();
    assert!(copied.width() > 4_096 && copied.width() * copied.height() <= 4_096 * 4_096, "as sharp as memory allows");
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn what_is_printed_is_drawn_within_the_same_limits_and_as_it_is_looked_at() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let mut clear = Cursor::new(Vec::new());
    image::DynamicImage::new_rgba8(30, 60).write_to(&mut clear, image::ImageFormat::Png).unwrap();
    let [jpeg, _] = turned();
    let files = [
        put(folder.path(), "a.jpg", &jpeg),
        put(folder.path(), "b.png", clear.get_ref()),
        put(folder.path(), "c.png", &drawn(3_000, 1_500, image::ImageFormat::Png)),
        put(folder.path(), "d.png", &drawn(200, 12_001, image::ImageFormat::Png)),
        put(folder.path(), "e.png", &drawn(9_000, 9_000, image::ImageFormat::Png)),
    ];
    let ids: Vec<_> = attach(&mut case, &files).exhibits.into_iter().map(|e| e.id).collect();
    let into = folder.path().join("для печати");
    std::fs::create_dir(&into).unwrap();
    let (paper, options) = (Paper::default(), ExportOptions { groups: Vec::new(), contents: Contents::Originals });
    let answer = actions::export_plain(&mut case, &into, &options, &paper, &Silent).unwrap();
    let pictures = paper.0.into_inner().unwrap();
    let printed: Vec<_> = pictures.iter().map(|p| image::load_from_memory(&p.bytes).unwrap()).collect();
    let sizes: Vec<_> = printed.iter().map(|p| (p.width(), p.height())).collect();
    assert_eq!(sizes[..3], [(20, 40), (30, 60), (2_000, 1_000)], "upright, and no larger than a page can show");
    assert_eq!(sizes[3..], [(200, 1_557); 8], "a screenshot that scrolls goes over pages, as wide as it is");
    assert!(printed[1].to_rgb8().pixels().all(|p| p.0.iter().all(|c| *c > 250)), "on white, because paper is");
    let named = |no: &str| answer.files.iter().any(|f| f.name.starts_with(no));
    assert!(!named("E0001") && !named("E0004") && named("E0005"), "what cannot be drawn leaves as the file that it is");
    assert_eq!(actions::thumbnail(&case, ids[4]).unwrap(), None, "and is not drawn on the screen either");
}

#[test]
fn a_screenshot_that_scrolls_is_shown_however_tall_it_is() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let files = [
        put(folder.path(), "a.png", &drawn(300, 12_001, image::ImageFormat::Png)),
        put(folder.path(), "b.png", &drawn(300, 40_000, image::ImageFormat::Png)),
    ];
    let ids: Vec<_> = attach(&mut case, &files).exhibits.into_iter().map(|e| e.id).collect();
    let shown = seen(&case, ids[0]).unwrap();
    assert_eq!((shown.width, shown.height, shown.working_copy), (300, 12_001, false));
    let shown = seen(&case, ids[1]).unwrap();
    let copy = image::load_from_memory(&shown.bytes).unwrap();
    assert_eq!((shown.width, shown.height, shown.working_copy), (300, 40_000, true));
    assert_eq!((copy.width(), copy.height()), (122, 16_384), "as long as a window can draw");
    for id in ids {
        let thumbnail = image::load_from_memory(&actions::thumbnail(&case, id).unwrap().unwrap()).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (300, 2_400), "the upper part, not squeezed");
    }
}

#[test]
fn a_picture_that_moves_is_a_picture_and_one_that_cannot_be_drawn_is_a_document() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    // An animated PNG begins with the picture that is seen first.
    let png = drawn(30, 60, image::ImageFormat::Png);
    let control = b"acTL\0\0\0\x01\0\0\0\0";
    let mut crc = flate2::Crc::new();
    crc.update(control);
    let moving = [&png[..33], &[0, 0, 0, 8], control, &crc.sum().to_be_bytes(), &png[33..]].concat();
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &[0; 64]].concat();
    let avif = [b"\0\0\0\x18ftypavif\0\0\0\0mif1avif".as_slice(), &[0; 64]].concat();
    let svg = br#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>"#;
    let files = [
        put(folder.path(), "moving.png", &moving),
        put(folder.path(), "IMG_20250401_173316.heic", &heic),
        put(folder.path(), "b.avif", &avif),
        put(folder.path(), "c.svg", svg),
        put(folder.path(), "d.ico", &[[0_u8, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0].as_slice(), &[0; 64]].concat()),
    ];
    let attached = attach(&mut case, &files).exhibits;
    let kinds: Vec<_> = attached.iter().map(|e| e.kind).collect();
    assert_eq!(kinds[0], ExhibitKind::Screenshot);
    assert_eq!(kinds[1..], [ExhibitKind::Document; 4], "nothing here can draw it");
    assert!(actions::thumbnail(&case, attached[0].id).unwrap().is_some());
    for exhibit in &attached[1..] {
        let listed = listed(&case, exhibit.id);
        assert!(!listed.has_thumbnail && seen(&case, exhibit.id).is_none(), "{}", exhibit.file);
    }
    assert!(attached[1].capture.captured_at.is_some(), "it still tells when it was taken");
}

#[test]
fn a_text_is_read_whatever_it_is_encoded_in_and_nothing_else_is_taken_for_one() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let text = "Ответ оператора: номер передан другому оператору.";
    let files = [
        put(folder.path(), "utf.txt", text.as_bytes()),
        put(folder.path(), "win.txt", &encoding_rs::WINDOWS_1251.encode(text).0),
        put(folder.path(), "long.txt", "строка\n".repeat(50_000).as_bytes()),
        put(folder.path(), "sig.sig", &[0x30, 0x82, 0, 1, 2, 3, 0, 0]),
        shot(folder.path(), "a.png"),
    ];
    let ids: Vec<_> = attach(&mut case, &files).exhibits.into_iter().map(|e| e.id).collect();
    for id in &ids[..2] {
        assert_eq!(actions::text_of(&case, *id).unwrap().unwrap().text, text);
    }
    let long = actions::text_of(&case, ids[2]).unwrap().unwrap();
    assert!(!long.whole && long.text.len() <= 128 << 10 && !long.text.contains('\u{fffd}'));
    assert!(ids[3..].iter().all(|id| actions::text_of(&case, *id).unwrap().is_none()));
}

#[test]
fn a_copy_is_the_original_to_the_byte_and_is_noted() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let bytes = wav(200, 0);
    let exhibit = attach(&mut case, &[put(folder.path(), "rec.wav", &bytes)]).exhibits.remove(0);
    let out = folder.path().join("копия.wav");
    let saved = actions::save_copy(&mut case, exhibit.id, &out, &Silent).unwrap();
    assert_eq!((saved.sha256, saved.bytes), (exhibit.sha256, bytes.len() as u64));
    assert_eq!(std::fs::read(&out).unwrap(), bytes);
    assert_eq!(actions::log(&case).unwrap().releases.last().unwrap().kind, "copied");
    let over = case.path().to_owned();
    let refused = actions::save_copy(&mut case, exhibit.id, &over, &Silent).unwrap_err();
    assert_eq!(refused.code, Code::TargetUnwritable, "never over the case itself");
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn a_copy_that_cannot_be_read_names_the_case_that_is_damaged() {
    let folder = TempDir::new().unwrap();
    for sql in ["DELETE FROM chunk", "UPDATE chunk SET bytes = zeroblob(length(bytes))"] {
        let inner = TempDir::new_in(&folder).unwrap();
        let (path, mut case) = new_case(&inner, None);
        let id = attach(&mut case, &[put(inner.path(), "rec.wav", &wav(2, 0))]).exhibits[0].id;
        drop(case);
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        assert!(connection.execute(sql, []).unwrap() > 0);
        drop(connection);
        let mut case = look(&path, None).unwrap();
        let out = inner.path().join("копия.wav");
        let refused = actions::save_copy(&mut case, id, &out, &Silent).unwrap_err();
        assert_eq!(
            (refused.code, refused.detail.get("file")),
            (Code::CaseDamaged, Some(&"дело.ulika".into())),
            "{sql}"
        );
        assert!(!out.exists(), "whole, or not at all");
    }
}

#[test]
fn files_are_looked_at_before_they_are_attached_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let held = shot(folder.path(), "Screenshot_20250401-173316.png");
    attach(&mut case, std::slice::from_ref(&held));
    let call = lonely_call(&case);
    let before = std::fs::read(&path).unwrap();
    let name = format!("Call recording {}_{}.wav", call.number.clone().unwrap(), stamp(&call, 0, "%y%m%d_%H%M%S"));
    let files = [
        put(folder.path(), &name, &wav(call.duration_s.unwrap(), 0)),
        held,
        folder.path().join("нет такого"),
        put(folder.path(), "photo_2025-06-23_13-47-57.png", &drawn(30, 60, image::ImageFormat::Png)),
        std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/recipes/table.pdf")),
        put(folder.path(), "договор.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
    ];
    let looked = actions::preview_attach(&case, &files, &Silent).unwrap();
    let recording = looked[0].as_ref().unwrap();
    assert_eq!((recording.kind, recording.capture.duration_s), (ExhibitKind::Recording, call.duration_s));
    assert_eq!(recording.proposals.first().map(|m| m.call), Some(call.id));
    assert!(looked[1].as_ref().unwrap().already.is_some(), "the case holds these bytes");
    assert_eq!(looked[2].as_ref().unwrap_err().code, Code::FileAbsent);
    let messenger = looked[3].as_ref().unwrap();
    assert!(messenger.capture.saved_by.is_some() && messenger.capture.captured_basis == CapturedBasis::Unknown);
    let seems: Vec<bool> = looked.iter().map(|one| one.as_ref().is_ok_and(|one| one.as_log)).collect();
    assert_eq!(seems, [false, false, false, false, true, false], "pages with a table of calls seem a log");
    assert_eq!(std::fs::read(&path).unwrap(), before, "a look writes nothing");
}
