//! The typesetter: Cyrillic, reproducible, blind to the file system.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ulika::error::Code;
use ulika::typesetting::Typesetter;
use ulika_typeset::TypstTypesetter;

#[test]
fn the_same_source_and_clock_give_the_same_pdf() {
    let source = "#set text(font: \"PT Serif\", lang: \"ru\")\n#(\"Хронология № 1, ₽\")";
    let pdf = |now| TypstTypesetter.pdf(source, now).unwrap();
    let first = pdf(1_795_445_100);
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, pdf(1_795_445_100));
    assert_ne!(first, pdf(1_795_445_101), "the clock is the date in the file");
}

#[test]
fn what_no_font_has_is_printed_as_its_number() {
    let pdf = |text: &str| TypstTypesetter.pdf(&format!("#set text(font: \"PT Serif\")\n#(\"{text}\")"), 0).unwrap();
    assert_eq!(pdf("🚫"), pdf("\u{200b}[U+1F6AB]\u{200b}"));
    assert_ne!(pdf("🚫"), pdf("🚷"), "two emoji are not alike on paper");
}

#[test]
fn a_source_that_reads_a_file_does_not_compile() {
    for source in ["#read(\"/etc/passwd\")", "#include \"x.typ\"", "#image(\"x.png\")", "#import \"@preview/x:1.0.0\""]
    {
        let error = TypstTypesetter.pdf(source, 0).expect_err(source);
        assert_eq!(error.code, Code::Internal, "{source}");
    }
}
