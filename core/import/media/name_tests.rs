#![allow(clippy::unwrap_used)]
use super::{Medium, NameSays, name_says};
use crate::import::media::WrittenBy;
use crate::model::{ClockKind, Direction, Screen};
use chrono::DateTime;

/// The name of a recording.
fn read(name: &str) -> NameSays {
    name_says(name, Medium::Sound, None)
}

/// The name of a picture.
fn picture(name: &str) -> NameSays {
    name_says(name, Medium::Picture, None)
}

/// The time in a name as far as it is one of capture.
fn captured(says: &NameSays) -> String {
    if says.saved { "none".to_owned() } else { time(says) }
}

/// `2025-09-03 10:15:00 second +03:00`, as far as there is such a thing.
fn time(says: &NameSays) -> String {
    let Some(stamp) = says.time else { return "none".to_owned() };
    let at = DateTime::from_timestamp(stamp.reading, 0).unwrap().naive_utc();
    let kind = if stamp.kind == ClockKind::Instant { " instant" } else { "" };
    format!("{at} {}{}{kind}", stamp.precision, stamp.zone.map_or(String::new(), |z| format!(" {}", z.name())))
}

fn number(says: &NameSays) -> &str {
    says.number.as_ref().map_or("", |n| n.text.as_str())
}

#[test]
fn recordings_of_every_recorder() {
    use Direction::{Incoming as In, Outgoing as Out, Unknown as No};
    use WrittenBy as By;
    let cases = [
        // Xiaomi: 00 for +, a contact, a number alone, a short number with a name behind it, HyperOS.
        (
            "Вызов@Ольга Ю(0079353104036)_20250401173316.mp3",
            By::Miui,
            "+79353104036",
            "Ольга Ю",
            No,
            "2025-04-01 17:33:16 second",
        ),
        (
            "Вызов@0079353104036(0079353104036)_20250401173316.mp3",
            By::Miui,
            "+79353104036",
            "",
            No,
            "2025-04-01 17:33:16 second",
        ),
        ("Вызов@+79353104036_20250401173316.mp3", By::Miui, "+79353104036", "", No, "2025-04-01 17:33:16 second"),
        ("Call@89353104036_20250401173316.mp3", By::Miui, "+79353104036", "", No, "2025-04-01 17:33:16 second"),
        (
            "Вызов@112(Экстренный номер)_20250401173316.mp3",
            By::Miui,
            "112",
            "Экстренный номер",
            No,
            "2025-04-01 17:33:16 second",
        ),
        (
            "Мама(0079353104036)_20250401173316(1).mp3",
            By::Miui,
            "+79353104036",
            "Мама",
            No,
            "2025-04-01 17:33:16 second",
        ),
        (
            "Вызов@Банк(0079353104036p123)_20250401173316.mp3",
            By::Miui,
            "+79353104036",
            "Банк",
            No,
            "2025-04-01 17:33:16 second",
        ),
        // Two callers, the name cut to fifty characters.
        ("Вызов@Оля(0079353104036)_Юля(0079447721560)_202504", By::Miui, "+79353104036", "Оля", No, "none"),
        (
            "Вызов@Оля(0079353104036)_Юля(0079447721560)_2025040117",
            By::Miui,
            "+79353104036",
            "Оля",
            No,
            "2025-04-01 00:00:00 day",
        ),
        (
            "Call recording +79353104036_250401_173316.m4a",
            By::Samsung,
            "+79353104036",
            "",
            No,
            "2025-04-01 17:33:16 second",
        ),
        (
            "Call recording Home Office_250401_173316.m4a",
            By::Samsung,
            "",
            "Home Office",
            No,
            "2025-04-01 17:33:16 second",
        ),
        ("Запись вызова Пётр Ильич_250401_173316.m4a", By::Samsung, "", "Пётр Ильич", No, "2025-04-01 17:33:16 second"),
        ("+79353104036-2504011733.mp3", By::Oneplus, "+79353104036", "", No, "2025-04-01 17:33:00 minute"),
        ("Ольга-2504011733.mp3", By::Oneplus, "", "Ольга", No, "2025-04-01 17:33:00 minute"),
        ("Ольга@89353104036_20250401173316.amr", By::Huawei, "+79353104036", "Ольга", No, "2025-04-01 17:33:16 second"),
        ("89353104036_20250401173316.amr", By::Huawei, "+79353104036", "", No, "2025-04-01 17:33:16 second"),
        ("89353104036_01-04-2025_17-33.m4a", By::Huawei, "+79353104036", "", No, "2025-04-01 17:33:00 minute"),
        ("0d20250401173316p+79353104036.3gp", By::Lg, "+79353104036", "", No, "2025-04-01 17:33:16 second"),
        ("1d20250401173316pnull.3gp", By::Lg, "", "", No, "2025-04-01 17:33:16 second"),
        (
            "2025-04-01 17-33-16 (phone) ООО ВЕКТОРИЯ (89353104036) ↙.m4a",
            By::CubeAcr,
            "+79353104036",
            "ООО ВЕКТОРИЯ",
            In,
            "2025-04-01 17:33:16 second",
        ),
        ("2025-04-01 17-33-16 (whatsapp) Ольга ↗.m4a", By::CubeAcr, "", "Ольга", Out, "2025-04-01 17:33:16 second"),
        ("phone_20250401-173316_+79353104036.amr", By::CubeAcr, "+79353104036", "", No, "2025-04-01 17:33:16 second"),
        (
            "20250401_173316.456+0300_out_9353104036_John_Doe.oga",
            By::Bcr,
            "+79353104036",
            "John_Doe",
            Out,
            "2025-04-01 17:33:16 second +03:00",
        ),
        (
            "20250401_143316.456+0000_in_sim1_+79353104036.oga",
            By::Bcr,
            "+79353104036",
            "",
            In,
            "2025-04-01 14:33:16 second UTC",
        ),
        (
            "force-89353104036-3201-20250401-173316-1743517996.12206.wav",
            By::Asterisk,
            "+79353104036",
            "",
            No,
            "2025-04-01 17:33:16 second",
        ),
        (
            "in-89070000000-89353104036-20250401-173316-1743517996.12206.wav",
            By::Asterisk,
            "+79353104036",
            "",
            In,
            "2025-04-01 17:33:16 second",
        ),
        (
            "out-89353104036-3201-20250401-173316-1743517996.12206.wav",
            By::Asterisk,
            "+79353104036",
            "",
            Out,
            "2025-04-01 17:33:16 second",
        ),
        (
            "external-3201-89353104036-20250401-173316-1743517996.12206.wav",
            By::Asterisk,
            "+79353104036",
            "",
            No,
            "2025-04-01 17:33:16 second",
        ),
        (
            "20250401173316-1743517996.46-89353104036-201-Inbound.yswav",
            By::Yeastar,
            "+79353104036",
            "",
            In,
            "2025-04-01 17:33:16 second",
        ),
        (
            "20250401173316-1743517996.46-201-89353104036-Outbound.wav",
            By::Yeastar,
            "+79353104036",
            "",
            Out,
            "2025-04-01 17:33:16 second",
        ),
        (
            "20250401-173316_101_+79353104036_Outgoing_Auto_2218480010.mp3",
            By::RingCentral,
            "+79353104036",
            "",
            Out,
            "2025-04-01 17:33:16 second",
        ),
        ("2025-04-01 17.33.16 ↓ +79353104036.ogg", By::Axet, "+79353104036", "", In, "2025-04-01 17:33:16 second"),
        ("↑ 89353104036 20250401T173316.m4a", By::Axet, "+79353104036", "", Out, "2025-04-01 17:33:16 second"),
    ];
    for (name, by, digits, contact, direction, at) in cases {
        let says = read(name);
        // A conference whose time was cut away to the month keeps its people only as far as a looser shape finds them.
        if at == "none" {
            assert_eq!(time(&says), "none", "{name}");
            continue;
        }
        assert_eq!(says.by, Some(by), "{name}");
        assert_eq!(number(&says), digits, "{name}");
        assert_eq!(says.contact.as_deref().unwrap_or(""), contact, "{name}");
        assert_eq!(says.direction, direction, "{name}");
        assert_eq!(time(&says).replace("UTC", "+00:00"), at.replace("UTC", "+00:00"), "{name}");
        assert!(!says.saved, "{name}");
    }
}

#[test]
fn screenshots_of_every_system() {
    let cases = [
        ("Screenshot_20250401-173316.png", Some(WrittenBy::Android), None),
        ("Screenshot_20250401-173316_Телефон.jpg", Some(WrittenBy::Android), Some(Screen::CallList)),
        ("Screenshot_20250401_173316_Call UI.jpg", Some(WrittenBy::Samsung), Some(Screen::Call)),
        ("Screenshot_20250401_173316_Instagram.jpg", Some(WrittenBy::Samsung), Some(Screen::Other)),
        ("Screenshot_20250401_173316_edit_1234567890.jpg", Some(WrittenBy::Samsung), Some(Screen::Other)),
        ("Screenshot_2025-04-01-17-33-16-797_com.android.incallui.jpg", Some(WrittenBy::Xiaomi), Some(Screen::Call)),
        (
            "Screenshot_2025-04-01-17-33-16-797_com.android.contacts.jpg",
            Some(WrittenBy::Xiaomi),
            Some(Screen::CallList),
        ),
        ("Screenshot_2025-04-01-17-33-16-31_99c04817c0de5652397fc8b56c3b3817.jpg", Some(WrittenBy::Oneplus), None),
        ("Снимок экрана 2025-04-01 173316.png", Some(WrittenBy::Windows), None),
        ("Снимок экрана 2025-04-01 в 17.33.16.png", Some(WrittenBy::Macos), None),
        ("Screenshot 2025-04-01 at 17.33.16.png", Some(WrittenBy::Macos), None),
        ("Screenshot 2025-04-01 at 5.33.16\u{202f}PM.png", Some(WrittenBy::Macos), None),
        ("IMG_20250401_173316.jpg", None, None),
        ("Screenrecorder-2025-04-01-17-33-16-123.mp4", None, None),
    ];
    for (name, by, screen) in cases {
        let says = picture(name);
        assert_eq!(time(&says), "2025-04-01 17:33:16 second", "{name}");
        assert_eq!((says.by, says.screen), (by, screen), "{name}");
        assert_eq!(number(&says), "", "{name}");
    }
    assert_eq!(time(&picture("Снимок экрана 2025-04-01 в 9.05.01.png")), "2025-04-01 09:05:01 second");
    assert_eq!(time(&picture("Screenshot 2025-04-01 at 12.05.01 AM.png")), "2025-04-01 00:05:01 second");
    assert_eq!(picture("IMG_0001.PNG").by, Some(WrittenBy::Ios));
    assert_eq!(time(&picture("IMG_0001.PNG")), "none");
}

#[test]
fn a_messenger_s_name_is_the_time_of_saving() {
    let cases = [
        ("photo_2025-04-01_17-33-16.jpg", WrittenBy::Telegram, "2025-04-01 17:33:16 second"),
        ("photo_2@01-04-2025_17-33-16.jpg", WrittenBy::Telegram, "2025-04-01 17:33:16 second"),
        ("audio_2025-04-01_17-33-16.ogg", WrittenBy::Telegram, "2025-04-01 17:33:16 second"),
        ("IMG-20250401-WA0001.jpg", WrittenBy::Whatsapp, "2025-04-01 00:00:00 day"),
        ("PTT-20250401-WA0012.opus", WrittenBy::Whatsapp, "2025-04-01 00:00:00 day"),
        ("WhatsApp Image 2025-04-01 at 17.33.16.jpeg", WrittenBy::Whatsapp, "2025-04-01 17:33:16 second"),
        ("viber_image_2025-04-01_17-33-16-123.jpg", WrittenBy::Viber, "2025-04-01 17:33:16 second"),
    ];
    for (name, by, at) in cases {
        let says = picture(name);
        assert_eq!((says.by, says.saved), (Some(by), true), "{name}");
        assert_eq!(time(&says), at, "{name}");
    }
    let at = "2025-09-03 10:15:00 second";
    for (name, by) in [
        ("photo_5_2025-09-03_10-15-00.jpg", WrittenBy::Telegram),
        ("1_photo_2025-09-03_10-15-00.jpg", WrittenBy::Telegram),
        ("PHOTO_2025-09-03_10-15-00.JPG", WrittenBy::Telegram),
        ("photo_2025-09-03 10.15.00.jpeg", WrittenBy::Telegram),
        ("image_2025-09-03_10-15-00.png", WrittenBy::Telegram),
        ("изображение_2025-09-03_10-15-00.png", WrittenBy::Telegram),
        ("voice_03-09-2025_10-15-00.ogg", WrittenBy::Telegram),
        ("Копия photo_2025-09-03_10-15-00.jpg", WrittenBy::Telegram),
        ("Копия (2) photo_2025-09-03_10-15-00.jpg", WrittenBy::Telegram),
        ("Copy of photo_2025-09-03_10-15-00.jpg", WrittenBy::Telegram),
        ("photo_2025-09-03_10-15-00 (2).jpg", WrittenBy::Telegram),
        ("photo_2025-09-03_10-15-00 — копия.jpg", WrittenBy::Telegram),
        ("Telegram photo 2025-09-03 10-15-00.jpg", WrittenBy::Telegram),
        ("00000012-PHOTO-2025-09-03-10-15-00.jpg", WrittenBy::Whatsapp),
        ("PHOTO-2025-09-03-10-15-00.jpg", WrittenBy::Whatsapp),
        ("VIDEO-2025-09-03-10-15-00.mp4", WrittenBy::Whatsapp),
        ("00000013-AUDIO-2025-09-03-10-15-00.opus", WrittenBy::Whatsapp),
        ("Изображение WhatsApp 2025-09-03 в 10.15.00.jpg", WrittenBy::Whatsapp),
        ("Фото WhatsApp 2025-09-03 at 10.15.00.jpg", WrittenBy::Whatsapp),
        ("viber_изображение_2025-09-03_10-15-00-123.jpg", WrittenBy::Viber),
        ("изображение_viber_2025-09-03_10-15-00-123.jpg", WrittenBy::Viber),
        ("signal-2025-09-03-101500.jpg", WrittenBy::Signal),
        ("signal-2025-09-03-10-15-00-123.jpg", WrittenBy::Signal),
    ] {
        for says in [picture(name), read(name)] {
            assert_eq!((says.by, says.saved), (Some(by), true), "{name}");
            assert_eq!(time(&says), at, "{name}");
        }
    }
    for name in ["FB_IMG_1756883700000.jpg", "received_1756883700000.jpeg"] {
        assert_eq!((picture(name).by, picture(name).saved), (Some(WrittenBy::Facebook), true), "{name}");
        assert_eq!(time(&picture(name)), "none", "{name}");
    }
}

#[test]
fn a_picture_of_a_messenger_s_screen_and_a_call_over_one_are_no_messenger_s_files() {
    for says in [
        picture("Screenshot_20250401_173316_Telegram.jpg"),
        picture("скрин 2025-04-01 17-33-16 telegram.png"),
        read("2025-04-01 17-33-16 (whatsapp) Ольга ↗.m4a"),
        read("whatsapp_20250401-173316_+79353104036.amr"),
        read("запись 2025-04-01 17-33-16 telegram.m4a"),
    ] {
        assert_eq!((time(&says).as_str(), says.saved), ("2025-04-01 17:33:16 second", false), "{says:?}");
    }
    // A word before the messenger's: what was on the screen, or what was written before the name of what it passed on.
    for name in [
        "Screenshot WhatsApp 2025-04-01 17-33-16.png",
        "запись telegram 2025-04-01 17-33-16.m4a",
        "Telegram Desktop запись 2025-04-01 17-33-16.ogg",
        "Скриншот Photo 2025-04-01 17-33-16.jpg",
        "VK 2025-04-01 17-33-16 screen.jpg",
        "скрин mmexport1750675677123.jpg",
    ] {
        for says in [picture(name), read(name)] {
            if !(name.starts_with("VK") && says == read(name)) {
                assert_eq!(captured(&says), "none", "{name}");
            }
        }
    }
}

#[test]
fn a_date_in_a_picture_s_name_is_no_time_of_capture_unless_something_says_so() {
    for name in [
        "Photo 2025-09-03 10-15-00.jpg",
        "IMAGE 2025-09-03 10-15-00.jpg",
        "VK_2025-09-03_10-15-00.jpg",
        "max_2025-09-03_10-15-00.jpg",
        "договор 20250903101500.png",
        "0-02-05-2025-09-03 10-15-00 a1.jpg",
        "IMG_20250903_101500_123.jpg",
        "IMG_20250903_101500@1756883700.jpg",
        "1756883700000.jpg",
        "Ольга-2509031015.jpg",
        "Otto_250903_101500.jpg",
    ] {
        assert_eq!(captured(&picture(name)), "none", "{name}");
    }
    for name in [
        "IMG_20250903_101500.jpg",
        "IMG_20250903_101500 (1).jpg",
        "Screenshot from 2025-09-03 10-15-00.png",
        "скрин 2025-09-03 10-15-00.png",
        "звонок 2025-09-03 10-15-00.png",
        "2025-09-03 101500 79353104036.png",
        "2025-09-03 10.15.00.png",
    ] {
        assert_eq!(time(&picture(name)), "2025-09-03 10:15:00 second", "{name}");
    }
    assert_eq!(number(&picture("2025-09-03 101500 79353104036.png")), "+79353104036");
    assert_eq!(time(&picture("79353104036_20250903.png")), "none", "a day alone may be anything's");
}

#[test]
fn generic_stamps_and_epochs() {
    assert_eq!(time(&read("rec 20250401_173316.wav")), "2025-04-01 17:33:16 second");
    assert_eq!(time(&read("запись 2025-04-01 17-33.wav")), "2025-04-01 17:33:00 minute");
    assert_eq!(time(&read("1743517996123.m4a")), "2025-04-01 14:33:16 second instant");
    assert_eq!(time(&read("call_1743517996.m4a")), "2025-04-01 14:33:16 second instant");
    assert_eq!(time(&picture("PXL_20250401_143316123.jpg")), "2025-04-01 14:33:16 second instant");
    assert_eq!(time(&read("Anruf Otto_250401_173316.m4a")), "2025-04-01 17:33:16 second");
}

#[test]
fn one_date_with_a_time_of_day_is_a_time_and_nothing_else_is() {
    for name in [
        "Скрин договора от 2024-01-15.png",
        "Скриншот к жалобе 2025-07-01.png",
        "Музыка 2023-01-01.mp3",
        "ответ 2025-04-01.mp3",
        "Счёт-2401151200.mp3",
        "договор-2401151200.mp3",
        "Дело №12-2504231119.mp3",
        "Счёт 202401151200.mp3",
        "Счёт-1750675677.mp3",
        "Запись 2025-06-10 12-30-00 копия от 2025-06-11 09-00-00.m4a",
        "Запись 20240115 2025-06-10 12-30-00.m4a",
        "Запись 10.06.2025 12-30-00 сохранено 2025-06-11 09-00.m4a",
        "Запись 2025-06-10 25-30-00.m4a",
    ] {
        for says in [picture(name), read(name)] {
            assert_eq!(captured(&says), "none", "{name}");
        }
    }
    for name in [
        "Запись по договору 20240115 от 2025-06-10 12-30-00.m4a",
        "Запись 2025-06-10 12-30-00 (2025-06-10 12-30).m4a",
        "Запись 79447721560 2025-06-10 12-30-00.m4a",
        "Запись 10.06.2025 12-30-00, 20250610_123000.m4a",
    ] {
        assert_eq!(time(&read(name)), "2025-06-10 12:30:00 second", "{name}");
    }
    assert_eq!(number(&read("Запись 79447721560 2025-06-10 12-30-00.m4a")), "+79447721560");
}

#[test]
fn digits_of_a_date_are_no_number_and_a_number_is_no_date() {
    for name in ["20250401173316.wav", "rec_20250401.wav", "1743517996123.m4a", "rec 20250401_173316.wav"] {
        assert_eq!(number(&read(name)), "", "{name}");
    }
    assert_eq!(number(&read("разговор 89353104036.mp3")), "+79353104036");
    assert_eq!(time(&read("разговор 89353104036.mp3")), "none");
    assert_eq!(time(&picture("Screenshot_20251341-173316.png")), "none", "there is no such month");
    assert_eq!(time(&read("+79353104036-2599999999.mp3")), "none");
}

#[test]
fn decomposed_names_of_macos_are_read_like_composed_ones() {
    use unicode_normalization::UnicodeNormalization;
    let name: String = "Снимок экрана 2025-04-01 в 17.33.16.png".nfd().collect();
    assert_eq!(time(&read(&name)), "2025-04-01 17:33:16 second");
}

#[test]
fn no_name_is_too_odd() {
    for name in
        ["", ".", "..png", "@", "()_", "Вызов@()_20250401", "\u{202e}gpj.exe", "Screenshot_", "1d", "-2504011733"]
    {
        let _ = read(name);
    }
    let long = "9".repeat(10_000);
    assert_eq!(time(&read(&long)), "none");
}
