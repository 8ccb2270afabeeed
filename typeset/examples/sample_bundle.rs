//! Writes a full and a scoped bundle of an invented case, for checks with other people's programs:
//! `cargo run -p ulika-typeset --example sample_bundle -- FOLDER [CALLS]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs, dead_code)]

#[path = "../../tests/bundle/support.rs"]
mod support;

use std::fs::File;
use std::path::PathBuf;
use ulika::bundle;
use ulika::model::Contents;
use ulika::progress::Silent;
use ulika_typeset::TypstTypesetter;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let calls = arguments.next().map_or(412, |text| text.parse().expect("a number of calls"));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, (dossier, shelf)) in [("full", support::sample(calls)), ("scoped", support::scoped(calls))] {
        let path = folder.join(format!("{name}.zip"));
        let mut out = File::create(&path).unwrap();
        let written =
            bundle::write(&dossier, &shelf, Contents::Originals, &TypstTypesetter, &mut out, &Silent).unwrap();
        let answer = bundle::verify(&mut File::open(&path).unwrap(), &Silent).unwrap();
        println!("{} {} {} files, valid: {}", path.display(), written.code, written.files, answer.valid);
        assert_eq!(answer.differences, []);
    }
}
