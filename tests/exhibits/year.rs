//! A generated year of calls with exhibits: how often the first proposal is right, and how often the right call is
//! proposed at all. The numbers stand in docs/decisions.md; a change that makes them worse is seen here.

use ulika::matching::{Proposal, Refused, Shown, Statement, Tail, Taken, propose};
use ulika::model::{CallId, Direction, ExhibitId, ExhibitKind, NumberKind, PhoneNumber, Precision, RecordId, Screen};
use ulika_samples::Seed;

const DAY: i64 = 86_400;

struct Year {
    statements: Vec<Statement>,
    shown: Vec<Shown>,
    /// The call that each exhibit belongs to; `None` for one that belongs to none.
    truth: Vec<Option<CallId>>,
}

fn tail(n: u64) -> Option<Tail> {
    Tail::of(&PhoneNumber { kind: NumberKind::E164, text: format!("+7935310{n:04}") })
}

/// Twenty calls a day in bursts, half of them advertising, of 400 numbers; a phone's log whose clock is ahead, and an
/// operator that rounds up to minutes and knows no missed calls.
fn calls(seed: &mut Seed) -> (Vec<Statement>, Vec<Statement>) {
    let (mut phone, mut all, mut id) = (Vec::new(), Vec::new(), 0);
    for day in 0..365 {
        let mut at = day * DAY + 9 * 3_600 + seed.below(1_800) as i64;
        for _ in 0..20 {
            // A third of the calls follow each other within minutes.
            at += if seed.below(3) == 0 { 40 + seed.below(200) as i64 } else { 600 + seed.below(3_600) as i64 };
            id += 1;
            let missed = seed.below(2) == 0;
            let talked = if missed { 0 } else { 3 + seed.below(240) as u32 };
            let told = Statement {
                call: CallId(id),
                record: RecordId(2 * id),
                start: at + 37,
                precision: Precision::Second,
                direction: if seed.below(8) == 0 { Direction::Outgoing } else { Direction::Incoming },
                duration_s: Some(talked),
                unit_s: 1,
                answered: Some(!missed),
                number: tail(seed.below(400)).filter(|_| seed.below(20) > 0),
            };
            at += i64::from(talked);
            phone.push(told);
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

fn second(at: i64) -> Option<Taken> {
    Some(Taken { from: at, to: at, may_be_end: false })
}

fn year() -> Year {
    let mut seed = Seed::new(20_250_301);
    let (phone, statements) = calls(&mut seed);
    let mut year = Year { statements, shown: Vec::new(), truth: Vec::new() };
    let mut take = |shown: Shown, truth: Option<CallId>| {
        let exhibit = ExhibitId(year.shown.len() as i64 + 1);
        year.shown.push(Shown { exhibit, ..shown });
        year.truth.push(truth);
    };
    let blank = Shown {
        exhibit: ExhibitId(0),
        kind: ExhibitKind::Recording,
        taken: None,
        duration_s: None,
        number: None,
        direction: Direction::Unknown,
        screen: None,
    };
    for call in &phone {
        let answered = call.answered == Some(true);
        if answered && seed.below(4) == 0 {
            // Half the recorders begin with the ringing, half with the answer; three in ten write a contact's name.
            let ring = 4 + seed.below(20) as i64;
            let from_answer = seed.below(2) == 0;
            let start = call.start + if from_answer { ring } else { 0 } + seed.below(3) as i64;
            let length =
                call.duration_s.unwrap_or(0) + if from_answer { 0 } else { ring as u32 } + seed.below(2) as u32;
            let minute = seed.below(6) == 0;
            let taken = if minute {
                let from = start - start % 60;
                Some(Taken { from, to: from + 59, may_be_end: false })
            } else {
                second(start)
            };
            take(
                Shown {
                    taken,
                    duration_s: Some(length).filter(|_| seed.below(10) > 0),
                    number: call.number.filter(|_| seed.below(10) > 2),
                    direction: if seed.below(3) == 0 { call.direction } else { Direction::Unknown },
                    ..blank
                },
                Some(call.call),
            );
        }
        if call.direction == Direction::Incoming && seed.below(10) == 0 {
            // The screen while it rings, during the talk, or just after a missed call.
            let later = if answered { 3 + seed.below(20) as i64 } else { 3 + seed.below(50) as i64 };
            let screen = [None, Some(Screen::Call), Some(Screen::CallList)][seed.below(3) as usize];
            take(
                Shown { kind: ExhibitKind::Screenshot, taken: second(call.start + later), screen, ..blank },
                Some(call.call),
            );
        }
        if seed.below(40) == 0 {
            // A picture of the list hours later, and a recording of a call that no log holds.
            let later = 2 * 3_600 + seed.below(20_000) as i64;
            take(Shown { kind: ExhibitKind::Screenshot, taken: second(call.start + later), ..blank }, None);
            take(
                Shown {
                    taken: second(call.start + later),
                    duration_s: Some(20 + seed.below(180) as u32),
                    number: tail(9_000).filter(|_| seed.below(2) == 0),
                    ..blank
                },
                None,
            );
        }
    }
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
    let recordings = measured(&year, &proposals, ExhibitKind::Recording);
    let screenshots = measured(&year, &proposals, ExhibitKind::Screenshot);
    assert!(recordings.3 > 700 && screenshots.3 > 500, "{recordings:?} {screenshots:?}");
    assert!(recordings.0 >= 990, "first proposals of recordings that are right: {recordings:?}");
    assert!(recordings.1 >= 985 && recordings.2 >= 995, "recordings whose call is proposed: {recordings:?}");
    assert!(screenshots.0 >= 800, "first proposals of screenshots that are right: {screenshots:?}");
    assert!(screenshots.1 >= 900 && screenshots.2 >= 995, "screenshots whose call is proposed: {screenshots:?}");
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
        taken: second(1_001),
        duration_s: None,
        number: tail(7),
        direction: Direction::Unknown,
        screen: None,
    };
    // Each exhibit looks at a bounded number of neighbours: without the bound this would be a hundred million.
    let proposals = propose(&flood, &vec![shown; 500], &Refused::default());
    assert!(proposals.len() <= 500 * 5);
}
