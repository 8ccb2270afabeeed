use super::{COMPILED, SHAPES, WORDS};
use crate::import::media::{Medium, WrittenBy as By, name_says};
use proptest::prelude::*;

/// Names that messengers give, one of each kind, and whose they are; `None` where several give such.
const GIVEN: [(&str, Option<By>); 30] = [
    ("photo_2025-06-23_13-47-57", Some(By::Telegram)),
    ("photo_5_2025-06-23_13-47-57", Some(By::Telegram)),
    ("photo_2@23-06-2025_13-47-57", Some(By::Telegram)),
    ("video_2025-06-23_13-47-57", Some(By::Telegram)),
    ("audio_2025-06-23_13-47-57", Some(By::Telegram)),
    ("audio_file_2025-06-23_13-47-57", Some(By::Telegram)),
    ("voice_message_2025-06-23_13-47-57", Some(By::Telegram)),
    ("voice_23-06-2025_13-47-57", Some(By::Telegram)),
    ("voice_23-06-2025_13-47", Some(By::Telegram)),
    ("голосовое_2025-06-23_13-47-57", Some(By::Telegram)),
    ("изображение_2025-06-23_13-47-57", Some(By::Telegram)),
    ("voice-message-2025-06-23-13-47-57", None),
    ("IMG-20250623-WA0001", Some(By::Whatsapp)),
    ("PTT-20250623-WA0001", Some(By::Whatsapp)),
    ("AUD-20250623-WA0012", Some(By::Whatsapp)),
    ("PTV-20250623-WA0012", Some(By::Whatsapp)),
    ("WhatsApp Image 2025-06-23 at 13.47.57", Some(By::Whatsapp)),
    ("WhatsApp Image 2025-06-23 at 1.47.57 PM", Some(By::Whatsapp)),
    ("WhatsApp_Image_2025-06-23_at_13.47.57", Some(By::Whatsapp)),
    ("WhatsApp Audio 2025-06-23 at 13.47.57_a1b2c3d4", Some(By::Whatsapp)),
    ("Изображение WhatsApp 2025-06-23 в 13.47.57", Some(By::Whatsapp)),
    ("PHOTO-2025-06-23-13-47-57", Some(By::Whatsapp)),
    ("00000005-AUDIO-2025-06-23-13-47-57", Some(By::Whatsapp)),
    ("viber_image_2025-06-23_13-47-57-123", Some(By::Viber)),
    ("изображение_viber_2025-06-23_13-47-57-123", Some(By::Viber)),
    ("viber-2025-06-23-13-47-57", Some(By::Viber)),
    ("signal-2025-06-23-134757", Some(By::Signal)),
    ("signal-2025-06-23-13-47-57-123", Some(By::Signal)),
    ("FB_IMG_1750675677123", Some(By::Facebook)),
    ("received_1750675677123456", Some(By::Facebook)),
];

/// What people and systems write before a name: anything that does not end in a letter.
fn before() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "",
        "Скриншот ",
        "Звонок от Вектории ",
        "Вызов_",
        "Вызов@",
        "call ",
        "скрин ",
        "01 ",
        "(1) ",
        "3",
        "Запись звонка 79353104036 ",
        "Screenshot_20250401-173316 ",
        "2025-04-01 17-33-16 (phone) ↙",
        "Call recording Мама_250423_111941 ",
        "Копия (2) ",
        "Screenshot_",
        "IMG_20250401_173316_",
    ]);
    let any = ("\\PC{0,16}", prop::sample::select(vec![" ", "_", "-", ".", "(", "1", "@"])).prop_map(|(a, b)| a + b);
    prop_oneof![words.prop_map(str::to_owned), any]
}

/// What stands behind: nothing, or anything that does not go on with the digits.
fn behind() -> impl Strategy<Value = String> {
    let words = vec!["", " (2)", " — копия", " звонок", "_edited", " 2025-06-24 10-00-00", " скриншот ↙", ".jpg"];
    prop_oneof![prop::sample::select(words).prop_map(str::to_owned), "[ _(~]\\PC{0,12}"]
}

proptest! {
    #[test]
    fn no_word_around_a_messenger_s_name_makes_it_a_time_of_capture(
        before in before(), (name, _) in prop::sample::select(GIVEN.to_vec()), behind in behind(),
    ) {
        for (medium, ending) in [(Medium::Picture, "jpg"), (Medium::Sound, "ogg")] {
            let whole = format!("{before}{name}{behind}.{ending}");
            let says = name_says(&whole, medium, None);
            prop_assert!(says.saved && !says.recorded, "{whole}: {says:?}");
            prop_assert!(says.by.is_none_or(|by| by.is_messenger()), "{whole}: {says:?}");
        }
    }
}

#[test]
fn the_messenger_is_named_whatever_stands_before() {
    for (name, by) in GIVEN {
        for before in ["", "Скриншот ", "Звонок от Вектории ", "Вызов_", "01 ", "(1) ", "скрин 3 ", "call "]
        {
            for medium in [Medium::Picture, Medium::Sound] {
                let says = name_says(&format!("{before}{name}.jpg"), medium, None);
                assert_eq!((says.saved, says.by), (true, by), "{before}{name}");
                assert_eq!(says.time.is_none(), by == Some(By::Facebook), "{before}{name}");
            }
        }
    }
}

#[test]
fn what_no_messenger_wrote_is_not_taken_for_theirs() {
    for name in [
        "IMG_20250623_134757.jpg",
        "Screenshot_20250623-134757_WhatsApp.png",
        "Screenshot_20250623_134757_Telegram.jpg",
        "Screenshot_2025-06-23-13-47-57-123_com.viber.voip.jpg",
        "Звонок Screenshot_20250623-134757.png",
        "скрин 2025-06-23 13-47-57.png",
        "2025-06-23 13-47-57.jpg",
    ] {
        let says = name_says(name, Medium::Picture, None);
        assert!(says.time.is_some() && !says.saved, "{name}: {says:?}");
    }
    for name in [
        "Call recording Мама_250623_134757.m4a",
        "2025-06-23 13-47-57 (whatsapp) Ольга ↗.m4a",
        "whatsapp_20250623-134757_+79353104036.amr",
        "viber_20250623-134757_+79353104036.amr",
        "Вызов@Max(0079353104036)_20250623134757.mp3",
    ] {
        let says = name_says(name, Medium::Sound, None);
        assert!(says.time.is_some() && says.recorded && !says.saved, "{name}: {says:?}");
    }
}

#[test]
fn every_pattern_compiles() {
    assert_eq!((COMPILED.len(), WORDS.len()), (SHAPES.len(), 5));
}
