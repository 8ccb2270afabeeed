//! How most tests begin: a case in which nothing is yet, or the phone's log alone.

use crate::{Place, Result, Window, of_project};

impl Window {
    /// Makes a case with a number of the person's own, in a language (`ru`, `en`) and colours (`light`, `dark`).
    ///
    /// # Errors
    /// When it is not made.
    pub async fn new_case(&self, place: &Place, language: &str, colours: &str) -> Result<()> {
        self.appearance(language, colours).await?;
        place.answer(&[&place.path("Дело.ulika")])?;
        self.fill("#line", "8 (907) 120-45-18").await?;
        self.click("#create").await?;
        self.see("#go-calls").await
    }

    /// Opens a window on a new case that holds the phone's log.
    ///
    /// # Errors
    /// When the log does not come in.
    pub async fn with_phone_log(place: &Place) -> Result<Window> {
        let window = Window::open(place, None).await?;
        window.new_case(place, "ru", "light").await?;
        place.drop_files(&[&of_project("sample-data/case/phone.xml")])?;
        window.see(".sums").await?;
        window.click("#confirm").await?;
        window.see("#grid [data-call]").await?;
        Ok(window)
    }
}
