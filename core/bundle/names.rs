//! Names of files in the bag: ASCII, made of a number and an ending, never of a name that was received.

use crate::model::{DossierSource, Exhibit, Source};

/// `S0001`.
pub(crate) fn source_no(id: i64) -> String {
    format!("S{id:04}")
}

/// `originals/S0001.xml`: the ending of the name as received, where it is a plain one.
fn original(source: &Source) -> String {
    format!("originals/{}.{}", source_no(source.id.0), ending(&source.name))
}

/// What the case keeps of a source: `originals/S0001.extract.jsonl` where that is an extract of the file as received.
pub(super) fn kept(item: &DossierSource) -> String {
    match item.extract_of {
        Some(_) => format!("originals/{}.extract.jsonl", source_no(item.source.id.0)),
        None => original(&item.source),
    }
}

/// `extracts/S0001.csv`.
pub(super) fn extract(source: &Source) -> String {
    format!("extracts/{}.csv", source_no(source.id.0))
}

/// `exhibits/E0002.png`: the ending follows what the bytes are, not what the name claims.
pub(super) fn exhibit(exhibit: &Exhibit) -> String {
    let ending = match exhibit.media_type.as_str() {
        "image/png" => "png".to_owned(),
        "image/jpeg" => "jpg".to_owned(),
        "image/webp" => "webp".to_owned(),
        "image/gif" => "gif".to_owned(),
        "image/bmp" | "image/x-ms-bmp" => "bmp".to_owned(),
        "image/tiff" => "tif".to_owned(),
        "image/heic" | "image/heif" => "heic".to_owned(),
        "audio/mpeg" => "mp3".to_owned(),
        "audio/mp4" | "audio/x-m4a" | "audio/m4a" => "m4a".to_owned(),
        "audio/ogg" | "audio/opus" => "ogg".to_owned(),
        "audio/wav" | "audio/x-wav" | "audio/vnd.wave" => "wav".to_owned(),
        "audio/flac" | "audio/x-flac" => "flac".to_owned(),
        "audio/amr" => "amr".to_owned(),
        "audio/aac" => "aac".to_owned(),
        "audio/3gpp" | "video/3gpp" => "3gp".to_owned(),
        "video/mp4" => "mp4".to_owned(),
        "application/pdf" => "pdf".to_owned(),
        // A letter is text, and opens as a letter.
        "text/plain" if ending(&exhibit.name) == "eml" => "eml".to_owned(),
        "text/plain" => "txt".to_owned(),
        _ => {
            let claimed = ending(&exhibit.name);
            // A file that the program does not know must not be started by a double click.
            if RUNNABLE.contains(&claimed.as_str()) { "bin".to_owned() } else { claimed }
        }
    };
    // The number comes from the case; only letters and digits may stand in a path.
    let no: String = exhibit.no.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("exhibits/{no}.{ending}")
}

const RUNNABLE: &[&str] = &[
    "exe", "com", "bat", "cmd", "scr", "pif", "msi", "js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1", "lnk", "hta",
    "reg", "jar", "cpl", "url", "sh", "desktop", "app", "html", "htm", "svg",
];

fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric()) {
        ending
    } else {
        "bin".to_owned()
    }
}
