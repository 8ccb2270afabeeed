//! What stands in a number column.

use ulika::import::read_number;
use ulika::model::{NumberKind, PhoneNumber};

#[test]
fn every_kind_of_text_keeps_its_kind() {
    use NumberKind::{E164, Hidden, Masked, Sender, Short, Unknown};
    let cases: &[(&str, NumberKind, &str, &str)] = &[
        ("+7 907 111-22-33", E164, "+79071112233", "spaces and dashes"),
        ("8(907)111-22-33", E164, "+79071112233", "trunk prefix"),
        ("79071112233", E164, "+79071112233", "eleven digits without a plus"),
        ("9071112233", E164, "+79071112233", "ten digits, as Билайн writes them"),
        ("<--+79071112233", E164, "+79071112233", "МТС marks incoming so"),
        ("<--+79071112233/+79071112244", E164, "+79071112233", "sender before the stroke, centre behind it"),
        ("tel:+79071112233", E164, "+79071112233", "scheme of a link"),
        (
            "\u{202A}+7\u{A0}907\u{A0}111‑22‑33\u{202C}",
            E164,
            "+79071112233",
            "marks of direction, hard spaces and hyphens",
        ),
        ("+7 907 111-22-33 доб. 12", E164, "+79071112233", "extension in Russian"),
        ("+79071112233,12", E164, "+79071112233", "extension as dialled"),
        ("８９０７１１１２２３３", E164, "+79071112233", "full-width digits"),
        ("8 800 011-22-33", E164, "+78000112233", "toll-free keeps its 8"),
        ("+7 812 011-22-33", E164, "+78120112233", "an area code with 8"),
        ("8107907111-22-33", E164, "+79071112233", "out of the country and into it"),
        ("0079071112233", E164, "+79071112233", "the same in the European way"),
        ("810375290112233", E164, "+375290112233", "Belarus from Russia"),
        ("00375290112233", E164, "+375290112233", "Belarus in the European way"),
        ("+7 799 011 22 33", E164, "+77990112233", "Kazakhstan"),
        ("900", Short, "900", "never +7900"),
        ("0611", Short, "0611", "a short code keeps its zero"),
        ("8800", Short, "8800", "short, not the beginning of 8-800"),
        ("112", Short, "112", "emergency"),
        ("123456", Short, "123456", "six digits are still short"),
        ("MTC", Sender, "MTC", "alphanumeric sender"),
        ("C.E.BANK", Sender, "C.E.BANK", "sender with stops"),
        ("internet.mts.ru", Sender, "internet.mts.ru", "name of a service"),
        ("<--Vam_Zvonili:+79071112233", Sender, "Vam_Zvonili:+79071112233", "a notice, not a call of this number"),
        ("*100#", Sender, "*100#", "request by code"),
        ("985**109 8580", Masked, "985**1098580", "masked by the operator"),
        ("7985XXX8580", Masked, "7985***8580", "masked by letters"),
        ("", Hidden, "", "withheld"),
        (" ", Hidden, "", "withheld, with a space"),
        ("-1", Hidden, "", "Android: unknown"),
        ("-2", Hidden, "", "Android: private"),
        ("null", Hidden, "", "literal of an export"),
        ("Скрытый номер", Hidden, "", "words for it"),
        ("Анонимный", Hidden, "", "words for it"),
        ("79071112233.0", E164, "+79071112233", "a program took it for a quantity"),
        ("89071112233,00", E164, "+79071112233", "the same with a comma"),
        ("7.9071112233E+10", E164, "+79071112233", "an exponent behind all the digits loses none"),
        ("=\"79071112233\"", E164, "+79071112233", "kept from a spreadsheet by a formula"),
        ("79071112233\"\"", E164, "+79071112233", "what is left of doubled quotation marks"),
        ("'79071112233", E164, "+79071112233", "kept from a spreadsheet by an apostrophe"),
        ("79071112233@s.whatsapp.net", E164, "+79071112233", "the network that carries the call is no part of it"),
        ("sip:79071112233@example.org", E164, "+79071112233", "the same by its scheme"),
        ("Иван, +7 907 111-22-33", E164, "+79071112233", "a number amid words"),
        ("89071112233 (Иван)", E164, "+79071112233", "a number before words"),
        ("тел. 8 (907) 111-22-33 моб.", E164, "+79071112233", "a number between words"),
        ("Иван 79071112233, 79071112244", Sender, "Иван 79071112233, 79071112244", "two numbers are no number"),
        ("Abonent v seti:+79071112233", Sender, "Abonent v seti:+79071112233", "tied to a word, it is a part of it"),
        ("#31#79071112233", E164, "+79071112233", "the code that hides the caller is no part of the number"),
        ("a@example.org", Sender, "a@example.org", "an address is no number"),
        ("Номер не определён", Hidden, "", "words for it"),
        ("Анонимный номер", Hidden, "", "words for it"),
        ("Private Caller", Hidden, "", "words for it"),
        ("None", Hidden, "", "literal of an export"),
        ("nan", Hidden, "", "literal of an export"),
        ("7.91612E+10", Unknown, "7.91612E+10", "digits thrown away by a spreadsheet stay thrown away"),
        ("7,90712E+10", Unknown, "7,90712E+10", "the same with a comma"),
        ("8107924651ҐҐb", Unknown, "8107924651ҐҐb", "bad bytes inside a number"),
        ("8 9О7 111-22-33", Unknown, "8 9О7 111-22-33", "a letter in the place of a zero is not guessed"),
        ("1234567", Unknown, "1234567", "a local number without its area"),
        ("85011122334", Unknown, "85011122334", "no such area code, and no guess at a country"),
    ];
    for (raw, kind, text, why) in cases {
        let read = read_number(raw, None);
        assert_eq!((read.kind, read.text.as_str()), (*kind, *text), "{raw:?}: {why}");
    }
}

#[test]
fn a_bare_number_is_read_in_the_country_of_the_line() {
    let german = PhoneNumber::e164(49_300_000_000);
    assert_eq!(read_number("030 00000123", Some(&german)).text, "+493000000123");
    let belarusian = PhoneNumber::e164(375_290_000_000);
    assert_eq!(read_number("8 029 011-22-33", Some(&belarusian)).text, "+375290112233");
    assert_eq!(read_number("+7 907 111-22-33", Some(&german)).text, "+79071112233", "a plus goes before the line");
    assert_eq!(read_number("9071112233", None).text, "+79071112233", "without a line, Russian");
}

/// The library strips the trunk prefix of Russia a second time. When this test fails, it has been repaired, and
/// the guard in front of it may be thought over.
#[test]
fn the_library_still_corrupts_russian_numbers_that_begin_with_8() {
    let number = phonenumber::parse(None, "+78120112233").unwrap();
    let written = number.format().mode(phonenumber::Mode::E164).to_string();
    assert_eq!(written, "+7120112233");
    assert_eq!(read_number("+78120112233", None).text, "+78120112233", "our own rule keeps every digit");
}

#[test]
fn what_may_be_another_number_is_noted() {
    use ulika::import::number_note;
    use ulika::model::NumberNote;
    let note = |raw: &str| number_note(raw, &read_number(raw, None));
    assert_eq!(note("84950112233"), Some(NumberNote::AlsoVietnam));
    assert_eq!(note("7,90712E+10"), Some(NumberNote::DigitsLost));
    for plain in [
        "8 (495) 011-22-33",
        "+74950112233",
        "79071112233",
        "89071112233",
        "+84950112233",
        "",
        "MTC",
        "900",
        "7.9071112233E+10",
    ] {
        assert_eq!(note(plain), None, "{plain}");
    }
}

#[test]
fn nothing_that_is_typed_breaks_the_reading() {
    for raw in ["+", "++", "*", "#", "()", "доб. 5", "x", "E+1", "….", "٠١٢٣٤٥٦٧٨٩", "\u{0}", "ﷺ", "İ доб. 1"]
    {
        let read = read_number(raw, None);
        assert_ne!(read.kind, NumberKind::E164, "{raw:?}");
    }
    let long = "9".repeat(10_000);
    assert_eq!(read_number(&long, None).kind, NumberKind::Unknown);
}
