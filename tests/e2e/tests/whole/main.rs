//! The whole way in the real window, station by station, once by mouse and once by the keyboard alone: a new case, two
//! files, a mapping corrected, a folder of exhibits, links confirmed, a label, groups merged, a merge taken back, a
//! bundle, its verification, and the case opened again by a new process. At the end `ulika-cli` looks from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod notebook;
mod outside;
mod stations;

use fantoccini::key::Key;
use serde_json::Value;
use std::fs;
use ulika_e2e::{Hand, Person, Place, Result, Window, of_project};

const LABEL: &str = "ООО ВЕКТОРИЯ — реклама";
const PICTURE: &str = "Screenshot_20250423_111947_Call UI.png";

#[tokio::test]
async fn the_whole_way_by_mouse() -> Result<()> {
    whole(Hand::Mouse).await
}

#[tokio::test]
async fn the_whole_way_by_the_keyboard_alone() -> Result<()> {
    whole(Hand::Keys).await
}

/// What a case says of itself, to be found again wherever it is looked at.
#[derive(Debug, PartialEq)]
struct Seen {
    calls: i64,
    /// Names and sums of the groups, as listed.
    groups: Vec<String>,
    /// Exhibits that are linked to no call.
    unlinked: i64,
    labels: Vec<String>,
}

async fn whole(hand: Hand) -> Result<()> {
    let place = Place::new()?;
    let case = place.path("Дело о рекламе.ulika");
    let window = Window::open(&place, None).await?;
    let way = Way { person: Person { window: &window, hand }, place: &place };
    way.new_case(&case).await?;
    way.two_files().await?;
    way.correct_a_mapping().await?;
    way.drop_a_folder_of_exhibits().await?;
    way.confirm_links().await?;
    way.enter_a_label().await?;
    way.merge_groups().await?;
    way.undo().await?;
    let bundle = way.export().await?;
    way.verify(&bundle).await?;
    let left = way.look_over().await?;
    window.close().await?;

    let window = Window::open(&place, Some(&case)).await?;
    let way = Way { person: Person { window: &window, hand }, place: &place };
    assert_eq!(way.look_over().await?, left, "a new process shows the case as it was left");
    way.station("reopened").await?;
    window.close().await?;
    outside::agrees(&place, &case, &bundle, &left)
}

struct Way<'a> {
    person: Person<'a>,
    place: &'a Place,
}

impl Way<'_> {
    fn window(&self) -> &Window {
        self.person.window
    }

    async fn station(&self, name: &str) -> Result<()> {
        self.window().station(&format!("whole-{:?}-{name}", self.person.hand).to_lowercase()).await
    }

    async fn ask(&self, script: &str) -> Result<Value> {
        self.window().ask(&format!("return {script}")).await
    }

    async fn until(&self, check: &str, what: &str) -> Result<()> {
        self.window().until(&format!("return {check}"), vec![], what).await
    }

    /// To a section: by its name, or by its key.
    async fn go(&self, screen: &str, key: char) -> Result<()> {
        match self.person.hand {
            Hand::Mouse => self.person.act(&format!("#go-{screen}")).await?,
            Hand::Keys => self.window().press(&[Key::Control], key).await?,
        }
        self.window().see(&format!("#go-{screen}[aria-current=page]")).await
    }
}

fn expectation() -> Value {
    let text = fs::read_to_string(of_project("sample-data/case/phone.xml.expect.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}
