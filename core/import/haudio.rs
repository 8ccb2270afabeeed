//! Pages of single calls, as Google Voice gives them: marks of the hAudio form (`class="haudio"`) say what a piece of
//! the page means. Only tags and their attributes are looked at; nothing of the page is run or fetched.

use super::ReadSeek;
use super::csv::unreadable;
use super::encoding::read_within;
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use super::xml::{for_attributes, unescape};
use crate::error::{Code, Result};
use crate::model::RowPlace;
use encoding_rs::Encoding;
use std::io::SeekFrom;

/// A page of a call has a few thousand bytes.
const MAX_PAGE: u64 = 16 << 20;

/// What a page says of a call, each in the column of its name.
pub(super) const NAMES: [&str; 5] = ["title", "tel", "name", "published", "duration"];
const TITLE: usize = 0;
const TEL: usize = 1;
const NAME: usize = 2;
const PUBLISHED: usize = 3;
const DURATION: usize = 4;

/// Whether a page has such a mark.
pub(super) fn is_marked(head: &[u8]) -> bool {
    [b"class=\"haudio".as_slice(), b"class='haudio"].iter().any(|mark| memchr::memmem::find(head, mark).is_some())
}

/// A page.
pub(super) struct Page<'f> {
    file: &'f mut dyn ReadSeek,
    encoding: &'static Encoding,
}

impl<'f> Page<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding) -> Self {
        Self { file, encoding }
    }
}

impl RowReader for Page<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let bytes = read_within(&mut *self.file, MAX_PAGE, Code::FileUnreadable)?;
        let (text, ..) = self.encoding.decode(&bytes);
        let mut row = RawRow::named(NAMES.map(str::to_owned).to_vec());
        let mut found: Option<[Option<String>; NAMES.len()]> = None;
        let (mut count, mut in_tel) = (0, false);
        let mut page_title = String::new();
        let mut hand_over = |mut cells: [Option<String>; NAMES.len()], page_title: &str| {
            // Where a call has only the other's name for a title, the page's own says which way it went.
            if cells[TITLE].as_ref().is_none_or(|title| page_title.contains(title.as_str())) && !page_title.is_empty() {
                cells[TITLE] = Some(page_title.to_owned());
            }
            count += 1;
            row.clear();
            row.place = RowPlace { sheet: 0, row: count, offset: 0, length: 0 };
            for (column, cell) in cells.iter().enumerate() {
                if let Some(cell) = cell {
                    row.set(column, cell);
                }
            }
            take(&row)
        };
        for (tag, behind) in tags(&text) {
            if tag.starts_with("/a") {
                in_tel = false;
            }
            if tag.eq_ignore_ascii_case("title") {
                let mut shown = String::new();
                unescape(behind, &mut shown);
                page_title = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            let (mut class, mut title, mut href) = (String::new(), String::new(), String::new());
            for_attributes(tag, |name, value| match name {
                "class" => unescape(value, &mut class),
                "title" => unescape(value, &mut title),
                "href" => unescape(value, &mut href),
                _ => {}
            });
            let is = |word: &str| class.split_ascii_whitespace().any(|found| found == word);
            if is("haudio")
                && let Some(cells) = found.replace(Default::default())
                && hand_over(cells, &page_title)? != Flow::Next
            {
                return Ok(0);
            }
            let Some(cells) = &mut found else { continue };
            let mut say = |column: usize, text: &str| {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                // What a page says first of a call is its own; a transcript may follow.
                cells[column].get_or_insert(text);
            };
            if is("tel") {
                in_tel = true;
                say(TEL, href.strip_prefix("tel:").unwrap_or(&href));
            } else if is("published") {
                say(PUBLISHED, &title);
            } else if is("duration") {
                say(DURATION, &title);
            } else if is("fn") {
                let mut shown = String::new();
                unescape(behind, &mut shown);
                // A number stands in place of a name that is not known.
                let is_number = !shown.chars().any(char::is_alphabetic);
                match in_tel {
                    true if is_number => {}
                    true => say(NAME, &shown),
                    false => say(TITLE, &shown),
                }
            }
        }
        if let Some(cells) = found {
            hand_over(cells, &page_title)?;
        }
        Ok(0)
    }
}

/// Every tag without its brackets, and the text behind it up to the next.
fn tags(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('<').skip(1).filter_map(|piece| piece.split_once('>'))
}
