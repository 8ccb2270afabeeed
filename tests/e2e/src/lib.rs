//! Drives the real window: starts it through WebKitWebDriver in a home of its own, answers its file dialogs, and does
//! and sees what a person does and sees.

mod act;
mod begin;
mod checks;
mod driver;
mod fit;
mod hand;
mod place;
mod sample;
mod screen;
mod see;
mod tour;

pub use driver::{beside, program};
pub use hand::{Hand, Person};
pub use place::{Place, of_project};
pub use sample::sample_case;
pub use screen::Screen;
pub use tour::{LONG, Visit, tour};

use driver::Driver;
use fantoccini::Client;
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
    driver: Option<Driver>,
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
        Ok(Window { client, driver: Some(driver) })
    }

    /// Closes the window.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    /// Ends the program; the window is of no use then.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn leave(&mut self) -> Result<()> {
        let left = self.client.clone().close().await;
        // A start that finds this program still going away would be taken for a second one.
        self.driver = None;
        Ok(left?)
    }

    /// Waits until the program has ended by itself.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn ended(self) -> Result<()> {
        let begun = Instant::now();
        while self.client.execute("return true", vec![]).await.is_ok() {
            if begun.elapsed() > PATIENCE {
                return Err("the program goes on".into());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }
}
