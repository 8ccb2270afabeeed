//! What is done on the page, by the shortest way: for tests that are about something else than the hand.

use crate::{Result, Window};
use fantoccini::Locator;
use fantoccini::actions::{Actions, InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

impl Window {
    /// Clicks, as soon as it is there and can be clicked.
    ///
    /// # Errors
    /// When it never can.
    pub async fn click(&self, css: &str) -> Result<()> {
        // What is still moving would be missed: it must stand in view and at one place twice in a row.
        let script = "const e = document.querySelector(arguments[0]);
            if (e === null || e.disabled) return false;
            e.scrollIntoView({ block: 'nearest' });
            const place = JSON.stringify(e.getBoundingClientRect());
            const stands = e.dataset.place === place;
            e.dataset.place = place;
            return stands";
        self.until(script, vec![json!(css)], &format!("{css}, enabled and at rest")).await?;
        Ok(self.client.find(Locator::Css(css)).await?.click().await?)
    }

    /// Types into a field, in place of what stands in it.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        self.see(css).await?;
        let field = self.client.find(Locator::Css(css)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses from a list by value.
    ///
    /// # Errors
    /// When there is no such list or value.
    pub async fn choose(&self, css: &str, value: &str) -> Result<()> {
        self.see(css).await?;
        Ok(self.client.find(Locator::Css(css)).await?.select_by_value(value).await?)
    }

    /// Presses a key, with Control and Shift held where asked.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn press(&self, held: &[Key], key: char) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for held in held {
            keys = keys.then(KeyAction::Down { value: (*held).into() });
        }
        keys = keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        for held in held.iter().rev() {
            keys = keys.then(KeyAction::Up { value: (*held).into() });
        }
        self.perform(Actions::from(keys)).await
    }

    pub(crate) async fn perform(&self, actions: Actions) -> Result<()> {
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Chooses language (`ru`, `en`) and colours (`light`, `dark`) on the start screen.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn appearance(&self, language: &str, colours: &str) -> Result<()> {
        for value in [colours, language] {
            // The radio buttons themselves are out of sight; a person clicks their labels.
            let script = "document.querySelector(`input[type=radio][value=${arguments[0]}]`).closest('label').click();";
            self.client.execute(script, vec![json!(value)]).await?;
        }
        let stands = "const chosen = (value) => document.querySelector(`label.chosen input[value=${value}]`) !== null;
            return [...arguments].slice(0, 2).every(chosen) && document.documentElement.lang === arguments[0] &&
            matchMedia('(prefers-color-scheme: dark)').matches === (arguments[1] === 'dark')";
        self.until(stands, vec![json!(language), json!(colours)], "the appearance that was chosen").await
    }
}
