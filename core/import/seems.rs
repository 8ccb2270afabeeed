//! Words for what a file seems to be when it is not read.

use super::ReadSeek;
use super::encoding::fill;
use crate::error::{Code, Error};
use file_format::{FileFormat, Kind};
use std::io::SeekFrom;

/// The refusal of a file that is of no kind that is read.
pub(super) fn refusal(russian: &str, english: &str) -> Error {
    Error::new(Code::FormatUnknown).with("seems", russian).with("seems_en", english)
}

/// A log of a phone in a form whose columns cannot be set by hand.
pub(super) fn unmapped() -> Error {
    refusal(
        "журнал телефона, столбцы которого нельзя задать вручную",
        "a phone's log whose columns cannot be set by hand",
    )
}

/// A database of something else.
pub(super) fn no_calls() -> Error {
    refusal("база данных SQLite, в которой нет таблицы звонков", "an SQLite database without a table of calls")
}

/// A long file of spaces.
pub(super) fn nothing() -> Error {
    refusal("файл без содержания", "a file without content")
}

/// Kinds that are told by their first bytes although they may look like text.
pub(super) fn by_magic(head: &[u8]) -> Option<Error> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let words = if starts(b"{\\rtf") {
        ("документ RTF", "an RTF document")
    } else if starts(b"\x1F\x8B") {
        ("архив GZIP", "a GZIP archive")
    } else if starts(b"ID3") {
        ("звукозапись (MP3)", "a sound recording (MP3)")
    } else if starts(b"BEGIN:VCARD") {
        ("список контактов (vCard)", "a list of contacts (vCard)")
    } else {
        return None;
    };
    Some(refusal(words.0, words.1))
}

/// A compound file that is no old workbook: a new one under a password, a document; `None` for an old workbook.
pub(super) fn of_compound(file: &mut dyn ReadSeek, head: &[u8]) -> Option<Error> {
    let utf16 = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let named = |bytes: &[u8], name: &str| memchr::memmem::find(bytes, &utf16(name)).is_some();
    // The folder of streams stands at the beginning or at the end.
    let mut tail = vec![0; 64 * 1024];
    let size = file.seek(SeekFrom::End(0)).unwrap_or(0);
    let from = size.saturating_sub(tail.len() as u64);
    let read = file.seek(SeekFrom::Start(from)).and_then(|_| fill(file, &mut tail)).unwrap_or(0);
    tail.truncate(read);
    let any = |name: &str| named(head, name) || named(&tail, name);
    if any("EncryptedPackage") {
        Some(refusal("книга Excel под паролем", "an Excel workbook under a password"))
    } else if any("WordDocument") {
        Some(refusal("документ Word", "a Word document"))
    } else {
        None
    }
}

/// Anything else that is not text.
pub(super) fn by_content(head: &[u8]) -> Error {
    let format = FileFormat::from_bytes(head);
    let name = format.short_name().unwrap_or(format.name());
    let (russian, english) = match format.kind() {
        _ if format == FileFormat::ArbitraryBinaryData => {
            return refusal("двоичные данные неизвестного вида", "binary data of an unknown kind");
        }
        Kind::Image => ("изображение", "a picture"),
        Kind::Audio => ("звукозапись", "a sound recording"),
        Kind::Video => ("видеозапись", "a video recording"),
        Kind::Archive | Kind::Compressed | Kind::Package => ("архив", "an archive"),
        Kind::Database => ("база данных", "a database"),
        Kind::Document | Kind::Presentation | Kind::Spreadsheet | Kind::Ebook => ("документ", "a document"),
        Kind::Executable => ("программа", "a program"),
        _ => ("файл другого вида", "a file of another kind"),
    };
    refusal(&format!("{russian} ({name})"), &format!("{english} ({name})"))
}
