//! The seeded corpus of spellings against the answers of the reference library (`tests/corpus/make_numbers.py`).

use ulika::import::read_number;
use ulika::model::PhoneNumber;

const CORPUS: &str = include_str!("../corpus/numbers.tsv");

fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    CORPUS.lines().map(|line| {
        let mut cells = line.split('\t');
        (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap())
    })
}

/// A line of the country, for numbers without a code. Russia is what is assumed without a line.
fn line_of(country: &str) -> Option<PhoneNumber> {
    match country {
        "RU" => None,
        "KZ" => Some(PhoneNumber::e164(77_990_000_000)),
        "BY" => Some(PhoneNumber::e164(375_290_000_000)),
        other => panic!("no line for {other}"),
    }
}

#[test]
fn russia_kazakhstan_and_belarus_agree_with_the_reference_in_full() {
    let (mut asked, mut wrong) = (0, Vec::new());
    for (country, spelling, expected) in lines() {
        if !expected.starts_with("+7") && !expected.starts_with("+375") {
            continue;
        }
        asked += 1;
        let read = read_number(spelling, line_of(country).as_ref());
        if read.text != expected {
            wrong.push(format!("{country} {spelling:?}: {read:?}, reference {expected}"));
        }
    }
    assert!(asked > 2500, "the corpus holds only {asked} of these");
    assert!(wrong.is_empty(), "{} of {asked} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn other_countries_agree_with_the_reference_in_full() {
    let others: Vec<_> = lines().filter(|(_, _, e164)| !e164.starts_with("+7") && !e164.starts_with("+375")).collect();
    assert!(others.len() > 150, "the corpus holds only {} of these", others.len());
    for (country, spelling, expected) in others {
        let read = read_number(spelling, line_of(country).as_ref());
        assert_eq!(read.text, expected, "{country} {spelling:?}");
    }
}
