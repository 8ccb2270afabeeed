//! What is seen on the page, and waiting for it. Scripts here only look.

use crate::{PATIENCE, Result, Window};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

impl Window {
    /// Waits until something is on the page.
    ///
    /// # Errors
    /// When it does not appear; what the page says instead stands in the error.
    pub async fn see(&self, css: &str) -> Result<()> {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.until(script, vec![json!(css)], css).await
    }

    /// Waits until nothing such is on the page.
    ///
    /// # Errors
    /// When it stays; what the page says stands in the error.
    pub async fn gone(&self, css: &str) -> Result<()> {
        let script = "return document.querySelector(arguments[0]) === null";
        self.until(script, vec![json!(css)], &format!("no {css}")).await
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

    /// Waits until the text of something holds these words.
    ///
    /// # Errors
    /// When it does not.
    pub async fn says(&self, css: &str, words: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]);
            return e !== null && e.textContent.replace(/\\s+/g, ' ').includes(arguments[1])";
        self.until(script, vec![json!(css), json!(words)], &format!("{words} in {css}")).await
    }

    /// Waits until the list says of itself that it holds so many calls.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_listed(&self, calls: i64) -> Result<()> {
        let script =
            "return document.querySelector('#grid')?.getAttribute('aria-rowcount') === String(arguments[0] + 1)";
        self.until(script, vec![json!(calls)], &format!("a list of {calls} calls")).await
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

    /// What a script answers to arguments.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn ask_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// What a script answers through the function that it gets as its last argument.
    ///
    /// # Errors
    /// When the script throws or never answers.
    pub async fn ask_later(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }
}
