//! The sample exhibits, under the names that real programs write: each finds its call, and what belongs to none does not.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::actions::{self, CallFilter};
use ulika::model::{CapturedBasis, MatchReason};

struct Row {
    file: String,
    shows: String,
    number: String,
    seconds: u32,
    call: String,
}

fn table() -> Vec<Row> {
    let text = std::fs::read_to_string(sample("exhibits/exhibits.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        Row {
            file: cells[0].to_owned(),
            shows: cells[1].to_owned(),
            number: cells[3].to_owned(),
            seconds: cells[5].parse().unwrap(),
            call: cells[6].to_owned(),
        }
    });
    rows.collect()
}

#[test]
fn the_sample_exhibits_find_their_calls() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml", "beeline.xlsx"]);
    let rows = table();
    assert!(rows.len() >= 12, "{} sample exhibits", rows.len());
    let files: Vec<_> = rows.iter().map(|r| sample("exhibits").join(&r.file)).collect();
    let answer = attach(&mut case, &files);
    for (row, exhibit) in rows.iter().zip(&answer.exhibits) {
        let name = &row.file;
        if row.shows == "recording" {
            let length = exhibit.capture.duration_s.unwrap_or_else(|| panic!("{name} has no length"));
            assert!(length.abs_diff(row.seconds) <= 1, "{name}: {length} s");
        }
        if row.call.is_empty() {
            assert!(exhibit.matches.iter().all(|m| !m.because.contains(&MatchReason::Number)), "{name}");
            assert!(
                exhibit.capture.saved_by.is_some() || exhibit.capture.captured_basis == CapturedBasis::FileName,
                "{name}"
            );
            continue;
        }
        let filter = CallFilter { number: Some(row.number.clone()), ..CallFilter::default() };
        let calls = actions::calls(&case, &filter, None, 1_000).unwrap().calls;
        let wanted = chrono::NaiveDateTime::parse_from_str(&row.call, "%Y-%m-%dT%H:%M:%S").unwrap();
        let off = |c: &actions::CallView| {
            let start = chrono::DateTime::parse_from_rfc3339(&c.started_at).unwrap().naive_local();
            (start - wanted).num_seconds().abs()
        };
        let call = calls.iter().find(|c| off(c) <= 60).unwrap_or_else(|| panic!("{name}: no such call"));
        let first = exhibit.matches.first().unwrap_or_else(|| panic!("{name}: nothing is proposed"));
        assert_eq!(first.call, call.id, "{name}");
        let expected = if row.shows == "recording" { MatchReason::Number } else { MatchReason::Start };
        assert!(first.because.contains(&expected), "{name}: {:?}", first.because);
    }
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn recordings_of_every_format_can_be_seen_and_heard() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let rows: Vec<Row> = table().into_iter().filter(|r| r.shows == "recording").collect();
    let files: Vec<_> = rows.iter().map(|r| sample("exhibits").join(&r.file)).collect();
    let endings: std::collections::BTreeSet<_> =
        files.iter().filter_map(|f| f.extension()?.to_str().map(str::to_owned)).collect();
    assert_eq!(endings.into_iter().collect::<Vec<_>>(), ["m4a", "mp3", "oga", "wav"]);
    for (row, exhibit) in rows.iter().zip(attach(&mut case, &files).exhibits) {
        let wave = actions::waveform(&case, exhibit.id, &ulika::progress::Silent).unwrap().unwrap();
        let length = i64::from(row.seconds) * 1_000;
        assert!((i64::from(wave.duration_ms) - length).abs() < 200, "{}: {} ms", row.file, wave.duration_ms);
        assert!(wave.peaks.iter().any(|p| *p > 20), "{} is heard", row.file);
        let whole = actions::sound_of(&case, exhibit.id, 0, 3_000, 100).unwrap().unwrap();
        let part = actions::sound_of(&case, exhibit.id, 1_500, 1_000, 100).unwrap().unwrap();
        let word = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (rate, first, frames) = (word(&part, 0), word(&part, 8), word(&part, 12));
        assert_eq!((first, frames), (rate * 3 / 2, rate), "{}: to the sample", row.file);
        // After a seek the very same samples come, but for what a lossy decoder carries over.
        let sample =
            |bytes: &[u8], n: usize| i32::from(i16::from_le_bytes(bytes[16 + 2 * n..18 + 2 * n].try_into().unwrap()));
        let furthest = (0..frames).map(|n| (sample(&part, n) - sample(&whole, first + n)).abs()).max().unwrap();
        assert!(furthest < 600, "{}: {furthest}", row.file);
    }
}
