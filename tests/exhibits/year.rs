//! A generated year of calls with exhibits, each under a name as its program gives it and read by that name: how often the first proposal is right, and how often the right call is
//! proposed at all. The numbers stand in docs/decisions.md; a change that makes them worse is seen here.

use chrono::DateTime;
use ulika::import::media::{Medium, captured_at, name_says};
use ulika::matching::{Proposal, Refused, Shown, Statement, Tail, Taken, propose};
use ulika::model::{
    CallId, Direction, ExhibitId, ExhibitKind, NumberKind, PhoneNumber, Precision, RecordId, Screen, Zone, ZoneBasis,
};
use ulika_samples::Seed;

const DAY: i64 = 86_400;
/// The first day of the year: 1 January 2025.
const BEGINNING: i64 = 1_735_689_600;

struct Year {
    statements: Vec<Statement>,
    shown: Vec<Shown>,
    /// The call that each exhibit belongs to; `None` for one that belongs to none.
    truth: Vec<Option<CallId>>,
    /// Those that a messenger passed on: their names tell when they were saved.
    saved: usize,
}

fn number(n: u64) -> String {
    format!("+7935310{n:04}")
}

fn tail(n: u64) -> Option<Tail> {
    Tail::of(&PhoneNumber { kind: NumberKind::E164, text: number(n) })
}

/// What the name of an exhibit says to the matching; nothing else is known of it but the length.
fn shown(name: &str, kind: ExhibitKind, duration_s: Option<u32>) -> Shown {
    let medium = if kind == ExhibitKind::Screenshot { Medium::Picture } else { Medium::Sound };
    let says = name_says(name, medium, None);
    let zone = (Zone::UTC, ZoneBasis::Line);
    let (captured, _) = captured_at(None, None, Some(&says), medium, duration_s, zone);
    Shown {
        exhibit: ExhibitId(0),
        kind,
        taken: captured.map(|moment| {
            let from = moment.instant();
            Taken { from, to: from + moment.clock.precision.slack_s(), may_be_end: false }
        }),
        duration_s,
        number: says.number.as_ref().and_then(Tail::of),
        direction: says.direction,
        screen: says.screen,
    }
}

/// A moment as a program writes it into a name.
fn written(at: i64, form: &str) -> String {
    DateTime::from_timestamp(at, 0).unwrap().format(form).to_string()
}

/// The name of a recording by one of the recorders that tell so much.
fn recording(at: i64, whose: Option<&str>, direction: Direction, minute: bool) -> String {
    let whose = whose.unwrap_or("Ольга");
    let arrow = match direction {
        Direction::Incoming => "↓",
        Direction::Outgoing => "↑",
        Direction::Unknown => {
            return match minute {
                true => format!("{whose}-{}.mp3", written(at, "%y%m%d%H%M")),
                false => format!("Call recording {whose}_{}.m4a", written(at, "%y%m%d_%H%M%S")),
            };
        }
    };
    let form = if minute { "%Y-%m-%d %H.%M" } else { "%Y-%m-%d %H.%M.%S" };
    format!("{} {arrow} {whose}.ogg", written(at, form))
}

/// The name of a screenshot, with what its system says of the screen.
fn screenshot(at: i64, screen: Option<Screen>) -> String {
    let screen = match screen {
        Some(Screen::Call) => "_Call UI",
        Some(Screen::CallList) => "_Телефон",
        _ => "",
    };
    format!("Screenshot_{}{screen}.png", written(at, "%Y%m%d-%H%M%S"))
}

/// Names of what a messenger saved, as people rename them.
fn saved(at: i64, nth: i64) -> (String, ExhibitKind) {
    let time = |form: &str| written(at, form);
    match nth % 4 {
        0 => (format!("Скриншот photo_{}.jpg", time("%Y-%m-%d_%H-%M-%S")), ExhibitKind::Screenshot),
        1 => (format!("скрин IMG-{}-WA0001.jpg", time("%Y%m%d")), ExhibitKind::Screenshot),
        2 => (format!("Звонок WhatsApp Audio {}.ogg", time("%Y-%m-%d at %H.%M.%S")), ExhibitKind::Recording),
        _ => (format!("Запись 3 audio_{}.ogg", time("%Y-%m-%d_%H-%M-%S")), ExhibitKind::Recording),
    }
}

/// Twenty calls a day in bursts, half of them advertising, of 400 numbers; a phone's log whose clock is ahead, and an
/// operator that rounds up to minutes and knows no missed calls.
fn calls(seed: &mut Seed) -> (Vec<(Statement, Option<String>)>, Vec<Statement>) {
    let (mut phone, mut all, mut id) = (Vec::new(), Vec::new(), 0);
    for day in 0..365 {
        let mut at = BEGINNING + day * DAY + 9 * 3_600 + seed.below(1_800) as i64;
        for _ in 0..20 {
            // A third of the calls follow each other within minutes.
            at += if seed.below(3) == 0 { 40 + seed.below(200) as i64 } else { 600 + seed.below(3_600) as i64 };
            id += 1;
            let missed = seed.below(2) == 0;
            let talked = if missed { 0 } else { 3 + seed.below(240) as u32 };
            let direction = if seed.below(8) == 0 { Direction::Outgoing } else { Direction::Incoming };
            let nth = Some(seed.below(400)).filter(|_| seed.below(20) > 0);
            let told = Statement {
                call: CallId(id),
                record: RecordId(2 * id),
                start: at + 37,
                precision: Precision::Second,
                direction,
                duration_s: Some(talked),
                unit_s: 1,
                answered: Some(!missed),
                number: nth.and_then(tail),
            };
            at += i64::from(talked);
            phone.push((told, nth.map(number)));
            all.push(told);
            if !missed {
                let start = told.start - 37;
                let record = RecordId(2 * id + 1);
                all.push(Statement { start, record, duration_s: Some(talked.div_ceil(60) * 60), unit_s: 60, ..told });
            }
        }
    }
    (phone, all)
}

fn year() -> Year {
    let mut seed = Seed::new(20_250_301);
    let (phone, statements) = calls(&mut seed);
    let mut year = Year { statements, shown: Vec::new(), truth: Vec::new(), saved: 0 };
    let mut take = |shown: Shown, truth: Option<CallId>| {
        let exhibit = ExhibitId(year.shown.len() as i64 + 1);
        year.shown.push(Shown { exhibit, ..shown });
        year.truth.push(truth);
    };
    let (mut passed, pictures, sounds) = (0, ExhibitKind::Screenshot, ExhibitKind::Recording);
    for (call, number) in &phone {
        let answered = call.answered == Some(true);
        if answered && seed.below(4) == 0 {
            // Half the recorders begin with the ringing, half with the answer; three in ten write a contact's name.
            let ring = 4 + seed.below(20) as i64;
            let from_answer = seed.below(2) == 0;
            let start = call.start + if from_answer { ring } else { 0 } + seed.below(3) as i64;
            let length =
                call.duration_s.unwrap_or(0) + if from_answer { 0 } else { ring as u32 } + seed.below(2) as u32;
            let minute = seed.below(6) == 0;
            let length = Some(length).filter(|_| seed.below(10) > 0);
            let whose = number.as_deref().filter(|_| seed.below(10) > 2);
            let direction = if seed.below(3) == 0 { call.direction } else { Direction::Unknown };
            take(shown(&recording(start, whose, direction, minute), sounds, length), Some(call.call));
        }
        if call.direction == Direction::Incoming && seed.below(10) == 0 {
            // The screen while it rings, during the talk, or just after a missed call.
            let later = if answered { 3 + seed.below(20) as i64 } else { 3 + seed.below(50) as i64 };
            let screen = [None, Some(Screen::Call), Some(Screen::CallList)][seed.below(3) as usize];
            take(shown(&screenshot(call.start + later, screen), pictures, None), Some(call.call));
        }
        if seed.below(40) == 0 {
            // A picture of the list hours later, and a recording of a call that no log holds.
            let later = 2 * 3_600 + seed.below(20_000) as i64;
            take(shown(&screenshot(call.start + later, None), pictures, None), None);
            let length = Some(20 + seed.below(180) as u32);
            let whose = self::number(9_000);
            let whose = Some(whose.as_str()).filter(|_| seed.below(2) == 0);
            take(shown(&recording(call.start + later, whose, Direction::Unknown, false), sounds, length), None);
        }
        if call.call.0 % 23 == 0 {
            // Saved from a messenger while another call rang: it belongs to some call, and certainly not to that one.
            let (name, kind) = saved(call.start + 5, passed);
            passed += 1;
            take(shown(&name, kind, Some(20).filter(|_| kind == sounds)), None);
        }
    }
    year.saved = passed as usize;
    year
}

/// Exhibits of a kind: right first proposals of all first proposals, right first of all that have a call, right
/// anywhere of all that have a call; in thousandths.
fn measured(year: &Year, proposals: &[Proposal], kind: ExhibitKind) -> (usize, usize, usize, usize) {
    let (mut proposed, mut belong, mut first, mut anywhere, mut count) = (0, 0, 0, 0, 0);
    for (shown, truth) in year.shown.iter().zip(&year.truth).filter(|(s, _)| s.kind == kind) {
        let mine: Vec<&Proposal> = proposals.iter().filter(|p| p.exhibit == shown.exhibit).collect();
        count += 1;
        proposed += usize::from(!mine.is_empty());
        belong += usize::from(truth.is_some());
        first += usize::from(truth.is_some() && mine.first().map(|p| p.call) == *truth);
        anywhere += usize::from(truth.is_some_and(|t| mine.iter().any(|p| p.call == t)));
    }
    (first * 1_000 / proposed, first * 1_000 / belong, anywhere * 1_000 / belong, count)
}

#[test]
fn precision_and_recall_of_a_year() {
    let year = year();
    let proposals = propose(&year.statements, &year.shown, &Refused::default());
    let timeless = year.shown.iter().filter(|s| s.taken.is_none()).count();
    assert_eq!((year.saved, timeless), (317, 317), "a messenger's name is never a time of capture, all others are");
    let recordings = measured(&year, &proposals, ExhibitKind::Recording);
    let screenshots = measured(&year, &proposals, ExhibitKind::Screenshot);
    // A point or two below what is reached: the figures of docs/decisions.md cannot be left without being seen here.
    assert!(recordings.3 > 700 && screenshots.3 > 500, "{recordings:?} {screenshots:?}");
    assert!(recordings.0 >= 990, "first proposals of recordings that are right: {recordings:?}");
    assert!(recordings.1 >= 990 && recordings.2 >= 995, "recordings whose call is proposed: {recordings:?}");
    assert!(screenshots.0 >= 950, "first proposals of screenshots that are right: {screenshots:?}");
    assert!(screenshots.1 >= 970 && screenshots.2 >= 995, "screenshots whose call is proposed: {screenshots:?}");
}

#[test]
fn a_flood_of_calls_in_one_second_costs_no_more_than_a_line() {
    let mut seed = Seed::new(1);
    let (_, calls) = calls(&mut seed);
    let flood: Vec<Statement> =
        (0..200_000).map(|n| Statement { call: CallId(n), start: 1_000, ..calls[n as usize % calls.len()] }).collect();
    let shown = Shown {
        exhibit: ExhibitId(1),
        kind: ExhibitKind::Recording,
        taken: Some(Taken { from: 1_001, to: 1_001, may_be_end: false }),
        duration_s: None,
        number: tail(7),
        direction: Direction::Unknown,
        screen: None,
    };
    // Each exhibit looks at a bounded number of neighbours: without the bound this would be a hundred million.
    let proposals = propose(&flood, &vec![shown; 500], &Refused::default());
    assert!(proposals.len() <= 500 * 5);
}
