//! PDF of reports and letters. The only crate that knows typst: a world of one source, fonts of its own, no files and
//! no network.

mod world;

use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use ulika::error::{Code, Error, Result};
use ulika::typesetting::{Picture, Typesetter};
use world::OneSource;

/// Typesets with typst. Knows the fonts PT Serif and PT Sans, which are built in, and nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypstTypesetter;

impl Typesetter for TypstTypesetter {
    fn pdf(&self, source: &str, now: i64) -> Result<Vec<u8>> {
        self.pdf_with(source, &[], now)
    }

    fn pdf_with(&self, source: &str, pictures: &[Picture], now: i64) -> Result<Vec<u8>> {
        let moment = world::datetime(now);
        let world = OneSource::new(source, pictures, moment);
        let document = typst::compile::<PagedDocument>(&world).output.map_err(|errors| fault(&errors))?;
        let options = PdfOptions {
            timestamp: moment.map(Timestamp::new_utc),
            // Tags make a long table twelve times as large.
            tagged: false,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| fault(&errors));
        // What one document left in typst's memory is of no use to the next.
        comemo_evict();
        pdf
    }
}

fn fault(errors: &[typst::diag::SourceDiagnostic]) -> Error {
    // The message of typst names no text of the case: those are literals.
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Error::new(Code::Internal).because(messages.join("; "))
}

fn comemo_evict() {
    typst::comemo::evict(0);
}
