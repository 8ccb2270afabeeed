#![allow(clippy::unwrap_used)]
use super::*;
use crate::error::{Code, Error};
use std::io::Cursor;

const RATE: u32 = 8_000;

/// A WAV of `seconds`, one channel, a tone at half scale.
fn wav(seconds: u32) -> Vec<u8> {
    let frames = seconds * RATE;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + frames * 2).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    for small in [1_u16, 1] {
        bytes.extend(small.to_le_bytes());
    }
    for large in [RATE, RATE * 2] {
        bytes.extend(large.to_le_bytes());
    }
    for small in [2_u16, 16] {
        bytes.extend(small.to_le_bytes());
    }
    bytes.extend(b"data");
    bytes.extend((frames * 2).to_le_bytes());
    bytes.extend((0..frames).flat_map(|n| sample(n).to_le_bytes()));
    bytes
}

/// A sample that tells which one it is: a slow ramp within half scale.
fn sample(n: u32) -> i16 {
    (n % 16_384) as i16 - 8_192
}

fn quiet(_: u64) -> Result<()> {
    Ok(())
}

#[test]
fn a_recording_has_a_length_and_a_waveform() {
    let mut file = Cursor::new(wav(7));
    assert_eq!(duration_ms(&mut file, &mut quiet).unwrap(), Some(7_000));
    let wave = waveform(&mut file, &mut quiet).unwrap().unwrap();
    assert_eq!((wave.duration_ms, wave.bucket_ms), (7_000, 20));
    assert_eq!(wave.peaks.len(), 2 * 350);
    assert_eq!(wave.peaks.iter().min(), Some(&-32), "a quarter of full scale");
}

#[test]
fn a_long_recording_has_no_more_buckets_than_a_short_one() {
    let wave = waveform(&mut Cursor::new(wav(300)), &mut quiet).unwrap().unwrap();
    assert_eq!(wave.duration_ms, 300_000);
    assert!(wave.peaks.len() <= 2 * 4_096);
    assert_eq!(wave.peaks.len() as u32 / 2 * wave.bucket_ms, 300_000);
}

#[test]
fn a_stretch_begins_and_ends_at_the_very_sample() {
    let mut file = Cursor::new(wav(7));
    for (from, length) in [(0, 500), (1, 20), (1_234, 1_000), (3_000, 250)] {
        let part = stretch(&mut file, from, length, &mut quiet).unwrap().unwrap();
        let first = from * RATE / 1_000;
        assert_eq!((part.rate, part.channels, part.first_frame), (RATE, 1, u64::from(first)), "{from}");
        let expected: Vec<i16> = (first..first + length * RATE / 1_000).map(sample).collect();
        assert_eq!(part.samples, expected, "{from}");
    }
}

#[test]
fn behind_the_end_there_are_no_samples() {
    let mut file = Cursor::new(wav(2));
    assert_eq!(stretch(&mut file, 1_900, 1_000, &mut quiet).unwrap().unwrap().samples.len(), 800);
    assert!(stretch(&mut file, 5_000, 1_000, &mut quiet).unwrap().unwrap().samples.is_empty());
    assert!(stretch(&mut file, u32::MAX, u32::MAX, &mut quiet).unwrap().is_some_and(|s| s.samples.is_empty()));
}

#[test]
fn a_damaged_recording_has_no_length_and_nothing_breaks() {
    let whole = wav(2);
    assert_eq!(duration_ms(&mut Cursor::new(&whole[..whole.len() / 2]), &mut quiet).unwrap(), None);
    for length in [0, 4, 11, 20, 43, 44, 45] {
        let mut cut = Cursor::new(&whole[..length]);
        assert_eq!(duration_ms(&mut cut, &mut quiet).unwrap(), None, "{length}");
        let _ = waveform(&mut cut, &mut quiet).unwrap();
        let _ = stretch(&mut cut, 0, 100, &mut quiet).unwrap();
    }
    for index in 0..64 {
        for value in [0, 0x7f, 0x80, 0xff] {
            let mut changed = whole.clone();
            changed[index] = value;
            let mut changed = Cursor::new(changed);
            let _ = duration_ms(&mut changed, &mut quiet).unwrap();
            let _ = waveform(&mut changed, &mut quiet).unwrap();
            let _ = stretch(&mut changed, 700, 100, &mut quiet).unwrap();
        }
    }
}

#[test]
fn what_is_no_sound_is_none() {
    for bytes in [b"".as_slice(), b"hello", &[0_u8; 4_096], &[0xff; 4_096], b"\x89PNG\r\n\x1a\n", b"OggS\0\0\0\0"] {
        let mut file = Cursor::new(bytes);
        assert_eq!(waveform(&mut file, &mut quiet).unwrap(), None);
        assert_eq!(stretch(&mut file, 0, 1_000, &mut quiet).unwrap(), None);
    }
}

#[test]
fn a_person_who_cancels_is_heard() {
    let mut stop = |_| Err(Error::new(Code::Cancelled));
    let cancelled = waveform(&mut Cursor::new(wav(7)), &mut stop).unwrap_err();
    assert_eq!(cancelled.code, Code::Cancelled);
}

#[test]
fn frames_of_an_amr_file_are_counted() {
    let frame = |kind: u8, size: usize| [vec![kind << 3], vec![0; size]].concat();
    let narrow = [b"#!AMR\n".to_vec(), frame(7, 31), frame(15, 0), frame(8, 5)].concat();
    assert_eq!(duration_ms(&mut Cursor::new(&narrow), &mut quiet).unwrap(), Some(60));
    assert_eq!(duration_ms(&mut Cursor::new(&narrow[..narrow.len() - 1]), &mut quiet).unwrap(), None);
    let wide = [b"#!AMR-WB\n".to_vec(), frame(8, 60), frame(8, 60)].concat();
    assert_eq!(duration_ms(&mut Cursor::new(wide), &mut quiet).unwrap(), Some(40));
}
