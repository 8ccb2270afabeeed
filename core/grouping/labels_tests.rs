#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn key(label: &str) -> Option<String> {
    fold(label).map(|f| f.key)
}

#[test]
fn word_lists_are_read() {
    assert!(LISTS.legal.len() > 30 && LISTS.generic.len() > 20 && !LISTS.openings.is_empty());
    let longest =
        LISTS.legal.iter().chain(&LISTS.descriptors).chain(&LISTS.generic).map(|p| p.split(' ').count()).max();
    assert!(longest.unwrap() <= LONGEST_PHRASE);
}

#[test]
fn spellings_of_one_name_meet() {
    let families: [&[&str]; 9] = [
        &[
            "ООО ИТСЕН",
            "ИТСЕН ИТ",
            "ИТСЕН: ИТ",
            "ITSEN",
            "OOO «Итсен»",
            "итсен",
            "ООО\"Итсен\"",
            "О.О.О. Итсен",
            "Итсен, ООО",
            "ООО-Итсен",
            "ИТСЕН — реклама",
            "Реклама: ИТСЕН",
            "ИТСEН",
            "ITSEN LLC",
            "ИТ | ООО «ИТСЕН»",
            "\u{202e}ИТСЕН",
            "Общество с ограниченной ответственностью «Итсен»",
            "ИТСЕН: предложения товаров",
        ],
        &["ВЕКТОРИЯ", "Vektoriya", "Vectoria", "Вектория, доставка", "«Вёктория»", "ВЕКТОРИЯ (банк)"],
        &["Зелёный Мыс", "ЗЕЛЕНЫЙ МЫС", "Zeleny Mys", "ЗеленыйМыс", "Зелёный-Мыс"],
        &["Альтинкофф", "Altinkoff", "Altinkof"],
        &["МАКСИДОМ-7", "Maxidom 7"],
        &["Фотон Джет", "Photon Dzhet"],
        &["МТС", "MTC", "MTS", "ПАО «МТС»"],
        &["Т-Банк", "ТБанк", "T-Bank", "Т Банк"],
        &["Яндекстур", "Yandextur"],
    ];
    for family in families {
        let first = key(family[0]);
        assert!(first.is_some(), "{}", family[0]);
        for label in family {
            assert_eq!(key(label), first, "{label} and {}", family[0]);
        }
    }
}

#[test]
fn different_names_do_not_meet() {
    let names = [
        "ИТСЕН",
        "ИТСК",
        "ИТСЕНА",
        "ВЕКТОРИЯ",
        "ВЕКТОР",
        "МТС",
        "МТС Банк",
        "МТК",
        "Т-Банк",
        "Банк Восход",
        "Восход",
        "Линия 24",
        "Линия 25",
        "Линия 224",
        "Мама",
        "Папа",
    ];
    for (i, a) in names.iter().enumerate() {
        for b in &names[i + 1..] {
            assert_ne!(key(a), key(b), "{a} and {b}");
        }
    }
}

#[test]
fn generic_labels_identify_nobody() {
    for label in [
        "",
        "  ",
        "«»",
        "Реклама",
        "реклама, доставка",
        "Возможно, спам",
        "Возможно, звонят из банка",
        "Неизвестный",
        "неизвестный номер",
        "ООО",
        "ИП",
        "ИТ",
        "Банк",
        "Банк: реклама",
        "Нежелательный звонок. Есть жалобы.",
        "Подозрение на мошенничество",
        "Unknown",
        "Spam risk",
        "+7 957 123-45-67",
        "Предложение товаров и услуг",
        "Private number",
        "😀",
    ] {
        assert_eq!(fold(label), None, "{label}");
    }
}

#[test]
fn the_name_keeps_its_spelling() {
    for (label, clean) in [
        ("ООО «Вектория-Инвест»", "Вектория-Инвест"),
        ("ИТСЕН: ИТ", "ИТСЕН"),
        ("Реклама — Зелёный Мыс", "Зелёный Мыс"),
        ("ИП Соснова А. А.", "Соснова А. А"),
        ("Лида (школа)", "Лида (школа)"),
        ("Лида [школа (2)]", "Лида [школа (2)]"),
        ("Школа «Росток»", "Школа «Росток»"),
        ("«Росток» школа", "«Росток» школа"),
        ("ООО \"Росток\" плюс", "\"Росток\" плюс"),
        ("ООО «Росток» (реклама)", "Росток"),
        ("Лида (шко", "Лида (шко"),
    ] {
        assert_eq!(fold(label).unwrap().clean, clean);
    }
}

#[test]
fn a_label_of_full_length_may_be_cut() {
    assert!(fold("Общество Вектория-Инвест-Консалт").unwrap().cut);
    assert!(!fold("Вектория-Инвест").unwrap().cut);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn case_quotes_and_form_do_not_matter(name in "[бвгджзлнпфцчшщэюя][а-я]{4,12}") {
        let base = key(&name);
        prop_assert_eq!(key(&name.to_uppercase()), base.clone());
        prop_assert_eq!(key(&format!("ООО «{name}»")), base.clone());
        // The signs are written as quotes, which would split the word.
        prop_assert_eq!(key(&any_ascii(&name).replace(['\'', '"'], "")), base);
    }

    #[test]
    fn any_text_folds_without_harm(label in "\\PC{0,40}") {
        if let Some(folded) = fold(&label) {
            prop_assert!(folded.key.chars().all(|c| c.is_ascii_alphanumeric()));
            prop_assert!(!folded.clean.is_empty());
            prop_assert_eq!(key(&folded.clean.to_lowercase()).is_some(), true);
        }
    }
}
