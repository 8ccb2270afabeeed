//! Recordings: length, waveform, samples; damage.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::actions;
use ulika::progress::Silent;

/// Nobody may have anything to report.
struct Never;

impl ulika::progress::Progress for Never {
    fn report(&self, _: &'static str, _: u64, _: Option<u64>) -> ulika::Result<()> {
        panic!("kept: nothing is decoded again")
    }
}

#[test]
fn a_waveform_is_drawn_once_and_kept() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let id = attach(&mut case, &[put(folder.path(), "rec.wav", &wav(5, 0))]).exhibits[0].id;
    let drawn = actions::waveform(&case, id, &Silent).unwrap().unwrap();
    assert_eq!((drawn.duration_ms, drawn.bucket_ms, drawn.peaks.len()), (5_000, 20, 500));
    drop(case);
    let case = look(&path, None).unwrap();
    assert_eq!(actions::waveform(&case, id, &Never).unwrap(), Some(drawn));
}

#[test]
fn the_player_gets_the_samples_of_a_stretch() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let bytes = wav(200, 0);
    let id = attach(&mut case, &[put(folder.path(), "rec.wav", &bytes)]).exhibits[0].id;
    // Far into the second chunk of the original.
    let got = actions::sound_of(&case, id, 150_000, 1_000, 100).unwrap().unwrap();
    let word = |at: usize| u32::from_le_bytes(got[at..at + 4].try_into().unwrap());
    assert_eq!((word(0), word(4), word(8), word(12)), (8_000, 1, 1_200_000, 8_000));
    assert_eq!(got[16..], bytes[44 + 2_400_000..44 + 2_416_000]);
}

#[test]
fn a_damaged_recording_stays_an_exhibit_without_a_length() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let whole = wav(5, 0);
    let files = [
        put(folder.path(), "cut.wav", &whole[..whole.len() / 2]),
        put(folder.path(), "noise.mp3", &[b"ID3\x04\0\0\0\0\0\0".as_slice(), &[0xff; 3_000]].concat()),
        put(
            folder.path(),
            "noise.m4a",
            &[b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0".as_slice(), &[0x5a; 3_000]].concat(),
        ),
        put(folder.path(), "noise.ogg", &[b"OggS\0\x02".as_slice(), &[0x33; 3_000]].concat()),
        put(folder.path(), "noise.flac", &[b"fLaC\0\0\0\x22".as_slice(), &[0x77; 3_000]].concat()),
        put(folder.path(), "cut.amr", b"#!AMR\n\x3c\0\0"),
    ];
    let answer = attach(&mut case, &files);
    assert_eq!(answer.exhibits.len(), files.len());
    for exhibit in &answer.exhibits {
        assert_eq!(exhibit.capture.duration_s, None, "{}", exhibit.file);
        let _ = actions::waveform(&case, exhibit.id, &Silent).unwrap();
        let _ = actions::sound_of(&case, exhibit.id, 0, 1_000, 100).unwrap();
    }
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn sound_in_a_container_for_pictures_is_a_recording() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let boxed = |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), body].concat();
    let mut head = vec![0; 4];
    for number in [0_u32, 0, 1_000, 12_000] {
        head.extend(number.to_be_bytes());
    }
    head.extend([0; 80]);
    let movie = |handler: &[u8; 4]| {
        let track = boxed(b"trak", &boxed(b"mdia", &boxed(b"hdlr", &[&[0; 8], handler.as_slice()].concat())));
        let moov = boxed(b"moov", &[boxed(b"mvhd", &head), track].concat());
        [boxed(b"ftyp", b"3gp4\0\0\0\x003gp4"), moov].concat()
    };
    let files = [
        put(folder.path(), "0d20250401173316p+79353104036.3gp", &movie(b"soun")),
        put(folder.path(), "Screenrecorder-2025-04-01-17-33-16-123.mp4", &movie(b"vide")),
    ];
    let answer = attach(&mut case, &files);
    let kinds: Vec<_> = answer.exhibits.iter().map(|e| (e.kind.word(), e.capture.duration_s)).collect();
    assert_eq!(kinds, [("recording", Some(12)), ("document", Some(12))]);
    assert!(answer.exhibits.iter().all(|e| e.capture.captured_at.as_deref() == Some("2025-04-01T17:33:16+03:00")));
}

#[test]
fn a_recording_lasts_as_long_as_its_packets_whatever_its_header_says() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let name = "Call recording +79353104036_250423_111941.m4a";
    let whole = std::fs::read(sample("exhibits").join(name)).unwrap();
    let header = whole.windows(4).position(|four| four == b"mvhd").unwrap();
    let length: [u8; 4] = whole[header + 20..header + 24].try_into().unwrap();
    let saying = |file: &str, length: u32| {
        let mut bytes = whole.clone();
        bytes[header + 20..header + 24].copy_from_slice(&length.to_be_bytes());
        put(folder.path(), file, &bytes)
    };
    let length = u32::from_be_bytes(length);
    let files = [
        put(folder.path(), name, &whole),
        saying("much.m4a", length * 60),
        saying("little.m4a", length / 4),
        saying("nothing.m4a", 0),
        put(folder.path(), "cut.m4a", &whole[..whole.len() - 3_000]),
    ];
    let lengths: Vec<_> = attach(&mut case, &files).exhibits.iter().map(|e| e.capture.duration_s).collect();
    assert_eq!(lengths, [Some(9), Some(9), Some(9), Some(9), None]);
}
