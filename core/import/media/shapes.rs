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
    }
);

impl WrittenBy {
    /// Whether it is a messenger: it renames and compresses what it passes on.
    #[must_use]
    pub fn is_messenger(self) -> bool {
        matches!(self, Self::Telegram | Self::Whatsapp | Self::Viber)
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
    pattern: &'static str,
}

const fn shape(by: WrittenBy, form: Form, pattern: &'static str) -> Shape {
    Shape { by, form, pattern }
}

use Form::{Dmy, None as Timeless, ShortYmd, Ymd};
use WrittenBy as By;

/// Narrow shapes first.
const SHAPES: [Shape; 33] = [
    // Messengers, before everything that would take their time for that of the capture.
    shape(
        By::Telegram,
        Ymd,
        r"^(?:photo|video|audio|voice|file|animation|sticker)_(?P<t>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)",
    ),
    shape(By::Telegram, Dmy, r"^(?:photo|video|audio|voice|file)_\d+@(?P<t>\d\d-\d\d-\d{4}_\d\d-\d\d-\d\d)"),
    shape(By::Whatsapp, Ymd, r"^(?:IMG|VID|AUD|PTT|STK|DOC)-(?P<t>\d{8})-WA\d+"),
    shape(
        By::Whatsapp,
        Ymd,
        r"^WhatsApp [\p{L} ]+ (?P<t>\d{4}-\d\d-\d\d (?:at|в) \d{1,2}[.-]\d\d[.-]\d\d)(?: (?P<h>[AaPp]\.?[Mm]))?",
    ),
    shape(By::Viber, Ymd, r"(?i)^viber[ _][\p{L} ]+[ _](?P<t>\d{4}-\d\d-\d\d[ _,]+\d\d[.-]\d\d[.-]\d\d)"),
    // Recordings.
    shape(
        By::CubeAcr,
        Ymd,
        r"^(?P<t>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) \([a-z]+\) ?(?P<c>.*?) ?\((?P<n>[+\d*#]+)\) ?(?P<d>[↗↙])?",
    ),
    shape(By::CubeAcr, Ymd, r"^(?P<t>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) \([a-z]+\) ?(?P<c>[^↗↙]*?) ?(?P<d>[↗↙])?$"),
    shape(By::CubeAcr, Ymd, r"^(?:phone|whatsapp|telegram|viber|skype)_(?P<t>\d{8}-\d{6})_(?P<n>[^_]+)"),
    shape(
        By::Bcr,
        Ymd,
        r"^(?P<t>\d{8}_\d{6})(?:\.\d+)?(?P<z>[+-]\d{4})(?:_(?P<d>in|out|conference))?(?:_sim\d+)?(?:_(?P<n>\+?\d{3,20}))?(?:_(?P<c>.+))?$",
    ),
    shape(By::Miui, Ymd, r"^(?:[^@]*@)?(?P<n>\d{2,6})\((?P<c>[^()]*\p{L}[^()]*)\)_(?P<t>20\d{6,12})"),
    shape(By::Miui, Ymd, r"^(?:[^@]*@)?(?P<c>.*?)\((?P<n>[+0-9ps*]{2,20})\)(?:_.*)?_(?P<t>20\d{6,12})"),
    shape(By::Miui, Ymd, r"(?i)^(?:вызов|звонок|call|通话录音|通话)@(?P<n>[+0-9ps*]{2,20})_(?:.*_)?(?P<t>20\d{6,12})"),
    shape(By::Huawei, Ymd, r"^(?P<c>[^@]*)@(?P<n>\+?[0-9*#]{2,20})_(?P<t>20\d{12})"),
    shape(By::Huawei, Ymd, r"^(?P<n>\+?[0-9*#]{3,15})_(?P<t>20\d{12})"),
    shape(By::Huawei, Dmy, r"^(?P<n>\+?\d{3,15})[_ ](?P<t>\d\d-\d\d-20\d\d_\d\d-\d\d)"),
    shape(By::Huawei, Dmy, r"^(?P<c>.+?)[_ ](?P<t>\d\d-\d\d-20\d\d_\d\d-\d\d)"),
    shape(By::Lg, Ymd, r"^[01]d(?P<t>\d{14})p(?:(?P<n>\+?\d+)|null)"),
    shape(By::RingCentral, Ymd, r"^(?P<t>\d{8}-\d{6})(?:_\d{1,6})?_(?P<n>\+?\d{7,15})_(?P<d>Outgoing|Incoming)_"),
    shape(By::Asterisk, Ymd, r"^(?P<d>out)-(?P<n>[^-]+)-[^-]+-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    shape(By::Asterisk, Ymd, r"^(?P<d>in)-[^-]+-(?P<n>[^-]+)-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    shape(By::Asterisk, Ymd, r"^[a-z]+-(?P<n>[+\dX*]{7,})-[^-]+-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    shape(By::Asterisk, Ymd, r"^[a-z]+-[^-]+-(?P<n>[^-]+)-(?P<t>\d{8}-\d{6})-\d+\.\d+"),
    shape(By::Yeastar, Ymd, r"^(?P<t>\d{14})-\d+\.\d+-[^-]+-(?P<n>[^-]+)-(?P<d>Outbound|Outgoing)"),
    shape(By::Yeastar, Ymd, r"^(?P<t>\d{14})-\d+\.\d+-(?P<n>[^-]+)-[^-]+-(?:(?P<d>Inbound|Incoming)|Internal)"),
    shape(
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
    shape(By::Oneplus, ShortYmd, r"^(?P<c>.+)-(?P<t>\d{10})$"),
];

/// The shapes with their patterns compiled; a test makes sure that none is left out.
static COMPILED: LazyLock<Vec<(&'static Shape, Regex)>> =
    LazyLock::new(|| SHAPES.iter().filter_map(|s| Some((s, Regex::new(s.pattern).ok()?))).collect());

/// The shapes in order.
pub(super) fn shapes() -> impl Iterator<Item = (&'static Shape, &'static Regex)> {
    COMPILED.iter().map(|(shape, regex)| (*shape, regex))
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
    use super::{COMPILED, SHAPES};

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), SHAPES.len());
    }
}
