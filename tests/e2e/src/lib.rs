//! Drives the real window: starts it through WebKitWebDriver in a home of its own, answers its file dialogs, and does
//! and sees what a person does and sees.

mod driver;
mod place;

pub use driver::program;
pub use place::{Place, of_project};

use driver::Driver;
use fantoccini::actions::{Actions, InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// What goes wrong on the way.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// What every step answers.
pub type Result<T> = std::result::Result<T, Failure>;

/// The longest that anything on the screen may take to appear; machines that test are slow.
const PATIENCE: Duration = Duration::from_secs(90);

/// An open window.
pub struct Window {
    client: Client,
    // Ends the driver, and with it the window, when dropped.
    _driver: Driver,
}

impl Window {
    /// Starts the program, with a case where one is given, and waits until the page stands.
    ///
    /// # Errors
    /// When the driver or the program does not start.
    pub async fn open(place: &Place, case: Option<&Path>) -> Result<Window> {
        let window = Window::start(place, &program()?, case).await?;
        window.see(if case.is_some() { "#go-calls" } else { "#create" }).await?;
        window.watch_policy().await?;
        Ok(window)
    }

    /// Goes on in the other of two windows, as soon as there are two.
    ///
    /// # Errors
    /// When there never are.
    pub async fn go_to_other(&self) -> Result<()> {
        let begun = Instant::now();
        let here = self.client.window().await?;
        loop {
            let open = self.client.windows().await?;
            if let Some(other) = open.into_iter().find(|window| *window != here) {
                self.client.switch_to_window(other).await?;
                return self.watch_policy().await;
            }
            if begun.elapsed() > PATIENCE {
                return Err("there is no second window".into());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// How many windows are open.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn windows(&self) -> Result<usize> {
        Ok(self.client.windows().await?.len())
    }

    /// Closes the window that is looked at, and goes on in the one that is left.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close_this(&self) -> Result<()> {
        self.client.close_window().await?;
        let first = self.client.windows().await?.into_iter().next().ok_or("no window is left")?;
        Ok(self.client.switch_to_window(first).await?)
    }

    /// Starts a program that has a window and waits for nothing.
    ///
    /// # Errors
    /// When the driver or the program does not start.
    pub async fn start(place: &Place, program: &Path, case: Option<&Path>) -> Result<Window> {
        let driver = Driver::start(place)?;
        let client = driver.session(program, case).await?;
        Ok(Window { client, _driver: driver })
    }

    /// Closes the window.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    /// Waits until something is on the page.
    ///
    /// # Errors
    /// When it does not appear; what the page says instead stands in the error.
    pub async fn see(&self, css: &str) -> Result<()> {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.until(script, vec![json!(css)], css).await
    }

    /// Waits until a script answers `true`.
    ///
    /// # Errors
    /// When it does not; `what` and what the page says stand in the error.
    pub async fn until(&self, script: &str, arguments: Vec<Value>, what: &str) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.client.execute(script, arguments.clone()).await? == Value::Bool(true) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let page = self.client.execute("return document.body.innerText", vec![]).await?;
        Err(format!("never seen: {what}\nthe page says: {page}").into())
    }

    /// Waits until the text of something holds these words.
    ///
    /// # Errors
    /// When it does not.
    pub async fn says(&self, css: &str, words: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]);
            return e !== null && e.textContent.replace(/\\s+/g, ' ').includes(arguments[1])";
        self.until(script, vec![json!(css), json!(words)], &format!("{words} in {css}")).await
    }

    /// The texts of all that match, blanks folded.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])]
            .map((e) => e.textContent.replace(/\\s+/g, ' ').trim())";
        Ok(serde_json::from_value(self.client.execute(script, vec![json!(css)]).await?)?)
    }

    /// What a script answers.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// What a script answers through the function that it gets as its last argument.
    ///
    /// # Errors
    /// When the script throws or never answers.
    pub async fn ask_later(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// Asks without a pause until a script answers `true`; for measuring.
    ///
    /// # Errors
    /// When it does not.
    pub async fn soon(&self, script: &str) -> Result<()> {
        let begun = Instant::now();
        while self.client.execute(script, vec![]).await? != Value::Bool(true) {
            if begun.elapsed() > PATIENCE {
                return Err(format!("never so: {script}").into());
            }
        }
        Ok(())
    }

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
        Ok(self.client.perform_actions(Actions::from(keys)).await?)
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
        let stands = "return document.documentElement.lang === arguments[0] &&
            matchMedia('(prefers-color-scheme: dark)').matches === (arguments[1] === 'dark')";
        self.until(stands, vec![json!(language), json!(colours)], "the appearance that was chosen").await
    }

    /// A picture of the window as PNG.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        self.ask("document.activeElement?.blur()").await?;
        tokio::time::sleep(Duration::from_millis(400)).await;
        Ok(self.client.screenshot().await?)
    }

    /// Breaches of the content policy so far, those of the page's own loading among them.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn policy_breaches(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.ask("return window.ulikaBreaches").await?)?)
    }

    /// What axe-core finds wrong, serious or critical, with the page as it stands: rule and place.
    ///
    /// # Errors
    /// When axe-core is not installed in `ui/`, or does not answer.
    pub async fn barriers(&self) -> Result<Vec<String>> {
        let loaded = self.ask("return typeof window.axe === 'object'").await?;
        if loaded != Value::Bool(true) {
            let axe = std::fs::read_to_string(of_project("ui/node_modules/axe-core/axe.min.js"))?;
            self.client.execute(&axe, vec![]).await?;
        }
        let script = "const done = arguments[arguments.length - 1];
            window.axe.run(document, { resultTypes: ['violations'] }).then(
                (found) => done(found.violations
                    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
                    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))),
                (failed) => done([`axe failed: ${failed}`]));";
        Ok(serde_json::from_value(self.client.execute_async(script, vec![]).await?)?)
    }

    async fn watch_policy(&self) -> Result<()> {
        let script = "window.ulikaBreaches = [];
            const note = (b) => window.ulikaBreaches.push(`${b.effectiveDirective} ${b.blockedURL ?? b.blockedURI}`);
            new ReportingObserver((reports) => reports.forEach((r) => note(r.body)), { buffered: true }).observe();
            document.addEventListener('securitypolicyviolation', note);";
        self.ask(script).await.map(|_| ())
    }
}
