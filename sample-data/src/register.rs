//! A register of the numbering plan that allots the invented numbers to invented operators, in the layout of the
//! published one: eight columns, UTF-8 with BOM, no quoting.

use std::fmt::Write as _;

/// The ranges: code, first, last, operator, region, territory, ИНН. The tax numbers begin with 00, a region that
/// does not exist, so that they can be nobody's.
const RANGES: &[(u16, u32, u32, &str, &str, &str, &str)] = &[
    (
        907,
        1_200_000,
        1_299_999,
        "ООО \"ЯСНАЯ СВЯЗЬ\"",
        "г. Москва и Московская область",
        "г. Москва|Московская область",
        "0001000010",
    ),
    (907, 3_000_000, 3_099_999, "ООО \"ЯСНАЯ СВЯЗЬ\"", "-", "Тверская область", "0001000010"),
    (
        935,
        3_104_000,
        3_104_999,
        "ООО \"ДАЛЬНЯЯ ЛИНИЯ\"",
        "г. Москва и Московская область",
        "г. Москва|Московская область",
        "0001000028",
    ),
    (935, 3_105_000, 3_199_999, "ООО \"ДАЛЬНЯЯ ЛИНИЯ\"", "Рязанская область", "Рязанская область", "0001000028"),
    (940, 5_500_000, 5_599_999, "АО \"ТРИ ВОЛНЫ\"", "Калужская область", "Калужская область", "0001000035"),
    (
        943,
        1_010_000,
        1_019_999,
        "АО \"ТРИ ВОЛНЫ\"",
        "г. Санкт - Петербург и Ленинградская область",
        "г. Санкт-Петербург|Ленинградская область",
        "0001000035",
    ),
    (
        944,
        7_721_000,
        7_721_999,
        "ООО \"Дальняя линия\"",
        "г. Москва и Московская область",
        "г. Москва|Московская область",
        "0001000028",
    ),
    (946, 2_000_000, 2_000_999, "ПАО \"СЕВЕРНЫЙ КАНАЛ\"", "Российская Федерация", "Российская Федерация", "0001000042"),
    (957, 4_400_000, 4_409_999, "ПАО \"СЕВЕРНЫЙ КАНАЛ\"", "Самарская область", "Самарская область", "0001000042"),
    (973, 0, 9_999_999, "ООО \"ОБЛАЧНАЯ СТАНЦИЯ\"", "-", "Российская Федерация", "0001000050"),
    (975, 8_080_000, 8_089_999, "АО \"ТРИ ВОЛНЫ\"", "Ярославская область", "Ярославская область", "0001000035"),
    (
        998,
        6_000_000,
        6_999_999,
        "ООО \"ЯСНАЯ СВЯЗЬ\"",
        "г. Москва и Московская область",
        "г. Москва|Московская область",
        "0001000010",
    ),
];

/// The text of `register.csv`.
#[must_use]
pub fn register_csv() -> String {
    let mut text = String::from("\u{feff}АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n");
    for (code, from, to, operator, region, territory, inn) in RANGES {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{code};{from:07};{to:07};{};{operator};{region};{territory};{inn}", to - from + 1);
    }
    text
}

/// The operator and region of a number (national ten digits), as operators print them in a detail.
#[must_use]
pub fn holder(national: u64) -> Option<(&'static str, &'static str)> {
    let (code, rest) = ((national / 10_000_000) as u16, (national % 10_000_000) as u32);
    RANGES.iter().find(|r| r.0 == code && (r.1..=r.2).contains(&rest)).map(|r| (r.3, r.5))
}

/// Codes that the numbering plan allots to nobody.
const CODES: [u32; 10] = [907, 935, 940, 943, 944, 946, 957, 973, 975, 998];

/// A register of so many ranges, as large as the published ones or larger, for measurements: operators under several
/// names, every ninth range allotted to nobody.
#[must_use]
pub fn large(ranges: u32) -> String {
    let of_code = ranges.div_ceil(CODES.len() as u32).max(1);
    let size = 10_000_000 / of_code;
    let mut text = String::from("\u{feff}АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n");
    for code in CODES {
        for at in (0..of_code).filter(|at| at % 9 != 8) {
            let (from, company) = (at * size, at % 70);
            let name = if at % 2 == 0 { "ООО \"СВЯЗЬ" } else { "ООО \"Связь" };
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{code};{from:07};{:07};{size};{name} {company}\";-;Область {};00010{company:05}",
                from + size - 1,
                at % 89
            );
        }
    }
    text
}
