//! The bundle: what leaves, what came of it, and whether it holds.

use super::{Tour, Visit};
use crate::Result;

impl<V: Visit> Tour<'_, V> {
    pub(super) async fn package(&mut self) -> Result<()> {
        self.go("bundle").await?;
        self.see("#others").await?;
        self.at("bundle").await?;
        self.press("#readiness-toggle").await?;
        self.at("readiness").await?;
        self.press("#readiness-toggle").await?;
        self.press("#scope-some").await?;
        self.at("bundle-groups").await?;
        self.press("[id^=scope-][type=checkbox]").await?;
        self.see("#leaves").await?;
        self.press("#read-texts").await?;
        self.see("#texts li").await?;
        self.at("texts").await?;
        self.press("#texts-close").await?;
        self.place.answer(&[&self.place.path("Пакет группы.zip")])?;
        self.press("#export").await?;
        self.see("#code").await?;
        self.at("exported").await?;
        let into = self.place.path("для печати");
        std::fs::create_dir(&into)?;
        self.place.answer(&[&into])?;
        self.press("#export-plain").await?;
        self.see("#plain-saved").await?;
        self.at("plain").await?;
        for (file, valid, name) in
            [("Пакет группы.zip", "true", "verified"), ("Испорченный пакет.zip", "false", "damaged")]
        {
            self.place.answer(&[&self.place.path(file)])?;
            self.press("#verify-bundle").await?;
            self.see(&format!("#outcome[data-valid={valid}]")).await?;
            self.at(name).await?;
        }
        Ok(())
    }
}
