use super::tagged;
use crate::import::media::metadata_says;
use chrono::DateTime;
use std::io::Cursor;

fn told(tags: &[(&str, &str)]) -> String {
    let tags: Vec<(String, String)> = tags.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    tagged(&tags).map_or("none".to_owned(), |stamp| {
        let at = DateTime::from_timestamp(stamp.reading, 0).map(|at| at.naive_utc().to_string());
        format!("{} {}{}", at.unwrap_or_default(), stamp.precision, stamp.zone.map_or(String::new(), |z| z.name()))
    })
}

#[test]
fn only_a_moment_is_a_time_of_capture() {
    for (tags, expected) in [
        ([("TDRC", "2025-09-03T10:15:07"), ("x", "")].as_slice(), "2025-09-03 10:15:07 second"),
        (&[("TDRC", "2025-09-03 10:15")], "2025-09-03 10:15:00 minute"),
        (&[("date", "2025-09-03T10:15:07+03:00")], "2025-09-03 10:15:07 second+03:00"),
        (&[("TYER", "2025"), ("TDAT", "0309"), ("TIME", "1015")], "2025-09-03 10:15:00 minute"),
        (&[("DATE", "2025"), ("CREATION_TIME", "2025-09-03T07:15:07Z")], "2025-09-03 07:15:07 secondUTC"),
        (&[("TDRC", "2025")], "none"),
        (&[("TDRC", "2025-09-03")], "none"),
        (&[("TYER", "2025"), ("TDAT", "0309")], "none"),
        (&[("TYER", "2025"), ("TDAT", "0399"), ("TIME", "1015")], "none"),
        (&[("TYER", "2025"), ("TDAT", "03ё"), ("TIME", "1015")], "none"),
        (&[("TIT2", "2025-09-03T10:15:07")], "none"),
        (&[], "none"),
    ] {
        assert_eq!(told(tags).replace("+00:00", "UTC"), expected, "{tags:?}");
    }
}

#[test]
fn a_broadcast_wav_tells_its_time_wherever_the_chunk_stands() {
    let mut body = vec![0_u8; 320];
    body.extend(b"2025-09-0310:15:07");
    body.resize(602, 0);
    let chunk = |kind: &[u8; 4], body: &[u8]| [kind.as_slice(), &(body.len() as u32).to_le_bytes(), body].concat();
    let (sound, told) = (chunk(b"data", &vec![0; 300 << 10]), chunk(b"bext", &body));
    for chunks in [[&told, &sound], [&sound, &told]] {
        let all = [b"WAVE".as_slice(), chunks[0], chunks[1]].concat();
        let says = metadata_says(&mut Cursor::new(chunk(b"RIFF", &all)));
        assert_eq!(says.time.map(|stamp| stamp.reading), Some(1_756_894_507));
    }
    let bare = chunk(b"RIFF", &[b"WAVE".as_slice(), &chunk(b"bext", &[0; 602])].concat());
    assert_eq!(metadata_says(&mut Cursor::new(bare)).time, None);
}
