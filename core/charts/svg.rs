//! A chart as SVG, for the report: everything escaped, no script, no address, presentation attributes only, and the same
//! bytes for the same chart. On paper it is light; colours are those of the light window.

use super::{Anchor, Chart, Ink, Paint, Shape};
use std::fmt::Write;

/// The colour of an ink on paper: what `ui/src/tokens.css` says of the light window, and black on white for ink.
#[must_use]
pub const fn colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Ink => "#1e2322",
        Ink::Soft => "#59605e",
        Ink::Line => "#c9c5bc",
        Ink::Sheet => "#ffffff",
        Ink::Group0 => "#2f6f9f",
        Ink::Group1 => "#b5651d",
        Ink::Group2 => "#4f7f3a",
        Ink::Group3 => "#8a4a8f",
        Ink::Group4 => "#b0413e",
        Ink::Group5 => "#3d7d7b",
        Ink::Group6 => "#8c7420",
        Ink::Group7 => "#5b5f97",
    }
}

/// Writes a chart. `name` tells its patterns and texts from those of other charts on one page. A chart that draws nothing
/// is an empty text.
#[must_use]
pub fn svg(chart: &Chart, name: &str) -> String {
    if chart.shapes.is_empty() {
        return String::new();
    }
    let mut out = String::with_capacity(96 * chart.shapes.len() + 1024);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         aria-labelledby=\"{name}-title {name}-desc\" font-family=\"PT Sans, Arial, sans-serif\" font-size=\"11\">\
         <title id=\"{name}-title\">{}</title><desc id=\"{name}-desc\">{}</desc>",
        escaped(&chart.title),
        escaped(&chart.lead),
        w = chart.width,
        h = chart.height,
    );
    if !chart.tiles.is_empty() {
        out.push_str("<defs>");
        for (at, tile) in chart.tiles.iter().enumerate() {
            let turned = if tile.turned { " patternTransform=\"rotate(45)\"" } else { "" };
            let _ = write!(
                out,
                "<pattern id=\"{name}-{at}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\"{turned}>",
                side = tile.side
            );
            tile.shapes.iter().for_each(|shape| write_shape(&mut out, shape, name));
            out.push_str("</pattern>");
        }
        out.push_str("</defs>");
    }
    chart.shapes.iter().for_each(|shape| write_shape(&mut out, shape, name));
    out.push_str("</svg>");
    out
}

fn fill(paint: &Paint, name: &str) -> String {
    let colour = match paint.tile {
        Some(tile) => format!("url(#{name}-{tile})"),
        None => colour(paint.ink).to_owned(),
    };
    let opacity = of_hundred(" fill-opacity", paint.percent);
    format!("fill=\"{colour}\"{opacity}")
}

fn of_hundred(attribute: &str, percent: u8) -> String {
    if percent >= 100 { String::new() } else { format!("{attribute}=\"{}\"", f64::from(percent) / 100.0) }
}

fn write_shape(out: &mut String, shape: &Shape, name: &str) {
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Rect { x, y, width, height, paint, edged } => {
            let edge = if *edged { format!(" stroke=\"{}\"", colour(paint.ink)) } else { String::new() };
            let fill = fill(paint, name);
            write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {fill}{edge}/>")
        }
        Shape::Line { x1, y1, x2, y2, paint, thick } => {
            let opacity = of_hundred(" stroke-opacity", paint.percent);
            let ink = colour(paint.ink);
            write!(
                out,
                "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{ink}\" stroke-width=\"{thick}\"{opacity}/>"
            )
        }
        Shape::Disc { x, y, r, paint } => {
            write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" {}/>", fill(paint, name))
        }
        Shape::Text { x, y, text: said, ink, anchor, strong } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let weight = if *strong { " font-weight=\"bold\"" } else { "" };
            write!(out, "<text x=\"{x}\" y=\"{y}\" fill=\"{}\"{anchor}{weight}>{}</text>", colour(*ink), escaped(said))
        }
    };
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no place for them.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
