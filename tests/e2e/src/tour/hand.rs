//! What the person writes down themselves, and a case that can only be looked at.

use super::{Tour, Visit};
use crate::{Result, Window};

impl<V: Visit> Tour<'_, V> {
    /// «Мне только что звонили», empty and filled, and what was written down among the facts of the case.
    pub(super) async fn by_hand(&mut self) -> Result<()> {
        self.press("#just-called").await?;
        self.see("#note-number").await?;
        self.at("note").await?;
        for (field, typed) in [
            ("number", "+7 935 310-40-11"),
            ("label", "ООО ПРИМЕР"),
            ("said", "Предлагали окна со скидкой.\nПросили назвать адрес."),
            ("date", "03.09.2025"),
            ("time", "14"),
            ("channel", "messenger"),
            ("messenger", "Пример"),
            ("outcome", "answered"),
            ("length", "1:35"),
        ] {
            self.write(&format!("#note-{field}"), typed).await?;
        }
        self.at("note-filled").await?;
        self.write_down().await?;
        self.press("#just-called").await?;
        for (field, typed) in [("number", "ZAIM"), ("channel", "sms"), ("said", "Займ одобрен")] {
            self.write(&format!("#note-{field}"), typed).await?;
        }
        self.write_down().await?;
        self.go("overview").await?;
        self.see("#by-hand tbody tr:nth-child(2)").await?;
        self.at("overview-by-hand").await
    }

    async fn write_down(&self) -> Result<()> {
        self.press("#note-go").await?;
        self.gone("dialog").await
    }

    /// The same case while another program writes it.
    pub(super) async fn read_only(&mut self) -> Result<()> {
        self.window.leave().await?;
        let held = self.place.hold_cases()?;
        self.window = Window::open(self.place, Some(&self.case)).await?;
        self.see("#grid [data-call]").await?;
        self.see("#just-called:disabled").await?;
        self.at("read-only").await?;
        self.go("overview").await?;
        self.see("#by-hand tbody tr:nth-child(2)").await?;
        self.at("read-only-overview").await?;
        drop(held);
        Ok(())
    }
}
