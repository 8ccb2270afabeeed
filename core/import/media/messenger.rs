//! How messengers name what they pass on. Such a name is looked for anywhere in a file's name, because people write words
//! and numbers before it and behind it, and what it tells is the time of saving whatever stands around it.

use super::name::Medium;
use super::shapes::{Form, WrittenBy, time_of};
use super::stamp::Stamp;
use regex::Regex;
use std::sync::LazyLock;

/// A shape of a messenger.
struct Shape {
    /// Whose, where the shape is of one alone.
    by: Option<WrittenBy>,
    form: Form,
    /// Whether only a picture is named so: of a sound it would be the name of a contact.
    pictures: bool,
    pattern: &'static str,
}

const fn of(by: WrittenBy, form: Form, pattern: &'static str) -> Shape {
    Shape { by: Some(by), form, pictures: false, pattern }
}

use Form::{Dmy, None as Timeless, Ymd};
use WrittenBy as By;

const SHAPES: [Shape; 12] = [
    of(By::Whatsapp, Ymd, r"[a-z]{3}-(?P<t>\d{8})-WA\d+"),
    // Mail and browsers put marks for the spaces.
    of(
        By::Whatsapp,
        Ymd,
        r"WhatsApp(?:[-_ +]+\p{L}+)*[-_ +]+(?P<t>\d{4}-\d\d-\d\d[-_ +]+\p{L}{1,3}[-_ +]+\d{1,2}[.:_-]\d\d[.:_-]\d\d)(?:[-_ +]?(?P<h>[AP]\.?M))?",
    ),
    // A chat saved by an iPhone numbers what it holds.
    of(By::Whatsapp, Ymd, r"(?:PHOTO|VIDEO|AUDIO|GIF|STICKER|DOCUMENT)-(?P<t>\d{4}(?:-\d\d){5})"),
    of(By::Viber, Ymd, r"viber(?:[-_ ]+\p{L}+)*[-_ ]+(?P<t>\d{4}-\d\d-\d\d[-_ ,]+\d\d[.-]\d\d[.-]\d\d)"),
    of(By::Signal, Ymd, r"signal-(?P<t>\d{4}-\d\d-\d\d-\d\d-?\d\d-?\d\d)"),
    // An epoch of the server: nothing of it is said, and nothing is believed.
    of(By::Facebook, Timeless, r"(?:FB_IMG_|FB_VID_|received_)\d{10,17}"),
    // Behind those that say whose they are: Telegram's tell only what the file is.
    of(
        By::Telegram,
        Ymd,
        r"(?:photo|video|audio|voice|file|animation|sticker|image|picture|gif|music|document|фото|видео|изображение|картинка|аудио|файл|голосовое|анимация|стикер|документ)(?:_(?:message|note|file|сообщение))?_(?:\d+[_@])?(?P<t>\d{4}-\d\d-\d\d[-_ ]\d\d[-.]\d\d(?:[-.]\d\d)?)",
    ),
    of(
        By::Telegram,
        Dmy,
        r"(?:photo|video|audio|voice|file|image|music|document)(?:_(?:message|note|file))?_(?:\d+[@_])?(?P<t>\d\d-\d\d-\d{4}[-_ ]\d\d[-.]\d\d(?:[-.]\d\d)?)",
    ),
    // Several write these: the one that is mentioned, if any.
    Shape {
        by: None,
        form: Ymd,
        pictures: false,
        pattern: r"(?:(?:voice|audio|video)[-_ ](?:message|note|msg)|photo|image|picture|audio|фото|изображение|картинка|аудио|голосовое(?:[-_ ]сообщение)?)[-_ ]+(?:\d+[-_@ ])?(?P<t>\d{4}-\d\d-\d\d[-_ T,]+\d\d[-._]\d\d(?:[-._]\d\d)?)",
    },
    Shape { by: None, form: Timeless, pictures: false, pattern: r"mmexport\d{10,17}" },
    Shape {
        by: None,
        form: Ymd,
        pictures: true,
        pattern: r"(?:vk|вк|max)_(?P<t>\d{4}-?\d\d-?\d\d[-_ ]\d\d[-.]?\d\d[-.]?\d\d)",
    },
    Shape {
        by: None,
        form: Ymd,
        pictures: true,
        pattern: r"^(?:vk|вк|max)[- ](?P<t>\d{4}-?\d\d-?\d\d[-_ ]\d\d[-.]?\d\d[-.]?\d\d)",
    },
];

static COMPILED: LazyLock<Vec<(&'static Shape, Regex)>> = LazyLock::new(|| {
    // No letter before it: a shape inside a word is another word.
    SHAPES
        .iter()
        .filter_map(|s| Some((s, Regex::new(&format!(r"(?i)(?:^|[^\p{{L}}])(?:{})", s.pattern)).ok()?)))
        .collect()
});

/// Who passed the file on, and when it was saved, where a name holds a messenger's shape. Digits that are no time do not
/// make it another's.
pub(super) fn passed_on(stem: &str, medium: Medium) -> Option<(Option<WrittenBy>, Option<Stamp>)> {
    let mut saved = None;
    for (shape, regex) in COMPILED.iter().filter(|(shape, _)| medium == Medium::Picture || !shape.pictures) {
        let Some(found) = regex.captures(stem) else { continue };
        let time = time_of(&found, shape.form);
        let by = shape.by.or_else(|| mentioned(stem).map(|(by, _)| by));
        if time.is_some() || shape.form == Timeless {
            return Some((by, time));
        }
        saved = saved.or(Some((by, None)));
    }
    saved
}

/// The messengers by the words of a name, wherever they stand.
static WORDS: LazyLock<Vec<(WrittenBy, Regex)>> = LazyLock::new(|| {
    [
        (By::Telegram, "telegram|телеграмм?"),
        (By::Whatsapp, "whatsapp|вотсап|ватсап"),
        (By::Viber, "viber|вайбер"),
        (By::Signal, "signal"),
        (By::Facebook, "facebook|messenger|fb"),
    ]
    .into_iter()
    .filter_map(|(by, words)| {
        Some((by, Regex::new(&format!(r"(?i)(?:^|[^\p{{L}}])(?P<w>{words})(?:[^\p{{L}}]|$)")).ok()?))
    })
    .collect()
});

/// The messenger that a name of no known shape mentions first, and where.
pub(super) fn mentioned(stem: &str) -> Option<(WrittenBy, usize)> {
    let all = WORDS.iter().filter_map(|(by, regex)| Some((*by, regex.captures(stem)?.name("w")?.start())));
    all.min_by_key(|(_, at)| *at)
}

#[cfg(test)]
#[path = "messenger_tests.rs"]
mod tests;
