//! Everything that typst sees: one source, the pictures that it calls for, five fonts, one date. No file can be opened
//! from it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use ulika::typesetting::Picture;

/// PT Serif and PT Sans; their licence lies beside them.
static FACES: [&[u8]; 5] = [
    include_bytes!("../fonts/PTF55F.ttf"),
    include_bytes!("../fonts/PTF56F.ttf"),
    include_bytes!("../fonts/PTF75F.ttf"),
    include_bytes!("../fonts/PTS55F.ttf"),
    include_bytes!("../fonts/PTS75F.ttf"),
];

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The source with every character that no font here has written out by its number: `[U+1F6AB]`, never as an empty box.
/// Only texts of others hold such characters, and those stand in string literals.
pub(crate) fn printable(source: &str) -> Cow<'_, str> {
    let prints = |letter: char| {
        letter.is_whitespace()
            // Set by every font from what it has: hyphens, and a place to break at.
            || matches!(letter, '\u{2010}' | '\u{2011}' | '\u{200b}' | '\u{ad}')
            || FONTS.fonts.iter().any(|font| font.info().coverage.contains(letter as u32))
    };
    if source.chars().all(prints) {
        return Cow::Borrowed(source);
    }
    let mut printable = String::with_capacity(source.len() + 64);
    for letter in source.chars() {
        match letter {
            // They choose how the character before them is drawn, and are no text.
            '\u{fe0e}' | '\u{fe0f}' => {}
            letter if prints(letter) => printable.push(letter),
            // Writing to a string cannot fail. May be broken from its neighbours.
            letter => drop(write!(printable, "\u{200b}[U+{:04X}]\u{200b}", letter as u32)),
        }
    }
    Cow::Owned(printable)
}

/// A world of one source and its pictures.
pub(crate) struct OneSource {
    source: Source,
    pictures: HashMap<String, Bytes>,
    now: Option<Datetime>,
}

impl OneSource {
    pub(crate) fn new(text: &str, pictures: &[Picture], now: Option<Datetime>) -> Self {
        // A drawing holds texts, which are printed as those of the source are.
        let bytes = |p: &Picture| match std::str::from_utf8(&p.bytes) {
            Ok(drawing) if p.name.ends_with(".svg") => printable(drawing).into_owned().into_bytes(),
            _ => p.bytes.clone(),
        };
        let held = pictures.iter().map(|p| (p.name.clone(), Bytes::new(bytes(p)))).collect();
        Self { source: Source::detached(printable(text)), pictures: held, now }
    }
}

impl World for OneSource {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.pictures.get(id.get().vpath().get_without_slash()).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.now
    }
}

/// Unix seconds as a date and time in UTC; `None` beyond the years that a PDF can state.
pub(crate) fn datetime(now: i64) -> Option<Datetime> {
    let (days, second) = (now.div_euclid(86_400), now.rem_euclid(86_400));
    // Days since 0000-03-01, in eras of 400 years (146,097 days).
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Datetime::from_ymd_hms(
        i32::try_from(year).ok().filter(|year| (1..=9_999).contains(year))?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
        u8::try_from(second / 3_600).ok()?,
        u8::try_from(second / 60 % 60).ok()?,
        u8::try_from(second % 60).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::{datetime, printable};
    use typst::foundations::Datetime;

    #[test]
    fn no_character_is_an_empty_box() {
        let check = |text: &str, printed: &str| assert_eq!(printable(text).replace('\u{200b}', ""), printed, "{text}");
        check("Хронология № 1, ₽\u{a0}5 — «é» + ёйї", "Хронология № 1, ₽\u{a0}5 — «é» + ёйї");
        check("+7\u{a0}907\u{2011}00", "+7\u{a0}907\u{2011}00");
        check("🚫 ₸", "[U+1F6AB] [U+20B8]");
        check("☎\u{fe0f}", "[U+260E]");
        check("שלום 通", "[U+05E9][U+05DC][U+05D5][U+05DD] [U+901A]");
    }

    #[test]
    fn unix_seconds_are_dates() {
        let check = |now, y, m, d, h, min, s| {
            assert_eq!(datetime(now), Datetime::from_ymd_hms(y, m, d, h, min, s), "{now}");
        };
        check(0, 1970, 1, 1, 0, 0, 0);
        check(-1, 1969, 12, 31, 23, 59, 59);
        check(951_782_399, 2000, 2, 28, 23, 59, 59);
        check(951_782_400, 2000, 2, 29, 0, 0, 0);
        check(1_795_445_100, 2026, 11, 23, 14, 45, 0);
        assert_eq!(datetime(i64::MAX), None);
    }
}
