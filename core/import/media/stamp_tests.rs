#![allow(clippy::unwrap_used)]
use super::{Stamp, captured_at};
use crate::import::media::{Medium, name_says, read_clock};
use crate::model::{CapturedBasis, Zone, ZoneBasis};

/// The time of capture of a sound by its name and an instant of its container, as Moscow's clock shows it.
fn heard(name: &str, container: Option<&str>, length: u32) -> String {
    let says = name_says(name, Medium::Sound, None);
    let made = container.map(|text| Stamp::instant(read_clock(text).unwrap().reading - 3 * 3_600).unwrap());
    told(captured_at(None, made, Some(&says), Medium::Sound, Some(length), MOSCOW))
}

const MOSCOW: (Zone, ZoneBasis) = (Zone::MOSCOW, ZoneBasis::Line);

fn told((moment, basis): (Option<crate::model::Moment>, CapturedBasis)) -> String {
    let at = moment.map_or(String::new(), |m| {
        let wall = chrono::DateTime::from_timestamp(m.instant() + 3 * 3_600, 0).unwrap();
        wall.format("%d %H:%M:%S ").to_string()
    });
    format!("{at}{basis}")
}

const RECORDER: &str = "Call recording +79353104036_250423_111941.m4a";

#[test]
fn a_container_is_believed_where_a_recorder_s_name_agrees_with_it() {
    assert_eq!(heard(RECORDER, None, 9), "23 11:19:41 file_name");
    assert_eq!(heard(RECORDER, Some("2025-04-23 11:19:50"), 9), "23 11:19:41 metadata", "written when it stopped");
    assert_eq!(heard(RECORDER, Some("2025-04-23 11:19:42"), 9), "23 11:19:42 metadata", "written when it started");
    assert_eq!(heard(RECORDER, Some("2025-04-23 11:19:46"), 9), "23 11:19:46 metadata", "too early for its end");
    let minute = "+79353104036-2504231119.mp3";
    assert_eq!(heard(minute, Some("2025-04-23 11:24:45"), 300), "23 11:19:45 metadata", "the name knows the minute");
    assert_eq!(heard(minute, Some("2025-04-23 11:19:45"), 300), "23 11:19:45 metadata");
}

#[test]
fn a_container_that_was_written_anew_does_not_outdo_the_recorder_s_name() {
    assert_eq!(heard(RECORDER, Some("2025-04-26 12:00:00"), 9), "23 11:19:41 file_name");
    assert_eq!(heard(RECORDER, Some("2025-04-23 11:30:00"), 9), "23 11:19:41 file_name");
    assert_eq!(heard(RECORDER, Some("2025-04-22 10:07:00"), 9), "23 11:19:41 file_name");
    // A name of no recorder's shape may tell of a saving itself: neither can be older than the recording.
    let loose = "Вектория 2025-04-23 11-19-41.m4a";
    assert_eq!(heard(loose, Some("2025-04-26 12:00:00"), 9), "23 11:19:41 file_name");
    assert_eq!(heard(loose, Some("2025-04-21 12:00:00"), 9), "21 12:00:00 metadata");
}

#[test]
fn a_phone_in_another_zone_than_its_line_is_still_one_clock() {
    assert_eq!(heard(RECORDER, Some("2025-04-23 09:19:50"), 9), "23 09:19:41 metadata", "it was in Yekaterinburg");
    assert_eq!(heard(RECORDER, Some("2025-04-23 09:19:41"), 9), "23 09:19:41 metadata");
    assert_eq!(heard(RECORDER, Some("2025-04-23 14:19:50"), 9), "23 11:19:41 file_name", "a clock taken for UTC");
    let bcr = "20250423_111941.123+0300_in_+79353104036.m4a";
    assert_eq!(heard(bcr, Some("2025-04-23 09:19:41"), 9), "23 11:19:41 file_name", "the name states its zone");
}

#[test]
fn a_container_that_a_messenger_wrote_as_it_saved_is_no_time_of_capture() {
    for (name, made) in [
        ("AUD-20250623-WA0001.m4a", "2025-06-23 13:47:57"),
        ("AUD-20250623-WA0001.m4a", "2025-06-22 23:00:00"),
        ("AUD-20250623-WA0001.m4a", "2025-06-30 10:00:00"),
        ("audio_2025-06-23_13-47-57.m4a", "2025-06-23 13:47:57"),
        ("audio_2025-06-23_13-47-57.m4a", "2025-06-23 13:47:10"),
        ("audio_2025-06-23_13-47-57.m4a", "2025-06-23 11:47:55"),
        ("audio_2025-06-23_13-47-57.m4a", "2025-06-24 10:00:00"),
        ("Звонок audio_2025-06-23_13-47-57.m4a", "2025-06-23 13:47:57"),
        ("FB_VID_1750675677123.mp4", "2025-06-23 13:47:57"),
    ] {
        assert_eq!(heard(name, Some(made), 9), "unknown", "{name} {made}");
    }
    // One that the messenger passed on as it was tells of the days before.
    assert_eq!(heard("AUD-20250623-WA0001.m4a", Some("2025-06-20 10:07:00"), 9), "20 10:07:00 metadata");
    assert_eq!(heard("audio_2025-06-23_13-47-57.m4a", Some("2025-06-23 10:07:00"), 9), "23 10:07:00 metadata");
}

#[test]
fn of_a_picture_metadata_stand_before_the_name_unless_they_know_less() {
    let says = name_says("Screenshot_20250423-111947.png", Medium::Picture, None);
    let of = |text: &str| told(captured_at(None, read_clock(text), Some(&says), Medium::Picture, None, MOSCOW));
    assert_eq!(of("2025-04-23T11:19:49"), "23 11:19:49 metadata");
    assert_eq!(of("2025-04-24"), "23 11:19:47 file_name");
    let says = name_says("photo_2025-04-23_11-19-47.png", Medium::Picture, None);
    let day = captured_at(None, read_clock("2025-04-22"), Some(&says), Medium::Picture, None, MOSCOW);
    assert_eq!(told(day), "22 00:00:00 metadata", "the time of saving is no better one");
}
