//! How often the like of a reason is found among ordinary calls, in words.

use super::apart;
use ulika::actions::ChanceBasis;

/// From here on nothing is rare.
const NOT_RARE: f64 = 0.1;

/// A figure as people count it: so many of ten thousand.
fn of_ten_thousand(figure: f64) -> u32 {
    (figure * 10_000.0).ceil() as u32
}

pub(super) fn russian(figure: f64) -> String {
    match figure {
        figure if figure >= NOT_RARE => "среди обычных звонков такое не редкость".to_owned(),
        figure => format!("среди обычных звонков такое встречается в {} из 10 000 проб", of_ten_thousand(figure)),
    }
}

pub(super) fn english(figure: f64) -> String {
    match figure {
        figure if figure >= NOT_RARE => "not rare among ordinary calls".to_owned(),
        figure => format!("found in {} of 10,000 draws of ordinary calls", of_ten_thousand(figure)),
    }
}

pub(super) fn basis_russian(basis: &ChanceBasis) -> String {
    format!(
        "Сравнивалось с обычными звонками тех, с кем вы говорите; их {}. Проверено оснований: {}, поправка Бонферрони. \
         Это не вероятность того, кто звонил.",
        apart(basis.ordinary_calls, '\u{a0}'),
        basis.tests
    )
}

pub(super) fn basis_english(basis: &ChanceBasis) -> String {
    format!(
        "Compared with ordinary calls of those with whom you talk; there are {}. Reasons tested: {}, Bonferroni's \
         correction. It is no probability of who called.",
        apart(basis.ordinary_calls, ','),
        basis.tests
    )
}
