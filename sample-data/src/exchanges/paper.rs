//! Pages of a PDF, written by hand: texts at places, in the order given, in one of the fourteen fonts that every reader
//! has, with the letters of windows-1251 by their names. Nothing is packed, so that the file can be looked at.

use crate::Result;
use std::fmt::Write;

/// Width of every letter, in thousandths of its height.
const LETTER: u32 = 500;

/// A document that is being written.
#[derive(Default)]
pub struct Paper {
    pages: Vec<Vec<u8>>,
}

impl Paper {
    /// Begins a page of A4.
    pub fn page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// Draws a text: points from the left and from the top.
    ///
    /// # Errors
    /// When a letter is not in windows-1251.
    pub fn text(&mut self, left: f64, top: f64, size: f64, text: &str) -> Result<()> {
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1251.encode(text);
        if lossy {
            return Err(format!("a letter that windows-1251 lacks: {text}").into());
        }
        let page = self.pages.last_mut().ok_or("no page")?;
        page.extend(format!("BT /F1 {size} Tf 1 0 0 1 {left} {} Tm <", 842.0 - top).bytes());
        bytes.iter().for_each(|byte| page.extend(format!("{byte:02X}").bytes()));
        page.extend(b"> Tj ET\n");
        Ok(())
    }

    /// Width of a text in points.
    #[must_use]
    pub fn width(size: f64, text: &str) -> f64 {
        text.chars().count() as f64 * size * f64::from(LETTER) / 1000.0
    }

    /// The bytes of the document.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let count = self.pages.len();
        let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
        let mut objects: Vec<Vec<u8>> = vec![
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")).into_bytes(),
            font().into_bytes(),
        ];
        for (page, content) in self.pages.iter().enumerate() {
            let at = 4 + 2 * page;
            objects.push(
                format!(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                     /Resources << /Font << /F1 3 0 R >> >> >>",
                    at + 1
                )
                .into_bytes(),
            );
            let head = format!("<< /Length {} >>\nstream\n", content.len());
            objects.push([head.as_bytes(), content, b"endstream"].concat());
        }
        let mut bytes = b"%PDF-1.4\n".to_vec();
        let mut table = String::new();
        for (at, object) in objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", bytes.len());
            bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let (start, size) = (bytes.len(), objects.len() + 1);
        bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}").bytes());
        bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    }
}

/// Helvetica with Russian letters in their places of windows-1251.
fn font() -> String {
    let mut letters = String::from("168 /afii10023 184 /afii10071 185 /afii61352 192");
    for letter in 0..32 {
        // Ё stands in the row of capital letters of this list, after Е.
        let _ = write!(letters, " /afii{}", 10_017 + letter + usize::from(letter > 5));
    }
    for letter in 0..32 {
        let _ = write!(letters, " /afii{}", 10_065 + letter + usize::from(letter > 5));
    }
    let widths = vec![LETTER.to_string(); 224].join(" ");
    format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /LastChar 255 /Widths [{widths}] \
         /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{letters}] >> >>"
    )
}
