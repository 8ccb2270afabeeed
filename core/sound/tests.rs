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

fn duration_ms(file: &mut dyn Recording, told: Told<'_>) -> Result<Option<u64>> {
    Ok(heard(file, told)?.duration_ms)
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

/// A FLAC of `frames` frames of 4,096 samples whose header tells of `said` samples. Constant blocks: silence.
fn flac(frames: u32, said: u32) -> Vec<u8> {
    let mut bytes = b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0".to_vec();
    // 8,000 Hz, one channel, 16 bits, the length.
    bytes.extend((u64::from(RATE) << 44 | 15 << 36 | u64::from(said)).to_be_bytes());
    bytes.extend([0; 16]);
    for n in 0..frames {
        // 4,096 samples, the rate and the size of a sample as the header says.
        let mut frame = vec![0xff, 0xf8, 0xc0, 0x00];
        match n {
            0..=127 => frame.push(n as u8),
            _ => frame.extend([0xc0 | (n >> 6) as u8, 0x80 | (n & 0x3f) as u8]),
        }
        frame.push(crc(&frame, 8, 0x07) as u8);
        frame.extend([0, 0, 0]);
        let check = crc(&frame, 16, 0x8005);
        frame.extend((check as u16).to_be_bytes());
        bytes.extend(frame);
    }
    bytes
}

fn crc(bytes: &[u8], width: u32, polynomial: u32) -> u32 {
    let (top, mask) = (1 << (width - 1), ((1_u64 << width) - 1) as u32);
    bytes.iter().fold(0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte) << (width - 8), |crc, _| {
            let next = crc << 1;
            (if crc & top == 0 { next } else { next ^ polynomial }) & mask
        })
    })
}

#[test]
fn the_length_of_a_recording_that_broke_off_is_what_can_be_played() {
    let samples = |frames: u32| frames * 4_096;
    let length = |bytes: Vec<u8>| duration_ms(&mut Cursor::new(bytes), &mut quiet).unwrap();
    assert_eq!(length(flac(60, samples(60))), Some(30_720), "whole");
    assert_eq!(length(flac(30, samples(60))), Some(15_360), "cut in the middle, the header as it was");
    let played = waveform(&mut Cursor::new(flac(30, samples(60))), &mut quiet).unwrap().unwrap();
    assert_eq!(played.duration_ms, 15_360, "as the player says");
}

/// An Ogg of one FLAC: a page for each header and each frame.
fn ogg(serial: u32, frames: u32) -> Vec<u8> {
    let native = flac(frames, frames * 4_096);
    let (head, mut sound) = native.split_at(42);
    let first = [b"\x7fFLAC\x01\0\0\x01fLaC\0".as_slice(), &head[5..]].concat();
    let comments = [b"\x84\0\0\x08".as_slice(), &[0; 8]].concat();
    let mut packets = vec![(first, 0), (comments, 0)];
    for n in 1..=frames {
        let length = if n <= 128 { 11 } else { 12 };
        let (frame, rest) = sound.split_at(length);
        packets.push((frame.to_vec(), u64::from(n) * 4_096));
        sound = rest;
    }
    let last = packets.len() - 1;
    let page = |(n, (packet, at)): (usize, (Vec<u8>, u64))| {
        let flags = if n == 0 { 2 } else { 4 * u8::from(n == last) };
        let mut page = [b"OggS\0".as_slice(), &[flags]].concat();
        page.extend(at.to_le_bytes());
        page.extend(serial.to_le_bytes());
        page.extend((n as u32).to_le_bytes());
        page.extend([0, 0, 0, 0, 1, packet.len() as u8]);
        page.extend(packet);
        let check = crc(&page, 32, 0x04c1_1db7);
        page[22..26].copy_from_slice(&check.to_le_bytes());
        page
    };
    packets.into_iter().enumerate().flat_map(page).collect()
}

#[test]
fn recordings_behind_each_other_in_one_file_are_one_to_the_ear() {
    let one = ogg(7, 20);
    assert_eq!(duration_ms(&mut Cursor::new(&one), &mut quiet).unwrap(), Some(10_240));
    let mut chained = Cursor::new([one, ogg(8, 10)].concat());
    assert_eq!(duration_ms(&mut chained, &mut quiet).unwrap(), Some(15_360));
    assert_eq!(waveform(&mut chained, &mut quiet).unwrap().unwrap().duration_ms, 15_360);
    for (from, length, first, samples) in
        [(1_000, 500, 8_000, 4_000), (10_000, 1_000, 80_000, 8_000), (12_000, 1_000, 96_000, 8_000)]
    {
        let part = stretch(&mut chained, from, length, &mut quiet).unwrap().unwrap();
        assert_eq!((part.first_frame, part.samples.len()), (first, samples), "{from}");
    }
    let behind = stretch(&mut chained, 15_000, 1_000, &mut quiet).unwrap().unwrap();
    assert_eq!(behind.samples.len(), 2_880, "to the very end");
    assert!(stretch(&mut chained, 16_000, 1_000, &mut quiet).unwrap().unwrap().samples.is_empty());
}

/// A frame of MPEG-2 sound, 16,000 Hz, one channel, 36 ms, of that bit rate: silence.
fn mpeg(rate: usize) -> Vec<u8> {
    let kbps = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let index = kbps.iter().position(|k| *k == rate).unwrap() as u8 + 1;
    let mut frame = vec![0xff, 0xf3, index << 4 | 2 << 2, 0xc0];
    frame.resize(72 * rate / 16, 0);
    frame
}

/// The frame before the sound that says how many frames there are and, where an encoder wrote it, what to cut off.
fn xing(frames: u32, delay_and_padding: Option<(u32, u32)>) -> Vec<u8> {
    let mut frame = mpeg(64);
    let tag = [b"Info\0\0\0\x01".as_slice(), &frames.to_be_bytes()].concat();
    frame[13..13 + tag.len()].copy_from_slice(&tag);
    if let Some((delay, padding)) = delay_and_padding {
        let lame = 13 + tag.len();
        frame[lame..lame + 9].copy_from_slice(b"LAME3.100");
        frame[lame + 21..lame + 24].copy_from_slice(&(delay << 12 | padding).to_be_bytes()[1..]);
    }
    frame
}

/// What a recording is said to last and what of it is played, which must be the same.
fn lasts(bytes: &[u8]) -> u64 {
    let said = duration_ms(&mut Cursor::new(bytes), &mut quiet).unwrap().unwrap();
    let played = waveform(&mut Cursor::new(bytes), &mut quiet).unwrap().unwrap();
    assert_eq!(said, u64::from(played.duration_ms), "the length is what the player plays");
    said
}

#[test]
fn an_mp3_lasts_as_long_as_its_frames() {
    let many = |rate: usize, n: usize| mpeg(rate).repeat(n);
    assert_eq!(lasts(&many(48, 100)), 3_600);
    assert_eq!(lasts(&[many(160, 200), many(8, 200)].concat()), 14_400, "loud first, then quiet");
    assert_eq!(lasts(&[many(8, 200), many(160, 200)].concat()), 14_400, "quiet first, then loud");
    let one = [xing(100, None), many(48, 100)].concat();
    assert_eq!(lasts(&one), 3_600);
    assert_eq!(lasts(&one.repeat(4)), 14_400, "four in one file, of which each counts its own frames");
    assert_eq!(lasts(&one[..one.len() / 2]), 49 * 36, "one that broke off");
}

#[test]
fn what_an_encoder_put_around_an_mp3_is_no_sound_of_it() {
    // 576 samples and the 529 of every decoder before, 1,000 behind.
    let one = [xing(100, Some((576, 1_000))), mpeg(48).repeat(100)].concat();
    assert_eq!(lasts(&one), (57_600 - 1_105 - 471) / 16);
    assert_eq!(lasts(&[one.clone(), mpeg(48).repeat(10)].concat()), (57_600 - 1_105 - 471 + 5_760) / 16);
}

#[test]
fn an_mp3_is_heard_to_its_end_whatever_its_first_header_says() {
    let one = [xing(100, None), mpeg(48).repeat(100)].concat();
    let mut joined = Cursor::new(one.repeat(4));
    for (from, length, samples) in [(3_000, 1_200, 19_200), (7_100, 250, 4_000), (14_000, 1_000, 6_400)] {
        let part = stretch(&mut joined, from, length, &mut quiet).unwrap().unwrap();
        assert_eq!((part.first_frame, part.samples.len()), (u64::from(from) * 16, samples), "{from}");
    }
    assert!(stretch(&mut joined, 15_000, 1_000, &mut quiet).unwrap().unwrap().samples.is_empty());
}

/// A frame of AAC as it stands alone, 16,000 Hz, one channel, 64 ms: silence, and `filling` bytes that say nothing.
fn adts(filling: usize) -> Vec<u8> {
    let silence = [0x00, 0xc8, 0x00, 0x80, 0x23, 0x80];
    let length = 7 + silence.len() + filling;
    let mut frame = vec![0xff, 0xf1, 0x60, 0x40 | (length >> 11) as u8, (length >> 3) as u8];
    frame.extend([((length & 7) << 5) as u8 | 0x1f, 0xfc]);
    frame.extend(silence);
    frame.resize(length, 0);
    frame
}

#[test]
fn a_bare_aac_lasts_as_long_as_its_frames() {
    for (loud, quiet) in [(142, 0), (1_000, 1_000), (10, 5_000), (5_000, 10)] {
        let bytes = [adts(300).repeat(loud), adts(0).repeat(quiet)].concat();
        assert_eq!(lasts(&bytes), (loud + quiet) as u64 * 64, "{loud} {quiet}");
    }
    let whole = adts(100).repeat(100);
    assert_eq!(lasts(&whole[..whole.len() / 2]), 3_200, "one that broke off");
}
