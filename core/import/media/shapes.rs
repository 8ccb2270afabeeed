//! The shapes of file names, one line for each program that writes them. The groups of a pattern are `t` (digits of the
//! time, in the order of the form), `n` (number), `c` (contact), `d` (direction), `z` (offset), `s` (screen), `h` (a
//! twelve-hour clock's half). The first shape that fits and whose time is one decides.

use crate::model::{Screen, words};
use regex::Regex;
use std::sync::LazyLock;

words!(
    /// The program that wrote a name.
    WrittenBy {
        /// Xiaomi's recorder of calls.
        Miui = "miui",
        /// Samsung's.
        Samsung = "samsung",
        /// OnePlus's and OPPO's.
        Oneplus = "oneplus",
        /// Huawei's.
        Huawei = "huawei",
        /// LG's.
        Lg = "lg",
        /// Cube ACR.
        CubeAcr = "cube_acr",
        /// Basic Call Recorder.
        Bcr = "bcr",
        /// Call Recorder by axet.
        Axet = "axet",
        /// Asterisk, FreePBX, Issabel.
        Asterisk = "asterisk",
        /// Yeastar.
        Yeastar = "yeastar",
        /// RingCentral.
        RingCentral = "ring_central",
        /// Android as Google makes it.
        Android = "android",
        /// Xiaomi's screenshots.
        Xiaomi = "xiaomi",
        /// Windows.
        Windows = "windows",
        /// macOS.
        Macos = "macos",
        /// iOS; its names tell no time.
        Ios = "ios",
        /// Telegram: a messenger.
        Telegram = "telegram",
        /// WhatsApp: a messenger.
        Whatsapp = "whatsapp",
        /// Viber: a messenger.
        Viber = "viber",
        /// Signal: a messenger.
        Signal = "signal",
        /// Facebook and its messenger.
        Facebook = "facebook",
    }
);

impl WrittenBy {
    /// Whether it is a messenger: it renames and compresses what it passes on.
    #[must_use]
    pub fn is_messenger(self) -> bool {
        matches!(self, Self::Telegram | Self::Whatsapp | Self::Viber | Self::Signal | Self::Facebook)
    }
}

/// How the digits of the time are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Year of four digits first.
    Ymd,
    /// Year of two digits first.
    ShortYmd,
    /// Day first.
    Dmy,
    /// No time in the name.
    None,
}

/// A shape of names.
pub(super) struct Shape {
    /// Who writes it.
    pub(super) by: WrittenBy,
    /// Order of the digits.
    pub(super) form: Form,
    /// Whether a recorder writes it: no picture is named like that but by chance.
    pub(super) records: bool,
    pattern: &'static str,
}

const fn shape(by: WrittenBy, form: Form, pattern: &'static str) -> Shape {
    Shape { by, form, records: false, pattern }
}

const fn recorder(by: WrittenBy, form: Form, pattern: &'static str) -> Shape {
    Shape { by, form, records: true, pattern }
}

use Form::{Dmy, None as Timeless, ShortYmd, Ymd};
use WrittenBy as By;

/// Narrow shapes first.
const SHAPES: [Shape; 36] = [
    // Messengers, before everything that would take their time for that of the capture.
    shape(
        By::Telegram,
        Ymd,
        r"(?i)^(?:\d+_)?(?:photo|video|audio|voice|file|animation|sticker|image|picture|фото|видео|изображение|аудио|файл)_(?:\d+_)?(?P<t>\d{4}-\d\d-\d\d[_ ]\d\d[-.]\d\d[-.]\d\d)",
    ),
    shape(
        By::Telegram,
        Dmy,
        r"(?i)^(?:\d+_)?(?:photo|video|audio|voice|file|image)_(?:\d+[@_])?(?P<t>\d\d-\d\d-\d{4}[_ ]\d\d[-.]\d\d[-.]\d\d)",
    ),
    shape(By::Whatsapp, Ymd, r"^(?:IMG|VID|AUD|PTT|STK|DOC)-(?P<t>\d{8})-WA\d+"),
    shape(
        By::Whatsapp,
        Ymd,
        r"(?i)^(?:WhatsApp [\p{L} ]+|[\p{L} ]+ WhatsApp) (?P<t>\d{4}-\d\d-\d\d (?:at|в) \d{1,2}[.-]\d\d[.-]\d\d)(?: (?P<h>[AaPp]\.?[Mm]))?",
    ),
    // A chat saved by an iPhone numbers what it holds.
    shape(By::Whatsapp, Ymd, r"(?i)^(?:\d{1,10}-)?(?:PHOTO|VIDEO|AUDIO|GIF|STICKER|DOCUMENT)-(?P<t>\d{4}(?:-\d\d){5})"),
    shape(
        By::Viber,
        Ymd,
        r"(?i)^(?:viber[ _][\p{L} ]+|[\p{L} ]+[ _]viber)[ _](?P<t>\d{4}-\d\d-\d\d[ _,]+\d\d[.-]\d\d[.-]\d\d)",
    ),
    shape(By::Signal, Ymd, r"(?i)^signal-(?P<t>\d{4}-\d\d-\d\d-\d\d-?\d\d-?\d\d)"),
    // An epoch of the server: nothing of it is said, and nothing is believed.
    shape(By::Facebook, Timeless, r"^(?:FB_IMG_|FB_VID_|received_)\d{10,17}"),
    // Recordings.
    recorder(
        By::CubeAcr,
        Ymd,
        r"^(?P<t>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) \([a-z]+\) ?(?P<c>.*?) ?\((?P<n>[+\d*#]+)\) ?(?P<d>[↗↙])?",
    ),
    recorder(By::CubeAcr, Ymd, r"^(?P<t>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) \([a-z]+\) ?(?P<c>[^↗↙]*?) ?(?P<d>[↗↙])?$"),
    recorder(By::CubeAcr, Ymd, r"^(?:phone|whatsapp|telegram|viber|skype)_(?P<t>\d{8}-\d{6})_(?P<n>[^_]+)"),
    recorder(
        By::Bcr,
        Ymd,
        r"^(?P<t>\d{8}_\d{6})(?:\.\d+)?(?P<z>[+-]\d{4})(?:_(?P<d>in|out|conference))?(?:_sim\d+)?(?:_(?P<n>\+?\d{3,20}))?(?:_(?P<c>.+))?$",
    ),
    recorder(By::Miui, Ymd, r"^(?:[^@]*@)?(?P<n>\d{2,6})\((?P<c>[^()]*\p{L}[^()]*)\)_(?P<t>20\d{6,12})"),
    recorder(By::Miui, Ymd, r"^(?:[^@]*@)?(?P<c>.*?)\((?P<n>[+0-9ps*]{2,20})\)(?:_.*)?_(?P<t>20\d{6,12})"),
    recorder(
        By::Miui,
        Ymd,
        r"(?i)^(?:вызов|звонок|call|通话录音|通话)@(?P<n>[+0-9ps*]{2,20})_(?:.*_)?(?P<t>20\d{6,12})",
    ),
    recorder(By::Huawei, Ymd, r"^(?P<c>[^@]*)@(?P<n>\+?[0-9*#]{2,20})_(?P<t>20\d{12})"),
    recorder(By::Huawei, Ymd, r"^(?P<n>\+?[0-9*#]{3,15})_(?P<t>20\d{12})"),
    recorder(By::Huawei, Dmy, r"^(?P<n>\+?\d{3,15})[_ ](?P<t>\d\d-\d\d-20\d\d_\d\d-\d\d)"),
    recorder(By::Huawei, Dmy, r"^(?P<c>.+?)[_ ](?P<t>\d\d-\d\d-20\d\d_\d\d-\d\d)"),
    recorder(By::Lg, Ymd, r"^[01]d(?P<t>\d{14})p(?:(?P<n>\+?\d+)|null)"),
    recorder(By::RingCentral, Ymd, r"^(?P<t>\d{8}-\d{6})(?:_\d{1,6})?_(?P<n>\+?\d{7,15})_(?P<d>Outgoing|Incoming)_"),
    recorder(By::Asterisk, Ymd, r"^(?P<d>out)-(?P<n>[^-]+)-[^-]+-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    recorder(By::Asterisk, Ymd, r"^(?P<d>in)-[^-]+-(?P<n>[^-]+)-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    recorder(By::Asterisk, Ymd, r"^[a-z]+-(?P<n>[+\dX*]{7,})-[^-]+-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    recorder(By::Asterisk, Ymd, r"^[a-z]+-[^-]+-(?P<n>[^-]+)-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    recorder(By::Yeastar, Ymd, r"^(?P<t>\d{14})-\d+\.\d+-[^-]+-(?P<n>[^-]+)-(?P<d>Outbound|Outgoing)"),
    recorder(By::Yeastar, Ymd, r"^(?P<t>\d{14})-\d+\.\d+-(?P<n>[^-]+)-[^-]+-(?:(?P<d>Inbound|Incoming)|Internal)"),
    recorder(
        By::Samsung,
        ShortYmd,
        r"(?i)^(?:call recording|запись (?:вызова|звонка|разговора)) (?P<c>.+)_(?P<t>\d{6}_\d{6})(?:\D|$)",
    ),
    // Screenshots.
    shape(By::Xiaomi, Ymd, r"^Screenshot_(?P<t>\d{4}(?:-\d\d){5})-\d{3}_(?P<s>[A-Za-z][\w.]+)"),
    shape(By::Oneplus, Ymd, r"^Screenshot_(?P<t>\d{4}(?:-\d\d){5})(?:-\d{1,3})?(?:_[0-9a-f]{32})?"),
    shape(By::Android, Ymd, r"^Screenshot_(?P<t>\d{8}-\d{6})(?:_(?P<s>.+))?"),
    shape(By::Samsung, Ymd, r"^Screenshot_(?P<t>\d{8}_\d{6})(?:_(?P<s>.+))?"),
    shape(By::Windows, Ymd, r"^(?:Снимок экрана|Screenshot) (?P<t>\d{4}-\d\d-\d\d \d{6})"),
    shape(
        By::Macos,
        Ymd,
        r"^(?:Снимок экрана|Screenshot|Screen Shot) (?P<t>\d{4}-\d\d-\d\d (?:в|at) \d{1,2}\.\d\d\.\d\d)(?: (?P<h>[AaPp][Mm]))?",
    ),
    shape(By::Ios, Timeless, r"^IMG_E?\d{4,5}$"),
    // A contact and the minute: after all that it could be mistaken for.
    recorder(By::Oneplus, ShortYmd, r"^(?P<c>.+)-(?P<t>\d{10})$"),
];

/// The shapes with their patterns compiled; a test makes sure that none is left out.
static COMPILED: LazyLock<Vec<(&'static Shape, Regex)>> =
    LazyLock::new(|| SHAPES.iter().filter_map(|s| Some((s, Regex::new(s.pattern).ok()?))).collect());

/// The shapes in order.
pub(super) fn shapes() -> impl Iterator<Item = (&'static Shape, &'static Regex)> {
    COMPILED.iter().map(|(shape, regex)| (*shape, regex))
}

/// Words of a name that only who records a call or takes a picture of a screen writes.
static CAPTURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:^|[^\p{L}])(?:screen ?shots?|screen ?record(?:er|ing)?|screen ?cast|screen|скриншот|скрин|снимок экрана|запись экрана|rec|record|recording|recorder|запись|calls?|вызов|звонок|разговор|anruf|диктофон)(?:[^\p{L}]|$)",
    )
    .ok()
});

/// A camera's own name, with nothing that a messenger adds when it keeps a picture under a name like that.
static CAMERA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:PXL_\d{8}_\d{9}|(?:IMG|VID|MVIMG|PANO|BURST)_\d{8}_\d{6}(?:_(?:HDR|PORTRAIT|NIGHT))?$)").ok()
});

/// The messengers by the words of a name, wherever they stand.
static MESSENGERS: LazyLock<Vec<(WrittenBy, Regex)>> = LazyLock::new(|| {
    [
        (By::Telegram, "telegram|телеграм"),
        (By::Whatsapp, "whatsapp|вотсап|ватсап"),
        (By::Viber, "viber|вайбер"),
        (By::Signal, "signal"),
        (By::Facebook, "facebook|messenger|fb"),
    ]
    .into_iter()
    .filter_map(|(by, words)| {
        Some((by, Regex::new(&format!(r"(?i)(?:^|[^\p{{L}}])(?:{words})(?:[^\p{{L}}]|$)")).ok()?))
    })
    .collect()
});

/// Whether a name of no known shape says that it was given when a call was recorded, or a picture taken.
pub(super) fn tells_of_a_capture(stem: &str) -> bool {
    [&CAPTURES, &CAMERA].into_iter().any(|words| words.as_ref().is_some_and(|regex| regex.is_match(stem)))
}

/// The messenger that a name of no known shape mentions.
pub(super) fn messenger(stem: &str) -> Option<WrittenBy> {
    MESSENGERS.iter().find(|(_, regex)| regex.is_match(stem)).map(|(by, _)| *by)
}

/// What a screenshot's package or label says of the screen.
pub(super) fn screen(text: &str) -> Screen {
    let text = text.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if is(&["incallui", "call ui", "callui", "incall", "экран вызова"]) {
        Screen::Call
    } else if is(&["com.android.contacts", "dialer", "com.android.phone", "телефон", "phone", "контакты", "contacts"])
    {
        Screen::CallList
    } else {
        Screen::Other
    }
}

#[cfg(test)]
mod tests {
    use super::{CAMERA, CAPTURES, COMPILED, MESSENGERS, SHAPES};

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), SHAPES.len());
        assert!(CAPTURES.is_some() && CAMERA.is_some());
        assert_eq!(MESSENGERS.len(), 5);
    }
}
