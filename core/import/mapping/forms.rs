//! Forms of dates and lengths as a person chooses them, and the forms of a recipe that each stands for.

/// Orders of day, month and year, the likelier first where a date can be read in several.
pub(super) const DATES: [&str; 15] = [
    "dd.mm.yyyy",
    "dd.mm.yy",
    "yyyy-mm-dd",
    "dd/mm/yyyy",
    "mm/dd/yyyy",
    "dd/mm/yy",
    "mm/dd/yy",
    "dd-mm-yyyy",
    "yyyy.mm.dd",
    "yyyy/mm/dd",
    "dd mmm yyyy",
    "mmm dd yyyy",
    "mm.dd.yyyy",
    "epoch_s",
    "epoch_ms",
];

/// Orders that need no proof from other rows, because nothing else is written so.
pub(super) fn is_count(date: &str) -> bool {
    date.starts_with("epoch")
}

/// The forms of a recipe for an order: with seconds, with minutes, with AM and PM, and the day alone.
pub(super) fn date_forms(date: &str, is_workbook: bool) -> Vec<String> {
    let mut forms = Vec::new();
    let mut add = |date: &str| {
        if is_count(date) {
            forms.push(date.to_owned());
            return;
        }
        let gaps: &[&str] = if date == "yyyy-mm-dd" { &[" ", "T"] } else { &[" "] };
        for gap in gaps {
            for time in ["hh:mm:ss", "hh:mm", "hh:mm:ssam", "hh:mmam"] {
                forms.push(format!("{date}{gap}{time}"));
            }
        }
        forms.push(date.to_owned());
    };
    add(date);
    // A workbook's own dates are handed over in this order, whatever its texts are written in.
    if is_workbook && date != "dd.mm.yyyy" {
        add("dd.mm.yyyy");
    }
    forms
}

/// The forms of a recipe for a form of lengths; those behind the first are of other shapes and cannot be mistaken for it.
pub(super) fn duration_forms(duration: &str) -> &'static [&'static str] {
    match duration {
        "s" => &["s", "m:ss", "h:mm:ss", "units"],
        "min" => &["min", "m:ss", "h:mm:ss", "units"],
        "h:mm" => &["h:mm", "h:mm:ss", "units"],
        "units" => &["units", "m:ss", "h:mm:ss", "s"],
        "day fraction" => &["day fraction", "m:ss", "h:mm:ss", "units"],
        _ => &["m:ss", "h:mm:ss", "units", "s"],
    }
}
