//! The sources beside each other, in the real window, by mouse and by the keyboard alone: who confirms which calls and
//! the list that a count leads to, the days with their table, a zone that is offered or set, and how it is taken back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::path::PathBuf;
use ulika_e2e::{Hand, Person, Place, Result, Window};

/// A call each other day; the operator knows every fourth of them not.
const CALLS: u32 = 24;

/// Rows of a table with a clock that is so many hours ahead of Moscow. On the tenth and the eleventh nobody called.
fn table(ahead: u32, calls: impl Iterator<Item = u32>) -> String {
    let mut text = "Дата и время;Направление;Номер;Длительность\r\n".to_owned();
    for call in calls {
        let (day, hour, minute) = (1 + call + u32::from(call >= 9) * 2, 9 + call % 7 + ahead, call * 7 % 60);
        text += &format!(
            "{day:02}.05.2025 {hour:02}:{minute:02}:11;Входящий;7935310{:04};00:00:{:02}\r\n",
            4000 + call * 31,
            5 + call
        );
    }
    text
}

/// A case of a phone's log that was kept two hours east of Moscow and is read in Moscow's time, and of an operator's.
fn case_of(place: &Place, calls: u32) -> Result<PathBuf> {
    let case = place.path("Пояса.ulika");
    let path = case.display().to_string();
    place.cli(&["new", &path, "--title", "Пояса", "--line", "+79071204518,zone=Europe/Moscow"])?;
    let known = (0..calls).filter(|call| call % 4 != 3);
    for (name, kind, text) in
        [("телефон.csv", "phone", table(2, 0..calls)), ("оператор.csv", "operator", table(0, known))]
    {
        let file = place.path(name);
        fs::write(&file, text)?;
        place.cli(&["import", &path, &file.display().to_string(), "--kind", kind])?;
    }
    Ok(case)
}

async fn open(place: &Place, calls: u32) -> Result<Window> {
    open_in(place, calls, "light").await
}

async fn open_in(place: &Place, calls: u32, colours: &str) -> Result<Window> {
    let case = case_of(place, calls)?;
    let window = Window::open(place, None).await?;
    window.appearance("ru", colours).await?;
    place.answer(&[&case])?;
    window.click("#open-case").await?;
    window.see("#grid [data-call]").await?;
    Ok(window)
}

async fn overview(person: &Person<'_>) -> Result<()> {
    person.by("#go-overview", &[Key::Control], '1').await?;
    person.window.see("#verdicts ul").await?;
    person.window.see("#coverage").await
}

/// The offer of the zone is accepted and taken back, by either hand.
async fn offered(hand: Hand, name: &str) -> Result<()> {
    let place = Place::new()?;
    let window = open(&place, CALLS).await?;
    let person = Person { window: &window, hand };
    overview(&person).await?;
    assert_eq!(window.barriers().await?, Vec::<String>::new());
    window.says("#verdicts", "18 телефон и оператор").await?;
    window.says("#verdicts", "6 только телефон").await?;

    // The count leads to its calls, and to no others.
    person.act("#verdict-phone_only").await?;
    window.until_listed(6).await?;
    window.says(".chip", "только телефон").await?;
    window.station(&format!("witnesses-{name}-narrowed")).await?;
    overview(&person).await?;

    // The days, one by one and as a table.
    if hand == Hand::Keys {
        person.tab_to("#coverage-day").await?;
        for _ in 0..9 {
            person.key(Key::Right).await?;
        }
        window.says("#coverage-told", "10 мая 2025: «телефон.csv» — записей нет; «оператор.csv» — записей нет").await?;
        window.station(&format!("witnesses-{name}-day")).await?;
    }
    person.by("#coverage-table", &[], 't').await?;
    window.see("#coverage tbody").await?;
    let cells = window.texts("#coverage tbody tr :is(th, td)").await?;
    let rows: Vec<&[String]> = cells.chunks(5).collect();
    assert_eq!(rows[0], ["телефон.csv", "1 мая 2025", "9 мая 2025", "9", "9"]);
    assert_eq!(rows[1], ["телефон.csv", "10 мая 2025", "11 мая 2025", "2", "записей нет"]);
    window.station(&format!("witnesses-{name}-table")).await?;
    person.by("#coverage-table", &[], 't').await?;
    window.says("#coverage", "2 дня без записей: 10–11 мая 2025").await?;

    // The clock is two hours ahead, and the zone that explains it is offered.
    window.says("#clocks", "Часы телефона спешат: впереди часов оператора на 2 ч (± 0 с, по 18 звонкам).").await?;
    person.act("#offer-1-2-1").await?;
    window.says("dialog", "на 2 ч раньше").await?;
    window.says("#zone-verdicts", "не изменится").await?;
    window.station(&format!("witnesses-{name}-offer")).await?;
    assert_eq!(window.barriers().await?, Vec::<String>::new());
    person.act("#zone-save").await?;
    window.gone("dialog").await?;
    window.says("#clocks", "Часы телефона и часы оператора идут одинаково").await?;
    window.says("#sources", "Екатеринбург (МСК+2) указан вами").await?;
    window.gone("#offer-1-2-1").await?;
    window.station(&format!("witnesses-{name}-set")).await?;

    // It is undone by its name.
    window.says("#undo", "Отменить: часовой пояс источника").await?;
    person.by("#undo", &[Key::Control], 'z').await?;
    window.says("#clocks", "на 2 ч").await?;
    window.see("#offer-1-2-1").await?;
    window.says("#sources", "Москва (МСК) по линии").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn a_wrong_zone_is_found_and_set_by_mouse() -> Result<()> {
    offered(Hand::Mouse, "mouse").await
}

#[tokio::test]
async fn a_wrong_zone_is_found_and_set_by_the_keyboard_alone() -> Result<()> {
    offered(Hand::Keys, "keys").await
}

/// Of two calls no clock can be known: nothing is offered, and the calls of the two files stay apart until the person,
/// who knows the zone, says it.
#[tokio::test]
async fn a_zone_that_the_person_knows_joins_what_stood_apart() -> Result<()> {
    let place = Place::new()?;
    let window = open(&place, 2).await?;
    let person = Person { window: &window, hand: Hand::Keys };
    window.until_listed(4).await?;
    overview(&person).await?;
    window.says("#verdicts", "0 телефон и оператор").await?;
    window.says("#clocks", "Общих звонков у источников нет").await?;
    person.act("#zone-1").await?;
    person.choose("#zone-choice", "Asia/Yekaterinburg").await?;
    window.says("#zone-verdicts", "телефон и оператор: 0 → 2").await?;
    window.says("#zone-verdicts", "только телефон: 2 → 0").await?;
    person.act("#zone-save").await?;
    window.gone("dialog").await?;
    window.says("#verdicts", "2 телефон и оператор").await?;
    window.says("#verdicts", "0 только телефон").await?;

    // Taken back: by undo, and by the choice that says so.
    window.press(&[Key::Control], 'z').await?;
    window.says("#verdicts", "2 только телефон").await?;
    window.press(&[Key::Control, Key::Shift], 'z').await?;
    window.says("#verdicts", "2 телефон и оператор").await?;
    person.act("#zone-1").await?;
    person.choose("#zone-choice", "").await?;
    window.says("#zone-verdicts", "телефон и оператор: 2 → 0").await?;
    person.act("#zone-save").await?;
    window.gone("dialog").await?;
    window.says("#sources", "Москва (МСК) по линии").await?;
    window.says("#verdicts", "2 только оператор").await?;
    person.act("#verdict-operator_only").await?;
    window.until_listed(2).await?;
    window.close().await
}

/// Who is silent is said with the reason, of all calls and of one; a source goes out of the case by itself and comes back.
async fn silent(colours: &str) -> Result<()> {
    let place = Place::new()?;
    let window = open_in(&place, CALLS, colours).await?;
    let person = Person { window: &window, hand: Hand::Mouse };
    overview(&person).await?;
    window.says("#silence-counts", "5 Оператор молчит: в этот день в источнике нет ни одного звонка").await?;
    window.station(&format!("silence-overview-{colours}")).await?;
    window.says("#silence-counts", "1 Оператор молчит: звонок вне периода источника").await?;
    person.act("#silent-operator-gap").await?;
    window.until_listed(5).await?;
    window.says(".chip", "Оператор молчит").await?;
    window.click("#grid [data-call]").await?;
    window.says("#silences", "в этот день в источнике нет ни одного звонка").await?;
    window.says("#silences", "оператор.csv").await?;
    window.station(&format!("silence-panel-{colours}")).await?;

    overview(&person).await?;
    person.act("#sources tbody tr:first-child [aria-expanded]").await?;
    person.act("#withdraw-1").await?;
    window.says("#withdraw-goes", "6 звонков").await?;
    window.station(&format!("withdraw-dialog-{colours}")).await?;
    person.act("#withdraw-go").await?;
    let sources = |count: u32| format!("return document.querySelectorAll('#sources tbody tr').length === {count}");
    window.until(&sources(1), vec![], "the source gone").await?;
    window.says("#verdicts", "18 только оператор").await?;
    window.press(&[Key::Control], '6').await?;
    window.says("main", "Исключено из дела: «телефон.csv»").await?;
    window.press(&[Key::Control], 'z').await?;
    window.press(&[Key::Control], '1').await?;
    window.until(&sources(2), vec![], "the source back").await?;
    assert_eq!(window.barriers().await?, Vec::<String>::new());
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn silence_has_a_reason_and_a_source_can_be_taken_out() -> Result<()> {
    silent("light").await?;
    silent("dark").await
}
