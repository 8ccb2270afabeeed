//! What else the invented subscriber kept: screens of several makes and recordings of several recorders, under the names
//! that these programs write. `draw-exhibits.sh` draws the pictures, `speak.sh` speaks the recordings.

use crate::truth::{Call, Outcome, Truth, day};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// The phone's clock is ahead by so much.
const AHEAD_S: i64 = 37;
const HEADER: &str = "file\tshows\tlabel\tnumber\tclock\tseconds\tcall\tdirection\n";

/// The nth call of the table: of this label, in this direction, answered or not, from this day on.
struct Wanted {
    label: Option<&'static str>,
    incoming: bool,
    answered: bool,
    from: NaiveDate,
}

const fn wanted(label: Option<&'static str>, incoming: bool, answered: bool, from: NaiveDate) -> Wanted {
    Wanted { label, incoming, answered, from }
}

fn find<'t>(told: &'t Truth, want: &Wanted) -> Option<&'t Call> {
    told.calls.iter().find(|call| {
        call.incoming == want.incoming
            && !call.phone_off
            && call.number.is_some()
            && call.label == want.label
            && call.start.date() >= want.from
            && match call.outcome {
                Outcome::Answered(seconds) => want.answered && (4..=20).contains(&seconds),
                _ => !want.answered,
            }
    })
}

/// How a program names its file, and what stands on it.
type Named = fn(&Call, NaiveDateTime) -> String;

fn number(call: &Call) -> u64 {
    call.number.unwrap_or_default()
}

/// A table: file; what it shows; label, number and clock on the screen; length in seconds; start of the call by the
/// phone's clock, empty where no call of the case belongs to it; direction.
pub fn list(told: &Truth) -> String {
    const MARCH: NaiveDate = day(2025, 3, 20);
    const APRIL: NaiveDate = day(2025, 4, 10);
    const MAY: NaiveDate = day(2025, 5, 20);
    const JUNE: NaiveDate = day(2025, 6, 10);
    let mut text = String::from(HEADER);
    let shots: [(&str, i64, Wanted, Named); 7] = [
        ("incoming", 6, wanted(Some("ООО ВЕКТОРИЯ"), true, true, MARCH), |_, at| {
            format!("Screenshot_{}_Call UI.png", at.format("%Y%m%d_%H%M%S"))
        }),
        ("incoming", 4, wanted(Some("ВЕКТОРИЯ: ИТ"), true, false, APRIL), |_, at| {
            format!("Screenshot_{}-417_com.android.incallui.png", at.format("%Y-%m-%d-%H-%M-%S"))
        }),
        ("missed", 55, wanted(Some("ВЕКТОРИЯ ИТ"), true, false, MAY), |_, at| {
            format!("Screenshot_{}-31_99c04817c0de5652397fc8b56c3b3817.png", at.format("%Y-%m-%d-%H-%M-%S"))
        }),
        ("incoming", 5, wanted(None, true, false, JUNE), |_, at| {
            format!("Screenshot_{}_Телефон.png", at.format("%Y%m%d-%H%M%S"))
        }),
        ("list", 9_000, wanted(Some("ООО ВЕКТОРИЯ"), true, false, APRIL), |_, at| {
            format!("Screenshot_{}-902_com.android.contacts.png", at.format("%Y-%m-%d-%H-%M-%S"))
        }),
        ("missed", 70, wanted(Some("ООО ВЕКТОРИЯ"), true, false, JUNE), |_, at| {
            format!("photo_{}.png", at.format("%Y-%m-%d_%H-%M-%S"))
        }),
        ("incoming", 8, wanted(Some("ПКО «Серая гавань»"), true, true, MAY), |_, at| {
            format!("Снимок экрана {}.png", at.format("%Y-%m-%d в %H.%M.%S"))
        }),
    ];
    for (shows, later, want, name) in shots {
        let Some(call) = find(told, &want) else { continue };
        let at = call.start + TimeDelta::seconds(AHEAD_S + later);
        // Neither a list hours later nor a messenger's copy tells which call it belongs to.
        let belongs = shows != "list" && later != 70;
        text.push_str(&line(&name(call, at), shows, call, at, 0, belongs));
    }
    let recordings: [(i64, Wanted, Named); 6] = [
        (0, wanted(Some("ООО ВЕКТОРИЯ"), true, true, APRIL), |call, at| {
            format!("Call recording +7{}_{}.m4a", number(call), at.format("%y%m%d_%H%M%S"))
        }),
        (3, wanted(Some("ВЕКТОРИЯ ИТ"), true, true, MARCH), |call, at| {
            format!("Вызов@ВЕКТОРИЯ ИТ(007{})_{}.mp3", number(call), at.format("%Y%m%d%H%M%S"))
        }),
        (2, wanted(Some("ПКО «Серая гавань»"), true, true, MARCH), |call, at| {
            format!("{} (phone) Серая гавань (8{}) ↙.m4a", at.format("%Y-%m-%d %H-%M-%S"), number(call))
        }),
        (4, wanted(Some("ВЕКТОРИЯ: ИТ"), true, true, MARCH), |call, at| {
            format!("{}.318+0300_in_+7{}.oga", at.format("%Y%m%d_%H%M%S"), number(call))
        }),
        (1, wanted(None, true, true, MARCH), |call, at| format!("+7{}-{}.mp3", number(call), at.format("%y%m%d%H%M"))),
        (0, wanted(None, true, true, APRIL), |call, at| {
            format!("phone_{}_+7{}.wav", at.format("%Y%m%d-%H%M%S"), number(call))
        }),
    ];
    for (later, want, name) in recordings {
        let Some(call) = find(told, &want) else { continue };
        let at = call.start + TimeDelta::seconds(AHEAD_S + later);
        text.push_str(&line(&name(call, at), "recording", call, at, call.outcome.seconds(), true));
    }
    text
}

fn line(file: &str, shows: &str, call: &Call, at: NaiveDateTime, seconds: u32, belongs: bool) -> String {
    let digits = number(call).to_string();
    let spelled = format!("+7 {} {}-{}-{}", &digits[..3], &digits[3..6], &digits[6..8], &digits[8..]);
    let start = call.start + TimeDelta::seconds(AHEAD_S);
    let start = if belongs { start.format("%Y-%m-%dT%H:%M:%S").to_string() } else { String::new() };
    let label = call.label.unwrap_or("Неизвестный номер");
    let direction = if call.incoming { "incoming" } else { "outgoing" };
    format!("{file}\t{shows}\t{label}\t{spelled}\t{}\t{seconds}\t{start}\t{direction}\n", at.format("%H:%M"))
}
