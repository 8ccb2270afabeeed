#![allow(clippy::unwrap_used)]

use super::*;
use crate::error::Code;
use crate::progress::Silent;

/// An event in twenty is found by one test in twenty, not oftener.
#[test]
fn a_draw_of_ordinary_ones_is_ordinary() {
    let mut chance = Chance(7);
    let (mut small, mut all) = (0, 0);
    for _ in 0..400 {
        let mut item = || chance.below(1_000);
        let own: Vec<usize> = (0..12).map(|_| item()).collect();
        let ordinary: Vec<usize> = (0..200).map(|_| item()).collect();
        let most = |drawn: &mut [usize]| drawn.iter().map(|item| u32::try_from(item % 100).unwrap()).sum();
        small += u32::from(draw(own, ordinary, most).unwrap() <= 0.05);
        all += 1;
    }
    // Twenty are expected; forty would be four and a half times the spread away.
    assert!((5..40).contains(&small), "{small} of {all}");
}

#[test]
fn what_ordinary_calls_never_do_is_rare_and_what_they_do_is_not() {
    let ordinary: Vec<u16> = (0..300).map(|n| 5 + (n * 7) % 290).collect();
    let window = |drawn: &mut [u16]| signals::lengths_window(drawn).1;
    let rare = draw(vec![31; 10], ordinary.clone(), window).unwrap();
    assert!((rare - 1.0 / f64::from(DRAWS + 1)).abs() < 1e-9, "{rare}");
    let common = draw(vec![31, 80, 120, 160], ordinary, window).unwrap();
    assert!(common > 0.9, "{common}");
    assert_eq!(draw(Vec::<u16>::new(), vec![1], window), None);
}

#[test]
fn the_exact_figure_of_a_small_case_is_met() {
    // Two marked of two, among two marked and four others: all pairs of six are 15, one of them is both marked ones.
    let figure = draw_marked(&[true, true], &[false; 4], |item| *item).unwrap();
    assert!((figure - 1.0 / 15.0).abs() < 0.02, "{figure}"); // four times the spread
}

#[test]
fn widths_and_names_are_counted() {
    assert_eq!(within(&mut [9, 1, 5, 3, 30], 4), 3);
    assert_eq!(within(&mut [], 4), 0);
    assert_eq!(most_alike(&mut [4, 1, 4, 2, 4]), 3);
    let call = |hour: i64| Call { id: CallId(1), start: hour * 3_600, number: 0, length_s: 1, incoming: true };
    assert_eq!(busy(&[call(1), call(1), call(1), call(1), call(7)]).len(), 1);
}

/// Cancels at once.
struct Impatient;

impl Progress for Impatient {
    fn report(&self, _: &'static str, _: u64, _: Option<u64>) -> Result<()> {
        Err(crate::error::Error::new(Code::Cancelled))
    }
}

#[test]
fn reasons_of_a_year_are_tested_and_those_of_a_case_without_ordinary_calls_are_not() {
    use super::super::soft_tests::Told;
    use ulika_samples::years::{Caller, Preset};
    let mut told = Told::of(Preset::Standard, 2);
    let groups = told.groups();
    let found = told.chances(None, &Silent).unwrap();
    assert_eq!(found, told.chances(None, &Silent).unwrap(), "one case, one figure");
    assert!(found.ordinary > 300 && found.tests > 10, "{found:?}");
    for (group, (id, figures)) in groups.iter().zip(&found.figures) {
        assert_eq!((group.id, group.reasons.len()), (*id, figures.len()));
        for (reason, figure) in group.reasons.iter().zip(figures) {
            let never = matches!(reason.signal, ReasonSignal::SameNumber | ReasonSignal::Person);
            assert!(figure.is_none_or(|figure| figure > 0.0 && figure <= 1.0) && !(never && figure.is_some()));
            if matches!(reason.signal, ReasonSignal::Length | ReasonSignal::Block) && reason.calls.len() > 20 {
                assert!(figure.unwrap() < 0.02, "{reason:?} {figure:?}");
            }
        }
    }
    let one = told.chances(Some(groups[1].id), &Silent).unwrap();
    assert_eq!(one.figures, [found.figures[1].clone()], "one group by itself has the same figures");
    assert_eq!(told.chances(None, &Impatient).unwrap_err().code, Code::Cancelled);

    told.year.retain(|call| matches!(call.caller, Caller::Campaign(_)));
    let found = told.chances(None, &Silent).unwrap();
    assert!(found.tests == 0 && found.figures.iter().all(|(_, figures)| figures.iter().all(Option::is_none)));
}
