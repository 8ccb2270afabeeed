//! Pictures for paper: one exhibit a page, or a piece of a tall one, with its number, name, digest and time of capture, as a source of typst.

use super::content::Content;
use super::paper::{literal, literal_uncut};
use crate::model::Zone;
use std::fmt::Write;

const PREAMBLE: &str = include_str!("pictures.typ");

/// A page: which exhibit of the dossier, and under which name the typesetter finds its picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PicturePage {
    /// Position among the exhibits of the dossier.
    pub exhibit: usize,
    /// Name of the picture; `None` where it cannot be drawn.
    pub picture: Option<String>,
    /// Number of the page among all pages of all parts.
    pub page: usize,
    /// Which piece of the picture it shows, of how many: a tall one is cut.
    pub piece: (usize, usize),
}

/// The typst source of some pages out of `all`.
pub(in crate::bundle) fn source(content: &Content<'_>, home: &Zone, pages: &[PicturePage], all: usize) -> String {
    let told: Vec<[String; 5]> = content.exhibits(home).collect();
    let mut text = String::with_capacity(PREAMBLE.len() + 600 * pages.len());
    text.push_str(PREAMBLE);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "#show: pictures.with(code: {})", literal(content.code));
    for page in pages {
        let Some([no, name, kind, shows, sha256]) = told.get(page.exhibit) else { continue };
        let no = match page.piece {
            (_, 1) => no.clone(),
            (piece, of) => format!("{no} · часть {piece} из {of}"),
        };
        let picture = page.picture.as_deref().map_or_else(|| "none".to_owned(), literal_uncut);
        let _ = writeln!(
            text,
            "#exhibit({}, {}, {}, {}, {}, {picture}, {}, {all})",
            literal(&no),
            literal(name),
            literal(kind),
            literal(shows),
            literal(sha256),
            page.page,
        );
    }
    text
}
