//! The shapes of file names, one line for each program that writes them. The groups of a pattern are `t` (digits of the
//! time, in the order of the form), `n` (number), `c` (contact), `d` (direction), `z` (offset), `s` (screen), `h` (a
//! twelve-hour clock's half). The first shape that fits and whose time is one decides.

use super::stamp::{Stamp, from_digits};
use crate::model::{Screen, Zone, words};
use regex::{Captures, Regex};
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

/// Narrow shapes first. Those of messengers are looked for before all of these.
const SHAPES: [Shape; 28] = [
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

/// Where a name of no known shape says that it was given when a call was recorded, or a picture taken.
pub(super) fn tells_of_a_capture(stem: &str) -> Option<usize> {
    [&CAPTURES, &CAMERA].into_iter().find_map(|words| Some(words.as_ref()?.find(stem)?.start()))
}

/// Papers, whose numbers look like the minute behind a contact's name.
static PAPERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:^|[^\p{L}])(?:(?:сч[её]т|договор|заявк|заявлени|заказ|квитанци|жалоб|претензи|обращени|протокол|постановлени|решени|определени|приказ|письм|накладн)\p{L}{0,3}|акт[ау]?|дел[оау]|чека?|invoice|order|contract|claim|receipt)(?:[^\p{L}]|$)|№",
    )
    .ok()
});

/// Whether what stands before digits is the name of a paper: then they are its number.
pub(super) fn names_a_paper(text: &str) -> bool {
    PAPERS.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// The time in the groups `t`, `h` and `z`.
pub(super) fn time_of(found: &Captures<'_>, form: Form) -> Option<Stamp> {
    let text = found.name("t")?.as_str();
    let mut parts: Vec<String> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    if let (Some(half), Some(hour)) = (found.name("h"), parts.get_mut(3)) {
        let twelve: u32 = hour.parse().ok().filter(|h| (1..=12).contains(h))?;
        let after_noon = half.as_str().starts_with(['P', 'p']);
        *hour = format!("{:02}", twelve % 12 + if after_noon { 12 } else { 0 });
    }
    if form == Form::Dmy && parts.len() > 2 {
        parts.swap(0, 2);
    }
    // An hour of one digit.
    let digits: String = parts.iter().map(|p| if p.len() == 1 { format!("0{p}") } else { p.clone() }).collect();
    let mut stamp = from_digits(&digits, form == Form::ShortYmd)?;
    if let Some(offset) = found.name("z") {
        stamp.zone = Some(Zone::parse(offset.as_str())?);
    }
    Some(stamp)
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
    use super::{CAMERA, CAPTURES, COMPILED, PAPERS, SHAPES};

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), SHAPES.len());
        assert!(CAPTURES.is_some() && CAMERA.is_some() && PAPERS.is_some());
    }
}
