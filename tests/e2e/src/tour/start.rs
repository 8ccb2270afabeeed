//! Before a case is open; a case in which nothing is yet; passwords.

use super::{LONG, Tour, Visit};
use crate::{Result, of_project};

impl<V: Visit> Tour<'_, V> {
    pub(super) async fn start(&mut self) -> Result<()> {
        self.at("start-first").await?;
        self.verified().await?;
        self.empty().await?;
        self.locked().await
    }

    /// Bundles are verified without a case.
    async fn verified(&mut self) -> Result<()> {
        let (whole, damaged) = (self.place.path("Пакет.zip"), self.place.path("Испорченный пакет.zip"));
        let (case, bundle) = (self.case.display().to_string(), whole.display().to_string());
        self.place.cli(&["export", &case, &bundle, "--extracts"])?;
        let mut bytes = std::fs::read(&whole)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&damaged, bytes)?;
        for (file, valid, name) in [(&whole, "true", "start-whole"), (&damaged, "false", "start-damaged")] {
            self.place.answer(&[file])?;
            self.press("#verify").await?;
            self.see(&format!("#outcome[data-valid={valid}]")).await?;
            self.at(name).await?;
        }
        let newer = self.place.path("Из будущего.ulika");
        let mut bytes = std::fs::read(&self.case)?;
        // `user_version` stands at this place of the header.
        bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
        std::fs::write(&newer, bytes)?;
        self.place.answer(&[&newer])?;
        self.press("#open-case").await?;
        self.see("[role=alert]").await?;
        self.at("start-refused").await
    }

    async fn empty(&mut self) -> Result<()> {
        self.place.drop_files(&[&of_project("sample-data/case/phone.xml")])?;
        self.see(".waiting").await?;
        self.at("start-waiting").await?;
        self.place.answer(&[&self.place.path("Пустое.ulika")])?;
        self.write("#title", LONG).await?;
        self.write("#line", "8 (907) 120-45-18").await?;
        self.press("#create").await?;
        self.press("#leave").await?;
        for screen in ["overview", "calls", "groups", "exhibits", "bundle", "log"] {
            self.go(screen).await?;
            self.at(&format!("empty-{screen}")).await?;
        }
        Ok(())
    }

    async fn locked(&mut self) -> Result<()> {
        self.go("overview").await?;
        self.press("#password-set").await?;
        self.write("#password-to", "первый").await?;
        self.write("#password-again", "перв").await?;
        self.at("password-set").await?;
        self.write("#password-again", "первый").await?;
        self.press("#password-go").await?;
        self.see("#password-remove").await?;
        self.at("overview-keyed").await?;
        self.press("#password-change").await?;
        self.at("password-change").await?;
        self.escape().await?;
        self.gone("dialog").await?;
        self.press("#password-remove").await?;
        self.at("password-remove").await?;
        self.escape().await?;
        self.gone("dialog").await?;
        self.press("#close-case").await?;
        self.see("li .case").await?;
        self.at("start").await?;
        self.press("li .case").await?;
        self.see("#password").await?;
        self.at("unlock").await?;
        self.write("#password", "второй").await?;
        self.press("#unlock").await?;
        self.see("dialog [role=alert]").await?;
        self.at("unlock-wrong").await
    }
}
