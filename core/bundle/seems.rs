//! Whether a zip is meant as a bundle, by the names in it and nothing else.

use super::ReadSeek;
use std::io::SeekFrom;

/// Tag files: no other archive has them.
const TAGS: [&str; 4] = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt"];

/// Whether a file is a bundle, however damaged, and no archive of something else: one of the names in it is that of a tag
/// file. Of a zip that does not open nothing is known; verification says what is wrong with it.
pub fn is_meant_as_bundle(file: &mut dyn ReadSeek) -> bool {
    let opened = file.seek(SeekFrom::Start(0)).ok().and_then(|_| zip::ZipArchive::new(file).ok());
    let Some(archive) = opened else { return true };
    let is_tag = |name: &str| name.rsplit(['/', '\\']).next().is_some_and(|last| TAGS.contains(&last));
    archive.file_names().any(|name| name.is_ok_and(|name| is_tag(&name)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn packed(names: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(b"x").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_tag_file_makes_a_bundle_and_a_table_does_not() {
        for (names, bundle) in [
            (["ulika_20250903_K7QF/bagit.txt", "ulika_20250903_K7QF/data/x.csv"], true),
            (["a/manifest-sha512.txt", "a/b"], true),
            (["detail.csv", "readme.txt"], false),
            (["calllog.db", "calllog.db-wal"], false),
            (["not-bagit.txt", "x"], false),
        ] {
            assert_eq!(is_meant_as_bundle(&mut Cursor::new(packed(&names))), bundle, "{names:?}");
        }
        let mut cut = packed(&["detail.csv"]);
        cut.truncate(cut.len() / 2);
        assert!(is_meant_as_bundle(&mut Cursor::new(cut)), "damaged: verification tells");
        assert!(is_meant_as_bundle(&mut Cursor::new(b"no zip".to_vec())));
    }
}
